"""What one clause of a publication says about entry."""

import msgspec

from rapport.core.answers import Answer
from rapport.core.vocabulary import Combination
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.text.document import Sentence
from rapport.knowledge.model import Decision


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What one clause says: its role, whether its rule makes PEM compulsory, and by what.

    `definitions` has None for a name that stayed open. `waives` says that PEM or the symptom
    list is taken out of a definition; `stratum` that the rule is asked of some only, and `part`
    which part of the people a clause speaks of, where it names one; `ends` is where its last
    name ends in the sentence.
    """

    sentence: Sentence
    role: Role
    answer: Answer
    decision: Decision
    definitions: tuple[str | None, ...] = ()
    joined: Combination | None = Combination.NONE
    rule: str | None = None
    cue: str | None = None
    explicit: bool = False
    waives: bool = False
    stratum: bool = False
    cohort: bool = False
    part: str | None = None
    ends: int = 0
    covid: bool = False
    candidates: tuple[str, ...] = ()
    hours: float | None = None
    instrument: str | None = None
