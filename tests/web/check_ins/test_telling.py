"""“Yes, now” reaches an address of the clinic where it named one, and says nothing of anybody."""

import email
import time

import pytest
from django.conf import settings
from tests.house import made_house
from tests.web.check_ins.mail_server import MailServer
from tests.web.check_ins.walking import BEGIN, draft

from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.models import Entry
from rapport.store.people import accounts
from rapport.store.practice import clinics, records, trail
from rapport.store.practice.scope import RefusedError
from rapport.web.clock import now
from rapport.web.practice import telling, ways

pytestmark = pytest.mark.enable_socket
ADDRESS = "office@lakeside.example"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def admin_of(lake):
    return Viewer(clinic=lake.clinic.id, role=Role.ADMIN, id="office")


@pytest.fixture
def mail(monkeypatch, lake):
    """Makes the site hand over mail to a server that behaves in some manner."""
    servers = []

    def made(manner="takes", port=None):
        server = MailServer(manner).__enter__()
        servers.append(server)
        told = {
            "HAS_MAIL": True,
            "EMAIL_BACKEND": SMTP,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": port or server.port,
            "EMAIL_USE_TLS": False,
            "EMAIL_TIMEOUT": 1,
            "DEFAULT_FROM_EMAIL": "rapport@lakeside.example",
        }
        for name, value in told.items():
            monkeypatch.setattr(settings, name, value)
        clinics.set_inbox(admin_of(lake), ADDRESS, now())
        return server

    yield made
    for server in servers:
        server.__exit__()


def asks_now(lake, device=None):
    ada = (device or lake.patient_device()).opens(BEGIN.format(lake.pair))
    return ada.sends(answer="short", go="next").sends(answer="2", go="next")


def told(lake):
    return [(each.step, each.is_sent) for each in trail.messages(lake.ada, lake.patient)]


def test_the_message_names_nobody_and_holds_no_answer_and_no_link(lake, mail):
    server = mail()
    ada = asks_now(lake)
    (text,) = server.messages
    message = email.message_from_string(text)
    assert message["To"] == ADDRESS
    assert message["Subject"] == telling.SUBJECT
    body = message.get_payload()
    assert "asks to be called. Please open Rapport." in " ".join(body.split())
    for secret in (
        "Ada",
        "Lee",
        "http",
        "/practice",
        lake.patient,
        lake.pair,
        "S0",
        "Lakeside Clinic",
    ):
        assert secret not in text, secret
    assert ada.asks == "Help now"
    assert "A message went to your clinic. It does not say who you are." in ada.says
    assert "Send what you have, and your clinic can see who asks." in ada.says
    assert "Evenland emergency call" in ada.says
    assert told(lake) == [("answered", True)]


def test_sending_tells_the_clinic_again_and_nothing_is_told_twice(lake, mail):
    server = mail()
    ada = asks_now(lake)
    name = draft(lake).id
    ada.opens(ways.question(name, "S0")).sends(answer="2", go="next")
    assert len(server.messages) == 1
    ada.opens(ways.step(name, "send")).sends()
    assert "A message went to your clinic." in ada.says
    ada.sends(ways.step(name, "send"))
    assert len(server.messages) == 2
    assert told(lake) == [("sent", True), ("answered", True)]
    assert "Ada asks for help now." in lake.practitioner_device().opens(ways.HOME).says


@pytest.mark.parametrize("manner", ["refuses", "silent", "gone"])
def test_who_could_not_be_reached_is_said_and_whom_to_call(lake, mail, monkeypatch, manner):
    monkeypatch.setattr(telling, "LONGEST_WAIT", 0.5)
    mail(manner, port=1 if manner == "gone" else None)
    began = time.monotonic()
    ada = asks_now(lake)
    assert time.monotonic() - began < 10
    assert ada.asks == "Help now"
    assert "We could not reach anyone. Call or text for help now." in ada.says
    assert "A message went" not in ada.says
    assert "Evenland emergency call" in ada.says
    assert draft(lake).record.answers == {"S0": 2}
    assert told(lake) == [("answered", False)]


