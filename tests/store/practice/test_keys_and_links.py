"""Keys that seal, keys that wrap, and links that end."""

import datetime

import pytest
from django.conf import settings

from rapport.core.errors import InputError
from rapport.practice.records.people import Profile, Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import Act, recording
from rapport.store.home import change_key, file_home, key_file
from rapport.store.people import accounts
from rapport.store.practice import clinics, keys, links, models, pairs, records, vault
from rapport.store.practice.links import Purpose
from rapport.store.practice.records import RefusedError
from rapport.store.practice.vault import OtherKeyError, SealError

PLACE = ("clinic", "patient", "record", "CheckIn")
OTHER_PLACES = [
    tuple("other" if at == number else part for number, part in enumerate(PLACE))
    for at in range(4)
]


def test_what_is_sealed_opens_with_its_key_in_its_place():
    key = vault.new_key()
    kept = vault.sealed(key, b"words", PLACE)
    assert vault.opened(key, kept, PLACE) == b"words"
    assert vault.sealed(key, b"words", PLACE) != kept, "no two are sealed alike"
    assert b"words" not in kept


@pytest.mark.parametrize("place", OTHER_PLACES)
def test_it_opens_in_no_other_place_and_with_no_other_key(place):
    key = vault.new_key()
    kept = vault.sealed(key, b"words", PLACE)
    with pytest.raises(SealError):
        vault.opened(key, kept, place)
    with pytest.raises(SealError):
        vault.opened(vault.new_key(), kept, PLACE)
    with pytest.raises(SealError):
        vault.opened(key, kept[:-1] + bytes([kept[-1] ^ 1]), PLACE)


def test_a_wrapped_key_opens_with_the_key_of_the_store_for_its_patient():
    key = vault.new_key()
    kept = vault.wrapped(key, "store key", "sam")
    assert vault.unwrapped(kept, ("another", "store key"), "sam") == key
    for keys_, patient in ((("another",), "sam"), (("store key",), "ada")):
        with pytest.raises(SealError):
            vault.unwrapped(kept, keys_, patient)


def test_all_keys_are_wrapped_anew_and_open_as_before(house, monkeypatch):
    here = house()
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [settings.SECRET_KEY])
    monkeypatch.setattr(settings, "SECRET_KEY", "a new key")
    assert records.kept(here.patient, Profile), "while it is done, the old one counts too"
    assert keys.wrap_all() == 1
    assert keys.wrap_all() == 0
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
    assert records.kept(here.patient, Profile)
    monkeypatch.setattr(settings, "SECRET_KEY", "a wrong key")
    with pytest.raises(OtherKeyError):
        records.kept(here.patient, Profile)
    with pytest.raises(OtherKeyError):
        keys.wrap_all()


def test_nobody_is_added_with_a_key_that_is_not_the_stores(house, at, monkeypatch):
    """A server that was not started again would wrap with a key that is about to be destroyed."""
    here, old = house(), settings.SECRET_KEY
    kim = Profile(shown_as="Kim")
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [old])
    monkeypatch.setattr(settings, "SECRET_KEY", "a new key")
    before = pairs.invite(here.practitioner, kim, at=at)
    assert keys.wrap_all() == 1, "one was added with the new key"
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
    assert pairs.of(here.practitioner)
    assert records.kept(here.practitioner, Profile, patient=before.patient)
    monkeypatch.setattr(settings, "SECRET_KEY", old)
    with pytest.raises(OtherKeyError, match="another key"):
        pairs.invite(here.practitioner, kim, at=at)
    with pytest.raises(OtherKeyError):
        keys.demand_known()


def test_an_empty_store_takes_any_key(at, monkeypatch):
    keys.demand_known()
    monkeypatch.setattr(settings, "SECRET_KEY", "a new key")
    assert keys.wrap_all() == 0
    keys.demand_known()


def test_the_key_of_a_file_is_changed_and_an_interrupted_change_goes_on(tmp_path):
    file = tmp_path / "s.sqlite"
    old = file_home(file).key
    change_key(file)
    half = file_home(file)
    assert (half.key != old, half.key_before) == (True, old)
    change_key(file)
    assert file_home(file) == half, "it does not begin again"
    key_file(file, before=True).unlink()
    key_file(file, before=True).hardlink_to(key_file(file))  # stopped after the first step
    change_key(file)
    assert file_home(file).key_before == half.key
    with pytest.raises(InputError, match="no store"):
        change_key(tmp_path / "nothing")


