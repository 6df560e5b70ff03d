"""Every questionnaire of the contracts is there: with a key whose examples hold, or with a reason."""

import msgspec
import pytest

from rapport.core.errors import UserError
from rapport.knowledge.checking.instruments import CONTRACT, instrument_problems
from rapport.knowledge.load import everything, instruments
from rapport.scoring.results import Fit
from rapport.scoring.scales import score_many

KEYS = instruments()
KNOWLEDGE = everything()
INCOMPLETE = sorted(name for name, key in KEYS.items() if key.incomplete)
EXAMPLES = [
    pytest.param(key.id, example, id=f"{key.id}-{number}")
    for key in KEYS.values()
    for number, example in enumerate(key.examples)
]
IN_WORDS = {"yes": Fit.FIT, "no": Fit.DO_NOT_FIT, "not_stated": Fit.CANNOT_BE_KNOWN}
# Whose licence lets item texts be here; of the others only numbers are.
WITH_TEXT = {"phq-9", "gad-7", "collaborate", "rand36-pf", "scc-p", "scc-c"}


def test_the_questionnaires_are_those_of_the_contracts():
    assert sorted(KEYS) == sorted(CONTRACT)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_comes_to_what_was_worked_out_by_hand(score, name, example):
    result = score(name, example.answers)
    for scale, value in example.scores.items():
        made = result.scores[scale].value
        assert made == (None if value == "none" else value), (scale, example.who)
    found = {each.id: each.result for each in result.findings}
    for finding, answer in example.findings.items():
        assert found[finding] is IN_WORDS[answer], (finding, example.who)
    fit = {each.definition: each.result for each in result.definitions}
    for definition, answer in example.definitions.items():
        assert fit[definition] is IN_WORDS[answer], (definition, example.who)


@pytest.mark.parametrize("name", INCOMPLETE)
def test_an_incomplete_key_is_refused_with_its_reason(score, name):
    with pytest.raises(UserError) as refused:
        score(name, {"1": 1})
    assert KEYS[name].incomplete in str(refused.value)
    assert refused.value.exit_status == 1
    with pytest.raises(UserError):
        score_many(KEYS[name], {})


@pytest.mark.parametrize("name", INCOMPLETE)
def test_an_incomplete_key_says_what_is_known_and_where_from(name):
    assert KEYS[name].known
    assert KEYS[name].sources
    assert "not verified" in KEYS[name].incomplete


def test_item_texts_are_here_only_where_the_licence_allows_it():
    assert {
        n for n, key in KEYS.items() if any(group.texts for group in key.items)
    } == WITH_TEXT


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_key_calls_nothing_a_diagnosis_but_to_deny_it(name):
    key = KEYS[name]
    said = [
        *(band.says for scale in key.scales for band in (*scale.bands, *scale.cutoffs)),
        *(finding.says for finding in key.findings),
    ]
    assert not any("diagnos" in each.casefold() for each in said)


BROKEN = [
    # what is changed in the key of gad-7, and what is then said of it
    ({"incomplete": "not verified"}, "its key is incomplete, and has one"),
    ({"examples": ()}, "no key with examples"),
    ({"items": KEYS["gad-7"].items * 2}, "is there twice"),
    ({"threshold": None, "items": KEYS["dsq-pem"].items}, "when a symptom counts"),
    (
        {"scales": (msgspec.structs.replace(KEYS["gad-7"].scales[0], highest=20),)},
        "its items give 0 to 21",
    ),
    (
        {"scales": (msgspec.structs.replace(KEYS["gad-7"].scales[0], items=("99",)),)},
        "names the item 99",
    ),
    (
        {"scales": (msgspec.structs.replace(KEYS["gad-7"].scales[0], least_answered=8),)},
        "asks for 8 of 7",
    ),
    (
        {"definitions": (KEYS["dsq-1"].definitions[0],)},
        "there is no such item",
    ),
]


@pytest.mark.parametrize(("change", "message"), BROKEN)
def test_a_key_that_does_not_hold_together_is_found(change, message):
    broken = msgspec.structs.replace(KEYS["gad-7"], **change)
    knowledge = msgspec.structs.replace(KNOWLEDGE, instruments={**KEYS, "gad-7": broken})
    assert message in "\n".join(each.message for each in instrument_problems(knowledge))


def test_a_missing_questionnaire_and_a_missing_feature_are_found():
    key = KEYS["dsq-1"]
    less = msgspec.structs.replace(key.definitions[0], not_asked={})
    broken = msgspec.structs.replace(key, definitions=(less, *key.definitions[1:]))
    without = {name: each for name, each in KEYS.items() if name != "care"} | {"dsq-1": broken}
    knowledge = msgspec.structs.replace(KNOWLEDGE, instruments=without)
    said = {each.entry: each.message for each in instrument_problems(knowledge)}
    assert "there is none" in said["care"]
    assert "illness_months" in said["dsq-1"]


def test_the_keys_of_the_package_hold_together():
    assert list(instrument_problems(KNOWLEDGE)) == []
