"""Check-ins from elsewhere, and the questionnaires for them."""

import datetime
import json
import typing
from collections import Counter

import pytest
from tests.web.practice.forms import CANARY, file, only

from rapport.practice.exchange.fhir.border import form_faults
from rapport.practice.exchange.fhir.bundle import bundle as of_a_patient
from rapport.practice.exchange.fhir.check_ins import response
from rapport.practice.exchange.fhir.value_sets import code_faults
from rapport.practice.records.check_ins import CheckIn, Length, Result
from rapport.practice.records.coalition import Domain, Need
from rapport.practice.records.kept import Record
from rapport.practice.records.people import Respondent, Role, Side
from rapport.store.audit.models import Entry
from rapport.store.practice import records
from rapport.web.practice.pair.taking_in import MOST_NEW


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


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (4_900_000, b"the file is no JSON"),  # read, as the page promises
        (5_000_001, b"up to five megabytes"),
        (5_200_000, b"up to five megabytes"),
    ],
)
def test_a_file_of_up_to_five_megabytes_is_read(two, size, said):
    here, _, person = two
    sent = {"file": file(" " * size, "x.json")}
    refused = person.post(f"/practice/take-in/{here.pair}/", sent)
    assert (refused.status_code, said in refused.content) == (400, True)


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


KINDS = typing.get_args(Record)
FHIR = "application/fhir+json"


def send(browser, pair, resource, kind=FHIR):
    """A body sent as a program sends it: the answer's status and what it says of each."""
    body = resource if isinstance(resource, bytes) else json.dumps(resource).encode()
    answer = browser.post(f"/practice/take-in/{pair}.json", body, content_type=kind)
    if answer["Content-Type"] != FHIR:
        return answer.status_code, answer.json()["problem"]
    outcome = answer.json()
    assert (*form_faults(outcome, "OperationOutcome"), *code_faults(outcome, "x")) == ()
    return answer.status_code, [
        (
            issue["expression"][0],
            issue.get("diagnostics") or issue["details"]["coding"][0]["code"],
        )
        for issue in outcome["issue"]
    ]


def bundle(*resources):
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": each} for each in resources],
    }


def everything_of(house):
    return [(each.id, each.record) for each in records.kept(house.patient, CheckIn, Result)]


def test_a_program_is_told_what_became_of_each_check_in(two, at):
    here, _, person = two
    one, other = (
        response(check_in(at - datetime.timedelta(days=days)), record=f"x{days}", patient="p")
        | {"subject": {"reference": f"Patient/{here.patient.id}"}}
        for days in (0, 40)
    )
    assert send(person, here.pair, one) == (201, [("QuestionnaireResponse", "taken-in")])
    entries = ("Bundle.entry[0].resource", "Bundle.entry[1].resource")
    assert send(person, here.pair, bundle(one, other)) == (
        201,
        [(entries[0], "already-here"), (entries[1], "taken-in")],
    )
    before = everything_of(here)
    assert send(person, here.pair, bundle(other, one))[0] == 200
    assert everything_of(here) == before
    assert len(before) == 4


def test_what_was_exported_and_comes_back_is_already_here(two, at):
    here, _, person = two
    own = here.patient
    kept = records.keep(
        own, check_in(at, note="of mine"), patient=own.id, pair=here.pair, at=at, why="test"
    )
    copy = response(kept.record, record=kept.id, patient=own.id)
    unnamed = {name: value for name, value in copy.items() if name not in ("identifier", "id")}
    before = everything_of(here)
    for again in (copy, unnamed, copy | {"identifier": {"value": "of another program"}}):
        assert send(person, here.pair, again)[1][0][1] == "already-here"
    assert everything_of(here) == before
    # The page says the same.
    page = person.post(
        f"/practice/take-in/{here.pair}/", {"file": file(json.dumps(copy), "x.json")}
    )
    told = person.get(page["Location"]).content
    assert b"Check-ins taken in: 0. Here already: 1." in told


def test_a_whole_copy_that_comes_back_changes_nothing(two, at):
    here, _, person = two
    own = here.patient
    for days in (0, 40):
        sent = check_in(at - datetime.timedelta(days=days))
        records.keep(own, sent, patient=own.id, pair=here.pair, at=at, why="test")
    need = Need(label="a bed", domain=Domain.AIDS, first_seen=at.date())
    records.keep(own, need, patient=own.id, at=at, why="test")
    copy = of_a_patient(records.kept(own, *KINDS), patient=own.id, at=at)
    before = records.kept(own, *KINDS)
    status, told = send(person, here.pair, copy)
    assert (status, Counter(what for _, what in told)["already-here"]) == (200, 2)
    assert {what for _, what in told} == {"already-here", "left-out"}
    assert records.kept(own, *KINDS) == before


