"""Which of the findings a reader should see first."""

import re
from collections.abc import Iterable

from rapport.cards.facts import ReadStatement

_ASSOCIATION = 2
_SHORTEST_WORD = 4

_DEMOGRAPHIC = re.compile(
    r"\b(?:(?:mean|median|average)\s+age|aged?\s+(?:\d|between|of)|(?:body\s+mass\s+index|BMI)\b"
    r"|\d\s?%\)?[^.]{0,30}\b(?:female|male|women|men|white|caucasian|married)\b"
    r"|(?:female|male|women|men)\s+\(?(?:n\s*=\s*)?\d|in\s+terms\s+of\s+(?:age|sex|gender)"
    r"|(?:age|sex|gender)\s+distribution|demographic|baseline\s+characteristics|response\s+rate"
    r"|(?:were|was)\s+(?:enrolled|recruited|included|screened|excluded|analy[sz]ed|randomi[sz]ed)"
    r"|(?:included|enrolled|recruited)\s+(?:a\s+total\s+of\s+)?\d|(?:study|sample|cohort)\s+(?:included|comprised|consisted)"
    r"|dropped\s+out|completed\s+the\s+(?:study|survey|questionnaire|trial)"
    r"|(?:all|most|both)\s+(?:\w+\s+)?(?:participants?|patients|subjects|groups)\s+(?:performed|completed|achieved|reached|attended|underwent)"
    r"|(?:studies|articles|publications|papers|records|trials)\b.{0,60}\b(?:inclusion\s+criteria|were\s+(?:included|identified|retrieved|screened|found|eligible))"
    r"|(?:risk\s+of\s+bias|critical\s+appraisal|methodological\s+quality|quality\s+(?:of|assessment)\b.{0,30}\b(?:stud(?:y|ies)|evidence))"
    r"|matched\s+(?:for|by|on)\s+(?:age|sex|gender)|well\s+matched|(?:did\s+not|no\s+\w*\s*)differ\w*\b.{0,30}\b(?:age|sex|gender|BMI)\b)",
    re.IGNORECASE,
)
_PRIMARY = re.compile(
    r"\b(?:primary|main)\s+(?:outcome|end\s?-?point|result|finding)s?\b", re.IGNORECASE
)
_COMPARES = re.compile(
    r"\b(?:compared|than|versus|vs|whereas|between\s+(?:the\s+)?groups|differ\w*|associat\w+|correlat\w+|predict\w*"
    r"|relat(?:ed|ion\w*)|link(?:ed|s)|independent\w*|odds|risk\s+of|more\s+(?:likely|common|often|frequent)|less\s+(?:likely|common|often|frequent)"
    r"|explain\w*|mediat\w+|moderat\w+|improved|increased|reduced|decreased|elevated|lower|higher|greater|impaired|worse|better)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"\b(?:Tables?|Figures?|Figs?\.|Supplement\w*|Appendix|latter|former)\b")
_LEANS_BACK = re.compile(
    r"^(?:This|These|Such|They|It)\s(?!(?:\w+\s)?(?:stud(?:y|ies)|findings?|results?|data"
    r"|trial|review|cohort|analys[ei]s|work|paper|observations?)\b)"
)
_ABBREVIATION = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Z][\w-]*\b|\b\w+[−-]\d\b")
_KNOWN = re.compile(
    r"\b(?:ME/?CFS|CFS/?ME|ME|CFS|PEM|COVID(?:-19)?|SARS-CoV-2|PASC|LC|CI|OR|HR)\b"
)
_MANY_ABBREVIATIONS = 3


def tells_who_took_part(text: str) -> bool:
    """Whether a sentence describes the people studied and not what was found."""
    return bool(_DEMOGRAPHIC.search(text))


def compares(text: str) -> bool:
    """Whether it sets one thing against another, and does not only count or describe."""
    return bool(_COMPARES.search(text))


def names_primary(text: str) -> bool:
    """Whether it speaks of the primary outcome."""
    return bool(_PRIMARY.search(text))


def is_hard_to_read(text: str) -> bool:
    """Whether figures or abbreviations crowd out the words."""
    figures = sum(character.isdigit() for character in text)
    short = set(_ABBREVIATION.findall(_KNOWN.sub(" ", text)))
    return figures > len(text) // 8 or len(short) >= _MANY_ABBREVIATIONS


def leans_on_others(text: str) -> bool:
    """Whether it needs a table, a figure or the sentence before it."""
    return bool(_LEANS.search(text)) or leans_back(text)


def leans_back(text: str) -> bool:
    """Whether it begins with a word that stands for something in the sentence before."""
    return bool(_LEANS_BACK.match(text))


def title_words(title: str | None) -> frozenset[str]:
    """The words of a title that a sentence can take up again."""
    words = re.findall(r"[^\W\d_]+", (title or "").lower())
    return frozenset(word for word in words if len(word) >= _SHORTEST_WORD)


def importance(statement: ReadStatement, title: Iterable[str]) -> tuple[int, int]:
    """For sorting, the most important first: its group, and how little of the title it takes up.

    The primary outcome and what compares or links two things come first, then what counts or
    describes, and who took part last.
    """
    text = statement.quote
    links = statement.link is not None or (statement.strength or 0) >= _ASSOCIATION
    if tells_who_took_part(text):
        group = 3
    elif names_primary(text):
        group = 0
    else:
        group = 1 if links or compares(text) else 2
    taken_up = len(frozenset(title) & title_words(text))
    return group, -min(taken_up, 3)
