"""Names of definitions that many bodies and countries share, where another matter is meant."""

import re

from rapport.evidence.read.definitions.mentions import Mention
from rapport.evidence.read.people.population import pattern_of


def of_this_illness(
    text: str, mentions: tuple[Mention, ...], *, of_covid: bool
) -> tuple[Mention, ...]:
    """The mentions that mean ME/CFS: bodies and countries have criteria for other things too."""
    mentions = tuple(m for m in mentions if not _of_another_matter(text, m))
    if not mentions or pattern_of("me_cfs").occurs_in(text):
        return mentions
    if not of_covid and not pattern_of("long_covid").occurs_in(text):
        return mentions
    body = pattern_of("issuing_body")
    return tuple(m for m in mentions if not body.occurs_in(text[m.start : m.end]))


def _of_another_matter(text: str, mention: Mention) -> bool:
    """Whether a country or a body that is named has criteria for something else there."""
    if not _SHARED_NAME.search(text, mention.start, mention.end):
        return False
    told = _CRITERIA_FOR.match(text, max(mention.start, mention.end - 12), mention.end + 90)
    return told is not None and not _THIS_ILLNESS.search(_VERB.split(told["what"])[0])


_SHARED_NAME = re.compile(
    r"\b(?:Canadian|Oxford|London|Australian|British|Japanese|International|CDC|NICE|WHO|IOM|NAM)\b"
    r"|\bCent(?:er|re)s? for Disease|\bWorld Health|\bInstitute|\bAcadem"
)
_CRITERIA_FOR = re.compile(
    r".*?\b(?:criteri(?:a|on)|definitions?|guidelines?|recommendations?)\s+for\s+(?:the |an? )?"
    r"(?P<what>[^.,;:()\[\]]{3,60})",
    re.I | re.S,
)
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|by|in|to|who)\b", re.I)
_THIS_ILLNESS = re.compile(
    r"\bm\.?e\b|cfs|myalgic|fatigue|seid|exert|illness|disease|syndrome|condition|disorder|diagnos"
    r"|inclu|entry|enrol|eligib|particip|select|recruit|\bcases?\b|patients?|people|adults?"
    r"|adolescents|children|women|\bmen\b|\bboth\b|\ball\b|\bthis\b|\bthese\b|\bit\b|\bmonths?\b|\byears?\b|^\d|^at least|^more than"
    r"|research|clinical|studies|study|covid|post-?viral|infect|severity|\bPEM\b",
    re.I,
)
"""What the criteria may be for where they are those of this illness."""
