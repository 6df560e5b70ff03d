"""What happens in a moment, by the safety rules: facts in, effects and words out. Pure.

The one way from the rules to what people see: a page tells the facts, asks the moment for each
effect that it can carry out, and shows the words that the rule says with it.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.practice import SafetyCase, SafetyRule
from rapport.practice.safety.effects import FACTS, Effect


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules make happen now: the cases that hold, by rule, in the order of the rules."""

    holding: tuple[tuple[str, SafetyCase], ...]

    @property
    def effects(self) -> frozenset[Effect]:
        """Everything that has to happen."""
        return frozenset(Effect(name) for _, case in self.holding for name in case.then)

    def has(self, effect: Effect) -> bool:
        """Whether this has to happen."""
        return any(effect in case.then for _, case in self.holding)

    def of(self, rule: str) -> bool:
        """Whether a rule makes anything happen."""
        return any(rule == name for name, _ in self.holding)

    def person(self, effect: Effect) -> tuple[str, ...]:
        """What the person is told with an effect; empty where it does not happen."""
        return _once(case.person for _, case in self.holding if effect in case.then)

    def practitioner(self, effect: Effect) -> tuple[str, ...]:
        """What the practitioner is told with an effect; empty where it does not happen."""
        return _once(case.practitioner for _, case in self.holding if effect in case.then)


def moment(facts: Mapping[str, str], rules: Mapping[str, SafetyRule]) -> Moment:
    """What each rule makes happen.

    Missing: a fact that is not listed is not known, and no case that asks for it holds.
    Raises: ValueError for a fact or a value that is not in FACTS.
    """
    for name, value in facts.items():
        if value not in FACTS.get(name, ()):
            raise ValueError(f"the safety rules know no fact {name} = {value}")
    ordered = sorted(rules.values(), key=lambda rule: int(rule.id.removeprefix("SR")))
    return Moment(
        holding=tuple((rule.id, case) for rule in ordered for case in _holding(rule, facts))
    )


def rule_problems(rules: Mapping[str, SafetyRule]) -> Iterator[Problem]:
    """Rules that name what is not there, and examples that do not come out as they say."""
    for rule in rules.values():
        yield from _unknown(rule)
        for example in rule.examples:
            came = _once(name for case in _holding(rule, example.facts) for name in case.then)
            if came != example.then:
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


def _holding(rule: SafetyRule, facts: Mapping[str, str]) -> list[SafetyCase]:
    return [
        case
        for case in rule.cases
        if all(facts.get(name) in values for name, values in case.when.items())
    ]


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Each that says something, once, in order."""
    return tuple(dict.fromkeys(filter(None, words)))
