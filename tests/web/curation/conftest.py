"""Browsers in which somebody has signed in."""

from binascii import unhexlify

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp

from rapport.store.audit.recording import Act, recording
from rapport.store.people import second_factor


@pytest.fixture(autouse=True)
def _with_a_store(store):
    """Every test here may write, and what it writes is undone."""


@pytest.fixture
def enter(open_site, release_folder, person, at):
    """A browser in which the person of a name, with these roles, has taken both steps."""
    open_site(release_folder)

    def entered(name, *roles, strict=False):
        who = person(name, *roles, without_roles=not roles)
        browser = Client(
            SERVER_NAME="127.0.0.1", raise_request_exception=False, enforce_csrf_checks=strict
        )
        secret = second_factor.new_secret()
        number = f"{totp(unhexlify(secret)):06d}"
        device = second_factor.confirm(who, secret, number, at)
        with recording(Act(act="test", about=name, at=at)):
            browser.force_login(who)
        session = browser.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        assert session[SESSION_KEY] == str(who.pk)
        return browser

    return entered
