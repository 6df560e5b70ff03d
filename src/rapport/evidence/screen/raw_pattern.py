"""What a pattern over plain text must look like in the raw bytes of its XML.

The text of a record is its bytes with tags dropped, character references resolved and white
space squeezed. A pattern for the text is turned into one for the bytes that finds at least
whatever the first would find in the text; what it finds too much costs one more record parsed.
"""

import re
from collections.abc import Iterable

_TAG = r"(?:<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)"
_REFERENCE = r"&#?\w{1,31};"
_WIDE = r"[\x80-\xff]{1,4}"  # one character in UTF-8, or in an older encoding
_BLANK = rf"(?:\s|{_WIDE}|{_REFERENCE}|{_TAG})+"
_ANY = rf"(?:[^<&\x80-\xff]|{_WIDE}|{_REFERENCE}|{_BLANK})"
_ASCII_BY_NUMBER = (
    r"&#0*(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6]);",
    r"&#x0*[2-7][0-9a-f];",
    r"&fjlig;",
)
"""Letters and signs of ASCII written as numbers: nobody does, so a record that does is read."""

_TOKEN = re.compile(
    r"""
    (?P<class>\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])
    | (?P<group>\((?:\?(?:[a-zA-Z-]*:|P?<\w+>))?|\)|\|)
    | (?P<count>[*+?]\??|\{\d+(?:,\d*)?\}\??)
    | (?P<edge>\\[bBAz]|\^|\$)
    | (?P<escape>\\.)
    | (?P<one>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FOLDED_BEYOND_ASCII = frozenset("skSK")
"""Letters to which RE2 holds a letter outside ASCII equal when case is ignored."""


def raw_pattern(patterns: Iterable[str]) -> bytes:
    """One RE2 pattern over Latin-1 bytes, case ignored, for any of the patterns over text.

    Raises: ValueError for a pattern that uses more of RE2's syntax than literals, classes,
        groups, alternatives, counts and word edges.
    """
    parts = [_over_bytes(pattern) for pattern in patterns]
    return "|".join([*parts, *_ASCII_BY_NUMBER]).encode("ascii")


def _over_bytes(pattern: str) -> str:
    pieces: list[str] = []
    is_begun = False
    for token in _TOKEN.finditer(pattern):
        pieces.append(_piece(token, is_begun=is_begun))
        is_begun = is_begun or token.lastgroup not in {"group", "edge"}
    return "".join(pieces)


def _piece(token: re.Match[str], *, is_begun: bool) -> str:
    text = token.group()
    if token.lastgroup == "edge":
        return _edge(text, is_begun=is_begun)
    if token.lastgroup in {"group", "count"}:
        return text
    atom = {"class": _class, "escape": _escape, "one": _one}[token.lastgroup or "one"](text)
    return f"(?:{atom}{_TAG}*)"


def _edge(text: str, *, is_begun: bool) -> str:
    """A word's edge may come before or behind a tag; the edges of the text are anywhere.

    Before the first character of a pattern no tag is of interest.
    """
    if text != r"\b":
        return ""
    return rf"\b{_TAG}*" if is_begun else text


def _one(character: str) -> str:
    if character == ".":
        return _ANY
    return _literal(character)


def _literal(character: str) -> str:
    if character.isspace():
        return _BLANK
    if not character.isascii():
        return f"(?:{_WIDE}|{_REFERENCE})"
    if character.isalnum() and character not in _FOLDED_BEYOND_ASCII:
        return character
    return f"(?:{re.escape(character)}|{_WIDE}|{_REFERENCE})"


def _escape(text: str) -> str:
    kind = text[1]
    if kind in "wd":
        return rf"(?:\{kind}|{_WIDE}|{_REFERENCE})"
    if kind in "s":
        return _BLANK
    if kind in "WDS":
        return _ANY
    if kind.isalnum():
        raise ValueError(f"{text} is more than a topic's pattern may use")
    return _literal(kind)


def _class(text: str) -> str:
    """A negated class is taken for any character, another for its ASCII part or more."""
    inner = text[1:-1]
    is_wide_range = not inner.isascii() and "-" in inner[1:-1]
    if inner.startswith("^") or "\\" in inner or "[:" in inner or is_wide_range:
        return _ANY
    plain = "".join(character for character in inner if character.isascii())
    if plain == inner and inner.isalnum() and _FOLDED_BEYOND_ASCII.isdisjoint(inner):
        return text
    ascii_part = f"[{plain}]|" if plain else ""
    blank = f"|{_BLANK}" if " " in inner else ""
    return f"(?:{ascii_part}{_WIDE}|{_REFERENCE}{blank})"
