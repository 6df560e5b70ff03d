"""A patient's records as one Bundle in R4B, and each resource back to its record."""

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.exchange.everything import NOON, kept, made, one_of_each

from rapport.practice.coalition.held import Coalition
from rapport.practice.exchange.fhir import coalition as fhir
from rapport.practice.exchange.fhir.border import form_faults
from rapport.practice.exchange.fhir.bundle import WRITERS, bundle, faults
from rapport.practice.exchange.fhir.check_ins import check_in_of
from rapport.practice.exchange.fhir.trail import Access, consent_of
from rapport.practice.exchange.fhir.value_sets import REQUIRED, code_faults
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.coalition import (
    Action,
    ContactNote,
    DesiredResult,
    Need,
    Plan,
    Request,
)
from rapport.practice.records.people import Consent, Side

BACK = {
    CheckIn: check_in_of,
    Need: fhir.need_of,
    DesiredResult: fhir.result_of,
    Request: fhir.request_of,
    Action: fhir.action_of,
    ContactNote: fhir.note_of,
    Plan: fhir.plan_of,
    Consent: consent_of,
}
TRAIL = [
    Access(at=NOON, act="read", who="m1", role="practitioner", kinds=("Need",), why="visit")
]


def test_every_kind_that_is_written_is_read_back():
    assert set(BACK) == set(WRITERS)


def test_a_bundle_is_well_formed_and_names_its_version():
    whole = bundle(one_of_each(), TRAIL, patient="p1", at=NOON)
    assert faults(whole) == ()
    assert whole["meta"]["tag"][0] == {
        "system": "urn:rapport:fhir:version",
        "code": "4.3.0",
        "display": "R4B",
    }
    kinds = {each["resource"]["resourceType"] for each in whole["entry"]}
    assert kinds <= set(REQUIRED)
    assert kinds >= {
        "Patient", "QuestionnaireResponse", "Condition", "Goal", "ServiceRequest", "Task",
        "CareTeam", "CarePlan", "Consent", "Provenance", "AuditEvent", "Communication",
        "DetectedIssue",
    }  # fmt: skip


def test_every_reference_of_a_bundle_leads_to_a_resource_of_it():
    need = kept(made(Need), "n")
    others = [
        kept(
            type(each)(
                **{**{f: getattr(each, f) for f in each.__struct_fields__}, "need": "rn"}
            ),
            n,
        )
        for n, each in enumerate(map(made, (DesiredResult, Request, Action, ContactNote)))
    ]
    whole = bundle([need, *others], patient="p1", at=NOON)
    there = {f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in whole["entry"]}
    text = json.dumps(whole)
    named = {part.partition('"')[0] for part in text.split('"reference": "')[1:]}
    assert named <= there


def test_an_empty_patient_is_a_bundle_too():
    assert faults(bundle([], patient="p1", at=NOON)) == ()


def test_the_rough_level_of_severity_is_an_answer_and_nothing_else():
    check_in = made(CheckIn)
    check_in = type(check_in)(
        **{f: getattr(check_in, f) for f in check_in.__struct_fields__}
        | {"side": Side.PATIENT, "answers": {"C1x": 4}, "cannot_say": ()}
    )
    whole = bundle([kept(check_in)], patient="p1", at=NOON)
    for each in whole["entry"]:
        if each["resource"]["resourceType"] != "QuestionnaireResponse":
            assert "C1x" not in json.dumps(each)
            assert each["resource"]["resourceType"] not in ("Condition", "Observation")


def test_the_trail_holds_no_value():
    secret = one_of_each()
    whole = bundle(secret, TRAIL, patient="p1", at=NOON)
    trail = [
        e
        for e in whole["entry"]
        if e["resource"]["resourceType"] in ("AuditEvent", "Provenance")
    ]
    assert len(trail) > 5
    assert "made-up words" not in json.dumps(trail)


@pytest.mark.parametrize(
    ("change", "path"),
    [({"status": "done"}, "Task.status"), ({"intent": "wish"}, "Task.intent")],
)
def test_a_code_that_r4b_does_not_know_is_found(change, path):
    task = {**WRITERS[Action](made(Action), kept(made(Action)), Coalition()), **change}
    assert form_faults(task, "Task") == ()
    assert [fault.path for fault in code_faults(task, "Task")] == [path]


TEXT = st.sampled_from(["", "made-up words", "ø — €", "-x"])
WORDS = st.sampled_from(["made-up words", "ø — €"])
IDS = st.sampled_from(["ab_c-1", "r0"])
DAYS = st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1))


def records(kind, **fields):
    return st.builds(kind, **fields)


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        records(Need, label=WORDS, why=TEXT, closed_on=DAYS, first_seen=DAYS.filter(bool)),
        records(DesiredResult, need=IDS, what=WORDS, how_known=TEXT, by=DAYS),
        records(Request, need=IDS, service=IDS, reason=TEXT, answer=TEXT, sent_how=TEXT,
                sent_on=DAYS, due=DAYS, answered_on=DAYS),
        records(Action, need=IDS, what=WORDS, owner=IDS, due=DAYS.filter(bool), came_of_it=TEXT,
                benefit=TEXT, next_step=TEXT, waiting_for=TEXT),
        records(ContactNote, need=IDS, on=DAYS.filter(bool), who=TEXT, what=TEXT),
        records(Plan, version=st.integers(1, 9), agreed_on=DAYS.filter(bool), text=TEXT,
                review_on=DAYS.filter(bool), parts=st.tuples(IDS), agreed_by=st.tuples(IDS)),
        records(Consent, text=IDS, version=st.integers(1, 9), method=TEXT, basis=TEXT,
                given_at=st.just(NOON), withdrawn_at=st.none() | st.just(NOON),
                about=st.none() | IDS, need=st.none() | IDS, decided_by=TEXT),
    )
)  # fmt: skip
def test_a_record_comes_back_from_its_resource_as_it_was(record):
    of_it = kept(record)
    resource = WRITERS[type(record)](record, of_it, Coalition())
    kind = resource["resourceType"]
    assert (*form_faults(resource, kind), *code_faults(resource, kind)) == ()
    assert BACK[type(record)](json.loads(json.dumps(resource))) == record
