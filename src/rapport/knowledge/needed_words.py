"""Which words a text must hold for a pattern to be found in it, derived from the pattern itself.

A piece is a part of a lower-case word, with a space where the word has to begin or end: `" may "`
is the word may, `" randomi"` begins a word, `"fatig"` stands anywhere in one. A text in which no
word holds any of a pattern's pieces cannot hold the pattern. Words are made of the letters a to z
and of digits, each digit written as 0; all else stands between words.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from string import ascii_letters, digits

import msgspec

_MOST_STRINGS = 64
"""Strings of one stretch of a pattern that are told apart; where they get more, it is cut."""
_LONGEST_STRING = 60
_FRAGMENT = re.compile(r"[a-z0]+")
_COMMON = """
62 the
57 and
52 of
41 in
37 to
36 00
30 a
27 0
24 with
19 for
16 covid were
15 was
14 as that
13 is patients
12 by
11 long or this
10 on symptoms
9 000 be cfs from me study
8 are
7 0000 at not
6 an between fatigue have participants these we
5 also data infection may reported their which
4 after al all analysis been can clinical et group has health it more no other our post s
    significant studies such using
3 acute associated based both but care chronic cognitive compared disease during findings
    found groups had however including individuals levels months most one p patient research
    results sars symptom syndrome than there time treatment two used while who will
2 activity age among baseline blood brain cell cells changes cohort condition conditions
    conducted control controls could criteria diagnosis did differences different due
    dysfunction e each effect effects evidence factors first following function further g
    healthy high higher i identified illness immune impact included increased inflammatory
    intervention into its life management medical model non number observed only over pain
    people performed persistent physical potential prevalence quality related respiratory
    risk self severe severity showed significantly some specific support system test they
    those three through total trial up use viral well when within years
1 about across activation addition although analyses anxiety any approach assessed
    assessment b before being case cases common complex days depression development
    diagnostic exercise experience factor follow functional healthcare if individual
    inflammation information interventions key least level like loss low lower many mean
    mechanisms mental mitochondrial models multiple muscle myalgic n need new often outcomes
    participant pasc pem population positive pre present primary protein rate reduced
    response review role same sample scale score scores several should shown similar social
    stress subjects survey t term tests vaccination values variables weeks without
