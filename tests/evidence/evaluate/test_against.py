"""Two runs side by side: every error is mended, new or still there, and nothing else."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.errors import InputError
from rapport.evidence.evaluate.against import compared, told
from rapport.evidence.evaluate.metrics import share
from rapport.evidence.evaluate.run import (
    ErrorFound,
    EvaluationRun,
    FieldEvaluation,
    Scores,
    without_sentences,
)

TEXTS = {"a": {"text": "Nobody asked. All met the Canadian criteria."}}


def error(study, read="not_stated", **values):
    return ErrorFound(
        id=study, about="badge", text_kind="text", expected="required", read=read, **values
    )


def field(right, of=10):
    counted = share(right, of)
    return FieldEvaluation(
        field="badge", right=right, of=of, low=0.0, high=1.0, strict=Scores(right=counted)
    )


def run(*errors, **values):
    return EvaluationRun(
        **{
            "measured_on": "10 studies.",
            "date": "2026-01-01",
            "reader": "1",
            "knowledge": "k",
            "seed": 1,
            "draws": 1,
            "fields": (field(10 - len(errors)),),
            "errors": errors,
            "labels": "hash",
            **values,
        }
    )


def test_each_error_is_mended_new_or_still_there():
    before = run(error("a"), error("b"))
    now = run(error("b", "mixed"), error("c"), reader="2")
    found = compared(before, now, {})
    assert [one.id for one in found.mended] == ["a"]
    assert [one.id for one in found.new] == ["c"]
    assert [(one.id, one.read) for one in found.still] == [("b", "mixed")]
    text = told(found)
    assert "before: reader 1" in text
    assert "now:    reader 2" in text
    assert "badge: right in 8 of 10, before 8 of 10 (+0)" in text


def test_the_sentence_of_a_mended_error_is_cut_from_the_text():
    placed = error("a", field="text", start=14, end=44, sentence="said")
    before = without_sentences(run(placed))
    assert before.errors[0].sentence is None
    (mended,) = compared(before, run(), TEXTS).mended
    assert mended.sentence == "All met the Canadian criteria."


@pytest.mark.parametrize("end", [45, 10_000])
def test_a_place_beyond_the_text_gives_no_sentence(end):
    before = run(error("a", field="text", start=14, end=end))
    (mended,) = compared(before, run(), TEXTS).mended
    assert mended.sentence is None


@pytest.mark.parametrize(
    "other",
    [
        {"labels": "another hash"},
        {"labels": None, "measured_on": "11 studies."},
        {"fields": ()},
    ],
)
def test_runs_on_other_labels_are_not_compared(other):
    with pytest.raises(InputError, match="other labels"):
        compared(run(**other), run(), {})


def test_a_run_stored_before_labels_had_a_hash_is_known_by_its_words():
    assert compared(run(labels=None), run(), {}).new == ()


STUDIES = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(STUDIES, STUDIES)
def test_no_error_is_lost_and_none_counted_twice(before, now):
    found = compared(run(*map(error, before)), run(*map(error, now)), {})
    mended, new, still = (
        {one.id for one in part} for part in (found.mended, found.new, found.still)
    )
    assert mended | still == set(before)
    assert new | still == set(now)
    assert not mended & new


def test_a_run_survives_being_stored():
    stored = msgspec.json.encode(run(error("a", case="3")))
    assert msgspec.json.decode(stored, type=EvaluationRun) == run(error("a", case="3"))