def test_a_check_in_that_comes_back_changed_is_refused_and_nothing_of_its_file_is_kept(two, at):
    here, _, person = two
    own = here.patient
    kept = records.keep(own, check_in(at), patient=own.id, pair=here.pair, at=at, why="test")
    before = everything_of(here)
    changed = response(kept.record, record=kept.id, patient=own.id)
    changed["item"][0]["answer"][0]["valueCoding"]["code"] = "4"
    fresh = response(check_in(at - datetime.timedelta(days=40)), record="new", patient=own.id)
    status, told = send(person, here.pair, bundle(fresh, changed))
    assert (status, told[0][0]) == (400, "Bundle.entry[1].resource.identifier")
    assert everything_of(here) == before
    # Two of one name in one file, of another program: the same.
    twice = [fresh | {"identifier": {"system": "urn:x", "value": "1"}} for _ in range(2)]
    assert send(person, here.pair, bundle(*twice))[0] == 201
    other = json.loads(json.dumps(twice[0]))
    other["item"][0]["answer"][0]["valueCoding"]["code"] = "0"
    assert send(person, here.pair, other)[0] == 400


def test_what_another_clinic_or_person_has_is_neither_told_nor_touched(
    two, house, enter_as, at
):
    here, _, person = two
    there = house("Hillside")
    theirs = records.keep(
        there.patient,
        check_in(at),
        patient=there.patient.id,
        pair=there.pair,
        at=at,
        why="test",
    )
    before = everything_of(there)
    copy = response(theirs.record, record=theirs.id, patient=there.patient.id)
    status, told = send(person, here.pair, copy)
    assert (status, told[0][0]) == (400, "QuestionnaireResponse.subject")
    # Under one's own name it is a new one, whatever it is called: nothing tells that it is known.
    own = copy | {"subject": {"reference": f"Patient/{here.patient.id}"}}
    assert send(person, here.pair, own)[1][0][1] == "taken-in"
    assert send(person, there.pair, own)[0] == 404
    assert send(enter_as(there, Role.PATIENT), here.pair, own)[0] == 404
    assert everything_of(there) == before


def test_who_may_take_in_by_a_program(two, enter_as, browser, at):
    here, doctor, person = two
    good = response(check_in(at), record="r", patient=here.patient.id)
    assert send(browser(), here.pair, good)[0] == 403
    assert send(enter_as(here, Role.SUPPORTER), here.pair, good)[0] == 403
    assert send(doctor, here.pair, good)[0] == 403
    person.handler.enforce_csrf_checks = True
    assert send(person, here.pair, good)[0] == 403
    assert records.kept(here.patient, CheckIn) == ()


def test_what_is_no_check_in_is_refused_with_its_place(two, at):
    here, _, person = two
    good = response(check_in(at), record="r", patient=here.patient.id)
    before = everything_of(here)
    cases = [
        (b"{", 400, "$"),
        (b" " * 5_000_001, 400, "$"),
        (b"[" * 200_000, 400, "$"),
        ({"resourceType": "Patient"}, 400, "Patient.resourceType"),
        (bundle(good, {"resourceType": "Condition"}), 400, "Bundle.entry[1].resource.resourceType"),
        (bundle(*[good] * 101), 400, "Bundle.entry"),
        (good | {"status": "in-progress"}, 400, "QuestionnaireResponse.status"),
        (good | {"status": "entered-in-error"}, 400, "QuestionnaireResponse.status"),
        (good | {"identifier": [{"value": "1"}]}, 400, "QuestionnaireResponse.identifier"),
        (good | {"resourceType": CANARY}, 400, "Resource.resourceType"),
    ]  # fmt: skip
    for resource, status, path in cases:
        found, told = send(person, here.pair, resource)
        assert (found, told[0][0]) == (status, path), (path, told)
    assert send(person, here.pair, good, "text/plain")[0] == 415
    assert everything_of(here) == before


def test_more_new_check_ins_than_others_can_wait_for_are_refused(two, at):
    here, _, person = two
    many = [
        response(
            check_in(at - datetime.timedelta(days=n)), record=f"x{n}", patient=here.patient.id
        )
        for n in range(MOST_NEW + 1)
    ]
    status, told = send(person, here.pair, bundle(*many))
    assert (status, [path for path, _ in told]) == (400, ["Bundle.entry"])
    assert everything_of(here) == []


def test_taking_in_is_in_the_audit_once_for_each_check_in_and_says_no_value(two, at):
    here, _, person = two
    good = response(check_in(at, note=CANARY), record="r", patient=here.patient.id)
    for _ in range(2):
        send(person, here.pair, good)
    entries = [each for each in Entry.objects.all() if each.detail.get("why") == "taken in"]
    assert len(entries) == 1
    assert CANARY not in json.dumps([each.detail for each in Entry.objects.all()])


def test_the_check_ins_can_be_had_as_questionnaires_by_anybody(browser):
    anybody = browser()
    made = anybody.get("/practice/questionnaires/scc-p")
    assert made["Content-Type"] == "application/fhir+json"
    assert made.json()["resourceType"] == "Questionnaire"
    assert anybody.get("/practice/questionnaires/phq-9").status_code == 404
