"""Answers as they come: what is taken, and one clear error for what is not."""

import math

import msgspec
import pytest

from rapport.core.encoding import to_json
from rapport.core.errors import InputError, UsageError
from rapport.scoring.answers import checked

TAKEN = [
    # questionnaire, answers, what they come to
    ("phq-9", {"1": 2}, {"1": 2}),
    ("phq-9", {"1": 2.0, "2": None}, {"1": 2}),
    ("phq-9", {" 1 ": "Several  days"}, {"1": 1}),
    ("dsq-pem", {"1": {"frequency": 2, "severity": 3}}, {"1f": 2, "1s": 3}),
    ("dsq-pem", {"1": {"f": 2}, "1s": 0}, {"1f": 2, "1s": 0}),
    ("dsq-pem", {"7": True, "8": "no", "9": "14-23 h"}, {"7": 1, "8": 0, "9": 5}),
    ("dsq-1", {"illness_months": 7.5}, {"illness_months": 7.5}),
    ("scc-c", {"C1o": "I have no doubts"}, {"C1o": 5}),
]


@pytest.mark.parametrize(("name", "given", "numbers"), TAKEN)
def test_answers_are_taken_as_numbers_and_as_words(keys, name, given, numbers):
    assert checked(keys[name], given) == numbers


REFUSED = [
    ("phq-9", {"11": 1}, "item 11"),
    ("phq-9", {"1": 4}, "item 1"),
    ("phq-9", {"1": -1}, "item 1"),
    ("phq-9", {"1": 1.5}, "item 1"),
    ("phq-9", {"1": math.nan}, "item 1"),
    ("phq-9", {"1": 10**400}, "item 1"),
    ("phq-9", {"1": "quite often, thank you"}, "item 1"),
    ("phq-9", {"1": "2"}, "item 1"),
    ("phq-9", {"1": True}, "item 1"),
    ("phq-9", {"1": [1]}, "item 1"),
    ("phq-9", {"1": {"frequency": 1}}, "item 1"),
    ("dsq-pem", {"1": 2}, "item 1"),
    ("dsq-pem", {"1": {"often": 2}}, "item 1"),
    ("dsq-pem", {"1f": 1, "1": {"f": 1}}, "answered twice"),
    ("phq-9", {}, "no answers"),
    ("phq-9", {"1": None}, "no answers"),
]


@pytest.mark.parametrize(("name", "given", "said"), REFUSED)
def test_an_answer_that_is_not_possible_is_one_error_that_names_the_item(
    keys, name, given, said
):
    with pytest.raises(InputError, match=said) as refused:
        checked(keys[name], given)
    assert "thank you" not in str(refused.value)
    assert refused.value.exit_status == 2


PASSED_OVER = [
    # the question beside the nine; the rest of a longer questionnaire; a person's own words
    ("phq-9", {"1": 0}, {"10": 2}),
    ("dsq-1", {"14f": 1}, {"70": {"frequency": 1}, "3": "since 2019"}),
    ("scc-p", {"C1a": 0}, {"NOTE": "A few words."}),
]


@pytest.mark.parametrize(("name", "answers", "beside"), PASSED_OVER)
def test_what_is_not_scored_is_passed_over_and_told(score, name, answers, beside):
    result = score(name, {**answers, **beside})
    assert result.not_scored == tuple(beside)
    alone = score(name, answers)
    assert msgspec.structs.replace(result, not_scored=()) == alone
    assert "A few words" not in to_json(result).decode()


def test_an_item_that_nearly_exists_is_suggested(keys):
    with pytest.raises(InputError, match="did you mean C1a"):
        checked(keys["scc-p"], {"c1a": 2})


def test_a_result_names_version_missing_items_and_rule(score):
    result = score("care", {str(i): 5 for i in range(1, 10)})
    assert (result.version.edition, result.version.key) == ("CARE 2004", 1)
    assert result.missing == ("10",)
    total = result.scores["total"]
    assert (total.value, total.answered, total.items, total.filled) == (50, 9, 10, ("10",))
    assert "Up to two" in total.missing_rule


@pytest.mark.parametrize(
    ("points", "band", "reached"),
    [(0, "minimal", False), (4, "minimal", False), (5, "mild", False), (9, "mild", False),
     (10, "moderate", True), (14, "moderate", True), (15, "moderately severe", True),
     (19, "moderately severe", True), (20, "severe", True), (27, "severe", True)],
)  # fmt: skip
def test_a_band_begins_at_its_border(score, points, band, reached):
    answers = {str(i): min(3, max(0, points - 3 * (i - 1))) for i in range(1, 10)}
    total = score("phq-9", answers).scores["total"]
    assert (total.value, total.band.says) == (points, band)
    assert total.cutoffs[0].reached is reached


@pytest.mark.parametrize(
    ("answer", "needed"), [(0, False), (1, True), (3, True), (None, False)]
)
def test_an_answer_about_self_harm_needs_a_person_and_is_no_level_of_risk(
    score, answer, needed
):
    result = score("phq-9", {**{str(i): 0 for i in range(1, 9)}, "9": answer})
    assert [each.item for each in result.attention] == (["9"] if needed else [])
    assert "command line only" in result.research_only
    assert not any("risk" in each.says for each in result.attention)


def test_only_questionnaires_with_symptoms_have_a_threshold(score):
    assert "frequency at least 2" in score("dsq-pem", {"1f": 2, "1s": 2}).threshold
    chosen = score("dsq-pem", {"1f": 1, "1s": 1}, least={"f": 1, "s": 1})
    assert "frequency at least 1" in chosen.threshold
    assert chosen.findings[0].result == "answers fit"
    with pytest.raises(UsageError):
        score("gad-7", {"1": 1}, least={"f": 1, "s": 1})
