"""Titles, names, journals and pages in one normal form, so that they can be compared."""

import html
import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(r"</?[a-z][^<>]{0,80}>", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_PAGE = re.compile(r"[a-z]{0,4}\d+(?:\.[a-z]?\d+)?")
_SPREADSHEET_DATE = re.compile(r"\d{1,2}-[a-z]{3}|[a-z]{3}-\d{2}")
"""Pages 1-7 become "01-Jul" or "7-Jan" in a spreadsheet; such a value says nothing."""

UNKNOWN = frozenset(
    ("", "unknown", "untitled", "no title", "no title available", "not available", "na", "none")
)


def words(text: str) -> str:
    """Lower case words of letters a-z and digits with single spaces between them.

    Accents fall away, Greek letters are spelled out (beta), mark-up and entities are read.
    """
    if not text.isascii() or "&" in text:
        text = _latin(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    return _NOT_WORD.sub(" ", text.lower()).strip()


def title_words(title: str | None) -> str | None:
    """The words of a title; None where it is missing or says that it is."""
    found = words(title or "")
    return None if found in UNKNOWN else found


def person_words(name: str) -> tuple[str, ...]:
    """The words of a name that are not initials, in order: "Lewis G. F." gives lewis."""
    without_stops = name.replace(".", " ").replace("'", "").replace("’", "")
    return tuple(word for word in words(without_stops).split() if len(word) > 1)


def number(text: str | None) -> str | None:
    """The first number of a volume: "4 (1) (no pagination)" gives 4.

    "1)" is what is left of "57 (Suppl. 1)" when it was cut at the wrong place: no volume.
    """
    if text and text.count(")") > text.count("("):
        return None
    match = re.search(r"\d+", text or "")
    return match.group().lstrip("0") or "0" if match else None


def first_page(text: str | None) -> str | None:
    """The first page or article number: "S131-8" gives s131; None where nothing can be said."""
    lowered = (text or "").lower().strip()
    if _SPREADSHEET_DATE.fullmatch(lowered):
        return None
    match = _PAGE.search(lowered)
    return match.group().lstrip("0") or None if match else None


def _latin(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(
        character if character.isascii() else _spelled(character) for character in decomposed
    )


@lru_cache(maxsize=4096)
def _spelled(character: str) -> str:
    if unicodedata.combining(character) or character in "\u00ad\u200b\u2060\ufeff":
        return ""
    name = unicodedata.name(character, "")
    match = re.fullmatch(r"(?:GREEK|LATIN) (?:SMALL|CAPITAL) LETTER (\w+)(?: .*)?", name)
    return match.group(1).lower() if match else " "
