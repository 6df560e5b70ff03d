"""Every cue for a value comes with sentences of our own; here they are run."""

import pytest

from rapport.core import vocabulary
from rapport.evidence.read.text.cue_reader import CueReader
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.reading.values import (
    CONDUCT,
    DESCRIBED,
    HARMS,
    country_names,
    value_rules,
)

CUES = [cue for name in (CONDUCT, DESCRIBED, HARMS) for cue in value_rules(name).filled()]


def fires(cue, text):
    said = Sentence(
        field="text",
        start=0,
        end=len(text),
        text=text,
        section=SectionKind(cue.where[0]),
        titles=(),
        paragraph=0,
    )
    return bool(CueReader([cue]).read(Lookup([said])))


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_a_cue_for_a_value_fires_in_its_examples_only(cue):
    assert cue.examples
    assert [text for text in cue.examples if not fires(cue, text)] == []
    assert [text for text in cue.counter_examples if fires(cue, text)] == []


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_a_cue_for_a_value_counts_only_in_known_places(cue):
    assert set(cue.where) <= {kind.value for kind in SectionKind}


@pytest.mark.parametrize(
    ("name", "field", "values"),
    [
        (CONDUCT, "blinding", {*vocabulary.BlindParty, *vocabulary.BlindLevel}),
        (CONDUCT, "control", {*vocabulary.Control} - {vocabulary.Control.NONE}),
        (CONDUCT, "randomisation", {"yes", "no", "clusters", "concealed"}),
        (DESCRIBED, "severity", {"named", "affected", "graded", "confined"}),
        (DESCRIBED, "setting", {*vocabulary.Setting}),
        (
            DESCRIBED,
            "setting_in_passing",
            {vocabulary.Setting.ONLINE, vocabulary.Setting.PRIMARY_CARE},
        ),
        (HARMS, "sought", {"yes", "no"}),
        (HARMS, "how", {*vocabulary.HarmsMethod}),
        (HARMS, "found", {"some", "none"}),
        (HARMS, "serious", {"some", "none"}),
    ],
)
def test_every_value_of_a_field_has_a_cue_and_every_cue_a_value(name, field, values):
    assert {cue.says for cue in value_rules(name).cues if cue.field == field} == values


def test_no_country_is_written_like_another():
    written = [
        each for name, others in country_names().names.items() for each in (name, *others)
    ]
    assert len(written) == len(set(written))
