"""Reviewers' decisions as an input of a build: JSON Lines, one decision a line.

The only decision a build knows so far is to withhold a card:
`{"card": "pmid-1", "decision": "withhold", "reason": "...", "by": "...", "on": "2026-01-31"}`.
"""

from enum import StrEnum
from pathlib import Path

import msgspec

from rapport.cards.study_card import Refusal
from rapport.core.encoding import content_hash
from rapport.core.errors import InputError


class ReviewDecision(StrEnum):
    """What a reviewer decided about a card."""

    WITHHOLD = "withhold"


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision: about which card (its id or an identifier), by whom, when, and why."""

    card: str
    decision: ReviewDecision
    reason: str
    by: str
    on: str


class Reviews(msgspec.Struct, frozen=True, kw_only=True):
    """All decisions in their order, and the hash of the log; None without a log."""

    decisions: tuple[Review, ...] = ()
    sha256: str | None = None


def reviews(path: Path | None) -> Reviews:
    """The decisions in a file; none without a file.

    Raises: InputError for a file that cannot be read, naming the line.
    """
    if path is None:
        return Reviews()
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
    return Reviews(decisions=found, sha256=content_hash(data))


def _decision(line: bytes, path: Path, number: int) -> Review:
    try:
        return msgspec.json.decode(line, type=Review)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"This line is not a decision: {error}.",
            where=f"{path}, line {number}",
            fix='write {"card", "decision": "withhold", "reason", "by", "on"} on each line',
        ) from error


def refusal(review: Review) -> Refusal:
    """The decision as a reason to refuse the card."""
    return Refusal(
        rule="withheld-by-review",
        reason=f"{review.by} decided on {review.on}: {review.reason}",
        where="card",
    )
