"""Whether the knowledge base holds together: every problem at once, for a person to mend."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from rapport.knowledge.checking.definitions import definition_problems
from rapport.knowledge.checking.entry_rules import rule_problems
from rapport.knowledge.checking.headers import header_problems
from rapport.knowledge.checking.instruments import instrument_problems
from rapport.knowledge.checking.limits import limit_problems
from rapport.knowledge.checking.patterns import pattern_problems
from rapport.knowledge.checking.practice import practice_problems
from rapport.knowledge.checking.problem import Problem, Severity, error
from rapport.knowledge.checking.references import reference_problems
from rapport.knowledge.entries import entries
from rapport.knowledge.model import Knowledge

_CHECKS: tuple[Callable[[Knowledge], Iterator[Problem]], ...] = (
    definition_problems,
    pattern_problems,
    reference_problems,
    rule_problems,
    limit_problems,
    instrument_problems,
    practice_problems,
)


def problems(knowledge: Knowledge, *, as_of: datetime.date) -> tuple[Problem, ...]:
    """Everything wrong with the knowledge base on a day, errors first, then by entry.

    An entry whose review is overdue on `as_of` is a warning; everything that could make a
    reading or a page say something false is an error.
    """
    found = [*header_problems(knowledge, as_of=as_of), *_shared_ids(knowledge)]
    for check in _CHECKS:
        found += check(knowledge)
    return in_order(found)


def in_order(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems for a person to mend: errors first, then by entry."""
    return tuple(
        sorted(found, key=lambda each: (each.severity is not Severity.ERROR, each.entry))
    )


def has_errors(found: tuple[Problem, ...]) -> bool:
    """Whether any of the problems must be mended."""
    return any(each.severity is Severity.ERROR for each in found)


def _shared_ids(knowledge: Knowledge) -> Iterator[Problem]:
    counts = Counter(entry.id for _, entry in entries(knowledge))
    for name, count in sorted(counts.items()):
        if count > 1:
            yield error(
                name,
                f"{count} entries of different kinds bear this id",
                "give each its own id: people ask for entries by id alone",
            )
