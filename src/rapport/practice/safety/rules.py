"""What happens in a moment, by the safety rules: facts in, effects and words out. Pure."""

from collections.abc import Iterator, Mapping

import msgspec

from rapport.knowledge.practice import SafetyCase, SafetyRule
from rapport.knowledge.problem import Problem, error
from rapport.practice.safety.effects import FACTS, Effect


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule makes happen; `person` and `practitioner` are told these words."""

    rule: str
    effects: tuple[Effect, ...]
    person: tuple[str, ...] = ()
    practitioner: tuple[str, ...] = ()


def what_happens(
    facts: Mapping[str, str], rules: Mapping[str, SafetyRule]
) -> tuple[Happening, ...]:
    """What each rule makes happen, in the order of their numbers; rules that say nothing are left out.

    Missing: a fact that is not listed is not known, and no case that asks for it holds.
    Raises: ValueError for a fact or a value that is not in FACTS.
    """
    for name, value in facts.items():
        if value not in FACTS.get(name, ()):
            raise ValueError(f"the safety rules know no fact {name} = {value}")
    ordered = sorted(rules.values(), key=lambda rule: int(rule.id.removeprefix("SR")))
    found = (_of_rule(rule, facts) for rule in ordered)
    return tuple(each for each in found if each.effects)


def effects(happenings: tuple[Happening, ...]) -> frozenset[Effect]:
    """Everything that has to happen."""
    return frozenset(effect for each in happenings for effect in each.effects)


def rule_problems(rules: Mapping[str, SafetyRule]) -> Iterator[Problem]:
    """Rules that name what is not there, and examples that do not come out as they say."""
    for rule in rules.values():
        yield from _unknown(rule)
        for example in rule.examples:
            came = _of_rule(rule, example.facts).effects
            if tuple(effect.value for effect in came) != example.then:
                yield error(
                    rule.id,
                    f"for {dict(example.facts)} it makes happen: {', '.join(came) or 'nothing'}",
                    f"correct the case, or the example, which says: {', '.join(example.then)}",
                )


def _unknown(rule: SafetyRule) -> Iterator[Problem]:
    named = [
        *(
            (name, value)
            for case in rule.cases
            for name in case.when
            for value in case.when[name]
        ),
        *(pair for example in rule.examples for pair in example.facts.items()),
    ]
    for name, value in named:
        if value not in FACTS.get(name, ()):
            yield error(rule.id, f"it names the fact {name} = {value}", "name one of FACTS")
    for effect in (effect for case in rule.cases for effect in case.then):
        if effect not in set(Effect):
            yield error(rule.id, f"it makes {effect} happen", "name one of Effect")


def _of_rule(rule: SafetyRule, facts: Mapping[str, str]) -> Happening:
    holding = [case for case in rule.cases if _holds(case, facts)]
    named = dict.fromkeys(effect for case in holding for effect in case.then)
    return Happening(
        rule=rule.id,
        effects=tuple(Effect(name) for name in named if name in set(Effect)),
        person=tuple(dict.fromkeys(case.person for case in holding if case.person)),
        practitioner=tuple(
            dict.fromkeys(case.practitioner for case in holding if case.practitioner)
        ),
    )


def _holds(case: SafetyCase, facts: Mapping[str, str]) -> bool:
    return all(facts.get(name) in values for name, values in case.when.items())
