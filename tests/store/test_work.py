"""Curators at work: independent readings, a third who decides, a log that a build can read."""

import datetime

import msgspec
import pytest
from django.db import DatabaseError, connection, transaction

from rapport.cards.facts import DesignRecord, Participants, PemRecord
from rapport.cards.study_card import Citation, Parts, Source, StudyCard, Versions
from rapport.core.ids import Identifiers
from rapport.core.vocabulary import Badge, Combination, Design, ReadScope
from rapport.evidence.curate.decision import (
    AnyDecision,
    Question,
    SetBadge,
    SetDesign,
    SetPatients,
    log,
)
from rapport.evidence.curate.workflow import Move, Role, State
from rapport.store.audit.models import Entry
from rapport.store.curation.models import Item, LogLine, Reading
from rapport.store.curation.work import (
    RefusedError,
    act,
    log_lines,
    looked_at,
    rules_read,
    waiting,
)

CARD = StudyCard(
    id="pmid-1",
    identifiers=Identifiers(pmid="1"),
    citation=Citation(text="Made up. 2020."),
    read=ReadScope.ABSTRACT,
    badge=PemRecord(badge=Badge.NOT_STATED),
    design=DesignRecord(value=Design.OTHER),
    participants=Participants(n_cases=9),
    parts=Parts(),
    source=Source(file="made-up.jsonl", position=1, format="jsonl"),
    versions=Versions(reader="1", knowledge="k"),
)
UNSAID = {"card": "", "by": "", "on": "", "reason": ""}
REQUIRED = SetBadge(
    **UNSAID,
    badge=Badge.REQUIRED,
    definitions=("ccc_2003",),
    combination=Combination.SINGLE,
    words=("met the Canadian criteria",),
)
NOT_STATED = SetBadge(**UNSAID, badge=Badge.NOT_STATED)
NINE = SetPatients(**UNSAID, n_cases=9, words=("nine patients",))


def does(person, move, at, *, question=Question.BADGE, card=CARD, **more):
    seen = looked_at(card, question, person).version
    return act(card, question, person, move, **{"seen": seen, "at": at, **more})


def test_a_question_nobody_worked_on_is_open_and_leaves_no_row(person):
    seen = looked_at(CARD, Question.BADGE, person("ann"))
    assert (seen.state, seen.version, seen.rules_read) == (State.OPEN, 0, "not_stated")
    assert not Item.objects.exists()


def test_a_reading_like_the_rules_agrees_and_another_one_disputes(person, at):
    ann = person("ann")
    assert does(ann, Move.READ, at, decision=NOT_STATED).state == State.AGREED
    other = msgspec.structs.replace(CARD, id="pmid-2")
    assert does(ann, Move.READ, at, card=other, decision=REQUIRED).state == State.DISPUTED
    assert [item.card for item in waiting(State.DISPUTED)] == ["pmid-2"]


def test_what_others_read_is_seen_only_after_ones_own_reading_while_it_is_open(person, at):
    # The badge is disputed at once, since the rules read it too; so a third may see both.
    does(person("ann"), Move.READ, at, decision=REQUIRED)
    seen = looked_at(CARD, Question.BADGE, person("ben"))
    assert seen.others == (("Ann", "required (single: ccc_2003)", ""),)
    assert looked_at(CARD, Question.BADGE, person("ann")).mine == "required (single: ccc_2003)"
    assert looked_at(CARD, Question.DESIGN, person("ben")).others == ()


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
        against="not_stated",
    )


def test_an_agreed_answer_is_logged_under_its_reader_and_released_by_another(person, at):
    does(person("ann"), Move.READ, at, question=Question.PATIENTS, decision=NINE, reason="Yes.")
    with pytest.raises(RefusedError, match="Another person has to release it"):
        does(person("ann"), Move.RELEASE, at, question=Question.PATIENTS)
    does(person("ben"), Move.RELEASE, at, question=Question.PATIENTS)
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


def test_reopening_takes_the_rules_reading_of_today_and_keeps_the_old_round(person, at):
    does(person("ann"), Move.READ, at, decision=NOT_STATED)
    does(person("ben"), Move.RELEASE, at)
    now = msgspec.structs.replace(CARD, badge=PemRecord(badge=Badge.MIXED))
    assert looked_at(now, Question.BADGE, person("ann")).has_moved
    does(person("cat"), Move.REOPEN, at, card=now, reason="The rules read it otherwise.")
    seen = looked_at(now, Question.BADGE, person("ann"))
    assert (seen.state, seen.rules_read, seen.mine) == (State.OPEN, "mixed", None)
    assert seen.why_open == "The rules read it otherwise."
    assert Reading.objects.count() == 1
    assert LogLine.objects.count() == 1


def test_the_rules_reading_is_todays_as_long_as_nobody_has_read(person, at):
    does(person("ann"), Move.READ, at, question=Question.DESIGN, decision=_design("other"))
    assert Item.objects.get().rules_read == "other"
    assert rules_read(CARD, Question.SHOWN) == "show"


@pytest.mark.parametrize(
    "change", ["UPDATE curation_log SET line = ''", "DELETE FROM curation_log"]
)
def test_the_log_is_only_added_to(person, at, change):
    does(person("ann"), Move.READ, at, decision=NOT_STATED)
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


def _design(value):
    return SetDesign(**UNSAID, design=Design(value))
