"""A patient's records as one Bundle in R4B, and each resource back to its record."""

import functools
import json

import fhirpathpy
import msgspec
import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhirpathpy.models import models
from tests.practice.exchange.everything import KINDS, NOON, kept, made, one_of_each

from rapport.knowledge.load import instrument
from rapport.practice.coalition.service_map import examples
from rapport.practice.exchange.fhir import coalition
from rapport.practice.exchange.fhir.border import form_faults
from rapport.practice.exchange.fhir.bundle import bundle, faults
from rapport.practice.exchange.fhir.map import COMPUTED, MAP, UNTOLD, page
from rapport.practice.exchange.fhir.questionnaire import questionnaire
from rapport.practice.exchange.fhir.shape import Within
from rapport.practice.exchange.fhir.trail import Access
from rapport.practice.exchange.fhir.value_sets import REQUIRED, code_faults
from rapport.practice.records.check_ins import CheckIn, Result
from rapport.practice.records.coalition import (
    Action,
    Actor,
    Need,
    NeedState,
)
from rapport.practice.records.kept import Author
from rapport.practice.records.people import (
    Consent,
    Role,
    Side,
    Supporter,
)
from rapport.practice.records.visits import (
    Harm,
    Story,
    TwoDaysLater,
)

TRAIL = [
    Access(at=NOON, act="read", who="m1", role="practitioner", kinds=("Need",), why="visit")
]
ALONE = Within(patient="p1")


def one_life():
    """One record of every kind, each naming others of them; a service of the map among them."""
    names = {kind.__name__: f"r{kind.__name__}" for kind in KINDS}
    linked = {
        "need": names["Need"],
        "visit": names["Visit"],
        "check_in": names["CheckIn"],
        "result": names["Result"],
        "owner": names["Actor"],
        "patient": names["CheckIn"],
        "practitioner": names["CheckIn"],
        "service": "ex-care",
        "attachments": (names["Letter"],),
        "parts": tuple(names.values()),
        "supporter": names["Supporter"],
    }
    found = []
    for kind in KINDS:
        record = made(kind)
        about = names["Visit" if kind in (Harm, TwoDaysLater) else "Result"]
        fields = {
            name: value
            for name, value in (linked | {"about": about}).items()
            if name in kind.__struct_fields__
        }
        found.append(kept(msgspec.structs.replace(record, **fields), kind.__name__))
    return found


def whole(records=None, **more):
    return bundle(
        one_life() if records is None else records, TRAIL, patient="p1", at=NOON, **more
    )


def resources(made_bundle, kind=None):
    found = [each["resource"] for each in made_bundle["entry"]]
    return [each for each in found if kind in (None, each["resourceType"])]


