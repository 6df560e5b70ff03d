"""The map: for each kind of record the resource of FHIR that tells it, and why that one."""

from collections.abc import Callable
from typing import Any

import msgspec

from rapport.practice.exchange.fhir import coalition, people, results, visits
from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.check_ins import check_in_of, response
from rapport.practice.exchange.fhir.shape import Shape, Within
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.coalition import Actor
from rapport.practice.records.drafts import Draft
from rapport.practice.records.kept import Kept, Record


class Mapped(msgspec.Struct, frozen=True, kw_only=True):
    """How a kind of record leaves and comes back. Without `write` it is part of another resource."""

    resource: str
    why: str
    write: Callable[[Any, Kept, Within], Json] | None
    read: Callable[[Json], Any]


SHAPES: tuple[Shape, ...] = (
    people.PROFILE,
    people.SUPPORTER,
    people.CONSENT,
    people.MARK,
    results.RESULT,
    results.HELP_SEEN,
    results.COMMENT,
    visits.VISIT,
    visits.AFTER,
    visits.LATER,
    visits.HARM,
    visits.STORY,
    visits.PROMISE,
    coalition.NEED,
    coalition.RESULT,
    coalition.MATCH,
    coalition.REQUEST,
    coalition.ACTION,
    coalition.NOTE,
    coalition.PLAN,
    coalition.LETTER,
)
MAP: dict[type[Record], Mapped] = {
    CheckIn: Mapped(
        resource="QuestionnaireResponse",
        why="the answers of one side, with who answered, how, and the edition of the "
        "Questionnaire; the rough level of severity is an answer and nothing else",
        write=lambda record, kept, within: response(
            record, record=kept.id, patient=within.patient
        ),
        read=check_in_of,
    ),
    Actor: Mapped(
        resource="CareTeam",
        why="one participant of the person's one team; roles are free words, so that none is a "
        "Practitioner or an Organization by guess",
        write=None,
        read=lambda resource: next(iter(coalition.actors_of(resource).values())),
    ),
    **{
        shape.kind: Mapped(
            resource=shape.resource, why=shape.why, write=shape.write, read=shape.read
        )
        for shape in SHAPES
    },
}
UNTOLD: dict[type[Record], str] = {
    Draft: "a form that is begun and not saved says nothing yet; it is in the JSON",
}
"""Kinds that stand in no bundle, and why. One that is in neither table fails a test."""
COMPUTED: dict[str, str] = {
    "a gap of service": "DetectedIssue",
    "a service of the map that is named in the records": "HealthcareService",
    "who wrote each record, and when": "Provenance",
    "who read or changed what": "AuditEvent",
    "the instruments": "Questionnaire",
}
"""What else is told in FHIR, though it is no record of the patient."""


def page() -> str:
    """The map as a table in Markdown."""
    rows = [
        f"| {kind.__name__} | {mapped.resource} | {mapped.why} |"
        for kind, mapped in MAP.items()
    ]
    rows += [f"| {kind.__name__} | none | {why} |" for kind, why in UNTOLD.items()]
    more = [f"| {what} | {resource} | |" for what, resource in COMPUTED.items()]
    return "\n".join(["| our record | FHIR R4B | why |", "|---|---|---|", *rows, *more])
