"""Curators at work: independent readings, a third who decides, a log that a build can read."""

import datetime

import msgspec
import pytest
from django.db import DatabaseError, connection, transaction

from rapport.core.vocabulary import Badge, Combination
from rapport.evidence.curate.decision import (
    AnyDecision,
    Question,
    SetBadge,
    SetPatients,
    log,
)
from rapport.evidence.curate.workflow import Move, Role, State
from rapport.store.audit.models import Entry
from rapport.store.curation.models import Item, LogLine, Reading
from rapport.store.curation.work import (
    Asked,
    RefusedError,
    act,
    log_lines,
    looked_at,
    released,
    waiting,
)
from rapport.store.people import accounts

BADGE = Asked(card="pmid-1", question=Question.BADGE, rules_read="not_required")
SILENT = Asked(card="pmid-1", question=Question.BADGE, rules_read="not_stated")
PATIENTS = Asked(card="pmid-1", question=Question.PATIENTS, rules_read="9")
UNSAID = {"card": "", "by": "", "on": "", "reason": ""}
REQUIRED = SetBadge(
    **UNSAID,
    badge=Badge.REQUIRED,
    definitions=("ccc_2003",),
    combination=Combination.SINGLE,
    words=("met the Canadian criteria",),
)
NOT_REQUIRED = SetBadge(**UNSAID, badge=Badge.NOT_REQUIRED, words=("PEM was optional",))
NOT_STATED = SetBadge(**UNSAID, badge=Badge.NOT_STATED)
NINE = SetPatients(**UNSAID, n_cases=9, words=("nine patients",))


def does(person, move, at, *, asked=BADGE, **more):
    seen = looked_at(asked, person).version
    return act(asked, person, move, **{"seen": seen, "at": at, **more})


def test_a_question_nobody_worked_on_is_open_and_leaves_no_row(person):
    seen = looked_at(BADGE, person("ann"))
    assert (seen.state, seen.version, seen.moves) == (State.OPEN, 0, (Move.READ,))
    assert not Item.objects.exists()


def test_a_reading_like_the_rules_agrees_and_another_one_disputes(person, at):
    ann = person("ann")
    assert does(ann, Move.READ, at, decision=NOT_REQUIRED).state == State.AGREED
    other = msgspec.structs.replace(BADGE, card="pmid-2")
    assert does(ann, Move.READ, at, asked=other, decision=REQUIRED).state == State.DISPUTED
    assert [item.card for item in waiting(State.DISPUTED)] == ["pmid-2"]


@pytest.mark.parametrize(
    ("second", "state"), [(REQUIRED, State.AGREED), (NOT_STATED, State.DISPUTED)]
)
def test_where_the_rules_are_silent_two_people_read(person, at, second, state):
    ann, ben = person("ann"), person("ben")
    assert does(ann, Move.READ, at, asked=SILENT, decision=REQUIRED).state == State.OPEN
    assert does(ben, Move.READ, at, asked=SILENT, decision=second).state == state


def test_silence_of_the_rules_is_confirmed_by_two_people_too(person, at):
    assert does(person("ann"), Move.READ, at, asked=SILENT, decision=NOT_STATED).state == "open"


def test_nobody_who_may_still_read_sees_what_others_or_the_rules_read(person, at):
    ann, ben, rel = person("ann"), person("ben"), person("rel", Role.RELEASER)
    does(ann, Move.READ, at, asked=SILENT, decision=REQUIRED)
    seen = looked_at(SILENT, ben)
    assert (seen.others, seen.rules_read, seen.moves) == ((), None, (Move.READ,))
    assert [said.name for said in looked_at(SILENT, rel).others] == ["Ann"]
    mine = looked_at(SILENT, ann)
    assert mine.mine.value == "required (single: ccc_2003)"
    assert (mine.rules_read, mine.moves) == ("not_stated", ())
    does(ben, Move.READ, at, asked=SILENT, decision=NOT_STATED)
    assert [said.name for said in looked_at(SILENT, ben).others] == ["Ann"]


def test_what_a_person_may_not_do_is_said_before_they_try(person, at):
    ann, ben = person("ann"), person("ben")
    does(ann, Move.READ, at, decision=REQUIRED, reason="Page 2.")
    ((move, why),) = looked_at(BADGE, ann).hindered
    assert (move, "a third person" in why) == (Move.DECIDE, True)
    does(ben, Move.DECIDE, at, decision=REQUIRED, reason="So.")
    ((move, why),) = looked_at(BADGE, ben).hindered
    assert (move, "Another person" in why) == (Move.RELEASE, True)
    assert looked_at(BADGE, ann).moves == (Move.RELEASE, Move.REOPEN)


