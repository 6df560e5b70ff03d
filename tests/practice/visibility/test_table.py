"""Who sees what: the table whole, and what each side sees of the other."""

import datetime
from typing import get_args

import msgspec
import pytest
from tests.practice.visibility.people import (
    ANSWERS,
    JO,
    KIM,
    LEE,
    NOW,
    PLAN,
    RAE,
    SAM,
    TODAY,
    consent,
    facts,
    helper,
    kept,
    own,
    theirs,
)

from rapport.practice.records.check_ins import Band, Entered, Result, Reveal, Share
from rapport.practice.records.coalition import Domain, Need
from rapport.practice.records.kept import Record
from rapport.practice.records.people import (
    ConsentKind,
    Profile,
    Respondent,
    Role,
    SafetyMark,
    Side,
)
from rapport.practice.records.visits import Story
from rapport.practice.visibility.seen import seen
from rapport.practice.visibility.states import State, state_of
from rapport.practice.visibility.table import MATRIX, Row, page
from rapport.practice.visibility.viewer import Facts
from rapport.practice.visibility.writing import WRITERS, not_to_be_changed
from rapport.scoring.check_in import check_in


def test_every_kind_of_record_has_a_row_for_each_of_its_states_and_says_who_writes_it():
    kinds = set(get_args(Record))
    assert set(MATRIX) == kinds
    assert set(WRITERS) == kinds
    used = [state for states in MATRIX.values() for state in states]
    assert set(used) == set(State)


def test_every_role_has_a_place_in_every_row():
    assert set(Row.__struct_fields__) == {role.name.lower() for role in Role}
    for kind, states in MATRIX.items():
        for state in states:
            assert f"| {kind.__name__} | {state.value} |" in page()


DRAFT, SENT = own(sent_at=None), own()


LATER = own(shared_from=TODAY + datetime.timedelta(days=1))


STATES = [
    (DRAFT, State.DRAFT),
    (SENT, State.SENT),
    (LATER, State.WAITING),
    (own(shared_from=TODAY), State.SENT),
    (theirs(sent_at=None), State.OTHER_DRAFT),
    (theirs(), State.OTHER_SENT),
    (theirs(own_side_released=True), State.RELEASED),
    (Story(text="t", version=1, on=TODAY), State.NOT_APPROVED),
    (Story(text="t", version=1, on=TODAY, approved_on=TODAY), State.APPROVED),
    (consent(ConsentKind.RESEARCH), State.RESEARCH),
    (consent(ConsentKind.RELATIONSHIP), State.ANY_OTHER),
    (SafetyMark(rule="SR8", by=Side.PRACTITIONER, on=TODAY), State.CONCERN),
    (SafetyMark(rule="SR8", by=Side.PATIENT, on=TODAY), State.MARKED),
    (SafetyMark(rule="SR6", by=Side.PRACTITIONER, on=TODAY), State.MARKED),
    (Need(label="n", domain=Domain.FOOD, first_seen=TODAY), State.KEPT),
]


@pytest.mark.parametrize(("record", "state"), STATES)
def test_the_state_of_a_record(record, state):
    entry = kept(record)
    assert state_of(entry, facts(LEE, entry)) is state
    assert state in MATRIX[type(record)]


def test_answers_are_bands_unless_the_patient_says_answers_challenge_by_challenge():
    entry = kept(own(shares={2: Share.ANSWERS, 1: Share.BANDS}))
    shown = seen(entry, LEE, facts(LEE, entry))
    assert shown.answers == {"S0": 1, "C2a": 4, "PICK": 1}
    assert shown.bands == {1: Band.STRAIN}
    assert shown.note == "a word"
    assert seen(entry, SAM, facts(SAM, entry)) == entry.record


def test_without_the_patients_yes_a_practitioner_sees_a_name_and_what_they_wrote_themselves():
    name = kept(Profile(shown_as="Sam"), "n", pair=None)
    mine, of_it = kept(theirs(), "b", by=LEE), kept(result(patient="a"), "r", by=LEE)
    sent, need = kept(own(), "a"), kept(PLAN.record, "o", pair=None)
    known = (name, mine, of_it, sent, need)
    shown = [bool(seen(each, LEE, facts(LEE, *known, agreed=()))) for each in known]
    assert shown == [True, True, False, False, False]
    assert all(seen(each, LEE, facts(LEE, *known)) for each in known)
    taken_back = kept(consent(ConsentKind.RELATIONSHIP, "p", withdrawn_at=NOW), "w")
    assert seen(sent, LEE, facts(LEE, *known, taken_back, agreed=())) is None
    assert seen(sent, LEE, facts(LEE, *known, agreed=("another",))) is None


def test_before_the_day_the_patient_chose_only_a_wish_for_help_is_there():
    entry = kept(LATER)
    shown = seen(entry, LEE, facts(LEE, entry))
    assert (shown.answers, shown.note, shown.bands) == ({"S0": 1}, "", {})
    quiet = kept(msgspec.structs.replace(LATER, answers={"C1a": 0}))
    assert seen(quiet, LEE, facts(LEE, quiet)) is None


@pytest.mark.parametrize(
    ("mine", "other", "shown"),
    [
        (Reveal.AGREED, Reveal.AGREED, {"C1a_pred": 3, "C1x_c": 2}),
        (Reveal.AGREED, Reveal.OPEN, None),
        (Reveal.OPEN, Reveal.AGREED, None),
        (Reveal.AGREED, Reveal.DECLINED, None),
        (Reveal.DECLINED, Reveal.AGREED, None),
    ],
)
def test_what_was_expected_is_shown_only_if_both_agree(mine, other, shown):
    left, right = kept(own(reveal=mine), "a"), kept(theirs(reveal=other), "b", by=LEE)
    found = seen(right, SAM, facts(SAM, left, right))
    assert (found.answers if found else None) == shown


