"""Case definitions: their logic with its people, their aliases, and that none is missing."""

from collections.abc import Iterator

from rapport.core.answers import Answer
from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.logic import feature_names, fits
from rapport.knowledge.model import CaseDefinition, Criterion, Knowledge, PersonExample

CONTRACT = (
    "ccc_2003",
    "fukuda_1994",
    "icc_2011",
    "iom_2015",
    "nice_2007",
    "nice_2021",
    "oxford_1991",
    "physician_dx_or_code",
)
"""Ids that the contracts and the entry rules rest on (docs/reference)."""


def definition_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """What is wrong with definitions, apart from their patterns and the ids they name."""
    for name in CONTRACT:
        if name not in knowledge.definitions:
            yield error(name, "the contracts name this definition, and there is none", "add it")
    for definition in knowledge.definitions.values():
        yield from _logic(definition)
        yield from _people(definition)
    yield from _aliases(knowledge)


def _logic(definition: CaseDefinition) -> Iterator[Problem]:
    if definition.logic_known != (definition.logic is not None):
        yield error(
            definition.id,
            "logic_known and the logic contradict each other",
            "give the logic, or set logic_known = false and say why in notes",
        )
    if not definition.logic_known and not definition.notes:
        yield error(
            definition.id, "its logic is not known, and it does not say why", "say so in notes"
        )
    if definition.logic is None:
        return
    yield from _malformed(definition.id, definition.logic)
    used, said = set(feature_names(definition.logic)), set(definition.features)
    for name in sorted(used ^ said):
        what = "is not said in words" if name in used else "is not used in the logic"
        yield error(
            definition.id, f"the feature {name} {what}", "make features and logic agree"
        )


def _malformed(name: str, node: str | Criterion) -> Iterator[Problem]:
    if isinstance(node, str):
        return
    forms = (node.all_of, node.any_of, node.none_of, node.of, node.feature)
    if sum(bool(form) for form in forms) != 1 or (node.at_least is None) != (not node.of):
        yield error(
            name,
            "a criterion has none, or more than one, of the forms a criterion can have",
            "use one of all_of, any_of, none_of, at_least with of, or feature with a bound",
        )
    if node.at_least is not None and not 1 <= node.at_least <= len(node.of):
        yield error(
            name, f"at least {node.at_least} of {len(node.of)} cannot be met", "correct it"
        )
    bounds = (node.minimum, node.more_than, node.maximum, node.less_than)
    if (node.feature is None) != all(bound is None for bound in bounds):
        yield error(
            name,
            "a feature without a bound, or a bound without a feature",
            "write a feature that is had or not as its bare name",
        )
    for part in (*node.all_of, *node.any_of, *node.none_of, *node.of):
        yield from _malformed(name, part)


def _people(definition: CaseDefinition) -> Iterator[Problem]:
    if definition.logic is None:
        return
    shown = {person.fits for person in definition.people}
    for answer in Answer:
        if answer.value not in shown:
            yield error(
                definition.id,
                f"none of its people shows the answer {answer.value}",
                "add a made-up person in, one out, and one who cannot be known",
            )
    for person in definition.people:
        yield from _person(definition, definition.logic, person)


def _person(
    definition: CaseDefinition, logic: Criterion, person: PersonExample
) -> Iterator[Problem]:
    for name in sorted(set(person.features) - set(definition.features)):
        yield error(
            definition.id, f"a person has the unknown feature {name}", "correct the name"
        )
    try:
        answer = fits(logic, person.features)
    except ValueError as mistake:
        yield error(definition.id, str(mistake), "correct the logic or the person")
        return
    if answer.value != person.fits:
        yield error(
            definition.id,
            f"the logic says {answer.value} where a person says {person.fits}: {person.who}",
            "correct the logic or the person",
        )


def _aliases(knowledge: Knowledge) -> Iterator[Problem]:
    owners: dict[str, list[str]] = {}
    shared: dict[str, list[str]] = {}
    for definition in knowledge.definitions.values():
        for alias in definition.aliases:
            owners.setdefault(alias.casefold(), []).append(definition.id)
        for alias in definition.ambiguous_aliases:
            shared.setdefault(alias.casefold(), []).append(definition.id)
    for alias, ids in owners.items():
        everyone = sorted({*ids, *shared.get(alias, [])})
        if len(everyone) > 1 or len(ids) > 1:
            yield error(
                everyone[0],
                f"the alias '{alias}' also belongs to {', '.join(everyone[1:]) or 'it twice'}",
                "list it under ambiguous_aliases of each of them",
            )
    for alias, ids in shared.items():
        if len(ids) == 1 and alias not in owners:
            yield error(
                ids[0],
                f"the alias '{alias}' is called ambiguous, and no other definition has it",
                "list it in the other definition too, or under aliases",
            )
