"""The report as one HTML file: the card first, then what cannot be said, then the numbers."""

from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from typing import Any

import jinja2

from rapport.cards.study_card import StudyCard
from rapport.cohort.account import sides, term_words, title
from rapport.cohort.analysis.flags import words as flag_words
from rapport.cohort.analysis.result import Interval
from rapport.cohort.analysis.results import Results
from rapport.cohort.data.codebook import range_words, value_words
from rapport.cohort.plan.model import HighIs, Plan
from rapport.cohort.report.checklist import Item
from rapport.cohort.report.figures import figures
from rapport.core.encoding import to_pretty_json
from rapport.core.vocabulary import Badge

BADGE_WORDS: dict[Badge, str] = {
    Badge.REQUIRED: "Post-exertional malaise was required to enter",
    Badge.NOT_REQUIRED: "Post-exertional malaise was not required to enter",
    Badge.MIXED: "Post-exertional malaise was required of some only",
    Badge.NOT_STATED: "Whether post-exertional malaise was required is not stated",
    Badge.NOT_APPLICABLE: "Post-exertional malaise does not apply here",
}
_SHORT = 4
"""Observed statements on the first screen; all of them are in card.json."""


def report_html(results: Results, card: StudyCard, checklist: tuple[Item, ...]) -> bytes:
    """The report, UTF-8. It loads nothing from elsewhere and works without scripts."""
    plan = results.plan
    page = _environment().get_template("report.html")
    html = page.render(
        title=title(plan),
        css=(files("rapport.cohort.report") / "templates" / "report.css").read_text("utf-8"),
        results=results,
        plan=plan,
        plan_text=to_pretty_json(plan).decode(),
        card=card,
        short=(*card.parts.observed[:_SHORT], *card.parts.inferred),
        badge=BADGE_WORDS[results.badge],
        figures=figures(results),
        flags_in_all=len(flag_words()),
        change_rows=_change_rows(results),
        deltas=_deltas(results),
        checklist=checklist,
        label=plan.label,
        term=partial(_term, plan),
        route=partial(_route, plan),
    )
    return html.encode()


def _term(plan: Plan, name: str) -> str:
    """A term of a model in words."""
    return "intercept" if name == "(Intercept)" else term_words(plan, name)


def _route(plan: Plan, name: str) -> str:
    """The name of an effect in words: routes with arrows, sums by their kind."""
    if " -> " in name:
        return " → ".join(_term(plan, one) for one in name.split(" -> "))
    exposure, _, kind = name.rpartition(": ")
    return f"{_term(plan, exposure)}: {kind}" if exposure else name


def _change_rows(results: Results) -> list[tuple[str, Any]]:
    """The rows of the table of change; who got worse stands first and is never left out."""
    found = results.change
    if found is None:
        return []
    higher, lower = sides(results.plan)
    rows = [(higher, found.rose), (lower, found.fell), ("neither", found.same)]
    if results.plan.outcome_high_is is HighIs.BETTER:
        rows[0], rows[1] = rows[1], rows[0]
    if found.recovered is not None:
        rows.append(("improved and on the well side of the cut-off", found.recovered))
    return rows


def _deltas(results: Results) -> list[float]:
    found = results.imputation
    return [] if found is None else sorted({one.delta for one in found.sensitivity})


# --- Numbers ----------------------------------------------------------------------------------


def _number(value: float | None, decimals: int = 2) -> str:
    """A number, or a dash where it is not known."""
    return "–" if value is None else f"{value:.{decimals}f}".replace("-", "−")


def _p(value: float | None) -> str:
    """A p value: never 0."""
    if value is None:
        return "–"
    return "< .001" if value < 0.001 else f"{value:.3f}".lstrip("0")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %".replace("-", "−")


def _interval(value: Interval | None, decimals: int = 2) -> str:
    return "–" if value is None else " to ".join(_number(end, decimals) for end in value)


def _shares(value: Interval | None) -> str:
    return "–" if value is None else " to ".join(_percent(end) for end in value)


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("rapport.cohort.report"),
        autoescape=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    filters: dict[str, Callable[..., str]] = {
        "num": _number,
        "num3": partial(_number, decimals=3),
        "p": _p,
        "percent": _percent,
        "interval": _interval,
        "interval3": partial(_interval, decimals=3),
        "shares": _shares,
        "value_words": value_words,
        "range_words": range_words,
    }
    made.filters.update(filters)
    return made
