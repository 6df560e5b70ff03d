"""Every rule for reading comes with sentences of our own; here they are run."""

import pytest

from rapport.core.errors import InputError
from rapport.evidence.read.people.counts import counts
from rapport.evidence.read.text.cue_reader import CueReader
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.designs import DesignRules, design_rules
from rapport.knowledge.reading.files import rule_file
from rapport.knowledge.reading.people import people_rules
from rapport.knowledge.reading.statements import statement_cues, statement_weights

DESIGN_CUES = [
    *design_rules().rules,
    *design_rules().kinds,
    *design_rules().blinding,
    *design_rules().own_data,
    *design_rules().ruled_out,
]


def sentence(text, section):
    return Sentence(
        field="text",
        start=0,
        end=len(text),
        text=text,
        section=section,
        titles=(),
        paragraph=0,
    )


def fires(cue, text):
    place = SectionKind(cue.where[0]) if cue.where else SectionKind.ABSTRACT
    return bool(CueReader([cue]).read(Lookup([sentence(text, place)])))


@pytest.mark.parametrize("cue", DESIGN_CUES, ids=lambda cue: cue.id)
def test_a_cue_for_the_design_fires_in_its_examples_only(cue):
    assert cue.examples
    assert all(fires(cue, text) for text in cue.examples)
    assert not any(fires(cue, text) for text in cue.counter_examples)


@pytest.mark.parametrize("cue", DESIGN_CUES, ids=lambda cue: cue.id)
def test_a_cue_counts_only_in_known_places(cue):
    known = {kind.value for kind in SectionKind}
    assert set(cue.where) <= known


def test_a_cue_does_not_count_elsewhere():
    cue = next(each for each in design_rules().rules if each.id == "notice")
    text = cue.examples[0]
    assert not CueReader([cue]).read(Lookup([sentence(text, SectionKind.DISCUSSION)]))


@pytest.mark.parametrize("cue", statement_cues().cues, ids=lambda cue: cue.id)
def test_a_cue_for_statements_fires_in_its_examples_only(cue):
    pattern = BytesPattern(cue.patterns)
    assert all(pattern.occurs_in(text.encode()) for text in cue.examples)
    assert not any(pattern.occurs_in(text.encode()) for text in cue.counter_examples)


def test_every_weight_has_a_number_for_every_kind_and_every_cue_a_weight():
    weights = statement_weights()
    assert {len(each) for each in weights.weights.values()} == {len(weights.kinds)}
    fitted = {name.removeprefix("cue:") for name in weights.weights if name.startswith("cue:")}
    assert fitted == {cue.id for cue in statement_cues().cues}


def test_what_is_retold_is_told_by_known_cues_and_sections():
    known = {cue.id for cue in statement_cues().cues}
    for rule in statement_cues().retold:
        assert {*rule.cues, *rule.unless} <= known
        assert set(rule.sections) <= {kind.value for kind in SectionKind}


def test_the_weights_hold_single_words_and_no_sentences():
    words = [name for name in statement_weights().weights if name.startswith("word:")]
    assert all(name.removeprefix("word:").isalpha() for name in words)


@pytest.mark.parametrize("rule", people_rules().groups, ids=lambda rule: rule.group)
def test_words_say_whom_a_count_counts(rule):
    for text in rule.examples:
        assert [each.group.value for each in counts(Lookup([_said(f"We saw {text}.")]))] == [
            rule.group
        ]
    for text in rule.counter_examples:
        assert rule.group not in [
            each.group.value for each in counts(Lookup([_said(f"We saw {text}.")]))
        ]


@pytest.mark.parametrize("rule", people_rules().not_the_sample, ids=lambda rule: rule.id)
def test_numbers_of_people_who_are_not_the_sample_are_passed_over(rule):
    assert not any(counts(Lookup([_said(text)])) for text in rule.examples)
    assert all(counts(Lookup([_said(text)])) for text in rule.counter_examples)


@pytest.mark.parametrize("rule", people_rules().stages, ids=lambda rule: rule.stage)
def test_words_say_how_far_people_came(rule):
    assert {
        count.stage.value for text in rule.examples for count in counts(Lookup([_said(text)]))
    } == {rule.stage}
    assert rule.stage not in {
        count.stage.value
        for text in rule.counter_examples
        for count in counts(Lookup([_said(text)]))
    }


def test_a_file_of_another_shape_is_one_clear_error():
    with pytest.raises(InputError, match="rules cannot be read"):
        rule_file("participants/people.toml", DesignRules)


def _said(text):
    return sentence(text, SectionKind.ABSTRACT)