"""
"""In how many of a hundred sentences of studies common words stand, counted on open full texts."""
_ENDINGS = {"ed": 72, "ing": 50, "tion": 42, "ly": 29, "ent": 27, "al": 48, "ic": 24, "es": 48}
"""In how many of a hundred sentences a word that ends so stands, at least."""

# What a pattern is made of; what fits none of these is not understood, and needs no word.
_TOKEN = re.compile(
    r"(?P<nothing>\(\?[imsU-]+\)|\\B|[$^])|(?P<open>\((?:\?P?<\w+>|\?[imsU-]*:|(?!\?)))"
    r"|(?P<close>\))|(?P<or>\|)|(?P<class>\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])"
    r"|(?P<digit>\\d)|(?P<between>\\[bsWnrtfv]|\\[^A-Za-z0-9])|(?P<anything>\\[wDS]|\.)"
    r"|(?P<code>\\x(?:[0-9A-Fa-f]{2}|\{[0-9A-Fa-f]+\}))"
    # Several characters as one, but for the last if a sign of repetition follows.
    r"|(?P<literal>[^\\*+?{}\[\]()|.^$]+(?![*+?{])|[^\\*+?{\[])",
    re.S,
)
_TIMES = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d+)(?P<most>,\d*)?\})\??")
_RANGE = re.compile(r".-.", re.S)


class _Part(msgspec.Struct, frozen=True):
    """A stretch of a pattern: what its end can be, and the pieces needed before that.

    In `strings` a space is what stands between words, and `*` characters of any kind. `pieces`
    is None where nothing had to be cut off.
    """

    strings: frozenset[str]
    pieces: frozenset[str] | None = None


class _NotUnderstoodError(Exception):
    """The pattern has a part that this module does not know."""


_NOTHING = _Part(frozenset([""]))
_BETWEEN = _Part(frozenset([" "]))
_DIGIT = _Part(frozenset(["0"]))
_ANYTHING = _Part(frozenset(["*"]))


@cache
def needed_words(pattern: str) -> frozenset[str] | None:
    """The pieces of which one at least is in every text that holds the pattern.

    Missing: None if the pattern can be found without any word, or is not understood.
    """
    try:
        part, end = _alternatives(pattern, 0)
    except _NotUnderstoodError:
        return None
    return _needed(part) if end == len(pattern) else None


def _alternatives(pattern: str, at: int) -> tuple[_Part, int]:
    """The part from `at` to the bracket that closes it, or to the end, and where that is."""
    found: list[_Part] = []
    sequence = _NOTHING
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            raise _NotUnderstoodError
        if token.lastgroup == "close":
            break
        if token.lastgroup == "or":
            found.append(sequence)
            sequence, at = _NOTHING, token.end()
            continue
        part, at = _one(pattern, token)
        part, at = _repeated(part, pattern, at)
        sequence = _then(sequence, part)
    return _any_of([*found, sequence]), at


def _one(pattern: str, token: re.Match[str]) -> tuple[_Part, int]:
    """One group, class or character, and where it ends."""
    if token.lastgroup != "open":
        return _CHARACTERS[token.lastgroup or ""](token.group()), token.end()
    part, end = _alternatives(pattern, token.end())
    if pattern[end : end + 1] != ")":
        raise _NotUnderstoodError
    return part, end + 1


@cache
def _class(words: str) -> _Part:
    """A set of characters: each of them, or anything where it is made of ranges."""
    inner = words[1:-1]
    plain = re.sub(r"0-9|\\d", "0", inner)
    plain = re.sub(r"\\[sWnrtfv]|\\[^A-Za-z0-9]|\\x[0-9A-F]{2}", " ", plain)
    plain = re.sub(r"\\x\{[0-9A-Fa-f]+\}", " ", plain)
    if plain.startswith("^") or "\\" in plain or "[:" in plain or _RANGE.search(plain):
        return _ANYTHING
    return _Part(frozenset(plain.translate(_EVEN)))


def _code(words: str) -> _Part:
    return _Part(frozenset([_EVEN[int(words[2:].strip("{}"), 16)]]))


class _Even(dict[int, str]):
    """What stands for a character: the letter in lower case, 0 for a digit, else a space."""

    def __missing__(self, code: int) -> str:
        return " "


_EVEN = _Even(
    {ord(each): each.lower() for each in ascii_letters} | {ord(each): "0" for each in digits}
)


_CHARACTERS: dict[str, Callable[[str], _Part]] = {
    "nothing": lambda _: _NOTHING,
    "digit": lambda _: _DIGIT,
    "between": lambda _: _BETWEEN,
    "anything": lambda _: _ANYTHING,
    "class": _class,
    "code": _code,
    "literal": lambda words: _Part(frozenset([words.translate(_EVEN)])),
}


def _repeated(part: _Part, pattern: str, at: int) -> tuple[_Part, int]:
    """The part as often as the signs behind it say."""
    times = _TIMES.match(pattern, at)
    if times is None:
        return part, at
    least = {"*": 0, "?": 0, "+": 1}.get(times["sign"], int(times["least"] or 0))
    is_once = times["sign"] == "?" or (times["least"], times["most"]) in _AT_MOST_ONCE
    if part == _ANYTHING:
        return part, times.end()
    if not is_once and part != _BETWEEN:
        again = _then(_then(part, _ANYTHING), part)
        part = _any_of([part, again]) if least < 2 else again
    return (part if least else _any_of([part, _NOTHING])), times.end()


_AT_MOST_ONCE = {("0", ",1"), ("1", None), ("1", ",1")}


def _any_of(parts: list[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    if all(part.pieces is None for part in parts):
        strings = frozenset[str]().union(*(part.strings for part in parts))
        if len(strings) <= _MOST_STRINGS:
            return _Part(strings)
    return _Part(_ANYTHING.strings, _union([_needed(part) for part in parts]))


def _then(one: _Part, other: _Part) -> _Part:
    """One part and then the other; where the strings get too many, the first is cut off."""
    if one is _NOTHING:
        return other
    if other.pieces is not None:
        return _Part(other.strings, _better(_needed(one), other.pieces))
    strings = frozenset({a + b for a in one.strings for b in other.strings})
    if len(strings) <= _MOST_STRINGS and max(map(len, strings)) <= _LONGEST_STRING:
        return _Part(strings, one.pieces)
    after = frozenset(f"*{each}" for each in other.strings)
    return _Part(after, _needed(one))


def _needed(part: _Part) -> frozenset[str] | None:
    """The most telling pieces of a part; None if it can do without a word."""
    return _better(part.pieces, _union([_piece(each) for each in part.strings]))


def _union(needed: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """What is needed where any of these can stand: nothing, if one needs nothing."""
    listed = list(needed)
    known = [each for each in listed if each is not None]
    return frozenset[str]().union(*known) if len(known) == len(listed) else None


@cache
def _piece(string: str) -> frozenset[str] | None:
    """The rarest word of a string, with a space where it begins or ends; None if it has none."""
    framed = f"*{string}*"
    found = [
        framed[match.start() - 1 : match.end() + 1].replace("*", "")
        for match in _FRAGMENT.finditer(framed)
    ]
    return frozenset([min(found, key=_share)]) if found else None


@cache
def _share(piece: str) -> float:
    """In how many of a hundred sentences the piece stands, roughly: common words and a guess."""
    if piece.startswith(" ") and piece.endswith(" "):
        return _RARE + _shares().get(piece, 0)
    common = sum([share for word, share in _shares().items() if piece in word])
    return common + _SHORT / _MORE_TELLING ** len(piece)


_RARE = 0.2
"""What is taken for the share of a word that is not among the common ones."""
_SHORT, _MORE_TELLING = 40.0, 3.0
"""What is taken for the share of a part of a word: that of no letters, and what one more divides it by."""


@cache
def _shares() -> dict[str, int]:
    """Common words and endings with their shares."""
    shares: dict[str, int] = {}
    share = 0
    for word in _COMMON.split():
        if word.isdigit() and not word.startswith("0"):
            share = int(word)
        else:
            shares[f" {word} "] = share
    return shares | {f"{ending} ": share for ending, share in _ENDINGS.items()}


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set of which fewer sentences have a piece; of equal ones the smaller."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other, key=_shared)


@cache
def _shared(pieces: frozenset[str]) -> tuple[float, int]:
    """In how many sentences one of the pieces stands at most, and how many pieces there are."""
    return sum(map(_share, pieces)), len(pieces)
