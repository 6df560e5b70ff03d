"""Whether two records are of the same work: one decision, with its reason."""

import re
from enum import StrEnum

import msgspec
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from rapport.evidence.dedupe.entry import Entry


class Bond(StrEnum):
    """How two records belong together."""

    SAME = "same"
    """Records of one work."""
    RELATED = "related"
    """Two works that belong together; their cards point at each other."""
    APART = "apart"
    """Nothing says that they belong together."""


BY_IDENTIFIER = "same identifier"
BY_PLACE = "same title, people and place"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The decision on a pair and the rule that made it."""

    bond: Bond
    rule: str


class Likeness(StrEnum):
    """How two values compare; UNKNOWN where one of them is missing."""

    EQUAL = "equal"
    CLOSE = "close"
    PART = "part"
    """One is the beginning of the other, or all of its words."""
    OTHER = "other"
    UNKNOWN = "unknown"


_ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])
_EDITION = re.compile(r"\.pub\d+$")
_TYPING_SLIP = 80
"""Two words at least this alike (0-100) are one word misspelt; "men" and "women" are not (75)."""
_CLOSE_TITLE = 88
_GENERIC_LETTERS = 20
"""Titles with fewer letters ("Book review", "Chronic fatigue") are shared by many works."""


def verdict(a: Entry, b: Entry) -> Verdict:
    """The decision on two records, the same whichever is given first.

    Identifiers first: an equal PMID, PMCID or DOI means the same work unless the titles
    contradict it (a mistyped DOI, or one DOI for all abstracts of a conference). Then title,
    people, year and place together.
    """
    title = title_likeness(a, b)
    if _shares_identifier(a, b):
        return _by_identifier(a, b, title)
    if title in (Likeness.OTHER, Likeness.UNKNOWN):
        return Verdict(bond=Bond.APART, rule="titles differ")
    people = people_likeness(a, b)
    if people is Likeness.OTHER:
        return Verdict(bond=Bond.APART, rule="people differ")
    if a.notice is not b.notice:
        return Verdict(bond=Bond.RELATED, rule="a notice about the work")
    if a.preprint is not b.preprint:
        return _of_preprint(title, people)
    return _by_description(a, b, title, people)


def _of_preprint(title: Likeness, people: Likeness) -> Verdict:
    """A preprint and something else are never one work; a shared beginning alone is chance."""
    if title is Likeness.PART and people is Likeness.UNKNOWN:
        return Verdict(bond=Bond.APART, rule="too little to tell")
    return Verdict(bond=Bond.RELATED, rule="a preprint of the work")


def _by_identifier(a: Entry, b: Entry, title: Likeness) -> Verdict:
    if a.notice is not b.notice and title is not Likeness.EQUAL:
        return Verdict(bond=Bond.RELATED, rule="a notice with the identifier of its work")
    people = people_likeness(a, b)
    if title in (Likeness.EQUAL, Likeness.UNKNOWN) or people is Likeness.EQUAL:
        # A translated title leaves people and place; one DOI for a whole supplement does not.
        same = title is not Likeness.OTHER or place_likeness(a, b) is Likeness.EQUAL
    else:
        same = title is not Likeness.OTHER and not _on_other_pages(a, b)
    if same:
        return Verdict(bond=Bond.SAME, rule=BY_IDENTIFIER)
    return Verdict(bond=Bond.APART, rule="one identifier on two works")


def _by_description(a: Entry, b: Entry, title: Likeness, people: Likeness) -> Verdict:
    if _is_edition(a, b):
        return Verdict(bond=Bond.RELATED, rule="another edition")
    if _in_one_place(a, b) and not different(a.pmids, b.pmids):
        return Verdict(bond=Bond.SAME, rule=BY_PLACE)
    if title is Likeness.PART or _is_generic(a) or people is Likeness.UNKNOWN:
        return _from_little(a, b, title, people)
    if _different_numbers(a, b):
        return Verdict(bond=Bond.RELATED, rule="same title, other identifiers")
    if _other_version(a, b):
        return Verdict(bond=Bond.RELATED, rule="same title and people, other place or year")
    return Verdict(bond=Bond.SAME, rule="same title and people")


def _from_little(a: Entry, b: Entry, title: Likeness, people: Likeness) -> Verdict:
    """Title and people alone do not settle it: same journal, volume and year have to be given."""
    same_volume = a.volume is not None and a.volume == b.volume and a.year == b.year
    pages_fit = a.page is None or b.page is None
    enough = same_volume and _in_one_journal(a, b) and pages_fit and not _is_generic(a)
    if enough and title is not Likeness.PART and not _different_numbers(a, b):
        return Verdict(bond=Bond.SAME, rule="same title, journal and volume")
    if people in (Likeness.EQUAL, Likeness.CLOSE) and not _is_generic(a):
        return Verdict(bond=Bond.RELATED, rule="a title that contains the other, same people")
    return Verdict(bond=Bond.APART, rule="too little to tell")


def _in_one_place(a: Entry, b: Entry) -> bool:
    """The same volume and page at most a year apart, or the same journal, page and year.

    The second way overlooks the volume: exports often put the number of the supplement there.
    """
    if place_likeness(a, b) is Likeness.EQUAL and _years_apart(a, b) <= 1:
        return True
    same_page = a.page is not None and a.page == b.page
    same_year = a.year is not None and a.year == b.year
    return same_page and same_year and _in_one_journal(a, b)


def _in_one_journal(a: Entry, b: Entry) -> bool:
    return journal_likeness(a, b) in (Likeness.EQUAL, Likeness.CLOSE)


def _on_other_pages(a: Entry, b: Entry) -> bool:
    return a.page is not None and b.page is not None and a.page != b.page


def _other_version(a: Entry, b: Entry) -> bool:
    """A conference abstract and its article, an edition, a yearly introduction."""
    years_apart = _years_apart(a, b)
    if journal_likeness(a, b) is Likeness.OTHER or years_apart > 1:
        return True
    if years_apart and not _in_one_journal(a, b):
        return True
    if place_likeness(a, b) is not Likeness.OTHER:
        return False
    # Online first: the year before the issue, pages from 1, no volume yet.
    ahead_of_print = (a.volume is None) != (b.volume is None)
    return not (ahead_of_print and _in_one_journal(a, b))


def _is_edition(a: Entry, b: Entry) -> bool:
    """Whether the DOIs differ in the number of the edition alone (Cochrane's .pub2, .pub3)."""
    return different(a.dois, b.dois) and bool(
        {_EDITION.sub("", doi) for doi in a.dois} & {_EDITION.sub("", doi) for doi in b.dois}
    )


def different(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Both are known and nothing is shared."""
    return bool(one) and bool(other) and not set(one) & set(other)


def _different_numbers(a: Entry, b: Entry) -> bool:
    return (
        different(a.pmids, b.pmids)
        or different(a.pmcids, b.pmcids)
        or different(a.dois, b.dois)
    )


def _shares_identifier(a: Entry, b: Entry) -> bool:
    return any(
        set(one) & set(other)
        for one, other in ((a.pmids, b.pmids), (a.pmcids, b.pmcids), (a.dois, b.dois))
    )


def _years_apart(a: Entry, b: Entry) -> int:
    return 0 if a.year is None or b.year is None else abs(a.year - b.year)


def _is_generic(a: Entry) -> bool:
    """A title that many works share: very short, or made of the journal's own name."""
    title = (a.title or "").replace(" ", "")
    journal = (a.journal or "").replace(" ", "")
    left = title.replace(journal, "") if journal else title
    return len(left) < _GENERIC_LETTERS


def title_likeness(a: Entry, b: Entry) -> Likeness:
    """How the titles compare: the same words, typing slips apart, one within the other."""
    if a.title is None or b.title is None:
        return Likeness.UNKNOWN
    if a.title.replace(" ", "") == b.title.replace(" ", ""):
        return Likeness.EQUAL
    one, other = a.title.split(), b.title.split()
    if _counters(one) != _counters(other):
        return Likeness.OTHER
    if fuzz.ratio(a.title, b.title) >= _CLOSE_TITLE and _only_slips(one, other):
        return Likeness.CLOSE
    short, long = sorted((a.title, b.title), key=len)
    within = long.startswith(short) or long.endswith(short)
    return Likeness.PART if within and len(short) >= _GENERIC_LETTERS else Likeness.OTHER


def _counters(title: list[str]) -> list[str]:
    """Numbers and Roman numerals in order: what tells Part I from Part II and type 1 from 2."""
    return [word for word in title if word[0].isdigit() or word in _ROMAN]


def _only_slips(one: list[str], other: list[str]) -> bool:
    """Whether the words that differ are misspellings or differ in where they are cut."""
    left = [word for word in one if word not in set(other)]
    right = [word for word in other if word not in set(one)]
    if Indel.normalized_similarity("".join(left), "".join(right)) * 100 >= 92:
        return True
    if len(left) != len(right):
        return False
    return all(
        max(fuzz.ratio(word, candidate) for candidate in right) >= _TYPING_SLIP for word in left
    )


def people_likeness(a: Entry, b: Entry) -> Likeness:
    """How the authors compare; lists that are cut short or spelled otherwise are CLOSE."""
    if not a.people or not b.people:
        return Likeness.UNKNOWN
    if a.people == b.people:
        return Likeness.EQUAL
    one, other = set(a.people), set(b.people)
    shared = len(one & other) / min(len(one), len(other))
    first = a.people[0] in other or b.people[0] in one
    if shared >= 0.6 or (first and shared >= 0.3):
        return Likeness.CLOSE
    alike = fuzz.token_sort_ratio(" ".join(sorted(one)), " ".join(sorted(other)))
    return Likeness.CLOSE if alike >= 85 else Likeness.OTHER


def journal_likeness(a: Entry, b: Entry) -> Likeness:
    """How the journals compare; "cardiovasc diabetol" is CLOSE to "cardiovascular diabetology"."""
    if a.journal is None or b.journal is None:
        return Likeness.UNKNOWN
    if a.journal == b.journal:
        return Likeness.EQUAL
    one, other = _journal_words(a.journal), _journal_words(b.journal)
    short, long = sorted((one, other), key=lambda found: (len(found), found))
    return Likeness.CLOSE if _abbreviates(short, long) else Likeness.OTHER


_SMALL_WORDS = frozenset(
    ["the", "of", "and", "in", "for", "on", "a", "an", "de", "la", "der", "und", "et"]
)


def _journal_words(journal: str) -> list[str]:
    return [word for word in journal.split() if word not in _SMALL_WORDS]


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """Whether the words of `short` begin words of `long`, in order, from the first."""
    rest = iter(long)
    return bool(short) and all(
        any(word.startswith(start) or start.startswith(word) for word in rest)
        for start in short
    )


def place_likeness(a: Entry, b: Entry) -> Likeness:
    """Where in the journal: volume and first page, EQUAL, OTHER or UNKNOWN."""
    pairs = [
        (one, other)
        for one, other in ((a.volume, b.volume), (a.page, b.page))
        if one is not None and other is not None
    ]
    if any(one != other for one, other in pairs):
        return Likeness.OTHER
    return Likeness.EQUAL if len(pairs) == 2 else Likeness.UNKNOWN
