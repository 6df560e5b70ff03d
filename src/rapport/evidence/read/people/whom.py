"""Whom a number counts, by the words around it: patients, controls, others, or nobody."""

import re
from functools import cache

import msgspec

from rapport.evidence.read.people.around import around
from rapport.evidence.read.people.counted import ILL, Group, Place
from rapport.evidence.read.people.found_ill import found_in, in_whom_found
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.people import people_rules

_EQUALS = (b"=", b":")
_BOTH = 2
_SHORT_FORM = re.compile(rb" ?\([^()]{1,20}\)$")
_LISTED = re.compile(rb"(, ?| and )")
_CLAUSE_END = re.compile(rb"[.;:] ")
_DISEASE_CONTROL = re.compile(rb"disease control", re.I)
"""Part of the name of a public body, and no people."""
_WITH_OR_WITHOUT = re.compile(rb"\bwith (?:and|or) without ", re.I)
"""Those who are ill and those who are not, counted together."""


def counted_at(place: Place) -> tuple[Group | None, bool]:
    """Whom the number counts, and whether it is given behind a group; None: no sample."""
    place = _without_share(place)
    if _is_share(place.after) or around("share_before").occurs_in(place.before):
        return None, False
    is_equal = place.before.rstrip()[-1:] in _EQUALS
    named = around("name_equals").places(place.before) if is_equal else ()
    if named:
        return group_of(place.before[named[0][0] :]), True
    if is_equal and around("n_equals").occurs_in(place.before) and not _is_noun_phrase(place):
        return _in_brackets(place)
    return _group_of_noun(place), False


def _in_brackets(place: Place) -> tuple[Group | None, bool]:
    """Whom "(n = 24)" counts, and whether that is a group: the words before it, or their clause."""
    before, clause = _before_bracket(place.before), _clause_before(place)
    words = before if _WITH_OR_WITHOUT.search(before) else _last_group(before)
    is_all = around("all_of").occurs_in(clause) and clause.count(b"(n") < _BOTH
    if _names_people(words) and not is_all:
        if around("outcome").occurs_in(place.after) and not around("opens").occurs_in(before):
            return None, False
        return group_of(words), True
    if around("to_arms").occurs_in(clause) and _names_people(clause):
        # "... by cluster randomisation (n = 9)" ends with no arm.
        is_arm = b" by " not in clause.rpartition(b")")[2]
        return (Group.PEOPLE, True) if is_arm else (None, False)
    is_whole = is_all or around("taken_in").occurs_in(before)
    return (group_of(clause) if is_whole else None), False


def _clause_before(place: Place) -> bytes:
    return _CLAUSE_END.split(place.data[: place.at])[-1]


def found_at(place: Place) -> Group | None:
    """Which illness so many were found to have, be it told as a part of others."""
    if around("no_count").occurs_in(place.before):
        return None
    words = in_whom_found(place.after, place.before)
    if words is None:
        words = found_in(place.before, place.after)
    group = None if words is None else group_of(words)
    return group if group in ILL else None


def _is_noun_phrase(place: Place) -> bool:
    """Whether "n = 24" stands before its noun: "n = 24 patients with ME/CFS"."""
    length = around("noun_behind").length_at_start(place.after)
    if length is None:
        return False
    in_brackets = place.before.rfind(b"(") > place.before.rfind(b")")
    return not in_brackets or group_of(place.after[:length]) in (Group.CASES, Group.CONTROLS)


def _without_share(place: Place) -> Place:
    """The place without the share of a group that is told by name: "174 (65%) ME/CFS"."""
    if not place.after.startswith(b" ("):
        return place
    is_all = around("of_all").occurs_in(place.before)
    length = around("group_behind_share").length_at_start(place.after)
    if length is None and not (is_all and b")" in place.after):
        return place
    return msgspec.structs.replace(place, after=place.after[place.after.index(b")") + 1 :])


def _is_share(after: bytes) -> bool:
    """Whether a share stands behind the number, and not one of women among those counted."""
    return around("share_after").occurs_in(after) and not around("breakdown").occurs_in(after)


def _group_of_noun(place: Place) -> Group | None:
    """Whom a number with a noun behind it counts: "24 patients with ME/CFS", "17 with CFS"."""
    noun = _noun(place)
    if noun is None or _is_occasion(place, noun) or _is_sex_in_brackets(place, noun):
        return None
    pair = _pair(place)
    if pair is not None:
        own, other = map(group_of, pair)
        return other if own is Group.PEOPLE else own
    between = place.after[: noun[0]]
    if around("breaks").occurs_in(between) or b"".join(between.split()[-1:]).isdigit():
        return None  # "two cohorts of 30 patients": the noun belongs to the nearer number
    return _group_behind(place, noun)


