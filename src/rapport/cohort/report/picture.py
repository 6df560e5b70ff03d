"""Pictures as SVG: lines, boxes and words, each with a text that says the same.

Colours are CSS variables with a fallback, so that a picture follows the look of the page and
still stands alone. Nothing is told by colour only.
"""

from collections.abc import Sequence
from html import escape

import msgspec

_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:var(--ink,#1b1b1b)}"
    ".small{font-size:12px}.soft{fill:var(--soft,#555)}"
    ".axis{stroke:var(--soft,#555);stroke-width:1;fill:none}"
    ".grid{stroke:var(--line,#ccc);stroke-width:1;fill:none}"
    ".mark{stroke:var(--ink,#1b1b1b);stroke-width:2;fill:none}"
    ".dash{stroke-dasharray:5 4}"
    ".one{fill:var(--one,#9db8d9)}.two{fill:var(--two,#e3c58f)}.three{fill:var(--three,#b9cfae)}"
    ".plate{fill:var(--paper,#fff)}.dot{fill:var(--ink,#1b1b1b)}.box{fill:var(--paper,#fff);stroke:var(--ink,#1b1b1b)}"
)


WIDTH = 640
LEFT, RIGHT = 64, 616
"""The width of every picture, and the ends of its drawing."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture: its file name, title, what it shows in words, and its drawing.

    `alternative` has every number that the drawing shows.
    """

    name: str
    title: str
    alternative: str
    width: int
    height: int
    parts: tuple[str, ...]

    @property
    def svg(self) -> str:
        """The picture as one SVG element, which is also a whole file."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'role="img" aria-labelledby="{self.name}-title {self.name}-text">'
            f'<title id="{self.name}-title">{escape(self.title)}</title>'
            f'<desc id="{self.name}-text">{escape(self.alternative)}</desc>'
            f"<style>{_STYLE}</style>{''.join(self.parts)}</svg>"
        )


def at(value: float) -> str:
    """A coordinate: one decimal, so that the same numbers give the same bytes everywhere."""
    return f"{value:.1f}"


def line(
    x1: float, y1: float, x2: float, y2: float, kind: str = "axis", *, arrow: bool = False
) -> str:
    """A straight line; with `arrow` a small head at its end."""
    drawn = f'<line class="{kind}" x1="{at(x1)}" y1="{at(y1)}" x2="{at(x2)}" y2="{at(y2)}"/>'
    return drawn + _head(x1, y1, x2, y2) if arrow else drawn


def _head(x1: float, y1: float, x2: float, y2: float) -> str:
    """A triangle at the end of a line."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    back, side = 8.0, 4.0
    points = (
        (x2, y2),
        (x2 - back * ux - side * uy, y2 - back * uy + side * ux),
        (x2 - back * ux + side * uy, y2 - back * uy - side * ux),
    )
    drawn = " ".join(f"{at(x)},{at(y)}" for x, y in points)
    return f'<polygon class="dot" points="{drawn}"/>'


def path(points: Sequence[tuple[float, float]], kind: str = "mark") -> str:
    """A line through points."""
    return (
        f'<polyline class="{kind}" points="{" ".join(f"{at(x)},{at(y)}" for x, y in points)}"/>'
    )


def area(points: Sequence[tuple[float, float]], kind: str = "one") -> str:
    """A filled shape."""
    return (
        f'<polygon class="{kind}" points="{" ".join(f"{at(x)},{at(y)}" for x, y in points)}"/>'
    )


def box(x: float, y: float, width: float, height: float, kind: str = "box") -> str:
    """A rectangle."""
    return (
        f'<rect class="{kind}" x="{at(x)}" y="{at(y)}" width="{at(max(width, 0))}" '
        f'height="{at(max(height, 0))}"/>'
    )


def dot(x: float, y: float, radius: float = 4) -> str:
    """A filled circle."""
    return f'<circle class="dot" cx="{at(x)}" cy="{at(y)}" r="{at(radius)}"/>'


def words(x: float, y: float, said: str, kind: str = "", *, anchor: str = "start") -> str:
    """Text with its baseline at y."""
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{at(x)}" y="{at(y)}" text-anchor="{anchor}">{escape(said)}</text>'


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """From values to places on an axis."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where the value stands."""
        width = self.high - self.low or 1.0
        return self.start + (value - self.low) / width * (self.end - self.start)

    def ticks(self, wanted: int = 5) -> list[float]:
        """Round values on the axis, about as many as wanted."""
        raw = (self.high - self.low) / max(wanted, 1) or 1.0
        power = 10.0 ** _floor_log10(raw)
        step = min((m * power for m in (1, 2, 5, 10)), key=lambda one: abs(one - raw))
        first = -(-self.low // step) * step
        count = int((self.high - first) / step + 1e-9) + 1
        return [round(first + place * step, 10) for place in range(count)]


def _floor_log10(value: float) -> int:
    power = 0
    while value >= 10:
        value, power = value / 10, power + 1
    while value < 1:
        value, power = value * 10, power - 1
    return power


def short(value: float) -> str:
    """A number on an axis."""
    return f"{value:g}".replace("-", "−")


LETTER = 7.0
"""About how wide a letter of the small size is."""


def fitted(label: str, width: float) -> str:
    """As much of a label as that width holds, in small letters."""
    longest = int(width / LETTER)
    return label if len(label) <= longest else f"{label[: longest - 1]}…"


def padded(values: Sequence[float], start: float, end: float) -> Scale:
    """A scale that leaves room above and below the values."""
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1.0) * 0.08
    return Scale(low=low - room, high=high + room, start=start, end=end)


def y_axis(scale: Scale, bottom: float) -> list[str]:
    """The axis at the left of a drawing, with lines across."""
    parts = [line(LEFT, scale.end - 8, LEFT, bottom)]
    for tick in scale.ticks():
        y = scale(tick)
        parts += [
            line(LEFT, y, RIGHT, y, "grid"),
            words(LEFT - 8, y + 4, short(tick), "small", anchor="end"),
        ]
    return parts
