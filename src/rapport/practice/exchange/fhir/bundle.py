"""Everything of one patient as one Bundle in R4B."""

import datetime
from collections.abc import Iterable

from rapport.practice.coalition.gaps import gaps
from rapport.practice.coalition.held import Coalition, coalition_of
from rapport.practice.exchange.fhir.border import Fault, Json, form_faults
from rapport.practice.exchange.fhir.coalition import (
    care_team,
    detected_issue,
    healthcare_services,
    team,
)
from rapport.practice.exchange.fhir.map import MAP, UNTOLD
from rapport.practice.exchange.fhir.names import address, instant, r4b, resource_id
from rapport.practice.exchange.fhir.people import PROFILE
from rapport.practice.exchange.fhir.shape import Within, headed
from rapport.practice.exchange.fhir.trail import Access, audit_events, provenance
from rapport.practice.exchange.fhir.value_sets import code_faults
from rapport.practice.records.coalition import Actor, Service
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Profile
from rapport.practice.records.visits import Story


def bundle(
    kept: Iterable[Kept],
    trail: Iterable[Access] = (),
    *,
    patient: str,
    at: datetime.datetime,
    services: Iterable[Service] = (),
) -> Json:
    """The Bundle of a patient's records, each with its Provenance.

    Of `services`, the clinic's map, those are in it that the records name. `C1x` is in it as an
    answer and as nothing else.
    """
    records = [each for each in kept if type(each.record) not in UNTOLD]
    held = coalition_of(records)
    offered = healthcare_services(each for each in services if each.id in _named(held))
    within = Within(
        patient=patient,
        places={each.id: _place(each, patient) for each in records},
        services={name: made["id"] for name, made in offered},
        coalition=held,
        latest_story=max(
            (each.record.version for each in records if isinstance(each.record, Story)),
            default=0,
        ),
    )
    found = [
        _patient(records, within),
        *(made for _, made in offered),
        *_written(records, within),
        *([care_team(held.actors, patient)] if held.actors else []),
        *(provenance(each, within) for each in records),
        *(
            detected_issue(gap, number, within)
            for number, gap in enumerate(gaps(held, at.date()), 1)
        ),
        *audit_events(trail, patient),
    ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "meta": r4b(),
        "timestamp": instant(at),
        "entry": [
            {"fullUrl": address(each["resourceType"], each["id"]), "resource": each}
            for each in found
        ],
    }


def _place(kept: Kept, patient: str) -> tuple[str, str]:
    """Kind and name of the resource that tells a record."""
    if isinstance(kept.record, Profile):
        return "Patient", patient
    if isinstance(kept.record, Actor):
        return "CareTeam", team(patient)
    return MAP[type(kept.record)].resource, kept.id


def _patient(records: list[Kept], within: Within) -> Json:
    """The one Patient: with the newest profile, or with nothing but the id."""
    profiles = [each for each in records if isinstance(each.record, Profile)]
    if not profiles:
        return headed("Patient", within.patient, Profile.__name__)
    newest = max(profiles, key=lambda each: each.changed_at)
    return PROFILE.write(newest.record, newest, within) | {"id": resource_id(within.patient)}


def _written(records: list[Kept], within: Within) -> list[Json]:
    """The resources that tell one record each."""
    return [
        write(each.record, each, within)
        for each in records
        if not isinstance(each.record, Profile)
        and (write := MAP[type(each.record)].write) is not None
    ]


def _named(held: Coalition) -> frozenset[str]:
    """The services that records name."""
    return frozenset(
        each.service for part in (held.matches, held.requests) for each in part.values()
    )


def faults(made: Json) -> tuple[Fault, ...]:
    """What is wrong with a bundle of ours: nothing, or the program has a fault."""
    shell = {key: value for key, value in made.items() if key != "entry"}
    found = [*form_faults(shell, "Bundle"), *code_faults(shell, "Bundle")]
    for number, entry in enumerate(made["entry"]):
        root = f"Bundle.entry[{number}].resource"
        resource = entry["resource"]
        found += [*form_faults(resource, root), *code_faults(resource, root)]
    return tuple(found)
