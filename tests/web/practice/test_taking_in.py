"""Check-ins from elsewhere, and the questionnaires for them."""

import json

import pytest
from tests.web.practice.forms import CANARY, file, only

from rapport.practice.exchange.fhir.check_ins import response
from rapport.practice.records.check_ins import CheckIn, Length, Result
from rapport.practice.records.people import Respondent, Side
from rapport.store.practice import records


def check_in(at, **more):
    return CheckIn(
        side=Side.PATIENT,
        edition="scc-0.1",
        length=Length.SHORT,
        respondent=Respondent.SELF,
        answers={"C1a": 2},
        started_at=at,
        sent_at=at,
        **more,
    )


def test_a_check_in_from_elsewhere_is_taken_in_or_every_fault_is_told(two, at):
    here, _, person = two
    address = f"/practice/take-in/{here.pair}/"
    good = response(check_in(at), record="r", patient=here.patient.id)
    bad = json.loads(json.dumps(good))
    bad["item"][0]["linkId"] = CANARY
    both = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": good}, {"resource": bad}],
    }
    refused = person.post(address, {"file": file(json.dumps(both), "x.json")})
    assert refused.status_code == 400
    assert b"Bundle.entry[1].resource.item[0].linkId" in refused.content
    assert CANARY.encode() not in refused.content
    assert records.kept(here.patient, CheckIn) == ()
    assert person.post(address, {"file": file(json.dumps(good), "x.json")}).status_code == 302
    (kept,) = records.kept(here.patient, CheckIn)
    assert kept.record.answers == {"C1a": 2}


def test_a_check_in_that_is_taken_in_twice_is_kept_and_scored_once(two, at):
    here, _, person = two
    address = f"/practice/take-in/{here.pair}/"
    for _ in range(2):
        good = response(check_in(at), record="r", patient=here.patient.id)
        taken = person.post(address, {"file": file(json.dumps(good), "x.json")})
        assert taken.status_code == 302
    kept = only(here.patient, CheckIn, here.patient.id)
    result = only(here.patient, Result, here.patient.id)
    assert result.record.patient == kept.id


@pytest.mark.parametrize("sent_at", ["9999-12-31T23:59:00Z", "0001-01-01T00:00:00Z"])
def test_no_check_in_of_a_year_that_no_page_can_count_from_is_taken_in(two, at, sent_at):
    here, _, person = two
    made = response(check_in(at), record="r", patient=here.patient.id) | {"authored": sent_at}
    answer = person.post(
        f"/practice/take-in/{here.pair}/", {"file": file(json.dumps(made), "x.json")}
    )
    assert answer.status_code == 400
    assert records.kept(here.patient, CheckIn) == ()


def test_a_practitioner_cannot_take_in_answers_as_if_the_person_had_sent_them(two, at):
    here, doctor, _ = two
    good = response(check_in(at), record="r", patient=here.patient.id)
    answer = doctor.post(
        f"/practice/take-in/{here.pair}/", {"file": file(json.dumps(good), "x.json")}
    )
    assert answer.status_code == 403
    assert records.kept(here.patient, CheckIn) == ()


def test_the_check_ins_can_be_had_as_questionnaires_by_anybody(browser):
    anybody = browser()
    made = anybody.get("/practice/questionnaires/scc-p")
    assert made["Content-Type"] == "application/fhir+json"
    assert made.json()["resourceType"] == "Questionnaire"
    assert anybody.get("/practice/questionnaires/phq-9").status_code == 404
