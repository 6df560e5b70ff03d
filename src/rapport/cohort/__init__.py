"""The cohort wing: from a clinic's repeated measurements to an honest report.

It asks the question of Heins, Knoop and Bleijenberg 2013 (doi 10.1016/j.brat.2013.02.001): does
the therapeutic relationship go together with the outcome, what is explained uniquely and what
jointly, and through which path. One direction: `plan` and `data` -> `analysis` -> `report`.

From Python: `analyse(data, plan)` and its sections, each by its own function.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rapport.cohort.functions import (
        analyse,
        analyse_all,
        codebook,
        description,
        dominance,
        imputation,
        mixed,
        partition,
        paths,
        prediction,
        reliable_change,
        templates,
        unmeasured,
        write,
    )

LAYERS = ("core", "knowledge", "cards", "scoring", "stats", "cohort")
"""The layers whose code decides about results: a change of it makes kept results stale."""

__all__ = (
    "LAYERS",
    "analyse",
    "analyse_all",
    "codebook",
    "description",
    "dominance",
    "imputation",
    "mixed",
    "partition",
    "paths",
    "prediction",
    "reliable_change",
    "templates",
    "unmeasured",
    "write",
)


def __getattr__(name: str) -> Any:
    """A function for notebooks, loaded when it is first asked for: commands need not wait."""
    if name in __all__:
        from rapport.cohort import functions

        return getattr(functions, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