def test_a_link_is_kept_as_a_hash_and_for_one_purpose(house, at):
    here = house()
    token = links.make(here.patient, here.patient.id, Purpose.CONFIRM, at=at)
    assert token not in str(list(models.Link.objects.values()))
    assert links.known(token, at).purpose is Purpose.CONFIRM
    assert links.sign_in(token, at) is None
    device = links.sign_in(here.token, at)
    assert links.confirm(here.token, device, at) is False
    assert links.confirm(token, device, at) is True
    assert links.confirm(token, device, at) is False
    assert links.is_fresh(device, at)
    assert not links.is_fresh(device, at + links.FRESH_FOR)


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [
        (Purpose.SIGN_IN, datetime.timedelta(days=14)),
        (Purpose.CONFIRM, datetime.timedelta(hours=1)),
    ],
)
def test_a_link_ends_by_itself(house, at, purpose, lasts):
    here = house()
    token = links.make(here.patient, here.patient.id, purpose, at=at)
    second = datetime.timedelta(seconds=1)
    assert links.known(token, at + lasts - second)
    assert links.known(token, at + lasts) is None


def test_a_device_ends_after_thirty_days(house, at):
    device = links.sign_in(house().token, at)
    assert links.viewer_of(device, at + datetime.timedelta(days=29)).role is Role.PATIENT
    assert links.viewer_of(device, at + datetime.timedelta(days=30)) is None


@pytest.mark.parametrize("token", ["", "x", "a:b", "é:é", "\0", "a" * 5000])
def test_what_was_never_a_link_is_none(house, at, token):
    house()
    assert links.known(token, at) is None
    assert links.sign_in(token, at) is None


def test_only_the_patient_and_their_practitioner_make_links(house, at):
    here = house()
    for role, viewer in here.staff.items():
        if role is Role.PRACTITIONER:
            continue
        with pytest.raises(RefusedError):
            links.make(viewer, here.patient.id, Purpose.SIGN_IN, at=at)


def test_a_membership_that_ended_sees_nothing_from_now_on(house, at):
    here = house()
    member = clinics.member(here.clinic, here.practitioner.id)
    account = accounts.named(member.name)
    assert records.kept(here.practitioner, Profile)
    clinics.set_member(here.clinic, account, Role.PRACTITIONER, at=at, is_open=False)
    assert records.kept(here.practitioner, Profile) == ()
    assert clinics.viewers_of(account) == ()
    clinics.set_member(here.clinic, account, Role.PRACTITIONER, at=at)
    assert records.kept(here.practitioner, Profile)


def test_a_clinic_has_a_name_of_its_own_and_accounts_no_role_of_a_patient(house, at, person):
    here = house()
    for name in ("Lakeside", " Lakeside ", "", "x" * 121):
        with pytest.raises(RefusedError):
            clinics.add(name, "evenland", at)
    for role in (Role.PATIENT, Role.SUPPORTER):
        with pytest.raises(RefusedError, match="links"):
            clinics.set_member(here.clinic, person("zoe"), role, at=at)


def test_nobody_is_anybody_outside_of_a_demo(house, at):
    here = house()
    assert clinics.viewer_of_demo(here.practitioner.id) is None
    assert links.demo_device(here.patient.id, None, at) is None


def test_a_row_is_not_written_outside_a_recording(house, at):
    here = house()
    row = models.Record.objects.filter(clinic_id=here.clinic).first()
    with pytest.raises(RuntimeError, match="without an entry in the audit"):
        row.save()
    with recording(Act(act="test", about="x", at=at)):
        row.save()
    assert isinstance(here.patient, Viewer)


def test_nobody_is_offered_a_practitioner_who_left_or_whose_account_is_closed(house, at):
    here = house()
    account = accounts.named(clinics.member(here.clinic, here.practitioner.id).name)
    mine = [each.id for each in pairs.of(here.patient)]
    assert mine == [here.pair]
    clinics.set_member(here.clinic, account, Role.PRACTITIONER, at=at, is_open=False)
    assert pairs.of(here.patient) == pairs.of(here.practitioner) == ()
    clinics.set_member(here.clinic, account, Role.PRACTITIONER, at=at)
    assert pairs.of(here.patient)
    with recording(Act(act="test", about=account.name, at=at)):
        account.is_active = False
        account.save()
    assert pairs.of(here.patient) == pairs.of(here.practitioner) == ()


def test_all_links_end_and_one_device_can_stay(house, at):
    here = house()
    token, patient = (
        links.make(here.patient, here.patient.id, Purpose.SIGN_IN, at=at),
        here.patient,
    )
    stays, other = links.sign_in(token, at), links.sign_in(token, at)
    links.end_all(patient, patient.id, at, but=stays)
    assert links.known(token, at) is None
    assert links.viewer_of(stays, at) == patient
    assert links.viewer_of(other, at) is None
