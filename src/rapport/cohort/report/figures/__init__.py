"""The figures of a report: each a picture of one section, with all its numbers in words."""

from collections.abc import Callable

from rapport.cohort.analysis.results import Results
from rapport.cohort.report.figures.diagrams import diagrams
from rapport.cohort.report.figures.models import forest, partition
from rapport.cohort.report.figures.people import attrition, reliable_change, trajectories
from rapport.cohort.report.figures.unmeasured import curves
from rapport.cohort.report.picture import Picture

FIGURES: dict[str, Callable[[Results], tuple[Picture, ...]]] = {
    "attrition": attrition,
    "trajectories": trajectories,
    "change": reliable_change,
    "forest": forest,
    "partition": partition,
    "paths": diagrams,
    "unmeasured": curves,
}
"""Every figure by the section of the report where it stands."""


def figures(results: Results) -> dict[str, tuple[Picture, ...]]:
    """The pictures of every section; none where the section was not asked for."""
    return {name: make(results) for name, make in FIGURES.items()}
