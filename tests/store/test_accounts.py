"""Accounts: set up by a link that works once, locked after wrong tries, nothing given away."""

import datetime
from base64 import b32decode
from binascii import unhexlify
from time import time
from unittest.mock import patch

import pytest
from django.test import override_settings
from django_otp.oath import totp

from rapport.evidence.curate.workflow import Role
from rapport.store.audit.models import Entry
from rapport.store.people import accounts, second_factor
from rapport.store.people.accounts import NotAllowedError
from rapport.store.people.models import Person, WrongTry
from rapport.store.senders import hashed

REAL_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD = "seven lamps under a bridge"


@pytest.fixture
def ann(person, at):
    made = person("ann", Role.READER)
    accounts.set_password(made, PASSWORD, at)
    return made


def shown_by(secret, *, later=0):
    return f"{totp(unhexlify(secret), t0=-later):06d}"


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


def test_passwords_are_kept_as_argon2(person, at):
    with override_settings(PASSWORD_HASHERS=REAL_HASHERS):
        ann = person("ann")
        accounts.set_password(ann, PASSWORD, at)
        assert ann.password.startswith("argon2$argon2id$")
        assert accounts.with_password("ann", PASSWORD, at) == ann
        assert accounts.with_password("ann", PASSWORD.upper(), at) is None


@pytest.mark.parametrize(
    "password", ["short", "x" * 11, "my name is ann indeed", "1q2w3e4r5t6y"]
)
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
    locks = Entry.objects.filter(act="wrong password", about="ann", detail__locked=True)
    assert locks.count() == 1


SENDER = hashed("192.0.2.7", "key of the site")


def wrong_tries(at, number, sender=SENDER):
    """One password tried on many names, as those do who have a list of names."""
    for turn in range(number):
        assert accounts.with_password(f"name {turn}", "summer", at, sender=sender) is None


def test_one_sender_waits_after_wrong_tries_on_many_names_and_others_do_not(ann, at):
    wrong_tries(at, accounts.MOST_FROM_ONE_SENDER)
    assert accounts.with_password("ann", PASSWORD, at, sender=SENDER) is None
    elsewhere = hashed("192.0.2.8", "key of the site")
    assert accounts.with_password("ann", PASSWORD, at, sender=elsewhere) == ann
    later = at + accounts.LOCKED_FOR
    assert accounts.with_password("ann", PASSWORD, later, sender=SENDER) == ann


def test_below_the_limit_a_right_password_opens(ann, at):
    wrong_tries(at, accounts.MOST_FROM_ONE_SENDER - 1)
    assert accounts.with_password("ann", PASSWORD, at, sender=SENDER) == ann


def test_a_right_password_of_ones_own_does_not_wipe_out_wrong_tries(ann, at):
    wrong_tries(at, accounts.MOST_FROM_ONE_SENDER - 1)
    assert accounts.with_password("ann", PASSWORD, at, sender=SENDER) == ann
    wrong_tries(at, 1)
    assert accounts.with_password("ann", PASSWORD, at, sender=SENDER) is None


def test_of_a_sender_nothing_is_kept_but_a_hash_and_that_for_a_short_time(ann, at):
    wrong_tries(at, 3)
    assert {row.key for row in WrongTry.objects.all()} == {SENDER}
    assert "192.0.2.7" not in str(list(Entry.objects.values()))
    assert SENDER not in str(list(Entry.objects.values()))
    wrong_tries(at + accounts.LOCKED_FOR, 1)
    assert WrongTry.objects.count() == 1


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("unknown", "unknown", True),
    ],
)
def test_a_sender_is_told_by_its_network_and_only_under_one_key(one, other, is_same):
    assert (hashed(one, "key") == hashed(other, "key")) is is_same
    assert hashed(one, "key") != hashed(one, "another key")
    assert one not in hashed(one, "key")


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


