"""Questions about cards: one table of moves, all reasons at once, nobody releases their own."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.evidence.curate.workflow import (
    TRANSITIONS,
    Answer,
    Item,
    Move,
    Request,
    Role,
    State,
    diagram,
    moved,
    moves_from,
    refusals,
)

RULES = Answer(value="required", has_words=True)
ALL_ROLES = frozenset(Role)


def said(value="required", **more):
    return Answer(value=value, **{"has_words": True, **more})


def ask(move, person, *, seen=0, roles=ALL_ROLES, reason="It says so.", answer=None):
    return Request(
        move=move, person=person, roles=roles, seen=seen, reason=reason, answer=answer
    )


def after(item, *requests):
    for request in requests:
        item = moved(item, msgspec.structs.replace(request, seen=item.version))
    return item


OPEN = Item(readings=(RULES,))
AGREED = after(OPEN, ask(Move.READ, "ann", answer=said()))
DISPUTED = after(OPEN, ask(Move.READ, "ann", answer=said("mixed")))
DECIDED = after(DISPUTED, ask(Move.DECIDE, "ben", answer=said("mixed")))
RELEASED = after(DECIDED, ask(Move.RELEASE, "cat"))
IN_STATE = {item.state: item for item in (OPEN, AGREED, DISPUTED, DECIDED, RELEASED)}


def test_every_state_is_reached_and_every_move_is_in_the_table():
    assert set(IN_STATE) == set(State)
    assert {row.move for row in TRANSITIONS} == set(Move)
    assert {row.role for row in TRANSITIONS} == set(Role)


def test_each_move_belongs_to_one_role():
    for move in Move:
        assert len({row.role for row in TRANSITIONS if row.move is move}) == 1


def test_every_row_is_in_the_diagram_once():
    lines = diagram().splitlines()
    for row in TRANSITIONS:
        line = f"    {row.now.value} --> {row.to.value}: {row.move.value} ({row.role.value})"
        assert lines.count(line) == 1
    assert len(lines) == 2 + len(TRANSITIONS)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_a_move_the_table_does_not_have_is_refused_whoever_asks(state, move):
    item = IN_STATE[state]
    told = refusals(item, ask(move, "new", seen=item.version, answer=said()))
    assert bool(told) is (move not in moves_from(state))


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda r: f"{r.now}-{r.move}-{r.to}")
def test_the_role_of_a_row_is_needed_and_enough(row):
    item = IN_STATE[row.now]
    allowed = ask(
        row.move, "new", seen=item.version, roles=frozenset({row.role}), answer=said()
    )
    others = msgspec.structs.replace(allowed, roles=ALL_ROLES - {row.role})
    assert not refusals(item, allowed)
    assert refusals(item, others) == (f"This needs the role {row.role}.",)


def test_two_readings_that_agree_settle_it_and_two_that_differ_do_not():
    assert AGREED.settled is not None
    assert AGREED.settled.value == "required"
    assert DISPUTED.settled is None
    assert DECIDED.settled is not None
    assert DECIDED.settled.value == "mixed"


def test_without_a_reading_by_the_rules_two_people_have_to_read():
    one = after(Item(), ask(Move.READ, "ann", answer=said()))
    assert one.state is State.OPEN
    assert one.settled is None
    assert after(one, ask(Move.READ, "ben", answer=said())).state is State.AGREED


@pytest.mark.parametrize(
    ("item", "request_", "reason"),
    [
        (
            after(Item(), ask(Move.READ, "ann", answer=said())),
            ask(Move.READ, "ann", answer=said()),
            "the second reading has to be another person's",
        ),
        (DISPUTED, ask(Move.DECIDE, "ann", answer=said()), "a third person has to decide"),
        (DECIDED, ask(Move.RELEASE, "ben"), "Another person has to release it"),
        (AGREED, ask(Move.RELEASE, "ann"), "Another person has to release it"),
        (OPEN, ask(Move.READ, "ben"), "No answer was given"),
        (OPEN, ask(Move.READ, "ben", answer=said(has_words=False)), "Mark the words"),
        (DISPUTED, ask(Move.DECIDE, "ben", reason=" ", answer=said()), "Say why"),
        (RELEASED, ask(Move.REOPEN, "ben", reason=""), "Say why"),
    ],
)
def test_what_a_person_may_not_do_is_said(item, request_, reason):
    request_ = msgspec.structs.replace(request_, seen=item.version)
    told = refusals(item, request_)
    assert len(told) == 1
    assert reason in told[0]
    with pytest.raises(ValueError, match=reason):
        moved(item, request_)


def test_all_reasons_come_at_once():
    told = refusals(
        DISPUTED, ask(Move.DECIDE, "ann", seen=0, roles=frozenset(), reason="", answer=None)
    )
    assert len(told) == 5


def test_an_answer_that_nothing_is_stated_needs_no_words():
    nothing = said("not_stated", has_words=False, needs_words=False)
    assert not refusals(OPEN, ask(Move.READ, "ann", answer=nothing))


def test_two_readers_who_agreed_may_release_what_neither_made_alone():
    item = after(
        Item(),
        ask(Move.READ, "ann", answer=said()),
        ask(Move.READ, "ben", answer=said()),
    )
    assert after(item, ask(Move.RELEASE, "ann")).state is State.RELEASED


def test_reopening_keeps_the_rules_reading_and_asks_people_anew():
    again = after(RELEASED, ask(Move.REOPEN, "dan"))
    assert again.state is State.OPEN
    assert again.readings == (RULES,)
    assert again.decision is None
    assert again.version == RELEASED.version + 1


def test_the_name_under_an_answer_is_that_of_the_person_who_gave_it():
    item = after(OPEN, ask(Move.READ, "ann", answer=said(person="ben")))
    assert item.readings[-1].person == "ann"


PEOPLE = st.sampled_from(["ann", "ben", "cat", "dan"])
REQUESTS = st.builds(
    ask,
    st.sampled_from(Move),
    PEOPLE,
    roles=st.frozensets(st.sampled_from(Role), min_size=2),
    reason=st.sampled_from(["", "It says so."]),
    answer=st.one_of(
        st.none(),
        st.builds(said, st.sampled_from(["required", "mixed"]), has_words=st.booleans()),
    ),
)


@given(st.lists(REQUESTS, max_size=30), st.sampled_from([(), (RULES,)]))
def test_whatever_people_try_what_is_released_was_never_one_persons_alone(tried, readings):
    item = Item(readings=readings)
    for request in tried:
        request = msgspec.structs.replace(request, seen=item.version)
        if refusals(item, request):
            continue
        before, item = item, moved(item, request)
        assert item.version == before.version + 1
        if request.move is Move.RELEASE:
            assert before.settled is not None
            assert before.people | {request.person} != {request.person}
            assert before.settled.has_words or not before.settled.needs_words
        if item.decision is not None:
            readers = {reading.person for reading in item.readings}
            assert item.decision.person not in readers


@given(st.lists(REQUESTS, max_size=8), st.integers(1, 9))
def test_a_request_made_on_an_old_version_never_changes_anything(tried, late):
    item = OPEN
    for request in tried:
        request = msgspec.structs.replace(request, seen=item.version + late)
        assert refusals(item, request)
