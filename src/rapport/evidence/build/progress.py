"""How far a build has come, for whoever shows it."""

from collections.abc import Callable
from enum import StrEnum

import msgspec


class Stage(StrEnum):
    """What a build is doing."""

    GATHER = "records"
    JOIN = "joining records"
    READ = "reading"
    WRITE = "writing"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """So many of so many are done; `total` is None where it is not known yet."""

    stage: Stage
    done: int
    total: int | None = None


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Show nothing."""
