"""Made-up check-ins of two people who do not exist."""

import datetime

import msgspec
import pytest

from rapport.knowledge.load import instruments
from rapport.knowledge.load_practice import own
from rapport.practice.check_in.screens import Names
from rapport.practice.check_in.wording import Wording
from rapport.practice.records.check_ins import CheckIn, Length
from rapport.practice.records.kept import Author, Kept
from rapport.practice.records.people import Respondent, Role, Side

NOW = datetime.datetime(2026, 5, 3, 10, 0, tzinfo=datetime.UTC)
NAMES = Names(patient="Ada", practitioner="Dr Lee")
WORDING = Wording(instruments=instruments(), practice=own())
EDITION = "scc-0.1"


def later(days=0, **more):
    return NOW + datetime.timedelta(days=days, **more)


def check_in(side=Side.PATIENT, length=Length.SHORT, respondent=None, **fields):
    who = respondent or (Respondent.SELF if side is Side.PATIENT else Respondent.PRACTITIONER)
    made = CheckIn(side=side, edition=EDITION, length=length, respondent=who, started_at=NOW)
    return msgspec.structs.replace(made, **fields)


def kept(record, name="r1", pair="pair", at=NOW):
    return Kept(
        id=name,
        clinic="lake",
        patient="ada",
        pair=pair,
        author=Author(role=Role.PATIENT, id="ada"),
        made_at=at,
        changed_at=at,
        record=record,
    )


@pytest.fixture(scope="session")
def wording():
    return WORDING
