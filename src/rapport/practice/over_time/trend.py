"""The course of the six challenges of one pair.

The person's own answers are one line, a proxy's another, and the practitioner's own side a
third: nothing is worked out across lines. A change is named from `change_min` on, between a
check-in and the one before it on the same line, and where answers may be seen.
"""

import datetime
import itertools
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from rapport.core.dates import in_words
from rapport.practice.check_in.bands import WORDS, band
from rapport.practice.check_in.sending import counted_answers, is_proxy
from rapport.practice.records.check_ins import Band, CheckIn
from rapport.practice.records.people import Respondent, Side
from rapport.practice.records.visits import Visit
from rapport.scoring.check_in import CHALLENGES, Thresholds, own_strain, strain


class Line(StrEnum):
    """Whose answers stand in one line."""

    OWN = "own answers"
    PROXY = "answered in their place"
    PRACTITIONER = "the practitioner's own side"


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One check-in in one challenge. `strain` is None where only the band may be seen."""

    on: datetime.date
    strain: float | None
    band: Band
    answered: int

    @property
    def words(self) -> str:
        """Hard or not hard."""
        return WORDS[self.band]


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """One line of one challenge, the oldest point first, and what may be said of it."""

    line: Line
    points: tuple[Point, ...]
    says: tuple[str, ...]


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """One challenge over time. `tried` says what was used, and what was answered next."""

    number: int
    courses: tuple[Course, ...]
    tried: tuple[str, ...]


def trends(
    check_ins: Iterable[CheckIn],
    visits: Iterable[Visit],
    thresholds: Thresholds | None = None,
) -> tuple[Trend, ...]:
    """The six challenges over the sent check-ins of one pair, as a viewer may see them."""
    used = thresholds or Thresholds()
    sent = sorted((each for each in check_ins if each.sent_at), key=_when)
    held = sorted(visits, key=lambda visit: visit.on)
    return tuple(_trend(k, sent, held, used) for k in CHALLENGES)


def line_of(respondent: Respondent) -> Line:
    """The line in which answers of a respondent stand."""
    if respondent is Respondent.PRACTITIONER:
        return Line.PRACTITIONER
    return Line.PROXY if is_proxy(respondent) else Line.OWN


def _trend(k: int, sent: Sequence[CheckIn], held: Sequence[Visit], used: Thresholds) -> Trend:
    lines: dict[Line, list[Point]] = {}
    for each in sent:
        point = _point(each, k, used)
        if point is not None:
            lines.setdefault(line_of(each.respondent), []).append(point)
    courses = tuple(
        Course(line=line, points=tuple(points), says=_changes(points, used))
        for line, points in sorted(lines.items(), key=lambda pair: list(Line).index(pair[0]))
    )
    return Trend(
        number=k, courses=courses, tried=_tried(k, held, lines.get(Line.OWN, ()), used)
    )


def _point(check_in: CheckIn, k: int, used: Thresholds) -> Point | None:
    on, answers = _when(check_in).date(), counted_answers(check_in)
    if check_in.side is Side.PRACTITIONER:
        own = own_strain(answers, k)
        return (
            None
            if own is None
            else Point(on=on, strain=own, band=band(own, used.t_own), answered=1)
        )
    value = strain(answers, k, used.min_items)
    if value is not None:
        given = sum(f"C{k}{half}" in answers for half in "ab")
        return Point(on=on, strain=value, band=band(value, used.t_person), answered=given)
    word = check_in.bands.get(k)
    return None if word is None else Point(on=on, strain=None, band=word, answered=0)


def _changes(points: Sequence[Point], used: Thresholds) -> tuple[str, ...]:
    said = (_change(earlier, later, used) for earlier, later in itertools.pairwise(points))
    return tuple(each for each in said if each)


def _change(earlier: Point, later: Point, used: Thresholds) -> str | None:
    """A change in words, from `change_min` on; None for smaller ones, and where only bands are."""
    if earlier.strain is None or later.strain is None:
        return None
    moved = later.strain - earlier.strain
    if abs(moved) < used.change_min:
        return None
    way = "harder" if moved > 0 else "easier"
    return f"On {in_words(later.on)} it was {way} than on {in_words(earlier.on)}."


def _tried(
    k: int, held: Sequence[Visit], points: Sequence[Point], used: Thresholds
) -> tuple[str, ...]:
    """For each visit with the card of the challenge: that it was used, and what was said next.

    Only the person's own answers stand beside it. That one thing came later is no reason.
    """
    return tuple(_use(k, visit, points, used) for visit in held if k in visit.cards)


def _use(k: int, visit: Visit, points: Sequence[Point], used: Thresholds) -> str:
    told = f"Card {k} was used on {in_words(visit.on)}."
    before = [point for point in points if point.on <= visit.on]
    later = [point for point in points if point.on > visit.on]
    if not later:
        return f"{told} There is no check-in since then."
    found = _change(before[-1], later[0], used) if before else None
    if found is None:
        return f"{told} The next check-in was on {in_words(later[0].on)}: {later[0].words}."
    return f"{told} {found} Other things were going on too."


def alternative(trend: Trend, label: str) -> str:
    """What the picture of a challenge shows, in words."""
    if not trend.courses:
        return f"{label}: nothing was answered yet."
    parts = [
        f"{course.line.value}: "
        + ", ".join(f"{in_words(point.on)} {point.words}" for point in course.points)
        for course in trend.courses
    ]
    return f"{label}. " + ". ".join(parts) + "."


def _when(check_in: CheckIn) -> datetime.datetime:
    return check_in.sent_at or check_in.started_at
