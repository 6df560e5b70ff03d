"""What a clause asks of PEM: that it was there, that it was waived, or nothing."""

import re
from functools import cache

from rapport.evidence.read.entry.clauses import PEM
from rapport.evidence.read.entry.inclusion_lists import as_item, items
from rapport.evidence.read.people.population import pattern_of
from rapport.evidence.read.text.cues import Cue, cues
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.rules import filled, reading_rules

_ASIDE = re.compile(
    rf"{PEM}(?: \([^()]{{0,60}}\))?, (?:i\.e\.|that is|which is|defined|understood|described|meaning|meant as)[^,;]{{0,140}},"
    rf"|{PEM} \((?:i\.e\.|that is|defined|understood|described|meaning|a )[^()]{{0,140}}\)"
)
"""What PEM is said to be, between commas or in brackets, before what was asked of it."""


def pem_cue(words: str) -> Cue | None:
    """What a clause says of PEM; an item of a list of inclusion criteria is read by itself."""
    words = _ASIDE.sub(PEM, words)
    cue = cues("pem_clauses").first(words)
    if PEM not in words or (cue is not None and cue.says in ("mandatory", "waived")):
        return cue
    alone = (as_item(item, is_item=True) for item in items(words) if PEM in item)
    found = (cues("pem_clauses").first(item) for item in alone)
    return next((each for each in found if each and each.says == "mandatory"), cue)


def asks_covid_alone(words: str) -> bool:
    """Whether a clause asks people after COVID-19, and names nobody with ME/CFS before PEM."""
    before = words.split(PEM, 1)[0]
    long_covid, me_cfs = pattern_of("long_covid"), pattern_of("me_cfs")
    return long_covid.occurs_in(before) and not me_cfs.occurs_in(before)


@cache
def waivers() -> TextPattern:
    """The clauses that waive symptoms without naming PEM."""
    rules = reading_rules("pem_clauses")
    found = next(rule for rule in rules.rules if rule.id == "waived_symptom_list")
    return TextPattern((filled(p, rules.words) for p in found.patterns), ignore_case=True)