def test_own_side_alone_where_it_was_released():
    entry = kept(theirs(own_side_released=True), by=LEE)
    assert seen(entry, SAM, facts(SAM, entry)).answers == {"C1o": 1, "PICKo": 1}


def test_a_later_reveal_does_not_open_another_check_in():
    old, new = kept(own(sent_at=NOW - datetime.timedelta(60)), "a"), kept(own(), "c")
    old = msgspec.structs.replace(
        old, record=msgspec.structs.replace(old.record, reveal=Reveal.AGREED)
    )
    ours = kept(theirs(reveal=Reveal.AGREED), "b", by=LEE)
    assert seen(ours, SAM, facts(SAM, old, new, ours)) is None


def result(**more):
    scored = check_in({k: float(v) for k, v in ANSWERS.items()}, "e")
    return Result(scored=scored, on=TODAY, respondent=Respondent.SELF, **more)


def test_a_result_has_no_numbers_of_what_the_patient_keeps_back():
    entry = kept(own(shares={2: Share.ANSWERS}), "a")
    of_it = kept(result(patient="a"), "r")
    first, second, *_ = seen(of_it, LEE, facts(LEE, entry, of_it)).scored.challenges
    assert (first.strain, second.strain) == (None, 0.0)
    assert seen(of_it, SAM, facts(SAM, entry, of_it)) == of_it.record
    waiting = kept(LATER, "a")
    assert seen(of_it, LEE, facts(LEE, waiting, of_it)) is None


def test_a_result_of_both_is_the_patients_only_if_both_agree():
    both = kept(result(patient="a", practitioner="b"), "r")
    for agreed in (Reveal.OPEN, Reveal.AGREED):
        left, right = kept(own(reveal=agreed), "a"), kept(theirs(reveal=agreed), "b", by=LEE)
        found = seen(both, SAM, facts(SAM, left, right, both))
        assert (found is not None) is (agreed is Reveal.AGREED)


def test_a_result_that_is_revealed_says_nothing_of_the_practitioners_own_side_until_released():
    said = {k: float(v) for k, v in ANSWERS.items()}
    alone, scored = check_in(said, "e"), check_in({**said, "C1o": 0.0, "C4o": 0.0}, "e")
    assert scored.challenges != alone.challenges
    both = kept(
        msgspec.structs.replace(result(patient="a", practitioner="b"), scored=scored), "r"
    )
    left = kept(own(reveal=Reveal.AGREED), "a")
    for released in (False, True):
        right = kept(theirs(reveal=Reveal.AGREED, own_side_released=released), "b", by=LEE)
        found = seen(both, SAM, facts(SAM, left, right, both)).scored
        assert found == (scored if released else alone)


def test_a_practitioner_sees_own_pairs_and_nothing_once_they_ended():
    entry, of_patient = kept(own(), pair="other"), kept(Profile(shown_as="Sam"), pair=None)
    assert seen(entry, LEE, facts(LEE, entry)) is None
    assert seen(of_patient, LEE, facts(LEE, of_patient)) is not None
    assert seen(of_patient, LEE, facts(LEE, of_patient, pairs=())) is None


def test_facts_without_records_let_nobody_but_the_patient_see():
    entry = kept(own())
    for viewer in (LEE, KIM, JO, RAE):
        assert seen(entry, viewer, Facts(today=TODAY)) is None
    assert seen(entry, SAM, Facts(today=TODAY)) is not None


def test_without_the_yes_a_profile_is_a_name_a_contact_and_how_ill_and_a_helper_can_be_ended():
    full = Profile(shown_as="Sam", contact="s@x", severe=True, conditions=("dark",))
    name, kim = kept(full, "n", pair=None), kept(helper(), "kim", pair=None)
    now = facts(LEE, name, kim, agreed=())
    assert seen(name, LEE, now) == msgspec.structs.replace(full, conditions=())
    assert seen(name, LEE, facts(LEE, name)) == full
    change = msgspec.structs.replace
    assert not not_to_be_changed(name, change(full, severe=False), LEE, now)
    assert not_to_be_changed(name, change(full, conditions=()), LEE, now)
    assert not not_to_be_changed(kim, change(kim.record, cut_on=TODAY), LEE, now)


def test_what_is_copied_from_paper_is_changed_by_who_copies_it_alone():
    before = kept(own(sent_at=None, entered=Entered.PAPER), "a", by=LEE)
    for change in ({"answers": {"C1a": 4}}, {"sent_at": NOW}):
        after = msgspec.structs.replace(before.record, **change)
        assert not not_to_be_changed(before, after, LEE, facts(LEE, before))
        assert not_to_be_changed(before, after, SAM, facts(SAM, before))


@pytest.mark.parametrize(("days", "state"), [(14, State.WAITING), (15, State.SENT)])
def test_a_draft_that_was_forgotten_holds_nothing_back(days, state):
    entry = kept(own(), "a")
    begun = NOW - datetime.timedelta(days=days)
    draft = kept(theirs(sent_at=None, started_at=begun), "b", by=LEE)
    assert state_of(entry, facts(LEE, entry, draft)) is state


@pytest.mark.parametrize("closed", [None, TODAY])
@pytest.mark.parametrize("viewer", [SAM, KIM])
def test_a_practitioners_worry_is_never_shown_not_even_once_it_is_settled(closed, viewer):
    mark = SafetyMark(rule="SR8", by=Side.PRACTITIONER, on=TODAY, closed_on=closed)
    entry = kept(mark, "m", by=LEE)
    assert seen(entry, viewer, facts(viewer, entry)) is None
    assert seen(entry, LEE, facts(LEE, entry, agreed=())) == mark
