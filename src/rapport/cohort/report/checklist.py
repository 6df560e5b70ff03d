"""The reporting checklist AGReMA, filled in as far as plan and results carry it."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from rapport.cards.card_facts import joined
from rapport.cohort.account import design_words
from rapport.cohort.analysis.results import Results
from rapport.cohort.plan.model import Missing

AUTHOR = "To be written by the authors: the data do not carry it."


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An item of the guideline in own words, and its answer or the rule that makes it."""

    number: str
    topic: str
    said: str | None = None
    rule: str | None = None
    by_author: bool = False


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item with its answer."""

    number: str
    topic: str
    said: str
    by_author: bool


@cache
def items() -> tuple[Asked, ...]:
    """The items of the guideline, in order."""
    text = (files("rapport.cohort.report") / "checklist.toml").read_text(encoding="utf-8")
    content: dict[str, Any] = tomllib.loads(text)
    return msgspec.convert(content["item"], tuple[Asked, ...])


def checklist(results: Results) -> tuple[Item, ...]:
    """Every item, with what this analysis says to it or that the authors have to."""
    return tuple(
        Item(
            number=one.number,
            topic=one.topic,
            said=RULES[one.rule](results) if one.rule else one.said or AUTHOR,
            by_author=one.by_author,
        )
        for one in items()
    )


def _named(results: Results, names: tuple[str, ...]) -> str:
    return joined([results.plan.label(name) for name in names], "and")


def _question(results: Results) -> str:
    plan = results.plan
    return (
        f"Does {plan.relation_words} ({_named(results, plan.relation)}) go together with "
        f"{plan.label(plan.outcome)} at {plan.last}, and how much of that is shared with "
        f"{_named(results, plan.process)}?"
    )


def _design(results: Results) -> str:
    plan = results.plan
    return f"A {design_words(plan.design)} with {len(plan.waves)} measurements. The setting: {AUTHOR.lower()}"


def _entry(results: Results) -> str:
    if not results.plan.entry_rule:
        return "The plan states no entry rule. " + AUTHOR
    return f"Entry by {', '.join(results.plan.entry_rule)} (see the badge). How people were found: {AUTHOR.lower()}"


def _measures(results: Results) -> str:
    plan = results.plan
    when = ", ".join(plan.waves)
    if plan.times:
        when += f" ({', '.join(f'{t:g}' for t in plan.times)} {plan.time_unit})"
    return f"Measured at {when}. Mediators are taken as {plan.process_as.value}. The instruments: {AUTHOR.lower()}"


def _reliability(results: Results) -> str:
    change = results.change
    if change is None or change.reliability is None:
        return "The reliability of the outcome is not stated in the plan."
    return f"Outcome: {change.reliability:.2f} ({change.reliability_kind}). Others: {AUTHOR.lower()}"


def _missing(results: Results) -> str:
    ways = {
        Missing.COMPLETE: "People with a gap in a model are left out of it.",
        Missing.MI: "Gaps were filled by multiple imputation and the answers pooled.",
        Missing.FIML: "Templates use every measured value (FIML); regressions leave out people "
        "with a gap.",
    }
    return ways[results.plan.missing]


def _sensitivity(results: Results) -> str:
    said: list[str] = []
    if results.causal:
        said.append("what was not measured: rho curves and E-values")
    if results.imputation and results.imputation.sensitivity:
        said.append("gaps that were worse than assumed: delta-adjusted regressions")
    if results.mixed:
        said.append("lagged models beside contemporaneous ones")
    return f"Shown: {'; '.join(said)}." if said else "None was asked for in the plan."


def _flow(results: Results) -> str:
    if results.description is None:
        return "The plan did not ask for a description."
    seen = results.description.attrition
    analysed = results.prediction.about.n if results.prediction else results.data.people
    return f"{seen[0].n} people at {seen[0].wave}, {seen[-1].n} at {seen[-1].wave}, {analysed} in the main models."


def _limits(results: Results) -> str:
    return f"{len(results.flags)} weak points are listed: {', '.join(one.title.lower() for one in results.flags)}."


def _drawing(results: Results) -> str:
    return (
        "Under “Along which path”."
        if results.paths
        else "No path model was asked for in the plan."
    )


def _programs(results: Results) -> str:
    return f"Rapport {results.versions.rapport}, numpy {results.versions.numpy}."


def _registration(results: Results) -> str:
    named = results.plan.registered
    return f"Registered: {named}." if named else "The plan names no registration."


RULES: dict[str, Callable[[Results], str]] = {
    "question": _question,
    "registration": _registration,
    "design": _design,
    "entry": _entry,
    "drawing": _drawing,
    "measures": _measures,
    "reliability": _reliability,
    "missing": _missing,
    "sensitivity": _sensitivity,
    "programs": _programs,
    "flow": _flow,
    "limits": _limits,
}
"""Every rule that answers an item."""
