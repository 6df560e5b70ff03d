"""The weak points of a design and its data, found by rule; their words stand in flags.toml."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np

from rapport.cohort.analysis.description import Description
from rapport.cohort.analysis.prediction import FEW_THERAPISTS
from rapport.cohort.analysis.terms import Terms
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.plan.model import HighIs, Multiplicity, Plan, ProcessAs
from rapport.core.vocabulary import COMPARED, Badge

_DIFFERS = 0.2  # a standardised difference that is more than small (Cohen 1988, p. 26)
_CHANCE = 0.05
_MANY_LEFT = 0.05
_PEOPLE_A_VARIABLE = 10


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a flag, and where it comes from."""

    title: str
    text: str
    source: str


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """A weak point that was found. `found` is what in this cohort raised it."""

    id: str
    title: str
    text: str
    found: str
    source: str


class Seen(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What the conditions of the flags look at. `n` are the people of the main models."""

    plan: Plan
    chosen: Terms
    cohort: Cohort
    described: Description
    badge: Badge
    n: int
    alpha: float | None
    """The reliability of the outcome where its items gave one."""


Condition = Callable[[Seen], str | None]


@cache
def words() -> dict[str, Words]:
    """The words of every flag, by id."""
    text = (files("rapport.cohort.analysis") / "flags.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Words])


def flags(seen: Seen) -> tuple[Flag, ...]:
    """Every flag that is raised, in the order of flags.toml."""
    found = {name: CONDITIONS[name](seen) for name in words()}
    return tuple(
        Flag(id=name, title=said.title, text=said.text, found=why, source=said.source)
        for name, said in words().items()
        if (why := found[name]) is not None
    )


def _process_concurrent(seen: Seen) -> str | None:
    if seen.plan.process_as is ProcessAs.LAGGED:
        return None
    return f"{', '.join(seen.plan.process)}: from {seen.plan.first} to {seen.plan.last}"


def _no_control(seen: Seen) -> str | None:
    named = seen.plan.group or seen.plan.randomised
    return None if named and seen.plan.design in COMPARED else f"design {seen.plan.design}"


def _one_rater(seen: Seen) -> str | None:
    everything = (seen.plan.outcome, *seen.plan.relation, *seen.plan.process)
    others = [name for name in seen.plan.rated_by_others if name in everything]
    return None if others else "the plan names no variable that others rated"


def _baseline_only(seen: Seen) -> str | None:
    later = [
        name
        for name in seen.plan.relation
        if not np.isfinite(seen.cohort.measured[name][:, 1:]).any()
    ]
    if later:
        return f"{', '.join(later)}: not measured after {seen.plan.first}"
    return f"measured later, but the models use {seen.plan.first}"


def _therapists_ignored(seen: Seen) -> str | None:
    return "the plan names no column of therapists" if seen.cohort.therapist is None else None


def _few_therapists(seen: Seen) -> str | None:
    count = seen.described.therapists
    return f"{count} therapists" if count is not None and count < FEW_THERAPISTS else None


def _selective(seen: Seen) -> str | None:
    differing = [
        one.variable
        for one in seen.described.leaving
        if one.p is not None
        and one.difference is not None
        and one.p < _CHANCE
        and abs(one.difference) > _DIFFERS
    ]
    return f"they differ in {', '.join(differing)}" if differing else None


def _dropout(seen: Seen) -> str | None:
    lost = seen.cohort.people - seen.described.attrition[-1].n
    if lost <= _MANY_LEFT * seen.cohort.people:
        return None
    return f"{lost} of {seen.cohort.people} people"


def _regression(seen: Seen) -> str | None:
    return "change from the first wave" if _no_control(seen) else None


def _multiplicity(seen: Seen) -> str | None:
    count = len(seen.chosen.relation) + len(seen.chosen.process)
    if count < 2:
        return None
    allowed = seen.plan.multiplicity is not Multiplicity.NONE
    return f"{count} tested; " + ("Holm's correction is shown" if allowed else "no correction")


def _small(seen: Seen) -> str | None:
    variables = len(seen.chosen.core) - 1
    if seen.n >= _PEOPLE_A_VARIABLE * variables:
        return None
    return f"{seen.n} people, {variables} variables"


def _not_registered(seen: Seen) -> str | None:
    return None if seen.plan.registered else "the plan names no registration"


def _pem(seen: Seen) -> str | None:
    if seen.badge is Badge.REQUIRED:
        return None
    rule = ", ".join(seen.plan.entry_rule)
    return f"entry rule: {rule}" if rule else "the plan states no entry rule"


def _reliability(seen: Seen) -> str | None:
    stated = seen.plan.reliable_change
    known = (stated and stated.reliability is not None) or seen.alpha is not None
    return None if known else "key reliable_change is left out"


def _direction(seen: Seen) -> str | None:
    known: HighIs | None = seen.plan.outcome_high_is
    return None if known else "key outcome_high_is is left out"


CONDITIONS: dict[str, Condition] = {
    "process_concurrent": _process_concurrent,
    "no_control": _no_control,
    "one_rater": _one_rater,
    "baseline_only_relation": _baseline_only,
    "therapists_ignored": _therapists_ignored,
    "few_therapists": _few_therapists,
    "selective_dropout": _selective,
    "dropout": _dropout,
    "regression_to_mean": _regression,
    "multiplicity": _multiplicity,
    "small_sample": _small,
    "not_registered": _not_registered,
    "pem_not_required": _pem,
    "reliability_not_stated": _reliability,
    "direction_not_stated": _direction,
}
