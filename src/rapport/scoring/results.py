"""What scoring says of one person's answers."""

from enum import StrEnum

import msgspec

from rapport.core.answers import Answer
from rapport.knowledge.instrument import HighIs
from rapport.scoring.check_in import CheckIn


class Fit(StrEnum):
    """Whether answers fit a rule. No value of it is a diagnosis."""

    FIT = "answers fit"
    DO_NOT_FIT = "answers do not fit"
    CANNOT_BE_KNOWN = "cannot be known"


FIT_OF = {
    Answer.YES: Fit.FIT,
    Answer.NO: Fit.DO_NOT_FIT,
    Answer.NOT_STATED: Fit.CANNOT_BE_KNOWN,
}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a source says of scores from `from_score` on."""

    from_score: float
    says: str
    source: str
    reached: bool


class ScaleScore(msgspec.Struct, frozen=True, kw_only=True):
    """One score: None where there are too few answers for it.

    `filled` are the missing items that the rule of the questionnaire fills in; `band` is the one
    the score lies in, `cutoffs` are all of the scale.
    """

    name: str
    value: float | None
    lowest: float
    highest: float
    high_is: HighIs
    answered: int
    items: int
    missing: tuple[str, ...]
    filled: tuple[str, ...]
    missing_rule: str
    band: Said | None
    cutoffs: tuple[Said, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule of the questionnaire comes to."""

    id: str
    says: str
    result: Fit
    source: str
    note: str


class Unknown(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion that the answers leave open, and what is missing."""

    criterion: str
    because: tuple[str, ...]


class DefinitionFit(msgspec.Struct, frozen=True, kw_only=True):
    """Whether answers fit a case definition: what is not met, and what cannot be known."""

    definition: str
    name: str
    result: Fit
    unmet: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...]


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that a person must look at now."""

    item: str
    says: str


class InstrumentVersion(msgspec.Struct, frozen=True, kw_only=True):
    """The edition of the questionnaire, the version of its key, and how far that is verified."""

    edition: str
    key: int
    verification: str
    reviewed_on: str


class Scored(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything the answers of one person come to. What a questionnaire does not have is left out.

    `not_scored` are answers that were given and are no part of the key; `threshold` says from
    which answers a symptom counts.
    """

    instrument: str
    title: str
    version: InstrumentVersion
    answered: int
    missing: tuple[str, ...]
    not_scored: tuple[str, ...] = ()
    attention: tuple[Needs, ...] = ()
    scores: dict[str, ScaleScore] = {}
    findings: tuple[Found, ...] = ()
    definitions: tuple[DefinitionFit, ...] = ()
    threshold: str | None = None
    check_in: CheckIn | None = None
    research_only: str | None = None
    never: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