def test_what_failed_is_tried_again_with_the_next_press(lake, mail):
    mail("refuses")
    ada = asks_now(lake)
    server = mail()
    ada.opens(ways.question(draft(lake).id, "S0")).sends(answer="2", go="next")
    assert "A message went to your clinic." in ada.says
    assert len(server.messages) == 1


def test_without_an_address_or_a_mail_server_nobody_is_told_and_it_is_said(
    lake, mail, monkeypatch
):
    server = mail()
    monkeypatch.setattr(settings, "HAS_MAIL", False)
    assert "Nobody looks at this at once." in asks_now(lake).says
    monkeypatch.setattr(settings, "HAS_MAIL", True)
    clinics.set_inbox(admin_of(lake), "", now())
    ada = lake.patient_device().opens(ways.question(draft(lake).id, "S0"))
    ada.sends(answer="2", go="next")
    assert "Nobody looks at this at once." in ada.says
    assert (server.messages, told(lake)) == ([], [])


@pytest.mark.parametrize("answer", ["0", "1", "open"])
def test_any_other_answer_tells_nobody(lake, mail, answer):
    server = mail()
    ada = lake.patient_device().opens(BEGIN.format(lake.pair))
    ada.sends(answer="short", go="next").sends(answer=answer, go="next")
    assert server.messages == []


def test_a_press_that_is_repeated_all_day_fills_no_inbox(lake, mail):
    server = mail()
    for number in range(telling.MOST_A_DAY + 2):
        for each in lake.kept(CheckIn):
            records.remove(lake.ada, each.id, at=now(), why="test")
        ada = asks_now(lake)
        is_told = number < telling.MOST_A_DAY
        assert ("A message went" in ada.says) is is_told
        assert ("We could not reach anyone." in ada.says) is not is_told
    assert len(server.messages) == telling.MOST_A_DAY


def test_what_a_helper_sends_unseen_is_not_said_to_be_sent(lake, mail):
    server = mail()
    lake.takes_all_back()
    lake.agrees_to_helpers = lake.supporter()
    helper = asks_now(lake, lake.agrees_to_helpers)
    helper.opens(helper.at.replace("help", "send")).sends()
    assert helper.asks.startswith("Sent.")
    assert len(server.messages) == 1  # of the answer, and none of what nobody can see yet


def test_only_the_own_clinic_is_told(lake, mail):
    server = mail()
    other = made_house("Hillside", now())
    clinics.set_inbox(other.staff[Role.ADMIN], "hill@example.org", now())
    asks_now(lake)
    (text,) = server.messages
    assert "hill@example.org" not in text
    assert clinics.of(lake.lee).inbox == ADDRESS


def test_the_audit_holds_that_it_was_told_and_no_address(lake, mail):
    mail()
    asks_now(lake)
    (entry,) = Entry.objects.filter(act=trail.MESSAGE)
    assert set(entry.detail) == {"role", "record", "step", "is_sent"}
    assert all(ADDRESS not in str(each.detail) for each in Entry.objects.all())


def test_the_admin_names_the_address_and_tries_it_out(lake, mail):
    server = mail()
    clinics.set_inbox(admin_of(lake), "", now())
    account = accounts.add("office", "Office", (), now())
    clinics.set_member(lake.clinic.id, account, Role.ADMIN, at=now())
    office = lake.staff_device(account).opens("/practice/inbox")
    office.client.raise_request_exception = False
    assert office.sends("/practice/inbox", act="keep", inbox="no address").status >= 400
    office.sends("/practice/inbox", act="keep", inbox=ADDRESS)
    assert clinics.of(lake.lee).inbox == ADDRESS
    office.sends("/practice/inbox", act="try")
    assert "The mail server took the message." in office.says
    assert "Nobody asks for help." in " ".join(server.messages[0].split())
    server.manner = "refuses"
    office.sends("/practice/inbox", act="try")
    assert "The message could not be sent." in office.says


@pytest.mark.parametrize("address", ["x", "a@b\nBcc: c@d.example", "a@b, c@d", " "])
def test_what_is_no_address_is_refused(lake, address):
    with pytest.raises(RefusedError):
        clinics.set_inbox(admin_of(lake), address, now())
    with pytest.raises(RefusedError):
        clinics.set_inbox(lake.lee, ADDRESS, now())
