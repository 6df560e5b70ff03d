"""Path models as drawings: boxes, arrows between them, and a number at the end of each arrow.

Arrows that go to one box end at places of their own on its edge, and their numbers stand there,
each on a plate: so no two numbers meet, however many arrows there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

import msgspec

from rapport.cards.card_facts import joined
from rapport.cohort.account import term_words
from rapport.cohort.analysis.paths import PathResult
from rapport.cohort.analysis.results import Results
from rapport.cohort.plan.model import Order, Plan
from rapport.cohort.report.picture import LETTER, WIDTH, Picture, box, line, path, words
from rapport.cohort.report.writing import number

_LINE, _ENTRY = 15, 17
"""Heights: of a line of words, and of the end of an arrow with its number."""
_GAP, _LANE = 16, 18
_LEFT, _MIDDLE, _RIGHT = 92.0, 332.0, 572.0
_HALF, _NARROWEST = 64.0, 40.0
_MARGIN = 8.0
_MOST_LINES = 3


class _Box(msgspec.Struct, frozen=True, kw_only=True):
    """A box: the middle of it, half its width and height, and its words, line by line."""

    x: float
    y: float
    half: float
    tall: float
    lines: tuple[str, ...]

    @property
    def drawn(self) -> Iterator[str]:
        """Its frame and its words."""
        yield box(self.x - self.half, self.y - self.tall, 2 * self.half, 2 * self.tall)
        top = self.y - _LINE * (len(self.lines) - 1) / 2 + 4
        for place, text in enumerate(self.lines):
            yield words(self.x, top + _LINE * place, text, "small", anchor="middle")


def diagrams(results: Results) -> tuple[Picture, ...]:
    """Each path model: boxes, arrows, and the coefficients at their ends."""
    return tuple(
        _diagram(results.plan, one, place)
        for place, one in enumerate(results.paths or (), start=1)
    )


def _diagram(plan: Plan, found: PathResult, place: int) -> Picture:
    known = {(s.predictor, s.response): s.estimate for s in found.steps}
    drawn, height = (_serial if found.order is Order.SERIAL else _parallel)(plan, found, known)
    inside = (*found.exposures, *found.mediators, found.outcome)
    listed = "; ".join(
        f"{term_words(plan, one)} to {term_words(plan, two)} {number(value)}"
        for (one, two), value in known.items()
        if one in inside and two in inside
    )
    beside = joined([term_words(plan, name) for name in found.covariates], "and")
    return Picture(
        name=f"paths-{place}",
        title=found.name[:1].upper() + found.name[1:],
        alternative=f"Associations in original units: {listed}."
        + (f" Held equal: {beside}." if beside else ""),
        width=WIDTH,
        height=round(height),
        parts=tuple(drawn),
    )


Known = Mapping[tuple[str, str], float]


def _plate(x: float, y: float, value: float) -> Iterator[str]:
    """A number on a ground of its own, that no line runs through."""
    text = number(value)
    half = LETTER * len(text) / 2 + 2
    yield box(x - half, y - 7, 2 * half, 14, "plate")
    yield words(x, y + 4, text, "small", anchor="middle")


def _label(plan: Plan, name: str, half: float) -> tuple[str, ...]:
    """A column's words in the lines of a box; what does not fit is cut."""
    label = term_words(plan, name)
    lines = wrap(label, max(int((2 * half - 8) / LETTER), 4))
    if len(lines) > _MOST_LINES:
        return (*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}…")
    return tuple(lines)


# --- Side by side -----------------------------------------------------------------------------


