"""What the models say: the partition and the coefficients."""

from rapport.cohort.account import decimal, percent, term_words
from rapport.cohort.analysis.partition import VariancePartition
from rapport.cohort.analysis.prediction import Coefficient
from rapport.cohort.analysis.results import Results
from rapport.cohort.analysis.terms import terms
from rapport.cohort.report.picture import (
    RIGHT,
    WIDTH,
    Picture,
    Scale,
    box,
    dot,
    fitted,
    line,
    short,
    words,
)

# --- Partition --------------------------------------------------------------------------------


def partition(results: Results) -> tuple[Picture, ...]:
    """The whole of the differences as one bar, divided into who explains what."""
    found = results.partition
    if found is None:
        return ()
    pieces = [
        ("relation alone", found.unique["relation"], "one"),
        ("both jointly", found.common, "three"),
        ("process alone", found.unique["process"], "two"),
    ]
    x = Scale(low=0, high=1, start=24, end=616)
    parts: list[str] = [box(24, 40, 592, 56)]
    place = 0.0
    for row, (label, value, kind) in enumerate(pieces):
        share = max(value.estimate or 0.0, 0.0)
        y = 140 + 28 * row
        parts += [
            box(x(place), 40, x(place + share) - x(place), 56, f"{kind} edge"),
            box(24, y - 13, 18, 16, f"{kind} edge"),
            words(52, y, f"{label}: {percent(value)}"),
        ]
        if share > 0.03:
            parts.append(
                words(
                    x(place + share / 2), 73, f"{100 * share:.0f} %", "small", anchor="middle"
                )
            )
        place += share
    parts += [
        words(x((place + 1) / 2), 73, "not explained", "small soft", anchor="middle"),
        words(24, 28, "All differences between people at the end"),
    ]
    return (
        Picture(
            name="partition",
            title="What goes with the differences between people at the end",
            alternative=_partition_words(found),
            width=WIDTH,
            height=212,
            parts=tuple(parts),
        ),
    )


def _partition_words(found: VariancePartition) -> str:
    return (
        f"R² of the relation {percent(found.r2['relation'])}, of the process variables "
        f"{percent(found.r2['process'])}, of both {percent(found.r2['relation+process'])}. "
        f"Relation alone {percent(found.unique['relation'])}, process alone "
        f"{percent(found.unique['process'])}, both jointly {percent(found.common)}. A joint part "
        "is no path: it has no order in time."
    )


# --- Forest -----------------------------------------------------------------------------------


def forest(results: Results) -> tuple[Picture, ...]:
    """The standardised coefficients of the last step with their intervals."""
    if results.prediction is None:
        return ()
    chosen = terms(results.plan)
    step = results.prediction.steps[-1]
    rows = [
        (term_words(results.plan, one.term), one, _standard(one))
        for one in step.coefficients
        if one.term in (*chosen.relation, *chosen.process) and one.standardised is not None
    ]
    if not rows:
        return ()
    ends = [end for _, _, pair in rows for end in pair]
    reach = max(0.05, *(abs(end) for end in ends))
    x = Scale(low=-reach * 1.05, high=reach * 1.05, start=320, end=RIGHT)
    height = 48 + 32 * len(rows)
    parts = [line(x(0), 16, x(0), height - 24, "axis dash")]
    said: list[str] = []
    for place, (label, one, (low, high)) in enumerate(rows):
        y = 32 + 32 * place
        parts += [
            words(308, y + 5, fitted(label, 300), "small", anchor="end"),
            line(x(low), y, x(high), y, "mark"),
            dot(x(one.standardised or 0.0), y, 5),
        ]
        said.append(f"{label} {decimal(one.standardised)} ({low:.2f} to {high:.2f})")
    parts += [
        words(x(tick), height - 6, short(tick), "small", anchor="middle") for tick in x.ticks(4)
    ]
    return (
        Picture(
            name="forest",
            title="What goes together with the outcome at the end, the others held equal",
            alternative=f"In standard deviations: {'; '.join(said)}.",
            width=WIDTH,
            height=height,
            parts=tuple(parts),
        ),
    )


def _standard(one: Coefficient) -> tuple[float, float]:
    """The interval in standard deviations: the raw one by the same factor."""
    low, high = one.interval
    factor = (one.standardised or 0.0) / one.estimate if one.estimate else 0.0
    ends = [(low or 0.0) * factor, (high or 0.0) * factor]
    return min(ends), max(ends)
