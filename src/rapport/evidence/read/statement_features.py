"""What a sentence shows of what it does: its cues, its place, its neighbours and its words."""

from collections.abc import Iterator, Sequence
from functools import cache
from string import ascii_lowercase

import msgspec

from rapport.cards.strength import Strength
from rapport.evidence.read.document import SectionKind, Sentence
from rapport.evidence.read.sections import clean_heading
from rapport.knowledge.patterns import PatternSet
from rapport.knowledge.statement_rules import statement_cues

_LETTERS = bytes(byte if chr(byte) in ascii_lowercase else ord(" ") for byte in range(256))
"""What is no letter from a to z counts as the space between words."""
_SHORTEST_WORD = 3
_LONGEST = 3000
"""Characters read of a sentence; a longer one is a list or a table that lost its lines."""

_LABELS = (
    ("background", ("background", "introduction", "context", "importance", "rationale")),
    ("aim", ("aim", "objective", "purpose")),
    ("method", ("method", "design", "material", "setting", "participants", "patients")),
    ("result", ("result", "finding", "outcome")),
    ("conclusion", ("conclusion", "discussion", "interpretation", "significance")),
    ("other", ("registration", "funding", "trial", "keyword", "patient or public", "clinical")),
)
_REMEMBERED = ("limitation", "future")
"""Cues that colour the sentences after them in the same paragraph."""
_PREVIOUS = frozenset(
    {"limitation", "limits", "sample", "not_done", "cannot", "bias", "future", "p_value", "aim"}
)
_PARTS = 5


class Features(msgspec.Struct, frozen=True, gc=False):
    """Names of what a sentence shows, and the strength level of its strongest link."""

    names: tuple[str, ...]
    level: int


def features(sentences: Sequence[Sentence], strength: Strength) -> Iterator[Features]:
    """The features of each sentence; the sentences are those of one paper in order."""
    in_abstract = sum(each.section is SectionKind.ABSTRACT for each in sentences)
    number = 0
    paragraph: tuple[str, int] | None = None
    remembered: set[str] = set()
    previous: list[str] = []
    texts = [sentence.text[:_LONGEST] for sentence in sentences]
    # One thing at a time for all sentences: each finds its tables still in the processor's cache.
    cues_of = [_cues_in(text) for text in texts]
    levels = strength.levels_and_hedges(texts)
    words_of = [_word_names(text) for text in texts]
    shown = zip(sentences, cues_of, levels, words_of, strict=True)
    for sentence, cues, (level, is_hedged), words in shown:
        if (sentence.field, sentence.paragraph) != paragraph:
            paragraph = (sentence.field, sentence.paragraph)
            remembered, previous = set(), []
        found = [f"section:{_where(sentence)}", *(f"cue:{cue}" for cue in cues)]
        found.extend(f"paragraph:{cue}" for cue in sorted(remembered))
        found.extend(f"previous:{cue}" for cue in previous if cue in _PREVIOUS)
        if sentence.section is SectionKind.ABSTRACT:
            found.extend(_places(number, in_abstract))
            number += 1
        found.append(f"strength:{level}")
        if is_hedged:
            found.append("strength:hedged")
        found.extend(words)
        yield Features(names=tuple(found), level=level)
        remembered.update(cue for cue in _REMEMBERED if cue in cues)
        previous = cues


def _word_names(text: str) -> list[str]:
    """`word:` and each word of at least three letters in lower case, each once, in order."""
    letters = text.lower().encode(errors="replace").translate(_LETTERS).decode()
    words = [word for word in dict.fromkeys(letters.split()) if len(word) >= _SHORTEST_WORD]
    # Joined and split, as that names them all without a loop.
    return f"word:{' word:'.join(words)}".split() if words else []


def _places(number: int, of: int) -> list[str]:
    """In which fifth of the abstract the sentence stands, and whether it is the last."""
    part = f"place:abstract_{min(number * _PARTS // max(of, 1), _PARTS - 1)}"
    return [part, "place:abstract_last"] if number == of - 1 else [part]


def _where(sentence: Sentence) -> str:
    """The kind of section, or in a labelled abstract the label."""
    if sentence.section is not SectionKind.ABSTRACT:
        return sentence.section.value
    label = clean_heading(sentence.titles[-1]) if sentence.titles else ""
    for name, beginnings in _LABELS:
        if label.startswith(beginnings):
            return f"abstract_{name}"
    return "abstract"


def _cues_in(text: str) -> list[str]:
    names, patterns = _set()
    return list(dict.fromkeys(names[index] for index in sorted(patterns.found_in(text))))


@cache
def _set() -> tuple[list[str], PatternSet]:
    cues = statement_cues().cues
    names = [cue.id for cue in cues for _ in cue.patterns]
    return names, PatternSet(pattern for cue in cues for pattern in cue.patterns)
