"""Case definitions from symptoms: what fits, what does not, what is missing, and never a diagnosis."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.core.encoding import to_json
from rapport.scoring.results import Fit

RAND = {"role_physical": 0, "social_functioning": 25, "vitality": 10}
HISTORY = {
    "fatigue": "yes",
    "new_or_definite_onset": "yes",
    "due_to_ongoing_exertion": "no",
    "much_relieved_by_rest": "no",
    "explained_by_other_condition": "no",
    "illness_months": 24,
}


def symptoms(*numbers, frequency=2, severity=2, others=0):
    """All symptoms asked about: those named at this height, the others at another."""
    return {
        f"{item}{part}": (value if item in numbers else others)
        for item in range(14, 67)
        for part, value in (("f", frequency), ("s", severity))
    }


def fit(score, answers, definition, least=None):
    found = score("dsq-1", answers, least=least).definitions
    return next(each for each in found if each.definition == definition)


CASES = [
    # definition, symptoms had, what is known besides, and what it comes to
    ("iom_2015", (14, 19, 36), {}, Fit.FIT),
    ("iom_2015", (18, 19, 50), {}, Fit.FIT),
    ("iom_2015", (14, 19), {}, Fit.DO_NOT_FIT),
    ("iom_2015", (14, 36), {}, Fit.DO_NOT_FIT),
    ("iom_2015", (19, 36), {}, Fit.DO_NOT_FIT),
    ("iom_2015", (14, 19, 36), {"illness_months": 6}, Fit.DO_NOT_FIT),
    ("iom_2015", (14, 19, 36), {"vitality": 36, "social_functioning": 63}, Fit.DO_NOT_FIT),
    ("iom_2015", (14, 19, 36), {"vitality": 35, "social_functioning": 63}, Fit.FIT),
    (
        "iom_2015",
        (14, 19, 36),
        {"vitality": None, "social_functioning": None},
        Fit.CANNOT_BE_KNOWN,
    ),
    ("iom_2015", (14, 19, 36), {"fatigue": None}, Fit.CANNOT_BE_KNOWN),
    ("ccc_2003", (14, 20, 25, 32, 44, 45, 52), {}, Fit.FIT),
    ("ccc_2003", (14, 20, 25, 32, 45, 52), {}, Fit.DO_NOT_FIT),
    ("ccc_2003", (14, 20, 25, 32, 44, 45, 51), {}, Fit.DO_NOT_FIT),
    ("ccc_2003", (14, 20, 25, 32, 44, 45, 66), {"illness_months": 4}, Fit.CANNOT_BE_KNOWN),
    ("ccc_2003", (14, 20, 25, 32, 44, 45, 66), {"illness_months": 4, "age_years": 17}, Fit.FIT),
    (
        "ccc_2003",
        (14, 20, 25, 32, 44, 45, 66),
        {"illness_months": 4, "age_years": 18},
        Fit.DO_NOT_FIT,
    ),
    ("fukuda_1994", (19, 25, 26, 62), {"pem_hours": 0}, Fit.FIT),
    ("fukuda_1994", (19, 25, 26), {"pem_hours": 25}, Fit.FIT),
    ("fukuda_1994", (19, 25, 26), {"pem_hours": 24}, Fit.DO_NOT_FIT),
    ("fukuda_1994", (19, 25, 26), {}, Fit.CANNOT_BE_KNOWN),
    ("fukuda_1994", (19, 25), {}, Fit.DO_NOT_FIT),
    ("fukuda_1994", (19, 25, 31), {"new_headache_type": "yes", "pem_hours": 48}, Fit.FIT),
    ("fukuda_1994", (19, 25, 31), {"new_headache_type": "no", "pem_hours": 48}, Fit.DO_NOT_FIT),
    (
        "icc_2011",
        (14, 36, 25, 19, 62, 29, 45, 50),
        {"activity_significantly_reduced": "yes"},
        Fit.FIT,
    ),
    (
        "icc_2011",
        (14, 36, 25, 19, 62, 29, 50),
        {"activity_significantly_reduced": "yes", "viral_susceptibility": "no"},
        Fit.DO_NOT_FIT,
    ),
    ("icc_2011", (14, 36, 25, 19, 62, 29, 45, 50), {}, Fit.CANNOT_BE_KNOWN),
]


@pytest.mark.parametrize(("definition", "had", "more", "result"), CASES)
def test_answers_fit_as_the_definition_says(score, definition, had, more, result):
    answers = {**symptoms(*had), **HISTORY, **RAND, **more}
    found = fit(score, answers, definition)
    assert found.result is result
    assert bool(found.unmet) == (result is Fit.DO_NOT_FIT)


@pytest.mark.parametrize(
    ("frequency", "severity", "counts"),
    [(2, 2, True), (4, 1, False), (1, 4, False), (2, 0, False), (4, 4, True)],
)
def test_a_symptom_counts_with_both_frequency_and_severity(score, frequency, severity, counts):
    answers = {
        **symptoms(14, 19, 36, frequency=frequency, severity=severity),
        **HISTORY,
        **RAND,
    }
    assert (fit(score, answers, "iom_2015").result is Fit.FIT) == counts


def test_the_threshold_can_be_chosen(score):
    answers = {**symptoms(14, 19, 36, frequency=1, severity=1), **HISTORY, **RAND}
    assert fit(score, answers, "iom_2015").result is Fit.DO_NOT_FIT
    assert fit(score, answers, "iom_2015", least={"f": 1, "s": 1}).result is Fit.FIT


def test_half_an_answer_is_not_known_rather_than_absent(score):
    answers = {**symptoms(14, 36), **HISTORY, **RAND}
    del answers["19s"]
    found = fit(score, answers, "iom_2015")
    assert found.result is Fit.CANNOT_BE_KNOWN
    assert found.unknown[0].because == ("unrefreshing_sleep: not answered, or not wholly: 19",)


def test_counted_symptoms_are_known_as_soon_as_the_missing_ones_cannot_matter(score):
    answers = {**symptoms(14, 20, 25, 32, 44, 45, 52), **HISTORY, **RAND}
    for item in (33, 34):
        del answers[f"{item}f"]
    assert fit(score, answers, "ccc_2003").result is Fit.FIT
    fewer = {**answers, "44f": 0}
    found = fit(score, fewer, "ccc_2003")
    assert found.result is Fit.CANNOT_BE_KNOWN
    assert "33, 34" in found.unknown[0].because[0]


def test_unmet_criteria_are_listed_in_words(score):
    answers = {**symptoms(36), **HISTORY, **RAND, "illness_months": 3}
    found = fit(score, answers, "iom_2015")
    assert [each.split(",")[0].split(":")[0] for each in found.unmet] == [
        "months since it began",
        "malaise after exertion",
        "unrefreshing sleep",
    ]
    assert found.unmet[0] == "months since it began: more than 6"


def test_what_a_questionnaire_cannot_tell_says_so(score):
    found = fit(score, {**symptoms(19, 25, 26, 62), **RAND}, "fukuda_1994")
    assert found.result is Fit.CANNOT_BE_KNOWN
    reasons = " ".join(reason for each in found.unknown for reason in each.because)
    assert "Only a medical examination can tell" in reasons


def test_an_answer_of_ones_own_settles_what_scores_would(score):
    answers = {**symptoms(14, 19, 36), **HISTORY, "substantial_reduction_in_activity": "no"}
    assert fit(score, answers, "iom_2015").result is Fit.DO_NOT_FIT
    assert fit(score, {**answers, **RAND}, "iom_2015").result is Fit.DO_NOT_FIT
    answers["substantial_reduction_in_activity"] = "yes"
    assert fit(score, answers, "iom_2015").result is Fit.FIT


def test_more_symptoms_never_take_a_person_out(score):
    """Adding symptoms one by one, a fit stays a fit in all four definitions."""
    had: list[int] = []
    fitted: set[str] = set()
    more = {"activity_significantly_reduced": "yes", "pem_hours": 48}
    for item in range(14, 67):
        had.append(item)
        found = score("dsq-1", {**symptoms(*had), **HISTORY, **RAND, **more}).definitions
        now = {each.definition for each in found if each.result is Fit.FIT}
        assert fitted <= now
        fitted = now
    assert fitted == {"iom_2015", "ccc_2003", "icc_2011", "fukuda_1994"}


EVERYTHING = {
    **symptoms(14, 19, 20, 25, 32, 36, 45, 52, 62),
    **HISTORY,
    **RAND,
    "pem_hours": 30,
}


@settings(max_examples=40, deadline=None)
@given(left_out=st.sets(st.sampled_from(sorted(EVERYTHING)), max_size=25))
def test_leaving_answers_out_never_turns_a_fit_into_its_opposite(score, left_out):
    whole = score("dsq-1", EVERYTHING).definitions
    known = {item: value for item, value in EVERYTHING.items() if item not in left_out}
    for before, after in zip(whole, score("dsq-1", known).definitions, strict=True):
        assert (
            after.result in (before.result, Fit.CANNOT_BE_KNOWN)
            or before.result is Fit.CANNOT_BE_KNOWN
        )
        if before.result is Fit.CANNOT_BE_KNOWN:
            assert after.result is Fit.CANNOT_BE_KNOWN


def test_no_result_speaks_of_a_diagnosis_but_to_deny_it(score):
    result = score("dsq-1", {**symptoms(14, 19, 36), **HISTORY, **RAND})
    assert all("diagnosis" not in to_json(each).decode() for each in result.definitions)
    assert any(each.startswith("A diagnosis") for each in result.never)
