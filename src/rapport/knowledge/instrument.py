"""Questionnaires as data: their items, how scores are made of them, and what may be said of a score.

A key says everything that scoring needs (rapport.scoring); nothing of it stands in code. Item text
is here only where its licence allows it.
"""

from enum import StrEnum

import msgspec

from rapport.knowledge.criterion import Criterion
from rapport.knowledge.header import Entry


class ScaleKind(StrEnum):
    """How a score is made of the values of its items."""

    SUM = "sum"
    MEAN = "mean"
    LEAST = "least"
    """The lowest value: with values 0 and 1, whether every item has a 1."""


class HighIs(StrEnum):
    """What a high score means for the person who answered."""

    WORSE = "worse"
    BETTER = "better"


class Items(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Items that are answered alike, by their ids in the source: whole numbers, both ends included.

    With `parts` (short to full name) an item has several answers: item 14 with the parts f and s is
    answered under 14f and 14s. `words` are the answers in words and the number each stands for; an answer may be
    given as either. `whole` is False where an item takes any number of the range.
    """

    ids: tuple[str, ...]
    lowest: float
    highest: float
    whole: bool = True
    parts: dict[str, str] = {}
    words: dict[str, int] = {}
    texts: dict[str, str] = {}
    about: str = ""


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Scores from `from_score` up to the next band (or, in a cut-off, from there on)."""

    from_score: float
    says: str
    source: str


class Scale(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A score: `factor` times the sum, mean or least of its items.

    Items in `reversed` count from the other end of their range first; `recode` then replaces
    values (each as text). A score needs `least_answered` answers (all, where that is None), and
    the mean of the others then stands for each missing one: `missing_rule` says so in words.
    """

    id: str
    name: str
    kind: ScaleKind
    items: tuple[str, ...]
    lowest: float
    highest: float
    high_is: HighIs
    missing_rule: str
    reversed: tuple[str, ...] = ()
    recode: dict[str, float] = {}
    factor: float = 1.0
    least_answered: int | None = None
    bands: tuple[Band, ...] = ()
    cutoffs: tuple[Band, ...] = ()


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which answers an item with parts counts as a symptom that the person has."""

    least: dict[str, int]
    """Part to the lowest value that counts: both parts must reach theirs."""
    says: str
    source: str


class Finding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the answers settle as yes, no or not to be known, by logic over the items.

    In the logic an item with parts stands for "has this symptom" (see Threshold), an item of 0
    and 1 for its answer, and any other for its number.
    """

    id: str
    says: str
    logic: Criterion
    source: str
    note: str = ""


class DefinitionKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How answers become the features of a case definition, whose own logic is then applied.

    `features` give a feature by logic over the items or by the one item that asks for it,
    `counts` as the number of symptoms the person has among those listed. `not_asked` says of
    each other feature why these answers cannot tell it. None of the definition's features is
    left out.
    """

    definition: str
    features: dict[str, str | Criterion] = {}
    counts: dict[str, tuple[str, ...]] = {}
    not_asked: dict[str, str] = {}
    notes: tuple[str, ...] = ()


class Attention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item whose answer above `above` a person must look at now, whatever the score."""

    item: str
    above: float
    says: str


class InstrumentExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Made-up answers and what they come to, worked out by hand.

    `scores` and `findings` name what is checked; a score of "none" cannot be had from them.
    """

    who: str
    answers: dict[str, float | str]
    scores: dict[str, float | str] = {}
    findings: dict[str, str] = {}
    definitions: dict[str, str] = {}


class Instrument(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A questionnaire. `edition` is the version of the questionnaire itself, as its makers name it.

    `incomplete` says why the key is not known well enough: answers to it are not scored. Scales
    and examples are then empty, and what is known of it stands in `known`. `text_licence` says
    on what terms item texts are or are not here.
    """

    name: str
    edition: str
    asks: str
    text_licence: str
    incomplete: str = ""
    known: tuple[str, ...] = ()
    items: tuple[Items, ...] = ()
    not_scored: tuple[str, ...] = ()
    """Items that may stand among the answers and are not looked at."""
    scales: tuple[Scale, ...] = ()
    threshold: Threshold | None = None
    derived: dict[str, Criterion] = msgspec.field(default_factory=dict)
    """Yes-or-no items that other items settle where they are not answered themselves."""
    findings: tuple[Finding, ...] = ()
    definitions: tuple[DefinitionKey, ...] = ()
    attention: tuple[Attention, ...] = ()
    other_side: str = ""
    """The id of the questionnaire for the other of two people, whose answers may stand with these."""
    research_only: str = ""
    """Why it may be scored for research and on the command line only; empty where it may not."""
    never: tuple[str, ...] = ()
    """What no result of it may be taken for."""
    examples: tuple[InstrumentExample, ...] = ()

    def answer_ids(self) -> tuple[str, ...]:
        """The ids under which answers are given, in the order of the questionnaire."""
        return tuple(
            f"{item}{part}"
            for group in self.items
            for item in group.ids
            for part in group.parts or ("",)
        )

    def group_of(self, item: str) -> Items:
        """The group of an item. Raises: KeyError for an item that the key does not have."""
        for group in self.items:
            if item in group.ids:
                return group
        raise KeyError(item)
