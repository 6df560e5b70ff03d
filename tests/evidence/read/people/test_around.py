"""The rules on words around a number: their examples, and that each of them is asked for."""

import re
from pathlib import Path

import pytest

from rapport.evidence.read import people
from rapport.evidence.read.people.around import around
from rapport.knowledge.reading.people import Where, around_rules

RULES = [rule for file in around_rules() for rule in file.rules]
MARK = re.compile(r"\[([^\]]*)\]")


def asked(rule, example):
    """The part of an example in which the words of the rule are looked for."""
    marks = list(MARK.finditer(example))
    if rule.where is Where.ANYWHERE:
        return MARK.sub(r"\1", example)
    if rule.where is Where.BETWEEN:
        return MARK.sub(r"\1", example[marks[0].start() : marks[1].start()])
    return (
        example[: marks[0].start()] if rule.where is Where.BEFORE else example[marks[0].end() :]
    )


def fits(rule, example):
    return around(rule.id).occurs_in(asked(rule, example).encode())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_words_around_a_number_are_found_in_the_examples_only(rule):
    assert rule.examples
    assert rule.counter_examples
    assert [each for each in rule.examples if not fits(rule, each)] == []
    assert [each for each in rule.counter_examples if fits(rule, each)] == []


def test_every_rule_has_a_name_of_its_own():
    names = [rule.id for rule in RULES]
    assert sorted(set(names)) == sorted(names)


def test_every_rule_is_asked_for_and_every_name_is_that_of_a_rule():
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(people.__path__[0]).glob("*.py")
    )
    names = {rule.id for rule in RULES}
    asked_for = set(re.findall(r"around\(\s*\"(\w+)\"", source))
    assert asked_for <= names
    quoted = set(re.findall(r"\"(\w+)\"", source))
    assert names <= quoted | {other for rule in RULES for other in rule.also}
