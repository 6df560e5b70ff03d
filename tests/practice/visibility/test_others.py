"""What those see who are neither side: helpers, who shares the work, researchers, other clinics."""

import datetime

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

from rapport.practice.records.check_ins import CheckIn, Result, Reveal, Share
from rapport.practice.records.coalition import Action, Actor, Domain, Need
from rapport.practice.records.people import (
    Allowed,
    ConsentKind,
    Profile,
    Respondent,
    Role,
    SafetyMark,
    Side,
)
from rapport.practice.records.visits import Story
from rapport.practice.visibility.seen import seen, sight
from rapport.practice.visibility.table import MATRIX, Sight
from rapport.practice.visibility.writing import not_to_be_changed


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.SERVICE_EDITOR])
def test_some_roles_see_nothing_of_anything(role):
    assert {row.of(role) for states in MATRIX.values() for row in states.values()} == {
        Sight.NOTHING
    }


def test_no_researcher_sees_words_and_no_coalition_member_an_answer():
    for kind, states in MATRIX.items():
        for row in states.values():
            assert row.researcher in (Sight.NOTHING, Sight.NUMBERS)
            if kind in (CheckIn, Result):
                assert row.coalition_member is Sight.NOTHING


OTHER = kept(Need(label="o", domain=Domain.FOOD, first_seen=TODAY), "o", pair=None)
ACTION = kept(Action(need="n", what="w", owner="actor", due=TODAY), "t", pair=None)
ACTOR = kept(Actor(shown_as="Jo", role="r", contact="secret", account="jo"), "actor", pair=None)


def test_a_coalition_member_sees_the_needs_they_are_on_while_the_consent_counts():
    agreed = kept(consent(ConsentKind.COALITION_MEMBER, "actor", "n"), "c", pair=None)
    now = facts(JO, ACTOR, agreed)
    assert [sight(each, JO, now) for each in (PLAN, OTHER, ACTION)] == [
        Sight.ALL,
        Sight.NOTHING,
        Sight.ALL,
    ]
    assert seen(ACTOR, JO, now).contact == ""
    assert seen(kept(own()), JO, now) is None
    taken_back = consent(ConsentKind.COALITION_MEMBER, "actor", "n", withdrawn_at=NOW)
    assert seen(PLAN, JO, facts(JO, ACTOR, kept(taken_back, "c"))) is None


@pytest.mark.parametrize(
    ("entry", "agreed", "sees"),
    [
        (helper(), True, True),
        (helper(), False, False),
        (helper(cut_on=TODAY), True, False),
        (helper(until=TODAY - datetime.timedelta(days=1)), True, False),
    ],
    ids=["now", "without consent", "cut", "over"],
)
def test_a_helper_sees_what_they_help_with_while_it_lasts(entry, agreed, sees):
    helped = kept(own(sent_at=None, supporter="kim", respondent=Respondent.SCRIBE), "a")
    records = [kept(entry, "kim", pair=None), helped]
    records += [kept(consent(ConsentKind.SUPPORTER, "kim"), "c")] if agreed else []
    assert (seen(helped, KIM, facts(KIM, *records)) is not None) is sees
    assert seen(kept(own(sent_at=None), "mine"), KIM, facts(KIM, *records)) is None
    mark = kept(SafetyMark(rule="SR8", by=Side.PATIENT, on=TODAY))
    assert seen(mark, KIM, facts(KIM, *records)) is None


@pytest.mark.parametrize(
    ("allowed", "record"),
    [
        (Allowed.STORY, Story(text="t", version=1, on=TODAY, approved_on=TODAY)),
        (Allowed.PLAN, PLAN.record),
        (Allowed.CHECK_INS, own()),
    ],
)
def test_a_helper_sees_more_where_the_patient_allows_it(allowed, record):
    for sees in ((), (allowed,)):
        agreed = kept(consent(ConsentKind.SUPPORTER, "kim"), "c")
        now = facts(KIM, kept(helper(sees=sees), "kim", pair=None), agreed)
        assert (seen(kept(record), KIM, now) is not None) is bool(sees)


def test_research_sees_sent_answers_without_words_of_those_who_agreed():
    entry, other = kept(own(supporter="kim")), kept(theirs(), "b", by=LEE)
    agreed = kept(consent(ConsentKind.RESEARCH), "c")
    now = facts(RAE, entry, other, agreed)
    shown = seen(entry, RAE, now)
    assert (shown.answers, shown.note, shown.supporter) == (ANSWERS, "", None)
    assert seen(other, RAE, now) is None
    with_theirs = facts(RAE, entry, other, agreed, research_pairs=frozenset({"p"}))
    assert seen(other, RAE, with_theirs) is not None
    assert seen(entry, RAE, facts(RAE, entry)) is None
    assert seen(kept(own(sent_at=None)), RAE, now) is None


@pytest.mark.parametrize("viewer", [SAM, LEE, KIM, JO, RAE], ids=lambda each: each.role.value)
def test_nothing_of_another_clinic_is_seen(viewer):
    elsewhere = msgspec.structs.replace(viewer, clinic="other")
    for record in (own(), Profile(shown_as="Sam"), PLAN.record):
        entry = kept(record)
        assert seen(entry, elsewhere, facts(viewer, entry, ACTOR)) is None


@pytest.mark.parametrize("how", [Respondent.SCRIBE, Respondent.PROXY])
@pytest.mark.parametrize(
    "change",
    [
        {"shares": {1: Share.ANSWERS}},
        {"shared_from": TODAY},
        {"reveal": Reveal.AGREED},
        {"answers": {"C1a": 4}, "sent_at": None},
        {"sent_at": NOW},
    ],
)
def test_a_helper_changes_the_check_ins_they_help_with_and_no_other(how, change):
    was = {"sent_at": None} if "sent_at" in change else {}
    agreed = kept(consent(ConsentKind.SUPPORTER, "kim"), "c")
    entry = helper(respondent=how, sees=tuple(Allowed))
    now = facts(KIM, kept(entry, "kim", pair=None), agreed)
    for whose, may in ((None, False), ("another", False), ("kim", True)):
        before = kept(own(supporter=whose, respondent=how, **was), "a")
        after = msgspec.structs.replace(before.record, **change)
        assert (not not_to_be_changed(before, after, KIM, now)) is may
        assert not not_to_be_changed(before, after, SAM, facts(SAM, before))
