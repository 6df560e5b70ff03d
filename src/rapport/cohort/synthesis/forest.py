"""The forest plot: every study by its badge, the mean, and where a new study is to be expected."""

from collections.abc import Iterator, Sequence

import msgspec

from rapport.cards.badge_words import BADGES
from rapport.cohort.report.picture import (
    WIDTH,
    Picture,
    Scale,
    area,
    box,
    fitted,
    line,
    short,
    words,
)
from rapport.cohort.report.writing import interval, number
from rapport.core.vocabulary import Badge
from rapport.stats.meta.studies import Ends, Pooled, Together, View, Weighed

_FROM, _TO = 210, 470
_ROW = 28
_WIDEST = 3.0
"""An interval that reaches further than so many typical ones is cut, with an arrow."""


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the plot: a group's name, a study, or what is put together."""

    label: str
    study: Weighed | None = None
    pooled: Pooled | None = None


def forest(found: Together, view: View, *, name: str, title: str, decimals: int) -> Picture:
    """The studies of a view (all, or those that required it) with their mean."""
    is_strict = view is found.required
    shown = [one for one in found.studies if one.badge is Badge.REQUIRED or not is_strict]
    rows = list(_rows(shown, view, by_badge=not is_strict))
    x = _scale(shown, view)
    height = 40 + _ROW * len(rows) + 32
    parts = [line(x(0), 24, x(0), height - 36, "axis dash")] if x.low < 0 < x.high else []
    for place, row in enumerate(rows):
        parts += _drawn(row, 40 + _ROW * place, x, decimals, is_strict)
    parts += [
        words(x(tick), height - 12, short(tick), "small", anchor="middle")
        for tick in x.ticks(4)
    ]
    parts.append(line(_FROM, height - 30, _TO, height - 30))
    return Picture(
        name=name,
        title=title,
        alternative=_in_words(shown, view.pooled, decimals),
        width=WIDTH,
        height=height,
        parts=tuple(parts),
    )


def _rows(shown: Sequence[Weighed], view: View, *, by_badge: bool) -> Iterator[_Row]:
    """The studies under their badges, each group's mean below it, then the mean of all."""
    groups = view.by_badge.groups if view.by_badge else {}
    for badge, told in BADGES.items():
        some = [one for one in shown if one.badge is badge]
        if not some:
            continue
        if by_badge:
            yield _Row(label=told.label)
        yield from (_Row(label=one.name, study=one) for one in some)
        if len(some) > 1 and badge.value in groups:
            yield _Row(label="together", pooled=groups[badge.value])
    yield _Row(label="All together", pooled=view.pooled)


def _scale(shown: Sequence[Weighed], view: View) -> Scale:
    """The axis: every interval, but for one that would press all others together."""
    middle = view.pooled.estimate
    reaches = sorted(max(abs(end - middle) for end in one.interval) for one in shown)
    typical = reaches[len(reaches) // 2]
    reach = min(reaches[-1], _WIDEST * typical)
    ends = [*view.pooled.interval, *(view.pooled.prediction or ())]
    reach = max(reach, *(min(abs(end - middle), _WIDEST * typical) for end in ends))
    return Scale(low=middle - reach * 1.05, high=middle + reach * 1.05, start=_FROM, end=_TO)


def _drawn(row: _Row, y: float, x: Scale, decimals: int, is_strict: bool) -> Iterator[str]:
    is_head = row.study is None and row.pooled is None
    kind = "small soft" if is_head else "small"
    yield words(8 if is_head else 20, y + 4, fitted(row.label, _FROM - 24), kind)
    if row.study is not None:
        weight = row.study.weight_required if is_strict else row.study.weight
        yield from _line(row.study.interval, y, x)
        yield from _square(row.study, y, x, weight or 0.0)
        yield _numbers(row.study.estimate, row.study.interval, y, decimals)
    elif row.pooled is not None:
        if row.pooled.prediction is not None:
            yield from _line(row.pooled.prediction, y, x, "mark dash")
        low, high = (_within(end, x) for end in row.pooled.interval)
        middle = x(_within(row.pooled.estimate, x))
        yield area([(x(low), y), (middle, y - 7), (x(high), y), (middle, y + 7)], "dot")
        yield _numbers(row.pooled.estimate, row.pooled.interval, y, decimals)


def _square(one: Weighed, y: float, x: Scale, weight: float) -> Iterator[str]:
    """As large as the study's weight; full where PEM was required, else hollow."""
    if not x.low <= one.estimate <= x.high:
        return
    side = 5 + 11 * weight**0.5
    kind = "dot" if one.badge is Badge.REQUIRED else "box"
    yield box(x(one.estimate) - side / 2, y - side / 2, side, side, kind)


def _line(ends: Ends, y: float, x: Scale, kind: str = "mark") -> Iterator[str]:
    """An interval; an end that the axis does not reach gets an arrow."""
    low, high = (_within(end, x) for end in ends)
    yield line(x(low), y, x(high), y, kind)
    if ends[0] < x.low:
        yield line(x(low) + 12, y, x(low), y, arrow=True)
    if ends[1] > x.high:
        yield line(x(high) - 12, y, x(high), y, arrow=True)


def _within(value: float, x: Scale) -> float:
    return min(max(value, x.low), x.high)


def _numbers(estimate: float, ends: Ends, y: float, decimals: int) -> str:
    text = f"{number(estimate, decimals)} ({interval(ends, decimals)})"
    return words(_TO + 12, y + 4, text, "small")


def _in_words(shown: Sequence[Weighed], pooled: Pooled, decimals: int) -> str:
    each = "; ".join(
        f"{one.name}, {BADGES[one.badge].label}: {number(one.estimate, decimals)} "
        f"({interval(one.interval, decimals)})"
        for one in shown
    )
    said = (
        f"{len(shown)} studies: {each}. Put together: {number(pooled.estimate, decimals)} "
        f"({interval(pooled.interval, decimals)})."
    )
    if pooled.prediction is not None:
        said += (
            " The true value of a new study is to be expected from "
            f"{interval(pooled.prediction, decimals)} (dashed)."
        )
    return said
