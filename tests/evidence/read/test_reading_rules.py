"""Every rule of reading says what its own examples say it does."""

import pytest

from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.people.population import pattern_of
from rapport.evidence.read.text.cues import cues
from rapport.knowledge.patterns import TextPattern, fault
from rapport.knowledge.reading.rules import RULE_FILES, filled, headings, reading_rules

RULES = [(name, rule) for name in RULE_FILES for rule in reading_rules(name).rules]
IDS = [f"{name}-{rule.id}" for name, rule in RULES]


def _speaks(name, rule, text):
    words = reading_rules(name).words
    found = TextPattern([filled(p, words) for p in rule.patterns], ignore_case=True)
    unless = TextPattern([filled(p, words) for p in rule.unless], ignore_case=True)
    also = [TextPattern([filled(p, words)], ignore_case=True) for p in rule.also]
    return (
        found.occurs_in(text)
        and not unless.occurs_in(text)
        and all(each.occurs_in(text) for each in also)
    )


@pytest.mark.parametrize(("name", "rule"), RULES, ids=IDS)
def test_a_rule_hits_its_examples(name, rule):
    assert rule.hits
    assert [text for text in rule.hits if not _speaks(name, rule, text)] == []


@pytest.mark.parametrize(("name", "rule"), RULES, ids=IDS)
def test_a_rule_misses_its_counter_examples(name, rule):
    assert rule.misses
    assert [text for text in rule.misses if _speaks(name, rule, text)] == []


@pytest.mark.parametrize(("name", "rule"), RULES, ids=IDS)
def test_a_rule_compiles_and_has_a_reason(name, rule):
    words = reading_rules(name).words
    assert [
        p for p in (*rule.patterns, *rule.also, *rule.unless) if fault(filled(p, words))
    ] == []
    assert rule.why


@pytest.mark.parametrize("name", RULE_FILES)
def test_the_ids_of_a_file_are_its_own(name):
    ids = [rule.id for rule in reading_rules(name).rules]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "rule"),
    [r for r in RULES if r[0] == "entry_roles"],
    ids=lambda r: getattr(r, "id", ""),
)
def test_the_first_rule_that_speaks_gives_the_role_of_the_example(name, rule):
    section = rule.sections[0] if rule.sections else "methods"
    for text in rule.hits:
        cue = cues(name).first(text, section)
        assert cue is not None
        assert cue.says == rule.says, text
        assert Role(cue.says)


@pytest.mark.parametrize(
    ("name", "rule"),
    [r for r in RULES if r[0] == "pem_clauses"],
    ids=lambda r: getattr(r, "id", ""),
)
def test_the_first_clause_that_speaks_is_of_the_example_s_kind(name, rule):
    for text in rule.hits:
        cue = cues(name).first(text)
        assert cue is not None
        assert cue.says == rule.says, text


def test_populations_are_found_by_rule():
    assert pattern_of("me_cfs").occurs_in("Patients with CFS/ME were seen.")


def test_headings_know_every_kind_they_name():
    kinds = [kind.kind for kind in headings().kinds]
    assert "methods" in kinds
    assert len(kinds) == len(set(kinds))
