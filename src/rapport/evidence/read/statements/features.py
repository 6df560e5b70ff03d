"""What a sentence shows of what it does: its cues, its place, its neighbours and its words."""

from collections.abc import Container, Iterator, Set
from functools import cache, lru_cache

import msgspec

from rapport.cards.strength import WITHOUT_LINK, Graded, Strength
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.sections import SectionKind, clean_heading
from rapport.knowledge.patterns import PatternGroups
from rapport.knowledge.reading.statements import statement_cues
from rapport.knowledge.watched_words import without_digits

_SHORTEST_WORD = 3

_LABELS = (
    ("background", ("background", "introduction", "context", "importance", "rationale")),
    ("aim", ("aim", "objective", "purpose")),
    ("method", ("method", "design", "material", "setting", "participants", "patients")),
    ("result", ("result", "finding", "outcome")),
    ("conclusion", ("conclusion", "discussion", "interpretation", "significance")),
    ("limitation", ("limitation",)),
    ("other", ("registration", "funding", "trial", "keyword", "patient or public", "clinical")),
)
_REMEMBERED = ("limitation", "future")
"""Cues that colour the sentences after them in the same paragraph."""
_PREVIOUS = frozenset(
    {"limitation", "limits", "sample", "not_done", "cannot", "bias", "future", "p_value", "aim"}
)
_PARTS = 5


class Features(msgspec.Struct, frozen=True, gc=False):
    """What a sentence shows: signs, its words, and how strongly it words its links."""

    signs: tuple[str, ...]
    words: Set[bytes]
    links: Graded

    @property
    def names(self) -> tuple[str, ...]:
        """All of it by the names that weights are kept under: signs, and `word:` and each word."""
        words = (word.decode() for word in sorted(self.words) if len(word) >= _SHORTEST_WORD)
        return (*self.signs, *(f"word:{word}" for word in words))


def features(lookup: Lookup, strength: Strength) -> Iterator[Features]:
    """The features of each sentence; the sentences are those of one paper in order."""
    sentences, cues = lookup.sentences, _cues()
    in_abstract = sum(each.section is SectionKind.ABSTRACT for each in sentences)
    number = 0
    paragraph: tuple[str, int] | None = None
    remembered: set[str] = set()
    previous: list[int] = []
    links = _links(lookup, strength)
    cued = cues.groups.found(lookup.encoded)
    for index, (sentence, found, graded) in enumerate(zip(sentences, cued, links, strict=True)):
        if (sentence.field, sentence.paragraph) != paragraph:
            paragraph = (sentence.field, sentence.paragraph)
            remembered, previous = set(), []
        signs = [_where(sentence.section, sentence.titles), *[cues.own[cue] for cue in found]]
        if remembered:
            signs.extend(sorted(remembered))
        signs.extend([cues.before[cue] for cue in previous if cue in cues.before])
        if sentence.section is SectionKind.ABSTRACT:
            signs.extend(_places(number, in_abstract))
            number += 1
        signs.append(f"strength:{graded.level}")
        if graded.hedged:
            signs.append("strength:hedged")
        words = without_digits(lookup.words(index))
        yield Features(signs=tuple(signs), words=words, links=graded)
        remembered.update([cues.colour[cue] for cue in found if cue in cues.colour])
        previous = found


def _links(lookup: Lookup, strength: Strength) -> list[Graded]:
    """The links of each sentence."""
    found = [WITHOUT_LINK] * len(lookup)
    possible = lookup.possible(strength.link)
    graded = strength.graded([lookup.encoded[index] for index in possible])
    for index, each in zip(possible, graded, strict=True):
        found[index] = each
    return found


def _places(number: int, of: int) -> list[str]:
    """In which fifth of the abstract the sentence stands, and whether it is the last."""
    part = f"place:abstract_{min(number * _PARTS // max(of, 1), _PARTS - 1)}"
    return [part, "place:abstract_last"] if number == of - 1 else [part]


@lru_cache(maxsize=4096)
def _where(section: SectionKind, titles: tuple[str, ...]) -> str:
    """The kind of section, or in a labelled abstract the label."""
    if section is not SectionKind.ABSTRACT:
        return f"section:{section.value}"
    label = clean_heading(titles[-1]) if titles else ""
    for name, beginnings in _LABELS:
        if label.startswith(beginnings):
            return f"section:abstract_{name}"
    return "section:abstract"


class _Cues:
    """The cues of the file by their numbers: what finds them, and the signs they are."""

    def __init__(self) -> None:
        listed = statement_cues().cues
        self.groups = PatternGroups(cue.patterns for cue in listed)
        self.own = [f"cue:{cue.id}" for cue in listed]
        self.before = self._named("previous", _PREVIOUS)
        self.colour = self._named("paragraph", _REMEMBERED)

    @staticmethod
    def _named(sign: str, chosen: Container[str]) -> dict[int, str]:
        listed = enumerate(statement_cues().cues)
        return {number: f"{sign}:{cue.id}" for number, cue in listed if cue.id in chosen}


@cache
def _cues() -> _Cues:
    return _Cues()