def _parallel(plan: Plan, found: PathResult, known: Known) -> tuple[list[str], float]:
    """Exposures left, mediators between, the outcome right; direct arrows run around them."""
    lanes = [name for name in found.exposures if (name, found.outcome) in known]
    above, below = lanes[: (len(lanes) + 1) // 2], lanes[(len(lanes) + 1) // 2 :]
    top = _MARGIN + 10 + _LANE * len(above)
    entries = max(len(found.exposures), 1)
    middle = _column(plan, found.mediators, _MIDDLE, top, entries)
    left = _column(plan, found.exposures, _LEFT, top, 1)
    right = _column(plan, (found.outcome,), _RIGHT, top, len(found.mediators))
    bottom = max(_bottom(column) for column in (left, middle, right))
    boxes = {
        name: one
        for column in (left, middle, right)
        for name, one in _centred(column, bottom).items()
    }
    drawn = [
        *_to_mediators(found, boxes, known),
        *_to_outcome(found, boxes, known),
        *_around(above, boxes, found.outcome, known, top, -1),
        *_around(below, boxes, found.outcome, known, bottom, 1),
    ]
    drawn += [part for one in boxes.values() for part in one.drawn]
    return drawn, bottom + 10 + _LANE * len(below) + _MARGIN


def _column(
    plan: Plan, names: Sequence[str], x: float, top: float, entries: int
) -> dict[str, _Box]:
    """Boxes one below the other, each tall enough for its words and the ends of its arrows."""
    found: dict[str, _Box] = {}
    y = top
    for name in names:
        lines = _label(plan, name, _HALF)
        tall = max(_LINE * len(lines) + 12, _ENTRY * entries + 6, 34) / 2
        found[name] = _Box(x=x, y=y + tall, half=_HALF, tall=tall, lines=lines)
        y += 2 * tall + _GAP
    return found


def _bottom(column: Mapping[str, _Box]) -> float:
    return max(one.y + one.tall for one in column.values())


def _centred(column: Mapping[str, _Box], bottom: float) -> dict[str, _Box]:
    """The boxes moved down so that they stand in the middle of the height."""
    down = (bottom - _bottom(column)) / 2
    return {name: msgspec.structs.replace(one, y=one.y + down) for name, one in column.items()}


def _entry(one: _Box, place: int, count: int) -> float:
    """The height at which one of several arrows ends at a box."""
    return one.y + _ENTRY * (place - (count - 1) / 2)


def _to_mediators(found: PathResult, boxes: Mapping[str, _Box], known: Known) -> Iterator[str]:
    plates: list[str] = []
    for mediator in found.mediators:
        end = boxes[mediator]
        for place, exposure in enumerate(found.exposures):
            if (exposure, mediator) not in known:
                continue
            start = boxes[exposure]
            y = _entry(end, place, len(found.exposures))
            edge = end.x - end.half
            # The last piece runs level, under the number.
            yield line(start.x + start.half, start.y, edge - 52, y)
            yield line(edge - 52, y, edge, y, arrow=True)
            plates += _plate(edge - 30, y, known[exposure, mediator])
    yield from plates


def _to_outcome(found: PathResult, boxes: Mapping[str, _Box], known: Known) -> Iterator[str]:
    plates: list[str] = []
    end = boxes[found.outcome]
    for place, mediator in enumerate(found.mediators):
        if (mediator, found.outcome) not in known:
            continue
        start = boxes[mediator]
        edge = start.x + start.half
        y = _entry(end, place, len(found.mediators))
        yield line(edge, start.y, edge + 48, start.y)
        yield line(edge + 48, start.y, end.x - end.half, y, arrow=True)
        plates += _plate(edge + 26, start.y, known[mediator, found.outcome])
    yield from plates


def _around(
    names: Sequence[str],
    boxes: Mapping[str, _Box],
    outcome: str,
    known: Known,
    edge: float,
    side: int,
) -> Iterator[str]:
    """Direct arrows, each in a lane of its own above (-1) or below (1) everything."""
    plates: list[str] = []
    end = boxes[outcome]
    for place, name in enumerate(names):
        start = boxes[name]
        lane = edge + side * (10 + _LANE * (len(names) - 1 - place if side < 0 else place))
        out = _MARGIN + 6 * place
        arrive = end.x + 24 * (place - (len(names) - 1) / 2)
        yield path(
            [(start.x - start.half, start.y), (out, start.y), (out, lane), (arrive, lane)],
            "axis",
        )
        yield line(arrive, lane, arrive, end.y + side * end.tall, arrow=True)
        plates += _plate(_MIDDLE, lane, known[name, outcome])
    yield from plates


# --- One after the other ----------------------------------------------------------------------


def _serial(plan: Plan, found: PathResult, known: Known) -> tuple[list[str], float]:
    """Stairs: an arrow leaves a box to the right and comes down on another."""
    names = (*found.exposures, *found.mediators, found.outcome)
    step = (WIDTH - 2 * _MARGIN) / len(names)
    half = max(min(_HALF, step * 0.4), _NARROWEST)
    last = WIDTH - _MARGIN - half
    stride = (last - _MARGIN - half) / max(len(names) - 1, 1)
    boxes: dict[str, _Box] = {}
    y = _MARGIN
    for place, name in enumerate(names):
        lines = _label(plan, name, half)
        away = sum((name, other) in known for other in names[place + 1 :])
        tall = max(_LINE * len(lines) + 12, 8 * away + 10, 34) / 2
        into = sum((other, name) in known for other in names[:place])
        y += (_ENTRY * into + 14) if place else 0
        boxes[name] = _Box(
            x=_MARGIN + half + stride * place, y=y + tall, half=half, tall=tall, lines=lines
        )
        y += 2 * tall
    drawn, plates = list[str](), list[str]()
    for place, name in enumerate(names):
        into = [other for other in names[:place] if (other, name) in known]
        for row, other in enumerate(into):
            lines_, plate = _stair(boxes, names, other, name, row, len(into), known)
            drawn += lines_
            plates += plate
    drawn += [part for one in boxes.values() for part in one.drawn]
    return [*drawn, *plates], y + _MARGIN


def _stair(
    boxes: Mapping[str, _Box],
    names: Sequence[str],
    one: str,
    two: str,
    row: int,
    count: int,
    known: Known,
) -> tuple[list[str], list[str]]:
    """An arrow to the right and down; its number stands above its end, higher for each further."""
    start, end = boxes[one], boxes[two]
    leaving = [name for name in names if (one, name) in known and name in boxes]
    # What goes furthest leaves highest, and comes down furthest to the right.
    rank = len(leaving) - 1 - leaving.index(two)
    y = start.y + 8 * (rank - (len(leaving) - 1) / 2)
    first = max(end.x - end.half + 18, start.x + start.half + 14)
    space = (end.x + end.half - 18 - first) / max(count - 1, 1)
    x = first + space * (count - 1 - row) if count > 1 else max(first, end.x)
    top = end.y - end.tall
    drawn = [
        path([(start.x + start.half, y), (x, y), (x, top - 10)], "axis"),
        line(x, top - 12, x, top, arrow=True),
    ]
    return drawn, list(_plate(x, top - 16 - _ENTRY * row, known[one, two]))
