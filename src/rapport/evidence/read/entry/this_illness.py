"""Names of definitions that many bodies and countries share, where another matter is meant.

The words are data (populations.toml); what the criteria are said to be for is cut out here.
"""

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
    if not pattern_of("shared_name").occurs_in(text[mention.start : mention.end]):
        return False
    told = _CRITERIA_FOR.match(text, max(mention.start, mention.end - 12), mention.end + 90)
    if told is None:
        return False
    return not pattern_of("may_be_this_illness").occurs_in(_VERB.split(told["what"])[0])


_CRITERIA_FOR = re.compile(
    r".*?\b(?:criteri(?:a|on)|definitions?|guidelines?|recommendations?)\s+for\s+(?:the |an? )?"
    r"(?P<what>[^.,;:()\[\]]{3,60})",
    re.I | re.S,
)
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|by|in|to|who)\b", re.I)
