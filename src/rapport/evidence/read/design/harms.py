"""What a study says of harms, and of the people who left.

The words are knowledge/data/reading/harms/harms.toml.
"""

import re
from collections.abc import Sequence, Set
from functools import partial

from rapport.cards.stated import Harms
from rapport.core.vocabulary import TRIALS, Design, HarmsFinding, HarmsMethod
from rapport.evidence.read.design.drop_outs import drop_outs
from rapport.evidence.read.text.document import Sentence
from rapport.evidence.read.text.values import Told, Value, spans, value_reader
from rapport.knowledge.reading.values import HARMS

_BY_PATIENTS = frozenset(
    {
        *TRIALS,
        Design.COHORT_PROSPECTIVE,
        Design.COHORT_RETROSPECTIVE,
        Design.CASE_SERIES,
        Design.CASE_REPORT,
        Design.MIXED_METHODS,
        Design.PROTOCOL,
    }
)
"""Designs in which something may be done to people that may harm them, and people may leave."""


_OBSERVED = frozenset(
    {Design.COHORT_PROSPECTIVE, Design.COHORT_RETROSPECTIVE, Design.MIXED_METHODS}
)
"""Designs that may only watch or ask: an adverse event is then an outcome of the illness, and harm
may be what people tell of their lives."""
_TREATED = re.compile(
    r"\b(?:treat\w*|therap\w+|drugs?|medic(?:ation|ine)s?|dos(?:e|es|ed|ing)|infus\w+|inject\w+|vaccin\w+|interventions?"
    r"|surg\w+|procedures?|implant\w*|stimulation|supplement\w*|exercis\w+|training|rehabilitation|programmes?|programs?"
    r"|side[- ]effects?|tolerat\w+|tolerability|sessions?)\b",
    re.IGNORECASE,
)


def harms(design: Design, told: Told) -> Harms | None:
    """The record. Missing: None where the text says nothing of harms and of nobody who left.

    A protocol has no findings: only whether and how harms will be looked for. Where people were
    only followed, only what is tied to something done to them is a harm.
    """
    if design not in _BY_PATIENTS:
        return None
    said = value_reader(HARMS).read(told)
    if design in _OBSERVED:
        said = [value for value in said if _TREATED.search(value.sentence.text)]
    is_plan = design is Design.PROTOCOL
    left, where = ((), ()) if is_plan else drop_outs(told)
    words = {(value.field, value.says) for value in said}
    finding = _finding(words, is_plan=is_plan)
    if finding is None and not left:
        return None
    return Harms(
        finding=finding,
        methods=tuple(each for each in HarmsMethod if ("how", each.value) in words),
        serious=None if is_plan else _serious(words),
        evidence=spans(told, _ranked(said, finding), most=4),
        drop_outs=left,
        drop_out_evidence=spans(told, where, most=4),
    )


def _finding(words: Set[tuple[str, str]], *, is_plan: bool) -> HarmsFinding | None:
    looked = ("sought", "yes") in words or any(field == "how" for field, _ in words)
    if is_plan:
        return HarmsFinding.SOUGHT if looked else None
    if ("found", "some") in words or ("serious", "some") in words:
        return HarmsFinding.FOUND
    if ("found", "none") in words:
        return HarmsFinding.SOUGHT_NONE_FOUND if looked else HarmsFinding.NONE_REPORTED
    if looked:
        return HarmsFinding.SOUGHT
    return HarmsFinding.NOT_SOUGHT if ("sought", "no") in words else None


def _serious(words: Set[tuple[str, str]]) -> bool | None:
    if ("serious", "some") in words:
        return True
    return False if words & {("serious", "none"), ("found", "none")} else None


def _ranked(said: Sequence[Value], finding: HarmsFinding | None) -> list[Sentence]:
    """The sentences that carry the finding before those that tell how it was looked for."""
    first = ("found", "serious") if finding is not HarmsFinding.NOT_SOUGHT else ("sought",)
    ordered = sorted(said, key=partial(_rank, first=first))
    return [value.sentence for value in ordered]


def _rank(value: Value, first: Sequence[str]) -> int:
    return 0 if value.field in first else 1
