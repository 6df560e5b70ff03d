"""Text made even for rules, with the way back to the characters it came from."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from rapport.core.type_tags import TAGS

# What a text must hold one of to be uneven: a set of characters is looked for fastest.
_SPACES = "\\t\\n\\r\\x0b\\x0c\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
_EMPTY = "\\u200b-\\u200d\\u2060\\ufeff"
_TYPED = (
    "\\u2010\\u2011\\u2212\\u2018\\u2019\\u201c\\u201d\\ufb00-\\ufb06\\uff01-\\uff5e"
    "\\U0001d400-\\U0001d7ff"
)
_UNEVEN = re.compile(f"[{_SPACES}{_EMPTY}\\xad<{_TYPED}]")
# Signs that stand for one other sign each, wherever they stand: most texts have no others.
_ALONE = "\u00a0\u2002\u2003\u2005\u2009\u200a\u202f"
# Begins with one set of characters, so that the text between them is skipped fast.
_SPECIAL = re.compile(
    f"[{_SPACES}{_EMPTY}\\xad<{_TYPED}-](?:"
    rf"(?<=<)/?(?:{TAGS})>(?P<tag>)"
    r"|(?<=\u00ad)\s*(?P<soft>)"
    # A hyphen at the end of a line: most are the typesetter's, some belong to the word.
    r"|(?<=\w[-\u2010\u2011])[^\S\n]*[\n\r]\s*(?=\w)(?P<hyphen>)"
    r"|(?<=\s)\s*(?P<space>)"
    f"|(?<=[{_EMPTY}])(?P<empty>)"
    f"|(?<=[{_TYPED}])(?P<plain>))"
)
_RUN = re.compile(" {2,}(?P<run>)")
_PLAIN = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2212": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
}
# Words that keep their hyphen when a line ends after it; all others are joined.
_KEEPS_HYPHEN = frozenset(
    ["post", "non", "self", "well", "double", "follow", "cross", "age", "sex", "gender", "case"]
)
_LAST_WORD = re.compile(r"\w+$")


_SIGNS = (*_PLAIN.items(), *((space, " ") for space in _ALONE))


class Flow:
    """Text with one space between words, and for each character where it stands in its field.

    Line-end hyphens, soft hyphens, ligatures, typographic quotes and inline tags are resolved;
    the words are the same.
    """

    def __init__(self, text: str, starts: list[int], origins: list[tuple[int, int]]) -> None:
        self.text = text
        self._starts = starts
        self._origins = origins

    def origin(self, position: int) -> int:
        """Where in the field the character at `position` of the even text stands."""
        index = bisect_right(self._starts, position) - 1
        start, end = self._origins[index]
        return min(start + position - self._starts[index], max(start, end - 1))

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the field that `start`-`end` of the even text came from."""
        if len(self._starts) == 1:
            first, last = self._origins[0]
            last = max(first, last - 1)
            return min(first + start, last), min(first + end - 1, last) + 1
        return self.origin(start), self.origin(end - 1) + 1


def flow(field: str, ranges: Sequence[tuple[int, int]]) -> Flow:
    """The even text of the given stretches of a field, read one after the other."""
    if len(ranges) == 1:
        start, end = ranges[0]
        raw = field[start:end]
        even = _of_single_signs(raw)
        return _of_one(raw, start, end) if even is None else Flow(even, [0], [(start, end)])
    raw, places = _joined(field, ranges)
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[tuple[int, int]] = []
    length = 0
    for text, start, end in _pieces(raw):
        for begin, stop, origin in _origins(places, start, end):
            piece = (
                text if (begin, stop) == (start, end) else text[begin - start : stop - start]
            )
            if not piece:
                continue
            pieces.append(piece)
            starts.append(length)
            origins.append((origin, origin + stop - begin))
            length += len(piece)
    return Flow("".join(pieces), starts or [0], origins or [(ranges[0][0], ranges[0][1])])


def _of_single_signs(raw: str) -> str | None:
    """The even text where each sign stands for one sign; None where something is more than that."""
    if raw.isascii():
        return raw if raw.isprintable() and "<" not in raw and "  " not in raw else None
    for sign, plain in _SIGNS:
        if sign in raw:
            raw = raw.replace(sign, plain)
    return raw if "  " not in raw and _UNEVEN.search(raw) is None else None


def _of_one(raw: str, start: int, end: int) -> Flow:
    """The even text of one stretch, whose pieces lie in the field as they lie in `raw`."""
    pieces = [piece for piece in _pieces(raw) if piece[0]]
    lengths = [0, *accumulate([len(text) for text, _, _ in pieces])]
    return Flow(
        "".join([text for text, _, _ in pieces]),
        lengths[:-1] or [0],
        [(start + first, start + last) for _, first, last in pieces] or [(start, end)],
    )


def _joined(
    field: str, ranges: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int, int]]]:
    """The stretches as one text, and for each (start, end, origin) in it."""
    places: list[tuple[int, int, int]] = []
    pieces: list[str] = []
    length = 0
    for start, end in ranges:
        pieces.append(field[start:end])
        places.append((length, length + end - start, start))
        length += end - start
    return "".join(pieces), places


def _pieces(raw: str) -> list[tuple[str, int, int]]:
    """The text cut at what has to be changed: (new words, start, end) in order."""
    found: list[tuple[str, int, int]] = []
    last = 0
    for match in _changes(raw):
        start, end = match.span()
        if start < last:
            continue
        if start > last:
            found.append((raw[last:start], last, start))
        found.append((_replacement(match, raw), start, end))
        last = end
    if last < len(raw):
        found.append((raw[last:], last, len(raw)))
    return found


def _changes(raw: str) -> list[re.Match[str]]:
    """What has to be changed, in order; a later one may lie inside an earlier one."""
    found = list(_SPECIAL.finditer(raw))
    if "  " in raw:
        found = sorted([*found, *_RUN.finditer(raw)], key=lambda match: match.start())
    return found


def _replacement(match: re.Match[str], raw: str) -> str:
    kind = match.lastgroup
    if kind == "run":
        return " "
    if kind == "space":
        before = raw[match.start() - 1 : match.start()]
        # After a slash a line end stands for nothing; after a space it adds none.
        joins = before == "/" and "\n" in match.group()
        return "" if joins or before.isspace() else " "
    if kind == "hyphen":
        return "-" if _keeps_hyphen(raw, match) else ""
    if kind == "plain":
        return _PLAIN.get(match.group()) or unicodedata.normalize("NFKC", match.group())
    return ""


def _keeps_hyphen(raw: str, match: re.Match[str]) -> bool:
    following = raw[match.end()]
    if not following.islower():
        return True
    before = _LAST_WORD.search(raw[max(0, match.start() - 20) : match.start()])
    word = before.group() if before else ""
    return word.lower() in _KEEPS_HYPHEN or word[-1:].isdigit() or word[1:2].isupper()


def _origins(
    places: list[tuple[int, int, int]], start: int, end: int
) -> list[tuple[int, int, int]]:
    """The parts of `start`-`end` of the joined text with where each begins in the field."""
    if len(places) == 1:
        return [(start, end, places[0][2] + start)]
    index = bisect_right(places, (start, float("inf"), 0)) - 1
    found: list[tuple[int, int, int]] = []
    while index < len(places) and places[index][0] < end:
        begin, stop, origin = places[index]
        first, last = max(start, begin), min(end, stop)
        if last > first:
            found.append((first, last, origin + first - begin))
        index += 1
    return found
