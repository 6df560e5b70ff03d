"""From the text of a plan to a checked plan; every fault names its key and the cure."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import msgspec

from rapport.cohort.plan.model import Missing, Plan, ProcessAs
from rapport.core.errors import InputError

_FEWEST_IMPUTATIONS = 20
_FEWEST_DRAWS = 100
_SINGLE_OR_LIST = ("entry_rule", "covariates", "relation", "process", "auxiliary")


def parse_plan(text: str, *, where: str) -> Plan:
    """The plan in the text.

    Errors: InputError naming `where` and the key, for text that is no TOML, unknown, missing or
    wrong keys, and for parts that contradict one another.
    """
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"the plan is no valid TOML: {error}",
            where=where,
            fix="write a plan with: rapport cohort plan --like heins-2013 --out plan.toml",
        ) from None
    return plan_of(content, where=where)


def plan_of(keys: Mapping[str, Any], *, where: str) -> Plan:
    """The plan with these keys. Errors: as of `parse_plan`."""
    content = dict(keys)
    _known(content, where)
    for key in _SINGLE_OR_LIST:
        if isinstance(content.get(key), str):
            content[key] = [content[key]]
    try:
        plan = msgspec.convert(content, Plan)
    except msgspec.ValidationError as error:
        raise InputError(
            f"the plan cannot be read: {error}",
            where=where,
            fix="see the keys of a plan in docs/cohort.md",
        ) from None
    for problem, key, fix in _faults(plan):
        raise InputError(problem, where=f"{where}, key {key}", fix=fix)
    return plan


def _known(content: dict[str, Any], where: str) -> None:
    """InputError for a key that no plan has, with the nearest that one has."""
    fields = [field.encode_name for field in msgspec.structs.fields(Plan)]
    for key in content:
        if key not in fields:
            near = get_close_matches(key, fields, n=1)
            raise InputError(
                "the plan has a key that is not known",
                where=f"{where}, key {key}",
                fix=f"did you mean {near[0]}?" if near else "leave it out",
            )
    for field in msgspec.structs.fields(Plan):
        if field.required and field.encode_name not in content:
            raise InputError(
                "the plan lacks a key that it needs",
                where=f"{where}, key {field.encode_name}",
                fix="add it, as in: rapport cohort plan --like heins-2013",
            )


Fault = tuple[str, str, str]


def _faults(plan: Plan) -> Iterable[Fault]:
    """Each contradiction: what is wrong, the key, and what to do."""
    for check in _CHECKS:
        yield from check(plan)


def _names(plan: Plan) -> Iterable[Fault]:
    parts = {
        "outcome": (plan.outcome,),
        "relation": plan.relation,
        "process": plan.process,
        "covariates": plan.covariates,
        "person": (plan.person,),
        "therapist": (plan.therapist,) if plan.therapist else (),
    }
    seen: dict[str, str] = {}
    for key, names in parts.items():
        for name in names:
            if name in seen:
                yield (
                    f"the variable {name} is named twice ({seen[name]} and {key})",
                    key,
                    ("give each variable one part"),
                )
            seen[name] = key
    if not plan.id.strip():
        yield "the plan has no name", "id", "give it one, such as clinic-2026"
    for key in ("relation", "process"):
        if not parts[key]:
            yield "no variable is named", key, "name at least one"


def _signs(plan: Plan) -> Iterable[Fault]:
    """Results name sets "A+B" and routes "A -> B": these signs would be two things at once."""
    for name in (*plan.repeated, *plan.fixed, *plan.waves, *plan.blocks):
        if "+" in name or "->" in name:
            yield (
                f"the name {name} has a + or -> in it",
                "outcome, relation, process, covariates, waves or blocks",
                "rename the column; labels may have any sign",
            )


def _times(plan: Plan) -> Iterable[Fault]:
    if len(plan.waves) < 2 or len(set(plan.waves)) != len(plan.waves):
        yield (
            "two or more different waves are needed",
            "waves",
            'write for example ["t0", "t1"]',
        )
    if plan.times and len(plan.times) != len(plan.waves):
        yield (
            f"{len(plan.times)} times for {len(plan.waves)} waves",
            "times",
            "give one time a wave",
        )
    if plan.times and list(plan.times) != sorted(set(plan.times)):
        yield "the waves are out of order", "times", "give rising times"
    numbered = [re.fullmatch(r".*?(\d+)", wave) for wave in plan.waves]
    ends = [int(found[1]) for found in numbered if found]
    if len(ends) == len(plan.waves) and ends != sorted(ends):
        yield "the waves are out of order", "waves", "name them from the first to the last"
    if plan.process_as is ProcessAs.LAGGED and len(plan.waves) < 3:
        yield "a lagged process needs three waves", "process_as", 'use "change"'


def _sizes(plan: Plan) -> Iterable[Fault]:
    if plan.draws < _FEWEST_DRAWS:
        yield f"{plan.draws} draws are too few", "draws", "use 5000 or more"
    if plan.missing is Missing.MI and plan.imputations < _FEWEST_IMPUTATIONS:
        yield f"{plan.imputations} imputations are too few", "imputations", "use 20 or more"
    if not 0.5 <= plan.level < 1:
        yield f"a level of {plan.level}", "level", "use 0.95"
    if plan.seed < 0:
        yield "the seed is below 0", "seed", "use 0 or more"
    for name, (low, high) in plan.ranges.items():
        if low >= high:
            yield "the lowest value is not below the highest", f"ranges.{name}", "swap them"


def _blocks(plan: Plan) -> Iterable[Fault]:
    known = (*plan.relation, *plan.process)
    named = [name for block in plan.blocks.values() for name in block]
    for name in named:
        if name not in known or named.count(name) > 1:
            yield (
                f"the variable {name} is in no list or in two blocks",
                "blocks",
                "use each variable of relation and process at most once",
            )


def _reliability(plan: Plan) -> Iterable[Fault]:
    change = plan.reliable_change
    if change and change.reliability is not None and not 0 <= change.reliability < 1:
        yield (
            f"a reliability of {change.reliability}",
            "reliable_change.reliability",
            "give a value from 0 to below 1",
        )
    if change and change.cutoff is not None and plan.outcome_high_is is None:
        yield (
            "a cut-off needs to know which side is well",
            "outcome_high_is",
            'write "worse" or "better"',
        )


def _scores(plan: Plan) -> Iterable[Fault]:
    known = (*plan.repeated, *plan.covariates, *plan.auxiliary)
    for name in plan.scores:
        if name not in known:
            yield (
                f"the plan scores {name}, and uses no variable of that name",
                f"scores.{name}",
                f"use one of {', '.join(known)}",
            )


def _paths(plan: Plan) -> Iterable[Fault]:
    for path in plan.paths:
        for key in ("exposures", "mediators"):
            if not getattr(path, key):
                yield f"the path model {path.name} has no {key}", f"paths.{key}", "name one"


_CHECKS: tuple[Callable[[Plan], Iterable[Fault]], ...] = (
    _names,
    _signs,
    _times,
    _sizes,
    _blocks,
    _reliability,
    _paths,
    _scores,
)
