"""Whether a check-in from a file is here already: what was exported may come back."""

from collections.abc import Iterable

import msgspec

from rapport.practice.exchange.fhir.names import RECORDS
from rapport.practice.exchange.fhir.reading import Response, told
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.kept import Kept


def here(response: Response, kept: Iterable[Kept]) -> Kept | None:
    """The check-in that a response tells, among those of the same patient; None for a new one.

    By the identifier that our own export gives it, or by saying the very same.
    """
    system, value = response.identifier or ("", "")
    found = [each for each in kept if isinstance(each.record, CheckIn)]
    by_name = [each for each in found if system == RECORDS and each.id == value]
    return next(iter(by_name), None) or next(
        (each for each in found if says_the_same(response, each)), None
    )


def says_the_same(response: Response, kept: Kept) -> bool:
    """Whether a kept check-in has the same answers, given by the same at the same time."""
    return isinstance(kept.record, CheckIn) and told(kept.record) == response.check_in


def once(response: Response, pair: str) -> bytes:
    """What makes a check-in the same as one that was taken in before, whoever named it."""
    name = response.identifier or response.check_in
    return msgspec.json.encode([pair, name], order="deterministic")
