"""Accounts: set up by a link that works once, locked after wrong tries, nothing given away."""

import datetime
from time import time
from unittest.mock import patch

import pytest
from django_otp.oath import totp

from rapport.evidence.curate.workflow import Role
from rapport.store.audit.models import Entry
from rapport.store.people import accounts, second_factor
from rapport.store.people.accounts import NotAllowedError
from rapport.store.people.models import Person

PASSWORD = "seven lamps under a bridge"


@pytest.fixture
def ann(person, at):
    made = person("ann", Role.READER)
    accounts.set_password(made, PASSWORD, at)
    return made


def shown_by(device, *, later=0):
    return f"{totp(device.bin_key, t0=-later):06d}"


def test_a_new_account_has_no_password_that_fits(person, at):
    person("ben")
    for tried in ("", "ben", "!", Person.objects.get(name="ben").password):
        assert accounts.with_password("ben", tried, at) is None


@pytest.mark.parametrize("name", ["ann", "ANN", " Ann "])
def test_the_right_password_lets_in_however_the_name_is_typed(ann, at, name):
    assert accounts.with_password(name, PASSWORD, at) == ann


def test_a_name_is_given_once(ann, at):
    with pytest.raises(NotAllowedError, match="already"):
        accounts.add(" ANN", "Another Ann", (), at)


def test_passwords_are_kept_as_argon2(ann):
    assert ann.password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("password", ["short", "x" * 11, "my name is ann indeed"])
def test_a_password_that_is_easy_to_guess_is_refused(person, at, password):
    with pytest.raises(NotAllowedError, match="too easy to guess"):
        accounts.set_password(person("ann"), password, at)


def test_the_account_waits_after_wrong_tries_and_then_opens_again(ann, at):
    for _ in range(accounts.MOST_WRONG_TRIES):
        assert accounts.with_password("ann", "wrong", at) is None
    assert accounts.with_password("ann", PASSWORD, at) is None
    just_before = at + accounts.LOCKED_FOR - datetime.timedelta(seconds=1)
    assert accounts.with_password("ann", PASSWORD, just_before) is None
    assert accounts.with_password("ann", PASSWORD, at + accounts.LOCKED_FOR) == ann
    assert Entry.objects.filter(act="account locked for a while", about="ann").count() == 1


def test_tries_on_a_name_that_does_not_exist_cost_the_same_work(ann, at):
    with patch.object(accounts, "check_password", return_value=False) as check:
        accounts.with_password("nobody", PASSWORD, at)
        accounts.with_password("ann", "wrong", at)
    known, unknown = (call.args[1].rsplit("$", 2)[0] for call in check.call_args_list)
    assert known == unknown


def test_a_set_up_link_ends_with_its_use(person, at):
    ben = person("ben")
    link = accounts.set_up_link(ben)
    assert accounts.of_link(link) == ben
    accounts.set_password(ben, PASSWORD, at)
    assert accounts.of_link(link) is None


@pytest.mark.parametrize("link", ["", "-", "1", "x-y", "1-abc", "999999999-abc-def", "é-1"])
def test_a_wrong_link_belongs_to_nobody(person, link):
    person("ben")
    assert accounts.of_link(link) is None


def test_a_closed_account_opens_by_nothing(ann, at):
    link = accounts.set_up_link(ann)
    accounts.close(ann, at)
    assert accounts.with_password("ann", PASSWORD, at) is None
    assert accounts.of_link(link) is None


def test_the_second_factor_is_there_once_a_right_number_was_shown(ann, at):
    device = second_factor.new(ann)
    assert not second_factor.has_one(ann)
    assert not second_factor.confirm(ann, "000000", at)
    device.refresh_from_db()
    device.throttle_reset()
    assert second_factor.confirm(ann, shown_by(device), at)
    assert second_factor.has_one(ann)


def test_a_number_works_once_and_wrong_ones_make_it_wait(ann, at):
    device = second_factor.new(ann)
    assert second_factor.confirm(ann, shown_by(device), at)
    assert second_factor.is_right(ann, shown_by(device)) is None, "it was used"
    later = shown_by(device, later=30)
    with patch("django_otp.plugins.otp_totp.models.time.time", return_value=time() + 30):
        device.refresh_from_db()
        assert second_factor.is_right(ann, "000000") is None
        assert second_factor.is_right(ann, later) is None, "it has to wait"


def test_the_picture_and_the_text_hold_the_same_secret(ann):
    device = second_factor.new(ann)
    assert second_factor.picture(device).startswith("<svg")
    assert second_factor.secret(device).replace(" ", "") in device.config_url


def test_no_password_or_secret_stands_in_the_audit(ann, at):
    accounts.with_password("ann", "wrong but telling", at)
    written = str(list(Entry.objects.values()))
    assert PASSWORD not in written
    assert "telling" not in written
