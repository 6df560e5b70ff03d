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
    r"|dropped\s+out|completed\s+the\s+(?:study|survey|questionnaire|trial))",
    re.IGNORECASE,
)
_PRIMARY = re.compile(
    r"\b(?:primary|main)\s+(?:outcome|end\s?-?point|result|finding)s?\b", re.IGNORECASE
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

    The primary outcome and what links two things come first, who took part last.
    """
    text = statement.quote
    links = statement.link is not None or (statement.strength or 0) >= _ASSOCIATION
    if tells_who_took_part(text):
        group = 3
    elif names_primary(text):
        group = 0
    else:
        group = 1 if links else 2
    taken_up = len(frozenset(title) & title_words(text))
    return group, -min(taken_up, 3)
