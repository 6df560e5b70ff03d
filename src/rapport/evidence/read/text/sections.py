"""Which kind of section a heading opens."""

import re
from enum import StrEnum
from functools import cache, lru_cache

from rapport.core.type_tags import TAGS
from rapport.knowledge.reading.rules import headings


class SectionKind(StrEnum):
    """The kinds of sections that reading tells apart."""

    TITLE = "title"
    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    LIMITATIONS = "limitations"
    TABLE = "table"
    CAPTION = "caption"
    BACK = "back"
    REFERENCES = "references"
    UNKNOWN = "unknown"


_NUMBERING = re.compile(
    r"^\W*(?:(?:(?:[Ss]ection|[Bb]ox|[Pp]anel|BOX|PANEL)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,4}|[A-H])[.):|]?\s+)?\W*"
)
_SPACED = re.compile(r"(?:[A-Z] ){2,}[A-Z](?![a-z])")
"""A word set in capitals with a space after each letter: "M E T H O D S"."""


@lru_cache(maxsize=4096)
def clean_heading(heading: str) -> str:
    """The words of a heading in lower case, without numbering and closing punctuation."""
    # Two spaces and more stand between words whose letters are set apart.
    close = _SPACED.sub(lambda word: word.group().replace(" ", ""), heading[:400])
    even = " ".join(close.replace("\u2019", "'").split())[:200]
    return _NUMBERING.sub("", even).strip(" .:;|-\u2013\u2014").lower()


@cache
def _patterns(main: bool) -> re.Pattern[str]:
    alternatives: list[str] = []
    for kind in headings().kinds:
        words = kind.main if main else kind.sub
        if words:
            alternatives.append(f"(?P<{kind.kind}>{'|'.join(words)})")
    return re.compile("|".join(f"(?:{one})" for one in alternatives))


def _kind(heading: str, main: bool) -> SectionKind | None:
    match = _patterns(main).fullmatch(heading)
    return SectionKind(match.lastgroup) if match and match.lastgroup else None


@lru_cache(maxsize=4096)
def main_kind(heading: str) -> SectionKind | None:
    """The kind that a main heading opens; None if it is not one."""
    return _kind(clean_heading(heading), main=True)


@lru_cache(maxsize=4096)
def is_notice(heading: str) -> bool:
    """Whether the heading opens a short notice (keywords, addresses) and no section."""
    return _notices().fullmatch(clean_heading(heading)) is not None


@cache
def _notices() -> re.Pattern[str]:
    return re.compile("|".join(headings().labels.notices))


@lru_cache(maxsize=4096)
def sub_kind(heading: str) -> SectionKind | None:
    """The kind that a sub-heading suggests where no main heading stands above; None if none."""
    return _kind(clean_heading(heading), main=False)


_ABOUT_PEOPLE = re.compile(
    r"(?:study |trial |human |research )?(?:participants?|subjects|patients|populations?|cohorts?"
    r"|samples?|recruitment|eligibility|inclusion|enrol?ment)"
    r"(?: (?:and|&) (?:recruitment|settings?|(?:study )?design|controls|procedures?|ethics"
    r"|eligibility|exclusion|selection|enrol?ment|data collection)| selection| recruitment"
    r"| of (?:participants|patients|subjects))?(?: criteria)?|(?:diagnostic|case) criteria"
)


def is_about_people(heading: str) -> bool:
    """Whether a heading opens the part on who took part: no introduction has one."""
    return _ABOUT_PEOPLE.fullmatch(clean_heading(heading)) is not None


@lru_cache(maxsize=4096)
def kind_of(titles: tuple[str, ...]) -> SectionKind:
    """The kind of the text below these headings, the outermost first.

    Limitations count wherever they stand; else the outermost main heading decides, then the
    outermost sub-heading. No introduction has a part about its participants: where one seems to,
    the heading of the methods was lost on the way.
    """
    mains = [kind for title in titles if (kind := main_kind(title))]
    if SectionKind.LIMITATIONS in mains:
        return SectionKind.LIMITATIONS
    subs = [kind for title in titles if (kind := sub_kind(title))]
    if mains == [SectionKind.INTRODUCTION] and any(map(is_about_people, titles)):
        return SectionKind.METHODS
    if mains:
        return mains[0]
    return subs[0] if subs else SectionKind.UNKNOWN


_TAG = rf"(?:</(?:{TAGS})>\s*)?"
"""The end of the type in which a label was set: "<b>Methods</b>: ...", "<b>Methods:</b> ..."."""


@cache
def label_pattern() -> re.Pattern[str]:
    """A label at the head of a sentence that opens a part of an abstract: "Methods: ..."."""
    words = "|".join(headings().labels.words)
    return re.compile(
        rf"\s*({words})\s*{_TAG}(?::|\u2014|\u2013|\.(?=\s*[A-Z])|\s-\s)\s*{_TAG}", re.I
    )