def test_disputed_decided_and_released_makes_a_line_that_a_build_reads(person, at, tmp_path):
    ann, ben, cat = person("ann"), person("ben"), person("cat")
    does(ann, Move.READ, at, decision=REQUIRED, reason="Page 2.")
    later = at + datetime.timedelta(days=1)
    does(ben, Move.DECIDE, later, decision=REQUIRED, reason="The abstract names them.")
    item = does(cat, Move.RELEASE, later)
    assert item.state == State.RELEASED
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{line}\n" for line in log_lines()))
    (decision,) = log(path).decisions
    assert decision == msgspec.structs.replace(
        REQUIRED,
        card="pmid-1",
        by="Ben",
        on="2026-05-02",
        reason="The abstract names them.",
        readers=("Ann",),
        against="not_required",
    )
    assert [(row.card, told) for row, told in released()] == [("pmid-1", decision)]


def test_an_agreed_answer_is_logged_under_its_reader_and_released_by_another(person, at):
    does(person("ann"), Move.READ, at, asked=PATIENTS, decision=NINE, reason="Yes.")
    with pytest.raises(RefusedError, match="Another person has to release it"):
        does(person("ann"), Move.RELEASE, at, asked=PATIENTS)
    does(person("ben"), Move.RELEASE, at, asked=PATIENTS)
    line = msgspec.json.decode(LogLine.objects.get().line, type=AnyDecision)
    assert (line.by, line.readers, line.against) == ("Ann", ("Ann",), "9")


def test_a_refusal_says_everything_and_writes_nothing(person, at):
    dan = person("dan", Role.READER)
    entries = Entry.objects.count()
    with pytest.raises(RefusedError) as refused:
        does(dan, Move.DECIDE, at, seen=7)
    assert len(refused.value.reasons) == 5
    assert not Item.objects.exists()
    assert Entry.objects.count() == entries


def test_a_page_that_is_out_of_date_changes_nothing(person, at):
    does(person("ann"), Move.READ, at, decision=REQUIRED)
    with pytest.raises(RefusedError, match="Somebody else changed it"):
        does(person("ben"), Move.DECIDE, at, seen=0, decision=REQUIRED, reason="Because.")
    assert Reading.objects.count() == 1


def test_an_assertion_without_words_is_refused(person, at):
    bare = msgspec.structs.replace(REQUIRED, words=(" ",))
    with pytest.raises(RefusedError, match="Mark the words"):
        does(person("ann"), Move.READ, at, decision=bare)


@pytest.mark.parametrize(
    "end",
    [lambda who, at: accounts.set_roles(who, (), at), accounts.close],
    ids=["role", "account"],
)
def test_a_role_or_an_account_that_ended_a_moment_ago_counts_for_nothing(person, at, end):
    ann = person("ann")  # as a page has it that was begun before
    end(accounts.named("ann"), at)
    assert ann.role_set
    with pytest.raises(RefusedError, match="needs the role reader"):
        does(ann, Move.READ, at, decision=REQUIRED)


def test_reopening_takes_the_rules_reading_of_today_and_keeps_the_old_round(person, at):
    does(person("ann"), Move.READ, at, decision=NOT_REQUIRED)
    does(person("ben"), Move.RELEASE, at)
    now = msgspec.structs.replace(BADGE, rules_read="mixed")
    assert looked_at(now, person("ann")).has_moved
    does(person("cat"), Move.REOPEN, at, asked=now, reason="The rules read it otherwise.")
    seen = looked_at(now, person("rel", Role.RELEASER))
    assert (seen.state, seen.rules_read, seen.others) == (State.OPEN, "mixed", ())
    assert seen.why_open == "The rules read it otherwise."
    assert Reading.objects.count() == 1
    assert LogLine.objects.count() == 1
    assert list(released()) == []


@pytest.mark.parametrize(
    "change", ["UPDATE curation_log SET line = ''", "DELETE FROM curation_log"]
)
def test_the_log_is_only_added_to(person, at, change):
    does(person("ann"), Move.READ, at, decision=NOT_REQUIRED)
    does(person("ben"), Move.RELEASE, at)
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_every_move_has_its_entry_with_who_and_what(person, at):
    does(person("ann"), Move.READ, at, decision=REQUIRED)
    entry = Entry.objects.order_by("number").last()
    assert (entry.act, entry.person, entry.about) == ("question: read", "ann", "pmid-1 badge")