def references(part):
    """Every reference of a resource, with the path of the element that holds it."""
    if isinstance(part, dict):
        if isinstance(part.get("reference"), str):
            yield part["reference"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def test_every_kind_of_record_has_a_resource_or_none_and_a_reason():
    assert set(MAP) | set(UNTOLD) == set(KINDS)
    assert all([*UNTOLD.values(), *(mapped.why for mapped in MAP.values())])
    assert {mapped.resource for mapped in MAP.values()} | set(COMPUTED.values()) <= {*REQUIRED}
    drawn = page()
    assert all(f"| {kind.__name__} |" in drawn for kind in KINDS)


def test_a_bundle_of_everything_is_well_formed_and_names_its_version():
    found = whole(services=examples())
    assert faults(found) == ()
    assert found["meta"]["tag"][0] == {
        "system": "urn:rapport:fhir:version",
        "code": "4.3.0",
        "display": "R4B",
    }
    kinds = {each["resourceType"] for each in resources(found)}
    assert kinds == {mapped.resource for mapped in MAP.values()} | {*COMPUTED.values()} - {
        "Questionnaire"
    }


@pytest.mark.parametrize("records", [one_life, one_of_each, list])
def test_every_reference_of_a_bundle_leads_to_a_resource_of_it_and_every_address_is_there_once(
    records,
):
    found = whole(records(), services=examples())
    addresses = [each["fullUrl"] for each in found["entry"]]
    assert len(addresses) == len(set(addresses))
    assert set(references(found)) <= set(addresses)


def test_what_is_linked_is_linked_by_reference():
    text = json.dumps(whole(services=examples()))
    for kind in ("Condition", "Encounter", "Observation", "QuestionnaireResponse", "CareTeam"):
        assert f'"reference": "urn:rapport:{kind}:' in text
    assert '"reference": "urn:rapport:HealthcareService:service-1"' in text
    # By name alone only what is not in the bundle; here that is nothing but a check-in's own name.
    assert text.count('"system": "urn:rapport:fhir:record"') == 1


def test_references_lead_only_to_what_r4b_allows_in_their_place():
    for each in resources(whole(services=examples())):
        model = get_fhir_model_class(each["resourceType"])
        for field in model.model_fields.values():
            name = field.alias
            extra = field.json_schema_extra or {}
            allowed = extra.get("enum_reference_types")
            if not allowed or name not in each or "Resource" in allowed:
                continue
            for place in each[name] if isinstance(each[name], list) else [each[name]]:
                if not isinstance(place, dict):
                    continue
                target = place.get("reference", "urn:rapport:?:").split(":")[2]
                assert target in {*allowed, "?"}, (each["resourceType"], name)


INVARIANTS = {
    "Condition": [  # con-4: what has ended is not active
        "abatement.empty() or clinicalStatus.coding.where(code = 'resolved' or "
        "code = 'remission' or code = 'inactive').exists()"
    ],
    "Observation": [  # obs-6, obs-7
        "dataAbsentReason.empty() or value.empty()",
        "value.empty() or component.empty() or component.code.coding.code.intersect("
        "%resource.code.coding.code).empty()",
    ],
    "Patient": ["telecom.all(value.empty() or system.exists())"],  # cpt-2
    "Consent": ["policy.exists() or policyRule.exists()"],  # ppc-1
    "CarePlan": ["activity.all(detail.empty() or reference.empty())"],  # cpl-3
    "RelatedPerson": ["patient.exists()"],
}


@functools.cache
def compiled(rule):
    return fhirpathpy.compile(rule, models["r4"])


@pytest.mark.parametrize("state", NeedState)
def test_rules_of_r4b_that_its_library_does_not_check_hold(state):
    need = msgspec.structs.replace(made(Need), state=state)
    found = [*one_life(), kept(need, "another")]
    for each in resources(whole(found, services=examples())):
        for rule in INVARIANTS.get(each["resourceType"], []):
            assert compiled(rule)(each, {"resource": each}) == [True], (rule, each)


def test_everything_that_somebody_wrote_has_its_provenance():
    found = one_life()
    provenances = resources(whole(found), "Provenance")
    assert len(provenances) == len(found) - len(UNTOLD)
    told = {each["target"][0]["reference"] for each in provenances}
    authored = {"Patient", *(mapped.resource for mapped in MAP.values())}
    for each in whole(found)["entry"]:
        if each["resource"]["resourceType"] in authored:
            assert each["fullUrl"] in told


def test_who_wrote_is_the_person_a_helper_of_theirs_or_an_id_that_means_nothing():
    helper = kept(made(Supporter), "Helper")
    by = [
        Author(role=Role.PATIENT, id="p1"),
        Author(role=Role.SUPPORTER, id="rHelper"),
        Author(role=Role.PRACTITIONER, id="m1"),
    ]
    records = [helper, *(kept(made(Story), n, author=each) for n, each in enumerate(by))]
    _, *told = resources(whole(records), "Provenance")
    assert [each["agent"][0]["who"] for each in told] == [
        {"reference": "urn:rapport:Patient:p1"},
        {"reference": "urn:rapport:RelatedPerson:rHelper"},
        {"identifier": {"system": "urn:rapport:fhir:who", "value": "m1"}},
    ]


def test_the_rough_level_of_severity_is_an_answer_and_nothing_else():
    check_in = msgspec.structs.replace(
        made(CheckIn), side=Side.PATIENT, answers={"C1x": 4}, cannot_say=()
    )
    for each in resources(whole([kept(check_in)])):
        if each["resourceType"] != "QuestionnaireResponse":
            assert "C1x" not in json.dumps(each)
            assert each["resourceType"] not in ("Condition", "Observation")


def test_a_result_is_components_with_the_edition_of_the_instrument_and_no_total():
    (found,) = [
        each
        for each in resources(whole([kept(made(Result))]), "Observation")
        if each["code"]["coding"][0]["code"] == "check-in-result"
    ]
    versions = {each.get("version") for each in found["code"]["coding"]}
    assert made(Result).scored.edition in versions
    assert not [name for name in found if name.startswith("value")]
    codes = {part["code"]["coding"][0]["code"] for part in found["component"]}
    assert {"strain_1", "status_1", "own_strain_1", "gap_1"} <= codes


def test_who_decided_where_it_was_not_the_person_is_told_with_the_consent():
    own = with_little(Consent)
    told = [
        each["performer"]
        for each in resources(whole([kept(own, 1), kept(made(Consent), 2)]), "Consent")
    ]
    assert told == [[{"reference": "urn:rapport:Patient:p1"}], [{"display": "made-up words"}]]


def test_an_older_story_is_superseded():
    first = msgspec.structs.replace(made(Story), version=1)
    second = msgspec.structs.replace(made(Story), version=2)
    found = resources(whole([kept(first, 1), kept(second, 2)]), "DocumentReference")
    assert [each["status"] for each in found] == ["superseded", "current"]


def test_the_trail_holds_no_value():
    trail = [
        each
        for each in resources(whole())
        if each["resourceType"] in ("AuditEvent", "Provenance")
    ]
    assert len(trail) > 5
    assert "made-up words" not in json.dumps(trail)


@pytest.mark.parametrize(
    ("change", "path"),
    [({"status": "done"}, "Task.status"), ({"intent": "wish"}, "Task.intent")],
)
def test_a_code_that_r4b_does_not_know_is_found(change, path):
    task = {**MAP[Action].write(made(Action), kept(made(Action)), ALONE), **change}
    assert form_faults(task, "Task") == ()
    assert [fault.path for fault in code_faults(task, "Task")] == [path]


def test_a_questionnaire_is_in_the_map_too():
    assert questionnaire(instrument("scc-p"))["resourceType"] == COMPUTED["the instruments"]


EMPTY = {str: "", int: 0, bool: False}
ODD = {str: " ø — €\n\x07 ", int: 7, bool: True}


def with_texts(kind, values):
    """A record of a kind with its plain fields set to the value for their type; ids are left."""
    links = {"need", "visit", "check_in", "about", "seen_by", "owner"}
    fields = {
        field.name: values[field.type]
        for field in msgspec.structs.fields(kind)
        if field.type in values and field.name not in links
    }
    return msgspec.structs.replace(made(kind), **fields)


def with_little(kind):
    """A record of a kind with nothing in it but what it cannot do without."""
    full = made(kind)
    needed = {
        field.name: getattr(full, field.name)
        for field in msgspec.structs.fields(kind)
        if field.required
    }
    return kind(**needed)


@pytest.mark.parametrize(
    "kind", [kind for kind, mapped in MAP.items() if mapped.write is not None]
)
def test_a_record_comes_back_from_its_resource_as_it_was(kind):
    texts = [] if kind is CheckIn else [with_texts(kind, EMPTY), with_texts(kind, ODD)]
    for record in [made(kind), with_little(kind), *texts]:
        resource = MAP[kind].write(record, kept(record), ALONE)
        name = resource["resourceType"]
        assert (*form_faults(resource, name), *code_faults(resource, name)) == ()
        assert MAP[kind].read(json.loads(json.dumps(resource))) == record


@pytest.mark.parametrize("state", NeedState)
def test_how_a_need_was_closed_comes_back(state):
    need = msgspec.structs.replace(made(Need), state=state)
    resource = MAP[Need].write(need, kept(need), ALONE)
    assert resource["clinicalStatus"]["text"] == state.value
    assert MAP[Need].read(resource) == need


def test_actors_come_back_from_their_team_without_how_to_reach_them():
    actors = {"a1": made(Actor), "a2": Actor(shown_as="Kim", role="")}
    told = {
        name: msgspec.structs.replace(each, contact="", account=None)
        for name, each in actors.items()
    }
    assert coalition.actors_of(coalition.care_team(actors, "p1")) == told
