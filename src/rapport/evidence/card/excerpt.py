"""The words of a sentence that a card shows: verbatim, without its label, whole or one clause."""

import re

import msgspec

from rapport.cards.facts import ReadStatement
from rapport.cards.licences import word_count
from rapport.evidence.read.text.sections import label_pattern

PART_NOTE = "part of a longer sentence"

_BREAK = re.compile(
    r";(?=\s)|,(?=\s+(?:and|with|which|including|especially|particularly|p\b)\s)|\s\u2013(?=\s)"
)
"""Where a clause can end and stand alone."""
_TAKES_BACK = re.compile(
    r"\b(?:but|not|no|nor|neither|only|except|although|though|however|unless|while|whereas|despite|if"
    r"|may|might|could|seems?|appears?|possibl[ey]|likely|suggest\w*|after\s+adjust\w*|non-?significant)\b",
    re.IGNORECASE,
)
"""Words by which the rest of a sentence can weaken or turn what its head says."""
_LISTS = re.compile(r"\(?\b(?:1|i|a)\)")
_FEWEST_WORDS = 6
_WHOLE = re.compile(r"[\"'“‘(\[]?[^\W_]")


def without_label(statement: ReadStatement) -> ReadStatement:
    """The statement without the "Results:" at its head, its place moved with it."""
    match = label_pattern().match(statement.quote)
    return _narrowed(statement, match.end(), len(statement.quote)) if match else statement


def is_whole(statement: ReadStatement) -> bool:
    """Whether it reads as a sentence: it begins with a capital letter or a number and ends."""
    text = statement.quote.strip()
    first = _WHOLE.match(text)
    return bool(first) and not first.group()[-1].islower() and text[-1:] in '.!?)"”’]'


def shortened(statement: ReadStatement, most_words: int) -> ReadStatement | None:
    """The longest clause from its beginning that has at most so many words.

    Missing: None where there is no such clause, or where what is left out could weaken it.
    """
    text = statement.quote
    for match in reversed(list(_BREAK.finditer(text))):
        head, rest = text[: match.start()], text[match.end() :]
        fits = _FEWEST_WORDS <= word_count(head) <= most_words
        is_closed = not (_is_open(head) or _LISTS.search(head))
        if fits and is_closed and not _TAKES_BACK.search(rest):
            return _narrowed(statement, 0, match.start())
    return None


def _is_open(text: str) -> bool:
    """Whether a bracket that begins in it does not end in it."""
    return any(text.count(begin) != text.count(end) for begin, end in ("()", "[]"))


def _narrowed(statement: ReadStatement, start: int, end: int) -> ReadStatement:
    return msgspec.structs.replace(
        statement,
        start=statement.start + start,
        end=statement.start + end,
        quote=statement.quote[start:end],
    )
