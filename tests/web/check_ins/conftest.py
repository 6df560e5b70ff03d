"""Two made-up people of a made-up clinic, each with a device of their own."""

import datetime
import re
from binascii import unhexlify

import pytest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp

from rapport.practice.records.check_ins import CheckIn, Length
from rapport.practice.records.people import (
    ConsentKind,
    Profile,
    Respondent,
    Role,
    Side,
    Supporter,
)
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import Act, recording
from rapport.store.people import accounts, second_factor
from rapport.store.practice import clinics, links, pairs, records
from rapport.store.practice.links import Purpose
from rapport.web.clock import now
from rapport.web.practice import agreeing


@pytest.fixture(autouse=True)
def _with_a_store(store):
    """Every test here may write, and what it writes is undone."""


class Browser:
    """A device: it follows redirects as people's do, and remembers the page it is on."""

    def __init__(self):
        self.client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
        self.page, self.at = "", ""

    def opens(self, address):
        return self._shown(self.client.get(address, follow=True), address)

    def sends(self, address="", **fields):
        """A form of the page one is on, or of another, with its hidden fields."""
        hidden = dict(re.findall(r'name="(served)" value="([^"]*)"', self.page))
        sent = self.client.post(address or self.at, {**hidden, **fields}, follow=True)
        return self._shown(sent, address or self.at)

    def _shown(self, answer, address):
        self.status = answer.status_code
        self.at = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.page = answer.content.decode()
        return self

    @property
    def lines(self):
        """The pieces of text of the page, as they stand between its tags."""
        return _lines(self.page)

    @property
    def lines_to_read(self):
        """The same without what is folded away until somebody opens it."""
        shown = re.sub(r"(</summary>).*?(</details>)", r"\1\2", self.page, flags=re.S)
        return _lines(shown)

    @property
    def says(self):
        """The words of the page, as text."""
        return " ".join(self.lines)

    @property
    def asks(self):
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.S)
        return found[1].strip() if found else ""


def _lines(page):
    main = page.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    found = (" ".join(each.split()) for each in re.split(r"<[^>]+>", main))
    return [each.replace("&#39;", "'") for each in found if each]


class Lake:
    """A clinic with one practitioner and one patient."""

    def __init__(self, at):
        self.now = at
        self.clinic = clinics.add("Lakeside", "evenland", at)
        self.account = accounts.add("lee", "Dr Lee", (), at)
        member = clinics.set_member(self.clinic.id, self.account, Role.PRACTITIONER, at=at)
        self.lee = Viewer(clinic=self.clinic.id, role=Role.PRACTITIONER, id=member.id)
        made = pairs.invite(self.lee, Profile(shown_as="Ada", conditions=("dark",)), at=at)
        self.pair, self.patient, self.token = made.pair, made.patient, made.token
        self.ada = Viewer(
            clinic=self.clinic.id, role=Role.PATIENT, id=made.patient, patient=made.patient
        )
        self.agrees(ConsentKind.RELATIONSHIP, self.pair)

    def agrees(self, kind, about):
        agreeing.agree(self.ada, kind, patient=self.patient, at=now(), about=about)

    def takes_all_back(self):
        for entry, _ in agreeing.standing(self.ada):
            agreeing.take_back(self.ada, entry.id, now())

    def stranger(self):
        """A device that nobody is signed in on, and that has kept no page from before."""
        return Browser()

    def patient_device(self):
        return self.device(self.token)

    def device(self, token):
        browser = Browser()
        session = browser.client.session
        session["device"] = links.sign_in(token, now())
        session.save()
        return browser

    def practitioner_device(self):
        return self.staff_device(self.account)

    def staff_device(self, account):
        browser = Browser()
        secret = second_factor.new_secret()
        found = second_factor.confirm(account, secret, f"{totp(unhexlify(secret)):06d}", now())
        with recording(Act(act="test", about=account.name, at=now())):
            browser.client.force_login(account)
        session = browser.client.session
        session[DEVICE_ID_SESSION_KEY] = found.persistent_id
        session.save()
        return browser

    def supporter(self, respondent=Respondent.SCRIBE, sees=()):
        """Somebody who helps Ada, with her consent, and their device."""
        at = now()
        entry = Supporter(
            shown_as="Bo",
            relation="sister",
            respondent=respondent,
            until=at.date() + datetime.timedelta(days=30),
            sees=sees,
        )
        kept = records.keep(self.ada, entry, patient=self.patient, at=at, why="test")
        self.agrees(ConsentKind.SUPPORTER, kept.id)
        token = links.make(
            self.ada, self.patient, Purpose.SIGN_IN, at=at, supporter=kept.id, pair=self.pair
        )
        return self.device(token)

    def draft(self, viewer=None, length=Length.SHORT, respondent=None, **answers):
        """A draft with these answers, as if they had been given one by one; its id."""
        who, at = viewer or self.ada, now()
        is_lee = who.role is Role.PRACTITIONER
        side = Side.PRACTITIONER if is_lee else Side.PATIENT
        own = Respondent.PRACTITIONER if is_lee else Respondent.SELF
        made = CheckIn(
            side=side,
            edition="scc-0.1",
            length=length,
            respondent=respondent or own,
            answers=answers,
            started_at=at,
        )
        kept = records.keep(who, made, patient=self.patient, pair=self.pair, at=at, why="test")
        return kept.id

    def kept(self, kind, viewer=None):
        return records.kept(viewer or self.ada, kind, patient=self.patient, pair=self.pair)


@pytest.fixture
def lake(open_site, release_folder):
    open_site(release_folder)
    return Lake(now())
