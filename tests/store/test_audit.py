"""The audit: nothing is written without an entry, nothing is changed, and a gap is noticed."""

import pytest
from django.db import DatabaseError, connection, transaction

from rapport.store.audit.models import Entry, Head
from rapport.store.audit.recording import Act, broken_at, recording
from rapport.store.curation.models import Item
from rapport.store.people.models import Person

QUERY_WRITES = [
    pytest.param(lambda rows: rows.update(name="x"), id="update"),
    pytest.param(lambda rows: rows.delete(), id="delete"),
    pytest.param(lambda rows: rows.bulk_create([Person(name="y")]), id="bulk_create"),
    pytest.param(lambda rows: rows.bulk_update([], ["name"]), id="bulk_update"),
]


def act(at, name="tried", **more):
    return Act(act=name, about="something", at=at, **more)


def test_a_row_is_not_written_outside_a_recording(at, person):
    ann = person("ann")
    for write in (ann.save, ann.delete):
        with pytest.raises(RuntimeError, match="without an entry in the audit"):
            write()


@pytest.mark.parametrize("write", QUERY_WRITES)
def test_rows_are_not_written_by_a_query_outside_a_recording(write, person):
    person("ann")
    with pytest.raises(RuntimeError, match="without an entry in the audit"):
        write(Person.objects.all())


def test_a_recording_that_fails_leaves_neither_the_change_nor_the_entry(at):
    before = Entry.objects.count()
    with pytest.raises(RuntimeError, match="went wrong"):
        _write_and_fail(at)
    assert not Item.objects.exists()
    assert Entry.objects.count() == before
    with pytest.raises(RuntimeError):
        Person(name="late").save()


def test_every_entry_follows_from_the_one_before(at):
    for name in ("one", "two", "three"):
        with recording(act(at, name, person="ann", detail={"z": 1, "a": [2, "é"]})):
            pass
    assert [entry.act for entry in Entry.objects.order_by("number")] == ["one", "two", "three"]
    assert broken_at() is None
    assert Head.objects.get(pk=1).entries == 3


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_to_change_an_entry(at, change):
    with recording(act(at)):
        pass
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_an_entry_that_was_slipped_in_or_cut_off_is_noticed(at):
    with recording(act(at)):
        pass
    Head.objects.filter(pk=1).update(entries=2)
    assert broken_at() == 2
    Head.objects.filter(pk=1).update(entries=1)
    assert broken_at() is None
    Entry(number=2, at=at, act="forged", about="x", hash="0" * 64).save(force_insert=True)
    assert broken_at() == 2


def _write_and_fail(at):
    with recording(act(at)):
        Item(card="pmid-1", question="badge", state="open", rules_read="mixed").save()
        raise RuntimeError("something went wrong")