def _pair(place: Place) -> tuple[bytes, bytes] | None:
    """What is said of the first and of the others of some numbers with one noun behind all.

    "18 mild and 12 severe patients with ME/CFS". Missing: None where the first has a noun of its own.
    """
    length = around("paired").length_at_start(place.after)
    if length is None:
        return None
    own, _, other = _LISTED.split(place.after[:length], maxsplit=1)
    alone = around("breaks").occurs_in(own) or around("person").occurs_in(own)
    behind = place.after[length:]
    complement = behind[: around("complement").length_at_start(behind) or 0]
    return None if alone else (own, other + _cut(complement))


def _noun(place: Place) -> tuple[int, int] | None:
    """Where the noun stands that is counted: a word for people, or an illness."""
    length = around("direct").length_at_start(place.after)
    if length is None:
        return _whole_noun(place.after)
    return None if around("no_people").occurs_in(place.after[length:]) else (0, length)


def _whole_noun(after: bytes) -> tuple[int, int] | None:
    """Where the first word for people stands, up to the one that it describes.

    "24 adult ME/CFS patients" are patients, and "37 adult controls" controls.
    """
    place = next(iter(around("person").places(after)), None)
    if place is None or not around("describing").is_whole(after[place[0] : place[1]]):
        return place
    further = around("described").length_at_start(after[place[1] :])
    return (place[0], place[1] + (further or 0))


def _group_behind(place: Place, noun: tuple[int, int]) -> Group | None:
    """Who they are by what follows the noun; None where it tells what some of them did."""
    rest = place.after[noun[1] :]
    plain = rest[around("bracket").length_at_start(rest) or 0 :]
    complement = _cut(plain[: around("complement").length_at_start(plain) or 0])
    behind = plain[len(complement) :]
    is_case = place.after[: noun[1]].lower().endswith(b"cases")
    if is_case and around("of_something_else").length_at_start(rest) is not None:
        return None
    if around("reporting").length_at_start(rest) is None and any(
        _tells_of_some(x, place) for x in (rest, behind)
    ):
        return None
    if around("of_controls").occurs_in(place.before) or around("are_controls").occurs_in(plain):
        return Group.CONTROLS
    return group_of(place.after[: noun[1]] + complement, noun=place.after[: noun[1]])


def _tells_of_some(behind: bytes, place: Place) -> bool:
    """Whether the words behind the noun tell what some did; a share of a base is of others."""
    if around("had_come").length_at_start(behind) is not None:
        return False
    is_base = behind.startswith(b",") and around("base").occurs_in(place.before)
    return around("outcome").occurs_in(behind) or (_is_share(behind) and not is_base)


def _is_occasion(place: Place, noun: tuple[int, int]) -> bool:
    """Whether it tells how often something happened: "in two cases, the test failed"."""
    before = place.before.rstrip().lower()
    is_case = place.after[noun[0] : noun[1]].lower().startswith(b"case")
    return is_case and (before == b"in" or before.endswith((b" in", b"(in")))


def _cut(words: bytes) -> bytes:
    """The words up to where the next group is named: "with ME/CFS and 20 controls".

    "Both" names two illnesses of one group.
    """
    first = next((words[:start] for start, _ in around("joins").places(words)), words)
    return words if b" both " in first else first


def _is_sex_in_brackets(place: Place, noun: tuple[int, int]) -> bool:
    """Whether it is a breakdown such as "(7 males, 23 females)"."""
    opened = place.before.rfind(b"(") > place.before.rfind(b")")
    return opened and around("sexes").is_whole(place.after[noun[0] : noun[1]])


def _before_bracket(before: bytes) -> bytes:
    """The words before the bracket with a number, without a short form of their own."""
    places = around("n_equals").places(before)
    return _SHORT_FORM.sub(b"", before[: places[-1][0]].rstrip())


def _last_group(words: bytes) -> bytes:
    """The words after the last separator before a bracketed number that name people.

    "People of differing severity" is one group: what follows "of" alone names nobody.
    """
    ends = [0, *(end for _, end in around("separators").places(words))]
    last = words[ends[-1] :]
    is_quality = last.replace(b" ", b"").isalpha() and not _names_people(last)
    if is_quality and words[: ends[-1]].endswith(b"of "):
        return words[ends[-2] :]
    return last


def _names_people(words: bytes) -> bool:
    return around("people_or_arm").occurs_in(words)


def group_of(words: bytes, noun: bytes | None = None) -> Group:
    """Whom words name; `noun`: those of them up to the noun that is counted."""
    told = _DISEASE_CONTROL.sub(b"Disease", words)
    if _WITH_OR_WITHOUT.search(told):
        return Group.PEOPLE
    ill, without, _ = told.partition(b" without ")
    if without and group_of(ill) in ILL:
        return group_of(ill)
    head = told if noun is None else noun
    for group, pattern, of_noun in _groups():
        if pattern.occurs_in(head if of_noun else told):
            return group
    return Group.PEOPLE


@cache
def _groups() -> list[tuple[Group, BytesPattern, bool]]:
    rules = people_rules()
    return [
        (Group(each.group), BytesPattern(rules.filled(p) for p in each.patterns), each.of_noun)
        for each in rules.groups
    ]
