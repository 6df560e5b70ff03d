"""Records: sealed, shown as the tables allow, changed by two devices without loss, erased."""

import msgspec
import pytest

from rapport.practice.records.check_ins import (
    Band,
    CheckIn,
    Entered,
    HelpSeen,
    Length,
    Reveal,
    Share,
)
from rapport.practice.records.people import Profile, Respondent, Role, Side
from rapport.store.audit.models import Entry
from rapport.store.audit.recording import broken_at
from rapport.store.practice import links, models, pairs, records, vault
from rapport.store.practice.asking import asking
from rapport.store.practice.opened import opened
from rapport.store.practice.records import NotThereError, RefusedError

WHY = "a test"
MARKER = "zebra7canary"


def draft(at, **more):
    return CheckIn(
        side=Side.PATIENT,
        edition="0.1",
        length=Length.SHORT,
        respondent=Respondent.SELF,
        started_at=at,
        **more,
    )


def prediction(at, **more):
    return CheckIn(
        side=Side.PRACTITIONER,
        edition="0.1",
        length=Length.SHORT,
        respondent=Respondent.PRACTITIONER,
        started_at=at,
        **more,
    )


def begun(house, at, **more):
    entry = draft(at, **more)
    return records.keep(
        house.patient, entry, patient=house.patient.id, pair=house.pair, at=at, why=WHY
    )


def set_to(**values):
    return lambda entry: msgspec.structs.replace(entry, **values)


def answer(item, value):
    return lambda entry: msgspec.structs.replace(entry, answers={**entry.answers, item: value})


def test_what_is_kept_stands_nowhere_in_the_tables_in_clear(house, at):
    here = house()
    begun(here, at, note=MARKER)
    stored = str([list(model.objects.values()) for model in (models.Record, models.Patient)])
    assert "Sam of" not in stored
    assert "example.org" not in stored
    assert MARKER not in str([bytes(r.sealed) for r in models.Record.objects.all()])


def test_a_record_that_was_moved_to_another_row_does_not_open(house, at):
    here = house()
    one, other = begun(here, at), begun(here, at, entered=Entered.PAPER)
    assert one.id != other.id
    row = models.Record.objects.get(pk=other.id)
    row.sealed = models.Record.objects.get(pk=one.id).sealed
    with pytest.raises(vault.SealError):
        opened(here.patient, here.patient.id, at.date()).kept(row)


def test_two_devices_that_save_answers_of_one_draft_lose_nothing(house, at):
    here = house()
    first = begun(here, at)
    again = begun(here, at)
    assert first.id == again.id, "there is one draft"
    for item, value in (("C1a", 1), ("C2a", 2), ("C1a", 1), ("C3a", 0)):
        records.change(here.patient, first.id, answer(item, value), at=at, why=WHY)
    entry = records.one(here.patient, first.id).record
    assert entry.answers == {"C1a": 1, "C2a": 2, "C3a": 0}
    assert models.Record.objects.get(pk=first.id).version == 4, (
        "the same answer changes nothing"
    )


def test_after_sending_a_new_draft_can_be_begun(house, at):
    here = house()
    first = begun(here, at)
    records.change(here.patient, first.id, set_to(sent_at=at), at=at, why=WHY)
    assert begun(here, at).id != first.id
    with pytest.raises(RefusedError, match="stays as it is"):
        records.change(here.patient, first.id, answer("C1a", 4), at=at, why=WHY)
    records.change(here.patient, first.id, set_to(shares={1: Share.ANSWERS}), at=at, why=WHY)


def test_the_practitioner_sees_nothing_before_and_bands_after(house, at):
    here = house()
    entry = begun(here, at)
    assert records.kept(here.practitioner, CheckIn) == ()
    with pytest.raises(NotThereError):
        records.one(here.practitioner, entry.id)
    sent = set_to(
        answers={"C1a": 0, "C2a": 4, "C3a": 1, "S0": 1},
        shares={3: Share.ANSWERS},
        sent_at=at,
    )
    records.change(here.patient, entry.id, sent, at=at, why=WHY)
    (shown,) = records.kept(here.practitioner, CheckIn)
    assert shown.record.answers == {"C3a": 1, "S0": 1}
    assert shown.record.bands == {1: Band.STRAIN, 2: Band.EASE}


def test_while_the_practitioner_is_predicting_only_the_wish_for_help_is_shown(house, at):
    with asking(at=at, why=""):  # the day it is decides: an old draft holds nothing back
        here = house()
        entry = begun(here, at)
        sent = set_to(
            answers={"C1a": 0, "S0": 2}, shares={1: Share.ANSWERS}, sent_at=at, note="a word"
        )
        records.change(here.patient, entry.id, sent, at=at, why=WHY)
        made = records.keep(
            here.practitioner,
            prediction(at),
            patient=here.patient.id,
            pair=here.pair,
            at=at,
            why=WHY,
        )
        shown = records.one(here.practitioner, entry.id).record
        assert (shown.answers, shown.bands, shown.note) == ({"S0": 2}, {}, "")
        records.change(here.practitioner, made.id, set_to(sent_at=at), at=at, why=WHY)
        assert records.one(here.practitioner, entry.id).record.answers == {"C1a": 0, "S0": 2}


