"""Owners, the energy ledger, honest ends, the plan: who does what, and what it costs."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.coalition.conftest import TODAY, action, day

from rapport.practice.coalition import closing, owners, plan
from rapport.practice.coalition.held import Coalition, coalition_of, open_needs
from rapport.practice.coalition.ledger import ledger
from rapport.practice.coalition.rules import rules
from rapport.practice.records.coalition import (
    Action,
    ActionState,
    Cost,
    DesiredResult,
    Domain,
    Fits,
    GapReason,
    Match,
    NeedState,
    Request,
    Service,
)


@pytest.mark.parametrize(
    ("asker", "owner"),
    [("dr", "dr"), ("sis", "sis"), ("me", "dr"), (None, "dr"), ("gone", "dr")],
)
def test_a_new_action_never_falls_to_the_person(coalition, asker, owner):
    assert owners.default_owner(coalition.actors, asker) == owner


def test_where_there_is_only_the_person_nobody_owns_a_new_action(coalition):
    assert owners.default_owner({"me": coalition.actors["me"]}, "me") is None


def test_an_action_needs_words_one_owner_and_a_need(coalition):
    wrong = Action(need="n9", what=" ", owner="nobody", due=TODAY)
    assert len(owners.problems(wrong, coalition)) == 3
    assert owners.problems(coalition.actions["a1"], coalition) == ()


@pytest.mark.parametrize(
    ("own", "others", "hint"),
    # The hint begins above 30 %, not at it.
    [(0, 0, False), (3, 7, False), (4, 6, True), (1, 0, True), (0, 5, False)],
)
def test_the_hint_that_the_person_does_too_much(coalition, own, others, hint):
    actions = {f"p{n}": action("n1", "x", "me", 1) for n in range(own)}
    actions |= {f"o{n}": action("n1", "x", "dr", 1) for n in range(others)}
    actions["done"] = action("n1", "x", "me", 1, state=ActionState.DONE)
    found = owners.share(msgspec.structs.replace(coalition, actions=actions), rules())
    assert (found.open, found.of_person, found.hint) == (own + others, own, hint)


def test_what_is_overdue_is_shown_to_its_owner_alone_and_never_to_the_person(coalition):
    assert [(each.action, each.days) for each in owners.overdue(coalition, "sis", TODAY)] == [
        ("a1", 3)
    ]
    assert owners.overdue(coalition, "dr", TODAY) == ()
    assert owners.overdue(coalition, "me", TODAY) == ()


def test_the_weekly_line_is_wanted_calm_and_the_same_all_week(coalition):
    assert owners.weekly_line(coalition, wanted=False, today=TODAY) is None
    # 22 November 2026 is a Sunday.
    lines = {owners.weekly_line(coalition, wanted=True, today=day(-n)) for n in range(7)}
    assert lines == {
        "Week of 16 November 2026: others do 2 things for you. You need do nothing."
    }
    assert owners.weekly_line(Coalition(), wanted=True, today=TODAY) is None


def test_the_ledger_sets_effort_beside_benefit_and_adds_nothing_up(coalition):
    spent = msgspec.structs.replace(
        coalition,
        actions={
            **coalition.actions,
            "a4": action("n1", "try it", "me", -1, state=ActionState.DONE, burden=Cost.HIGH),
            "a5": action("n1", "again", "me", -1, state=ActionState.DROPPED, burden=Cost.HIGH),
            "a6": action(
                "n1", "more", "dr", -1, state=ActionState.DONE, benefit="Meals on Monday"
            ),
        },
    )
    first, second = ledger(spent)
    assert (first.need, first.spent, first.ahead, first.benefits, first.ask) == (
        "n1",
        {Cost.HIGH: 1},
        {},
        ("Meals on Monday",),
        False,
    )
    # A need that costs much, and that nothing came of yet.
    assert (second.ahead, second.of_person, second.ask) == ({Cost.LOW: 1}, 1, True)


def test_the_ledger_leaves_out_what_the_person_withdrew(coalition):
    gone = msgspec.structs.replace(coalition.needs["n2"], state=NeedState.WITHDRAWN)
    assert [
        line.need
        for line in ledger(
            msgspec.structs.replace(coalition, needs={**coalition.needs, "n2": gone})
        )
    ] == ["n1"]


@pytest.mark.parametrize("end", closing.ENDS)
def test_closing_a_need_ends_its_actions_and_no_others(coalition, end):
    looked = Match(
        need="n2",
        service="",
        fits=Fits.DOES_NOT_FIT,
        gap=GapReason.NONE_EXISTS,
        checked_on=TODAY,
    )
    held = msgspec.structs.replace(coalition, matches={"m": looked})
    found = closing.closed(held, "n2", end, TODAY)
    assert (found.need.state, found.need.closed_on) == (end, TODAY)
    assert set(found.dropped) == {"a2", "a3"}
    assert {each.state for each in found.dropped.values()} == {ActionState.DROPPED}
    assert closing.reopened(found.need).closed_on is None


@pytest.mark.parametrize(
    ("need", "end"),
    [
        ("n2", NeedState.UNMET),  # nobody has looked for anything
        ("n2", NeedState.OPEN),
        ("n9", NeedState.MET),
    ],
)
def test_a_need_is_not_closed_without_an_honest_end(coalition, need, end):
    assert closing.refusals(coalition, need, end)
    with pytest.raises(ValueError, match=r"\.$"):
        closing.closed(coalition, need, end, TODAY)


def test_a_closed_need_is_not_closed_again(coalition):
    met = msgspec.structs.replace(coalition.needs["n2"], state=NeedState.MET)
    held = msgspec.structs.replace(coalition, needs={"n2": met})
    assert closing.refusals(held, "n2", NeedState.MET) == ("This need is closed already.",)


def test_the_first_need_of_the_person_comes_first(coalition):
    assert list(open_needs(coalition)) == ["n2", "n1"]


def test_each_version_of_the_plan_stays_as_it_was_agreed(coalition):
    held = msgspec.structs.replace(
        coalition, results={"d": DesiredResult(need="n1", what="a warm meal a day")}
    )
    first = plan.version_of(held, {}, agreed_by=("me", "dr"), on=TODAY, review_on=day(28))
    assert (first.version, first.parts) == (1, ("n2", "a2", "a3", "n1", "d", "a1"))
    assert first.text == (
        "1. A form for benefits\n"
        "   Ada: sign the form, by 13 November 2026\n"
        "   Dr Lee: write the letter, by 27 November 2026\n"
        "\n"
        "2. Help with meals\n"
        "   Better would be: a warm meal a day\n"
        "   Bea: call the kitchen, by 19 November 2026"
    )
    later = msgspec.structs.replace(held, plans={"p1": first}, actions={})
    second = plan.version_of(later, {}, agreed_by=("me",), on=TODAY, review_on=day(7))
    assert second.version == 2
    assert plan.latest(msgspec.structs.replace(later, plans={"p2": second, "p1": first})) == (
        "p2",
        second,
    )
    assert plan.latest(coalition) is None


@pytest.mark.parametrize(
    ("agreed_by", "review"), [((), 7), (("nobody",), 7), (("me",), 0), (("me",), -1)]
)
def test_a_plan_needs_somebody_who_agreed_and_a_day_to_look_again(coalition, agreed_by, review):
    with pytest.raises(ValueError, match=r"\.$"):
        plan.version_of(coalition, {}, agreed_by=agreed_by, on=TODAY, review_on=day(review))


@given(st.permutations(["a1", "a2", "a3"]))
def test_the_order_in_which_things_were_kept_changes_no_share(order):
    actions = {
        key: action("n1", "x", owner, 1)
        for key, owner in zip(order, ("me", "dr", "dr"), strict=True)
    }
    held = Coalition(actions=actions)
    assert owners.share(held, rules()).open == 3


def test_other_records_are_passed_over():
    assert coalition_of([]) == Coalition()


def test_a_service_that_left_the_map_is_told_as_such(coalition):
    asked = Request(need="n1", service="s", reason="x", sent_on=TODAY)
    held = msgspec.structs.replace(coalition, requests={"r": asked})
    assert "no longer in the map" in plan.text_of(held, {})
    there = {"s": Service(id="s", provider="Quiet Hours", what="x", domain=Domain.CARE)}
    assert "Asked: Quiet Hours" in plan.text_of(held, there)
