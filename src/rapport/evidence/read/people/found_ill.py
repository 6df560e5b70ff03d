"""People in whom the illness was found: "of 640 infected adults, 95 (15%) had long COVID".

They are the patients of a study that looked for the illness among others; the others are not.
"""

import re

from rapport.evidence.read.people.around import around
from rapport.evidence.read.people.counted import Group
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.sections import SectionKind

_DIGIT = re.compile(rb"\d")
_ONE_WORD = 25
"""Bytes behind the name of the illness in which the word may end that it belongs to."""


def in_whom_found(after: bytes, before: bytes) -> bytes | None:
    """The words behind a number that say that so many had the illness, from the verb on.

    Missing: None where they do not say so, deny it, or tell more of people said to be ill.
    """
    length = around("found_behind").length_at_start(after)
    if length is None or around("of_so_many").occurs_in(before):
        return None
    words = after[:length]
    if around("no_illness").occurs_in(after[: length + _ONE_WORD]):
        return None
    verb = around("found_verb").places(words)[0][0]
    if around("denied").occurs_in(words) or around("illness_studied").occurs_in(words[:verb]):
        return None
    return words[verb:]


def found_in(before: bytes, after: bytes) -> bytes | None:
    """The words before a number that say so: "long COVID was reported by". Missing: None."""
    if around("percent").length_at_start(after) is not None:
        return None
    places = around("found_before").places(before)
    return before[places[0][0] : places[0][1]] if places else None


def tells_of_the_ill(lookup: Lookup) -> list[int]:
    """The places of the sentences that name the illness, a verb of finding and a number."""
    named = [
        at
        for at in lookup.indices(around("illness_studied"))
        if _DIGIT.search(lookup.encoded[at]) is not None
    ]
    return list(around("found_words").found_among(lookup.encoded, named))


def names_illness(data: bytes) -> bool:
    """Whether a sentence names ME/CFS or long COVID."""
    return around("illness_studied").occurs_in(data)


def half_with(data: bytes) -> tuple[int, bytes]:
    """Where a sentence says that half of those counted were ill, and the words; else 0 and none."""
    place = next(iter(around("half_with").places(data)), None)
    return (0, b"") if place is None else (place[0], data[place[0] : place[1]])


def was_searched(front: Lookup) -> bool:
    """Whether title and abstract tell what share of people had the illness: not all of them had.

    Among people with long COVID a share with ME/CFS takes nothing from them.
    """
    if front.within([SectionKind.TITLE]).has(around("asked")):
        return True
    shares = [
        front.encoded[at]
        for at in front.indices(around("shares"))
        if not around("in_general").occurs_in(front.encoded[at])
    ]
    if is_about_long_covid(front):
        return any(around("shares_long_covid").occurs_in(each) for each in shares)
    return bool(shares)


def is_about_long_covid(front: Lookup) -> bool:
    """Whether title and abstract name long COVID, and no less often than ME/CFS."""
    named = times_named(front, Group.LONG_COVID)
    return named > 0 and named >= times_named(front, Group.CASES)


def times_named(front: Lookup, group: Group) -> int:
    """How often title and abstract name the illness of those in the group."""
    rules = {Group.CASES: "named_illness", Group.LONG_COVID: "named_long_covid"}
    return front.count(around(rules[group])) if group in rules else 0


def is_of_a_population(front: Lookup) -> bool:
    """Whether title and abstract speak of a population in which the illness was looked for."""
    return front.has(around("whole_population"))
