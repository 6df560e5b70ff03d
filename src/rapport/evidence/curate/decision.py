"""Decisions of people about cards: a line of the log each, never changed, only followed.

The log is JSON Lines and an input of a build. `decision` says what was decided:

- `withhold`: the card is not shown; `show` ends that;
- `set_badge`, `set_design`, `set_patients`: a value that people read otherwise than the rules.

A later decision on the same question of the same card takes the place of the earlier one.
"""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

import msgspec

from rapport.core.encoding import content_hash
from rapport.core.errors import InputError
from rapport.core.vocabulary import Badge, Combination, Design


class Question(StrEnum):
    """What about a card people can decide; each has one answer at a time."""

    BADGE = "badge"
    DESIGN = "design"
    PATIENTS = "patients"
    SHOWN = "shown"


class Decision(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="decision",
):
    """What every line has.

    `card` is the card's id or any identifier of the work. `by` is the name under which the one
    who decided wants to be known; `readers` are those who had read the study. `on` is an ISO
    date. `words` are stretches of the source that carry the value, to the letter and long enough
    to stand there once: places would not outlive a new edition of the text. `against` is what
    the rules had read when people decided (`answers.of_rules`); None where that was not kept.
    """

    question: ClassVar[Question]

    card: str
    reason: str
    by: str
    on: str
    readers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    against: str | None = None


class Withhold(Decision, frozen=True, kw_only=True, tag="withhold"):
    """The card is not shown."""

    question: ClassVar[Question] = Question.SHOWN


class Show(Decision, frozen=True, kw_only=True, tag="show"):
    """The card is shown again."""

    question: ClassVar[Question] = Question.SHOWN


class SetBadge(Decision, frozen=True, kw_only=True, tag="set_badge"):
    """The badge, and what it follows from: these are decided together."""

    question: ClassVar[Question] = Question.BADGE

    badge: Badge
    definitions: tuple[str, ...] = ()
    combination: Combination = Combination.NONE


class SetDesign(Decision, frozen=True, kw_only=True, tag="set_design"):
    """The design of the study."""

    question: ClassVar[Question] = Question.DESIGN

    design: Design


class SetPatients(Decision, frozen=True, kw_only=True, tag="set_patients"):
    """The patients analysed, else enrolled; None: the text read does not state them."""

    question: ClassVar[Question] = Question.PATIENTS

    n_cases: int | None


AnyDecision = Withhold | Show | SetBadge | SetDesign | SetPatients
"""Every decision there is; a new one has to be listed here."""


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """All decisions in their order, and the hash of the log; None without a log."""

    decisions: tuple[AnyDecision, ...] = ()
    sha256: str | None = None


def log(path: Path | None) -> Log:
    """The decisions in a file; none without a file.

    Raises: InputError for a file that cannot be read, naming the line.
    """
    if path is None:
        return Log()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The decisions cannot be read: {error.strerror}.",
            where=str(path),
            fix="name a readable file with --reviews",
        ) from error
    lines = enumerate(data.splitlines(), start=1)
    found = tuple(_decision(line, path, number) for number, line in lines if line.strip())
    return Log(decisions=found, sha256=content_hash(data))


def in_force(decisions: Iterable[AnyDecision]) -> tuple[AnyDecision, ...]:
    """The last decision on each question; the card must be the same in all of them."""
    last: dict[Question, AnyDecision] = {}
    for decision in decisions:
        last[decision.question] = decision
    return tuple(last[question] for question in Question if question in last)


def about(decision: AnyDecision) -> str:
    """How a flag of a build begins that is about this decision."""
    return f"the decision of {decision.on} about {decision.question} of {decision.card}"


def _decision(line: bytes, path: Path, number: int) -> AnyDecision:
    try:
        return msgspec.json.decode(line, type=AnyDecision)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"This line is not a decision: {error}.",
            where=f"{path}, line {number}",
            fix='write {"card", "decision", "reason", "by", "on"} and what it sets on each line',
        ) from error