def test_what_two_change_at_once_is_not_undone(ann, at):
    stale = Person.objects.get(name="ann")
    accounts.close(ann, at)
    accounts.set_roles(stale, (Role.CURATOR,), at)
    now = Person.objects.get(name="ann")
    assert (now.is_active, now.roles) == (False, ["curator"])


def test_wrong_tries_that_come_at_once_are_all_counted(ann, at):
    begun = [Person.objects.get(name="ann") for _ in range(accounts.MOST_WRONG_TRIES)]
    for one in begun:
        accounts._count_wrong_try(one, at)
    assert accounts.with_password("ann", PASSWORD, at) is None


def test_a_set_up_link_that_two_open_at_once_is_used_by_one(person, at):
    ben = person("ben")
    link = accounts.set_up_link(ben)
    first, second = accounts.of_link(link), accounts.of_link(link)
    accounts.set_password(first, PASSWORD, at)
    with pytest.raises(NotAllowedError, match="just now"):
        accounts.set_password(second, "another long password", at)
    assert accounts.with_password("ben", PASSWORD, at) == ben


def test_a_closed_account_is_not_renewed(ann, at):
    accounts.close(ann, at)
    with pytest.raises(NotAllowedError, match="closed"):
        accounts.renew(ann, at)


@pytest.mark.parametrize(
    ("name", "shown"), [("", "x"), ("x" * 81, "x"), ("x", " "), ("x", "y" * 121)]
)
def test_a_name_that_is_missing_or_too_long_is_refused(store, at, name, shown):
    with pytest.raises(NotAllowedError, match="missing or too long"):
        accounts.add(name, shown, (), at)


def test_the_audit_says_which_roles_were_given(ann, at):
    accounts.set_roles(ann, (Role.RELEASER, Role.READER), at)
    entry = Entry.objects.order_by("number").last()
    assert (entry.act, entry.detail) == ("roles set", {"roles": ["reader", "releaser"]})


def test_the_second_factor_is_there_once_a_right_number_was_shown(ann, at):
    secret = second_factor.new_secret()
    assert second_factor.confirm(ann, secret, "000000", at) is None
    assert not second_factor.has_one(ann)
    assert second_factor.confirm(ann, secret, shown_by(secret), at)
    assert second_factor.has_one(ann)


def test_a_second_factor_is_not_put_in_the_place_of_another(ann, at):
    first, second = second_factor.new_secret(), second_factor.new_secret()
    assert second_factor.confirm(ann, first, shown_by(first), at)
    assert second_factor.confirm(ann, second, shown_by(second), at) is None
    tried = Entry.objects.filter(act="second factor set up").order_by("number")
    assert [entry.detail["right"] for entry in tried] == [True, False]


def test_a_number_works_once_and_wrong_ones_make_it_wait(ann, at):
    secret = second_factor.new_secret()
    assert second_factor.confirm(ann, secret, shown_by(secret), at)
    assert second_factor.is_right(ann, shown_by(secret), at) is None, "it was used"
    later = shown_by(secret, later=30)
    with patch("django_otp.plugins.otp_totp.models.time.time", return_value=time() + 30):
        assert second_factor.is_right(ann, "000000", at) is None
        assert second_factor.is_right(ann, later, at) is None, "it has to wait"


def test_every_number_that_is_given_has_its_entry_without_the_number(ann, at):
    second_factor.is_right(ann, "424242", at)
    entry = Entry.objects.order_by("number").last()
    assert (entry.act, entry.detail) == ("number given", {"right": False})


def test_the_picture_and_the_letters_hold_the_same_secret(ann):
    secret = second_factor.new_secret()
    assert second_factor.picture(ann, secret).startswith("<svg")
    letters = second_factor.letters(secret).replace(" ", "")
    assert b32decode(letters) == unhexlify(secret)


def test_no_password_or_secret_stands_in_the_audit(ann, at):
    accounts.with_password("ann", "wrong but telling", at)
    written = str(list(Entry.objects.values()))
    assert PASSWORD not in written
    assert "telling" not in written
