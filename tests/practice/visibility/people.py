"""Those who look, and records for them to look at."""

import datetime

from rapport.practice.records.check_ins import CheckIn, Length
from rapport.practice.records.coalition import Domain, Need
from rapport.practice.records.kept import Author, Kept
from rapport.practice.records.people import (
    Consent,
    ConsentKind,
    Respondent,
    Role,
    Side,
    Supporter,
)
from rapport.practice.visibility.viewer import Viewer, facts_of

NOW = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()
SAM = Viewer(clinic="c", role=Role.PATIENT, id="sam", patient="sam")
LEE = Viewer(clinic="c", role=Role.PRACTITIONER, id="lee")
KIM = Viewer(clinic="c", role=Role.SUPPORTER, id="kim", patient="sam")
JO = Viewer(clinic="c", role=Role.COALITION_MEMBER, id="jo")
RAE = Viewer(clinic="c", role=Role.RESEARCHER, id="rae")
ANSWERS = {"S0": 1, "C1a": 0, "C1b": 1, "C2a": 4, "PICK": 1}


def kept(record, name="r", *, pair="p", by=SAM):
    return Kept(
        id=name,
        clinic="c",
        patient="sam",
        pair=pair,
        author=Author(role=by.role, id=by.id),
        made_at=NOW,
        changed_at=NOW,
        record=record,
    )


def own(**more):
    told = {
        "side": Side.PATIENT,
        "edition": "e",
        "length": Length.SHORT,
        "respondent": Respondent.SELF,
        "answers": ANSWERS,
        "note": "a word",
        "started_at": NOW,
        "sent_at": NOW,
    }
    return CheckIn(**{**told, **more})


def theirs(**more):
    answers = {"C1a_pred": 3, "C1x_c": 2, "C1o": 1, "PICKo": 1}
    told = {"side": Side.PRACTITIONER, "respondent": Respondent.PRACTITIONER, "note": ""}
    return own(**{**told, "answers": answers, **more})


def consent(kind, about=None, need=None, **more):
    return Consent(
        consent=kind,
        text="t",
        version=1,
        given_at=NOW,
        method="m",
        about=about,
        need=need,
        **more,
    )


def helper(**more):
    until = TODAY + datetime.timedelta(days=9)
    told = {"shown_as": "Kim", "relation": "sister", "respondent": Respondent.SCRIBE}
    return Supporter(**{**told, "until": until, **more})


def facts(viewer, *records, pairs=("p",), agreed=("p",), **more):
    mine = frozenset(pairs) if viewer.role is Role.PRACTITIONER else frozenset()
    yes = [kept(consent(ConsentKind.RELATIONSHIP, pair), f"yes {pair}") for pair in agreed]
    return facts_of((*records, *yes), viewer, TODAY, pairs=mine, **more)


PLAN = kept(Need(label="n", domain=Domain.FOOD, first_seen=TODAY), "n", pair=None)
