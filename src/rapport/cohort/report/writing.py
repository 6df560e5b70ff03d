"""How pages write numbers, and the templates they are made from."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

import jinja2

from rapport.cohort.analysis.partition import Dominance
from rapport.cohort.analysis.result import Estimate, Interval
from rapport.cohort.data.codebook import range_words, value_words


def css() -> str:
    """The styles of a page: readable, printable, in four looks."""
    return (files("rapport.cohort.report") / "templates" / "report.css").read_text("utf-8")


def number(value: float | None, decimals: int = 2) -> str:
    """A number, or a dash where it is not known."""
    return "–" if value is None else f"{value:.{decimals}f}".replace("-", "−")


def p_value(value: float | None) -> str:
    """A p value: never 0."""
    if value is None:
        return "–"
    return "< .001" if value < 0.001 else f"{value:.3f}".lstrip("0")


def percent(value: float | None) -> str:
    """A share in per cent, or a dash."""
    return "–" if value is None else f"{100 * value:.1f} %".replace("-", "−")


def interval(value: Interval | None, decimals: int = 2) -> str:
    """Both ends of an interval."""
    return "–" if value is None else " to ".join(number(end, decimals) for end in value)


def shares(value: Interval | None) -> str:
    """Both ends of an interval in per cent."""
    return "–" if value is None else " to ".join(percent(end) for end in value)


def by_size(parts: Mapping[str, Estimate]) -> list[tuple[str, Estimate]]:
    """Sets named "A+B": single ones first, then those of two, and so on."""
    return sorted(parts.items(), key=lambda one: one[0].count("+"))


def by_general(found: Mapping[str, Dominance]) -> list[tuple[str, Dominance]]:
    """Predictors, the one that carries most first."""
    return sorted(found.items(), key=lambda one: -(one[1].general.estimate or 0.0))


@cache
def environment() -> jinja2.Environment:
    """The templates, with what writes numbers in them."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("rapport.cohort.report"),
        autoescape=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    filters: dict[str, Callable[..., Any]] = {
        "by_size": by_size,
        "by_general": by_general,
        "num": number,
        "num3": partial(number, decimals=3),
        "p": p_value,
        "percent": percent,
        "interval": interval,
        "interval3": partial(interval, decimals=3),
        "shares": shares,
        "value_words": value_words,
        "range_words": range_words,
    }
    made.filters.update(filters)
    return made
