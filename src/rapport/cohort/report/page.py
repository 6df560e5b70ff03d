"""The report as one HTML file: the card first, then what cannot be said, then the numbers."""

from functools import partial
from typing import Any

from rapport.cards.badge_words import BADGES
from rapport.cards.study_card import StudyCard
from rapport.cohort.account import sides, term_words, title
from rapport.cohort.analysis.flags import words as flag_words
from rapport.cohort.analysis.results import Results
from rapport.cohort.plan.model import HighIs, Plan
from rapport.cohort.report.checklist import Item
from rapport.cohort.report.figures import figures
from rapport.cohort.report.writing import css, environment
from rapport.core.encoding import to_pretty_json

_SHORT = 4
"""Observed statements on the first screen; all of them are in card.json."""


def report_html(results: Results, card: StudyCard, checklist: tuple[Item, ...]) -> bytes:
    """The report, UTF-8. It loads nothing from elsewhere and works without scripts."""
    plan = results.plan
    page = environment().get_template("report.html")
    html = page.render(
        title=title(plan),
        css=css(),
        results=results,
        plan=plan,
        plan_text=to_pretty_json(plan).decode(),
        card=card,
        short=(*card.parts.observed[:_SHORT], *card.parts.inferred),
        badge=BADGES[results.badge],
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
