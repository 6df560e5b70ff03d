"""What if something that was not measured is at work?"""

from rapport.cohort.account import decimal, term_words
from rapport.cohort.analysis.result import Estimate
from rapport.cohort.analysis.results import Results
from rapport.cohort.analysis.unmeasured import Unmeasured
from rapport.cohort.plan.model import Plan
from rapport.cohort.report.picture import (
    LEFT,
    RIGHT,
    WIDTH,
    Picture,
    Scale,
    at,
    line,
    padded,
    path,
    short,
    words,
    y_axis,
)

# --- Not measured -----------------------------------------------------------------------------


def curves(results: Results) -> tuple[Picture, ...]:
    """The rho curves: what is left of an indirect effect if something unknown is at work."""
    return tuple(
        _curve(results.plan, one, place)
        for place, one in enumerate(results.causal or (), start=1)
    )


def _curve(plan: Plan, found: Unmeasured, number: int) -> Picture:
    points = [
        (point.rho, point.acme.estimate, *_band(point.acme))
        for point in found.curve
        if point.acme.estimate is not None
    ]
    values = [value for _, *three in points for value in three]
    y = padded([0.0, *values], 230, 24)
    x = Scale(low=-1, high=1, start=LEFT, end=RIGHT)
    shape = [(x(r), y(low)) for r, _, low, _ in points]
    shape += [(x(r), y(high)) for r, _, _, high in reversed(points)]
    outline = " ".join(f"{at(px)},{at(py)}" for px, py in shape)
    parts = [
        *y_axis(y, 250),
        f'<polygon class="one" points="{outline}"/>',
        line(LEFT, y(0), RIGHT, y(0), "axis dash"),
        path([(x(r), y(value)) for r, value, _, _ in points]),
        *(words(x(tick), 266, short(tick), "small", anchor="middle") for tick in x.ticks(4)),
        words(
            (LEFT + RIGHT) / 2,
            286,
            "correlation left by what was not measured",
            anchor="middle",
        ),
    ]
    zero = found.rho_at_zero.estimate
    if zero is not None:
        parts.append(line(x(zero), 16, x(zero), 250, "mark dash"))
    exposure, mediator = term_words(plan, found.exposure), term_words(plan, found.mediator)
    return Picture(
        name=f"rho-{number}",
        title=f"{exposure} over {mediator}: what if something unknown is at work?",
        alternative=f"The product is {decimal(found.acme.estimate)} if nothing unknown ties "
        f"mediator and outcome together. It is 0 at a correlation of {decimal(zero)} (dashed). "
        "The curve falls or rises steadily between.",
        width=WIDTH,
        height=296,
        parts=tuple(parts),
    )


def _band(value: Estimate) -> tuple[float, float]:
    """The interval of a point; the point itself where there is none."""
    middle = value.estimate or 0.0
    low, high = value.interval or (None, None)
    return (middle if low is None else low, middle if high is None else high)
