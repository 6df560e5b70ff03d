"""Who was there, how values went, and how much people changed."""

from collections.abc import Sequence

from rapport.cohort.analysis.change import ReliableChange
from rapport.cohort.analysis.description import Summary
from rapport.cohort.analysis.results import Results
from rapport.cohort.plan.model import Plan
from rapport.cohort.report.picture import (
    LEFT,
    RIGHT,
    WIDTH,
    Picture,
    Scale,
    box,
    dot,
    line,
    padded,
    path,
    short,
    words,
    y_axis,
)

# --- Attrition --------------------------------------------------------------------------------


def attrition(results: Results) -> tuple[Picture, ...]:
    """How many had the outcome at each wave: boxes with arrows, the lost beside them."""
    found = results.description
    if found is None:
        return ()
    parts: list[str] = []
    said: list[str] = []
    step, height = 72, 40
    for place, wave in enumerate(found.attrition):
        y = 16 + place * step
        parts += [
            box(40, y, 240, height),
            words(160, y + 25, f"{wave.wave}: {wave.n} people", anchor="middle"),
        ]
        said.append(f"{wave.wave}: {wave.n} people with the outcome")
        if place:
            change = f"{wave.lost} lost"
            if wave.returned:
                change += f", {wave.returned} came back"
            parts += [
                line(160, y - step + height, 160, y, arrow=True),
                words(184, y - 11, change, "soft"),
            ]
            said[-1] += f" ({change})"
    return (
        Picture(
            name="attrition",
            title="Who was there at each time",
            alternative=f"Of {found.people} people: {'; '.join(said)}.",
            width=WIDTH,
            height=16 + len(found.attrition) * step,
            parts=tuple(parts),
        ),
    )


# --- Trajectories -----------------------------------------------------------------------------


def trajectories(results: Results) -> tuple[Picture, ...]:
    """The mean of the outcome and of each process variable over the waves, with intervals."""
    if results.description is None:
        return ()
    wanted = (results.plan.outcome, *results.plan.process)
    return tuple(
        _trajectory(results.plan, name, place, found)
        for place, name in enumerate(wanted, start=1)
        if len(found := _known(results, name)) > 1
    )


def _known(results: Results, name: str) -> list[Summary]:
    if results.description is None:
        return []
    return [
        one
        for one in results.description.summaries
        if one.variable == name and one.wave is not None and one.mean is not None
    ]


def _trajectory(plan: Plan, name: str, place: int, found: Sequence[Summary]) -> Picture:
    times = plan.times or tuple(float(place) for place in range(len(plan.waves)))
    when = {wave: times[place] for place, wave in enumerate(plan.waves)}
    means = [one.mean or 0.0 for one in found]
    ends = [
        (low if low is not None else mean, high if high is not None else mean)
        for mean, (low, high) in zip(means, (one.interval for one in found), strict=True)
    ]
    y = padded([*means, *(end for pair in ends for end in pair)], 230, 24)
    x = Scale(low=times[0], high=times[-1], start=LEFT + 16, end=RIGHT - 16)
    places = [
        (x(when[one.wave or ""]), y(mean)) for one, mean in zip(found, means, strict=True)
    ]
    parts = [*y_axis(y, 250), line(LEFT, 250, RIGHT, 250), path(places)]
    for (px, py), (low, high), one in zip(places, ends, found, strict=True):
        parts += [
            line(px, y(low), px, y(high), "mark"),
            dot(px, py),
            words(px, 268, one.wave or "", "small", anchor="middle"),
        ]
    numbers = "; ".join(
        f"{one.wave} {mean:.1f} ({low:.1f} to {high:.1f}, n {one.n})"
        for one, mean, (low, high) in zip(found, means, ends, strict=True)
    )
    label = plan.label(name)
    return Picture(
        name=f"trajectory-{place}-{_plain(name)}",
        title=f"{label[:1].upper()}{label[1:]} over time",
        alternative=f"Means with intervals, of those measured: {numbers}.",
        width=WIDTH,
        height=280,
        parts=tuple(parts),
    )


def _plain(name: str) -> str:
    """A part of a file's name: a few letters and digits."""
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in name)[:32]


# --- Reliable change --------------------------------------------------------------------------


def reliable_change(results: Results) -> tuple[Picture, ...]:
    """How many people changed by how much, and what the error of the instrument could be."""
    found = results.change
    if found is None or not found.bins:
        return ()
    x = Scale(
        low=min(found.bins[0].low, -(found.points or 0)),
        high=max(found.bins[-1].high, found.points or 0),
        start=LEFT,
        end=RIGHT,
    )
    # The area of a bar, not its height, stands for people: bins differ in width.
    density = [one.n / (one.high - one.low or 1.0) for one in found.bins]
    y = Scale(low=0, high=max(density), start=220, end=40)
    parts = [line(LEFT, 220, RIGHT, 220)]
    for one, height in zip(found.bins, density, strict=True):
        left, right, top = x(one.low), x(one.high), y(height)
        parts += [
            box(left, top, right - left, 220 - top, "one"),
            words((left + right) / 2, top - 4, str(one.n), "small", anchor="middle"),
        ]
    parts += [words(x(tick), 238, short(tick), "small", anchor="middle") for tick in x.ticks(8)]
    if found.points is not None:
        for limit in (-found.points, found.points):
            parts.append(line(x(limit), 32, x(limit), 220, "mark dash"))
    parts.append(words((LEFT + RIGHT) / 2, 260, "change (last minus first)", anchor="middle"))
    return (
        Picture(
            name="reliable-change",
            title="How much people changed",
            alternative=_change_words(found),
            width=WIDTH,
            height=272,
            parts=tuple(parts),
        ),
    )


def _change_words(found: ReliableChange) -> str:
    bars = "; ".join(f"{one.low:.1f} to {one.high:.1f}: {one.n}" for one in found.bins)
    said = f"People by change: {bars}."
    if found.points is not None:
        said += (
            f" Beyond {found.points:.1f} points either way (dashed) a change is more than error: "
            f"{found.fell.n} fell, {found.rose.n} rose, {found.same.n} neither."
        )
    return said