def test_predictions_are_seen_once_both_agree_to_reveal(house, at):
    here = house()
    own = begun(here, at, answers={"C1a": 1})
    other = records.keep(
        here.practitioner,
        prediction(at, answers={"C1a_pred": 4, "C1o": 2}, sent_at=at),
        patient=here.patient.id,
        pair=here.pair,
        at=at,
        why=WHY,
    )
    with pytest.raises(NotThereError):
        records.one(here.patient, other.id)
    agreed = set_to(sent_at=at, reveal=Reveal.AGREED)
    records.change(here.patient, own.id, agreed, at=at, why=WHY)
    with pytest.raises(NotThereError):
        records.one(here.patient, other.id)
    records.change(here.practitioner, other.id, set_to(reveal=Reveal.AGREED), at=at, why=WHY)
    assert records.one(here.patient, other.id).record.answers == {"C1a_pred": 4}
    records.change(here.practitioner, other.id, set_to(own_side_released=True), at=at, why=WHY)
    assert records.one(here.patient, other.id).record.answers == {"C1a_pred": 4, "C1o": 2}


def test_another_clinic_is_not_there(house, at):
    here, there = house("Lakeside"), house("Hillside")
    entry = begun(here, at)
    for viewer in there.staff.values():
        with pytest.raises(NotThereError):
            records.one(viewer, entry.id)
        with pytest.raises(NotThereError):
            records.kept(viewer, CheckIn, patient=here.patient.id)
    assert [k.record.shown_as for k in records.kept(there.practitioner, Profile)] == [
        "Sam of Hillside"
    ]


def test_reading_is_one_entry_a_request_without_what_was_read(house, at):
    here = house()
    before = Entry.objects.count()
    with asking(at=at, why="the list"):
        records.kept(here.practitioner, Profile)
        records.kept(here.practitioner, Profile, patient=here.patient.id)
    (entry,) = Entry.objects.order_by("number")[before:]
    assert (entry.act, entry.about) == ("read", f"{here.clinic}/{here.patient.id}")
    assert entry.detail == {"role": "practitioner", "kinds": ["Profile"], "why": "the list"}
    assert entry.person == here.practitioner.id
    assert broken_at() is None


def test_erasing_takes_all_and_leaves_a_tombstone_without_content(house, at):
    here = house()
    begun(here, at, note=MARKER)
    with pytest.raises(RefusedError):
        records.erase(here.practitioner, here.patient.id, at=at)
    left = records.erase(here.patient, here.patient.id, at=at)
    assert left.counts == {"Profile": 1, "Consent": 1, "CheckIn": 1}
    for model in (models.Record, models.Patient, models.Pair, models.Link, models.Device):
        assert not model.objects.exists()
    with pytest.raises(NotThereError):
        records.kept(here.patient, Profile)
    assert links.known(here.token, at) is None
    assert pairs.of(here.practitioner) == ()
    assert broken_at() is None


def test_what_was_made_of_a_check_in_goes_with_it(house, at):
    here = house()
    entry = begun(here, at)
    records.change(here.patient, entry.id, set_to(sent_at=at), at=at, why=WHY)
    seen = HelpSeen(check_in=entry.id, seen_by="Dr Lee", at=at)
    records.keep(
        here.practitioner, seen, patient=here.patient.id, pair=here.pair, at=at, why=WHY
    )
    with pytest.raises(RefusedError):
        records.remove(here.practitioner, entry.id, at=at, why=WHY)
    records.remove(here.patient, entry.id, at=at, why=WHY)
    assert records.kept(here.patient, CheckIn) == records.kept(here.patient, HelpSeen) == ()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.SERVICE_EDITOR])
def test_some_roles_see_no_content_at_all(house, at, role):
    here = house()
    assert records.kept(here.staff[role], Profile) == ()
    assert records.kept(here.staff[role], Profile, patient=here.patient.id) == ()
    with pytest.raises(RefusedError, match="not yours to write"):
        records.keep(here.staff[role], draft(at), patient=here.patient.id, at=at, why=WHY)


def test_what_was_read_before_a_write_is_read_anew_in_the_same_request(house, at):
    here = house()
    with asking(at=at, why="one request"):
        assert records.kept(here.patient, CheckIn) == ()
        entry = begun(here, at)
        assert len(records.kept(here.patient, CheckIn)) == 1
        records.change(here.patient, entry.id, answer("C1a", 1), at=at, why=WHY)
        assert records.one(here.patient, entry.id).record.answers == {"C1a": 1}
        assert records.kept(here.practitioner, CheckIn) == ()
        records.change(here.patient, entry.id, set_to(sent_at=at), at=at, why=WHY)
        assert len(records.kept(here.practitioner, CheckIn)) == 1
        pairs.end(here.practitioner, here.pair, at=at)
        assert records.kept(here.practitioner, CheckIn) == ()
        records.erase(here.patient, here.patient.id, at=at)
        with pytest.raises(NotThereError):
            records.kept(here.patient, CheckIn)
