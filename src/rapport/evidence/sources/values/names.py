"""Names of people as the formats write them, taken apart into family and given names."""

import re

from rapport.evidence.publication import Author

_INITIALS = re.compile(r"(?:[A-Z]\.?[- ]?){1,4}")
_GLUED = re.compile(r"(?<=\b[A-Z]\.)(?=[A-Z][a-z])")
_INVERTED = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?,?(?: ?[A-Z]\.)+")
_PARTICLE_WORDS = (
    "af al ap av bin ben d' da dal de del della den der des di do dos du el la las le los st "
    "ten ter van vande vander vom von zu zum zur y"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|2nd|3rd|4th)\.?$")


def author(text: str) -> Author | None:
    """One name: "Family, Given", "Family GI" or "Given Family"; None if nothing is there.

    A single word stays a family name. Whether a name without a comma belongs to a group cannot
    be seen, so only the formats that say so give `collective`.
    """
    name = " ".join(text.split()).strip(" ,;")
    if not name:
        return None
    if "," in name:
        return _inverted(name)
    words = name.split(" ")
    if len(words) == 1:
        return Author(family=name)
    if _is_initials(words[-1]):
        start = len(words) - 1
        while start > 1 and words[start - 1].endswith(".") and _is_initials(words[start - 1]):
            start -= 1
        return Author(family=" ".join(words[:start]), given=" ".join(words[start:]))
    return _natural(words)


def authors(text: str) -> tuple[Author, ...]:
    """The names in one string, separated by semicolons, by " and ", or one a line."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    parts = re.split(r" ?; ?| and |\n", "\n".join(line for line in lines if line))
    parts = [name for part in parts for name in _unglued(part)]
    if len(parts) == 1 and _is_comma_list(parts[0]):
        parts = parts[0].split(",")
    return tuple(found for part in parts if (found := author(part)) is not None)


def _unglued(text: str) -> list[str]:
    """The names of "Roe K.Doe G. F.", which an exporter wrote without anything between them.

    Only where each of them is a family name and initials with full stops; else the text alone.
    """
    parts = _GLUED.split(text)
    return parts if all(_INVERTED.fullmatch(part) for part in parts) else [text]


def _is_comma_list(text: str) -> bool:
    """Whether commas separate names, as in PubMed's "Roe JA, Doe B": each ends in initials."""
    names = [name.strip(" .") for name in text.split(",")]
    return len(names) > 1 and all(
        " " in name and _is_initials(name.rsplit(" ", 1)[1]) for name in names
    )


def _is_initials(word: str) -> bool:
    return _INITIALS.fullmatch(word) is not None and len(word) <= 8


def _inverted(name: str) -> Author:
    family, _, given = (part.strip() for part in name.partition(","))
    suffix, comma, first = (part.strip() for part in given.partition(","))
    if comma and _SUFFIX.match(suffix):  # Roe, Jr., Jane
        family, given = f"{family} {suffix}", first
    return Author(family=family or None, given=given or None)


def _natural(words: list[str]) -> Author:
    """Given names first; particles before the last word belong to the family name."""
    start = len(words) - 1
    if _SUFFIX.match(words[start]) and start > 1:
        start -= 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return Author(family=" ".join(words[start:]), given=" ".join(words[:start]) or None)
