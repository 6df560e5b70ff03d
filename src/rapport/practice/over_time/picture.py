"""A small picture of one challenge over time: points and lines on a still field, no colours of grade.

Days run to the right, strain upward. Where only bands may be seen, a point stands in the middle of its band.
"""

import datetime
from collections.abc import Sequence
from html import escape

from rapport.practice.over_time.trend import Course, Line, Point, Trend
from rapport.practice.records.check_ins import Band

WIDTH, HEIGHT = 300, 130
_LEFT, _RIGHT, _TOP, _FOOT = 14, 14, 12, 12
_MIDDLE = {Band.EASE: 25.0, Band.STRAIN: 75.0}
_DASHES = {Line.OWN: "", Line.PROXY: "6 5", Line.PRACTITIONER: "2 4"}


SIGNS = {
    Line.OWN: "● The person's own answers",
    Line.PROXY: "□ Answered in their place",
    Line.PRACTITIONER: "△ The practitioner's own side",
}
"""The shape of each line, and whose it is."""


def picture(trend: Trend, says: str) -> str:
    """The picture as SVG; `says` is its text alternative. Empty with fewer than two days."""
    days = [point.on for course in trend.courses for point in course.points]
    if len(set(days)) < 2:  # one point is no course
        return ""
    lines = "".join(_course(course, min(days), max(days)) for course in trend.courses)
    rule = _height(50)
    return (
        f'<svg class="course" role="img" aria-label="{escape(says)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" fill="none" '
        f'stroke="currentColor" stroke-opacity="0.4"/>'
        f'<line x1="1" x2="{WIDTH - 1}" y1="{rule:g}" y2="{rule:g}" stroke="currentColor" '
        f'stroke-opacity="0.4"/>{lines}</svg>'
    )


def _course(course: Course, first: datetime.date, last: datetime.date) -> str:
    places = [
        (_across(point.on, first, last), _height(_value(point))) for point in course.points
    ]
    path = " ".join(f"{x:g},{y:g}" for x, y in places)
    dashes = _DASHES[course.line]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{path}" fill="none" stroke="currentColor" stroke-width="2"{dashed}/>'
        + "".join(_dot(course.line, x, y) for x, y in places)
    )


def _dot(line: Line, x: float, y: float) -> str:
    """A shape for each line, so that no colour is needed."""
    if line is Line.OWN:
        return f'<circle cx="{x:g}" cy="{y:g}" r="5" fill="currentColor"/>'
    if line is Line.PROXY:
        return (
            f'<rect x="{x - 5:g}" y="{y - 5:g}" width="10" height="10" fill="none" '
            f'stroke="currentColor" stroke-width="2"/>'
        )
    return (
        f'<path d="M{x:g} {y - 6:g}l6 10h-12z" fill="none" stroke="currentColor" '
        f'stroke-width="2"/>'
    )


def _value(point: Point) -> float:
    return point.strain if point.strain is not None else _MIDDLE[point.band]


def _across(on: datetime.date, first: datetime.date, last: datetime.date) -> float:
    span = (last - first).days or 1
    inside = WIDTH - _LEFT - _RIGHT
    return round(_LEFT + inside * (on - first).days / span, 1)


def _height(strain: float) -> float:
    """The hardest at the top."""
    inside = HEIGHT - _TOP - _FOOT
    return round(_TOP + inside * (100 - strain) / 100, 1)


def rows(trends: Sequence[Trend]) -> tuple[tuple[int, str, datetime.date, str], ...]:
    """The same as a table: challenge, whose answers, day, how it was."""
    return tuple(
        (trend.number, course.line.value, point.on, _how(course.line, point))
        for trend in trends
        for course in trend.courses
        for point in course.points
    )


def _how(line: Line, point: Point) -> str:
    """The band, and that only one of two was answered where it is so."""
    is_half = point.strain is not None and point.answered == 1
    return f"{point.words} (1 of 2 answered)" if is_half and _has_two(line) else point.words


def _has_two(line: Line) -> bool:
    return line is not Line.PRACTITIONER
