"""Everything of one patient that FHIR has a place for, as one Bundle in R4B."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from rapport.practice.coalition.gaps import gaps
from rapport.practice.coalition.held import Coalition, coalition_of
from rapport.practice.exchange.fhir.border import Fault, Json, form_faults
from rapport.practice.exchange.fhir.check_ins import response
from rapport.practice.exchange.fhir.coalition import (
    care_plan,
    care_team,
    communication,
    condition,
    detected_issue,
    goal,
    service_request,
    task,
)
from rapport.practice.exchange.fhir.names import instant, r4b, resource_id
from rapport.practice.exchange.fhir.trail import Access, audit_events, consent, provenance
from rapport.practice.exchange.fhir.value_sets import code_faults
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.coalition import (
    Action,
    ContactNote,
    DesiredResult,
    Need,
    Plan,
    Request,
)
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Consent

_Writer = Callable[[Any, Kept, Coalition], Json]
WRITERS: dict[type, _Writer] = {
    CheckIn: lambda r, k, _: response(r, record=k.id, patient=k.patient),
    Need: lambda r, k, _: condition(r, k.id, k.patient),
    DesiredResult: lambda r, k, _: goal(r, k.id, k.patient),
    Request: lambda r, k, _: service_request(r, k.id, k.patient),
    Action: lambda r, k, c: task(r, k.id, k.patient, c.actors),
    ContactNote: lambda r, k, _: communication(r, k.id, k.patient),
    Plan: lambda r, k, c: care_plan(r, k.id, k.patient, c),
    Consent: lambda r, k, _: consent(r, k.id, k.patient),
}
"""Kind of record to its resource. The others have no place in FHIR: they are in the JSON."""


def bundle(
    kept: Iterable[Kept],
    trail: Iterable[Access] = (),
    *,
    patient: str,
    at: datetime.datetime,
) -> Json:
    """The Bundle of a patient's records. `C1x` is in it as an answer and as nothing else."""
    records = list(kept)
    held = coalition_of(records)
    found: list[Json] = [{"resourceType": "Patient", "id": resource_id(patient), "meta": r4b()}]
    for each in records:
        writer = WRITERS.get(type(each.record))
        if writer is not None:
            made = writer(each.record, each, held)
            found += [made, provenance(each, made["resourceType"])]
    if held.actors:
        found.append(care_team(held.actors, patient))
    found += [
        detected_issue(gap, number, patient)
        for number, gap in enumerate(gaps(held, at.date()), 1)
    ]
    found += audit_events(trail, patient)
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "meta": r4b(),
        "timestamp": instant(at),
        "entry": [
            {"fullUrl": f"urn:rapport:{each['resourceType']}:{each['id']}", "resource": each}
            for each in found
        ],
    }


def faults(made: Json) -> tuple[Fault, ...]:
    """What is wrong with a bundle of ours: nothing, or the program has a fault."""
    shell = {key: value for key, value in made.items() if key != "entry"}
    found = [*form_faults(shell, "Bundle"), *code_faults(shell, "Bundle")]
    for number, entry in enumerate(made["entry"]):
        root = f"Bundle.entry[{number}].resource"
        resource = entry["resource"]
        found += [*form_faults(resource, root), *code_faults(resource, root)]
    return tuple(found)
