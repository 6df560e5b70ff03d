"""Path diagrams: every number can be read, however many arrows and however long the words."""

import re

import msgspec
import pytest
from tests.cohort.conftest import PLAN

from rapport.cohort.analysis.paths import PathResult, Step
from rapport.cohort.analysis.result import About
from rapport.cohort.plan.model import Order
from rapport.cohort.plan.parse import parse_plan
from rapport.cohort.report.figures.diagrams import diagrams
from rapport.cohort.report.picture import WIDTH

LONG = "how far the person and the one who treats agree on what is to be done about it, week by week"
RECT = r'<rect class="(\w+)" x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"'


class Drawn(msgspec.Struct):
    """As much of results as a diagram looks at."""

    plan: object
    paths: tuple[PathResult, ...]


def model(exposures, mediators, order, words=None):
    """A path model of so many exposures and mediators, with an arrow wherever there can be one."""
    left = tuple(f"e{n}" for n in range(exposures))
    middle = tuple(f"m{n}" for n in range(mediators))
    if order is Order.SERIAL:
        row = (*left, *middle, "y")
        pairs = [(one, two) for place, one in enumerate(row) for two in row[place + 1 :]]
        pairs = [pair for pair in pairs if pair[1] not in left]
    else:
        pairs = [(e, m) for e in left for m in middle]
        pairs += [(one, "y") for one in (*left, *middle)]
    found = PathResult(
        name="made up",
        order=order,
        outcome="y",
        exposures=left,
        mediators=middle,
        covariates=(),
        steps=tuple(
            Step(predictor=a, response=b, estimate=-(n + 1) * 1.11, se=0.1)
            for n, (a, b) in enumerate(pairs)
        ),
        effects=(),
        about=About(n=1, missing={}, method="none"),
    )
    plan = parse_plan(PLAN, where="p")
    labels = {} if words is None else dict.fromkeys((*left, *middle, "y"), words)
    plan = msgspec.structs.replace(plan, labels=labels)
    (picture,) = diagrams(Drawn(plan=plan, paths=(found,)))
    return picture, pairs


def rectangles(picture, kind):
    """The (left, top, right, bottom) of every box of that kind."""
    found = []
    for name, *numbers in re.findall(RECT, picture.svg):
        x, y, width, height = map(float, numbers)
        if name == kind:
            found.append((x, y, x + width, y + height))
    return found


def apart(one, other):
    slack = 0.2  # coordinates are rounded to a decimal
    return (
        one[2] <= other[0] + slack
        or other[2] <= one[0] + slack
        or one[3] <= other[1] + slack
        or other[3] <= one[1] + slack
    )


MODELS = [
    *((e, m, Order.PARALLEL) for e, m in ((1, 1), (2, 4), (4, 4), (1, 8), (5, 2), (6, 7))),
    *((1, m, Order.SERIAL) for m in (1, 2, 3, 4)),
    (2, 2, Order.SERIAL),
]


@pytest.mark.parametrize("words", [None, "short", LONG])
@pytest.mark.parametrize(("exposures", "mediators", "order"), MODELS)
def test_no_number_hides_another_or_a_box(exposures, mediators, order, words):
    picture, pairs = model(exposures, mediators, order, words)
    plates, boxes = rectangles(picture, "plate"), rectangles(picture, "box")
    assert len(plates) == len(pairs)
    assert len(boxes) == exposures + mediators + 1
    every = [*plates, *boxes]
    for place, one in enumerate(every):
        assert one[0] >= 0
        assert one[2] <= WIDTH
        assert one[1] >= 0
        assert one[3] <= picture.height
        for other in every[place + 1 :]:
            assert apart(one, other), (one, other)


@pytest.mark.parametrize("order", list(Order))
def test_every_number_is_drawn_and_told_in_words(order):
    picture, pairs = model(2, 2, order)
    for place in range(len(pairs)):
        text = f"−{(place + 1) * 1.11:.2f}"
        assert f">{text}<" in picture.svg
        assert text in picture.alternative


def test_words_that_do_not_fit_end_in_an_ellipsis_and_are_whole_in_the_text():
    picture, _ = model(1, 1, Order.PARALLEL, LONG)
    assert "…" in picture.svg
    assert LONG in picture.alternative
