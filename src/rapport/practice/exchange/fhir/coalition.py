"""Needs, what is done for them, by whom, and what is on paper, as FHIR resources and back."""

from collections.abc import Iterable, Mapping

from rapport.practice.coalition.gaps import Gap
from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.codec import details, read, without_empty
from rapport.practice.exchange.fhir.names import (
    CATEGORY,
    OWN,
    concept,
    extensions,
    r4b,
    reference,
    resource_id,
)
from rapport.practice.exchange.fhir.shape import (
    AT_NOON,
    Place,
    Shape,
    Within,
    coded,
    linked,
    linked_all,
    name_of,
    named,
    of_service,
    text,
)
from rapport.practice.records.coalition import (
    Access,
    Action,
    ActionState,
    Actor,
    ContactNote,
    DesiredResult,
    Known,
    Letter,
    Match,
    Need,
    NeedState,
    Plan,
    Request,
    Service,
)
from rapport.practice.records.kept import Kept

_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_DOMAIN = f"{OWN}:domain"
_MATCH = f"{OWN}:observation"
_CLINICAL_OF = {NeedState.MET: "resolved", NeedState.WITHDRAWN: "inactive"}
"""The ends after which there is no need any more; one closed as not to be had is still active."""
_TASK = {
    ActionState.TO_DO: "requested",
    ActionState.DOING: "in-progress",
    ActionState.WAITING: "on-hold",
    ActionState.DONE: "completed",
    ActionState.FAILED: "failed",
    ActionState.DROPPED: "cancelled",
}


def _need(need: Need, _kept: Kept, within: Within) -> Json:
    clinical = _CLINICAL_OF.get(need.state)
    ended = need.closed_on.isoformat() if need.closed_on and clinical else None
    return {
        "clinicalStatus": concept(_CLINICAL, clinical or "active"),
        "category": [concept(CATEGORY, "health-concern"), {"coding": [{"system": _DOMAIN}]}],
        "code": {"text": "-"},
        "subject": within.subject(),
        "abatementDateTime": ended,
    }


NEED = Shape(
    kind=Need,
    resource="Condition",
    why="a health concern in the person's words, never a diagnosis; how it was closed stands in "
    "the words of its status, so that “not available” is not read as over",
    fields={
        "label": "code.text",
        "domain": "category[1].coding[0].code",
        "why": "note[0].text",
        "state": "clinicalStatus.text",
        "first_seen": "recordedDate",
    },
    also=_need,
)


def _goal(_result: DesiredResult, _kept: Kept, within: Within) -> Json:
    return {
        "lifecycleStatus": "active",
        "description": {"text": "-"},
        "subject": within.subject(),
        "expressedBy": within.subject(),
    }


RESULT = Shape(
    kind=DesiredResult,
    resource="Goal",
    why="what the person wants to come of it, expressed by them",
    fields={
        "need": linked("addresses[0]"),
        "what": "description.text",
        "how_known": "note[0].text",
        "by": "target[0].dueDate",
    },
    also=_goal,
)


def _match(_match: Match, _kept: Kept, within: Within) -> Json:
    return {
        "status": "final",
        "code": concept(_MATCH, "service-fits", "whether a service fits a need"),
        "subject": within.subject(),
        "valueCodeableConcept": {"coding": [{"system": f"{OWN}:fits"}]},
    }


MATCH = Shape(
    kind=Match,
    resource="Observation",
    why="what somebody found when they looked, also that nothing fits; a draft of a "
    "ServiceRequest would say that it was asked for",
    fields={
        "need": linked("focus[0]"),
        "service": of_service("focus[1]"),
        "fits": "valueCodeableConcept.coding[0].code",
        "checked_on": "effectiveDateTime",
    },
    also=_match,
)


def _request(request: Request, _kept: Kept, within: Within) -> Json:
    status = "active" if request.sent_on else "draft"
    if request.answered_on:
        status = "revoked" if request.refused else "completed"
    return {
        "status": status,
        "intent": "order",
        "code": {"text": "-"},
        "subject": within.subject(),
    }


REQUEST = Shape(
    kind=Request,
    resource="ServiceRequest",
    why="what was asked of a service; draft until sent, completed when answered, revoked by a no",
    fields={
        "need": linked("reasonReference[0]"),
        "service": of_service("performer[0]"),
        "reason": "code.text",
        "attachments": linked_all("supportingInfo"),
        "sent_on": "authoredOn",
        "due": "occurrenceDateTime",
    },
    also=_request,
)


def _task(action: Action, _kept: Kept, within: Within) -> Json:
    came = [{"type": {"text": "what came of it"}, "valueString": "-"}]
    owner = within.coalition.actors.get(action.owner)
    return {
        "intent": "plan",
        "for": within.subject(),
        "owner": {"display": owner.shown_as} if owner and owner.shown_as else None,
        "output": came if action.came_of_it else [],
    }


_OWNER = Place(
    path="owner.identifier",
    out=lambda owner, _: named("actor", owner)["identifier"],
    back=lambda found: name_of({"identifier": found}),
)
ACTION = Shape(
    kind=Action,
    resource="Task",
    why="a verb and an object with one owner, a day and a state",
    fields={
        "need": linked("focus"),
        "what": "description",
        "owner": _OWNER,
        "due": "restriction.period.end",
        "state": coded("status", _TASK),
        "came_of_it": "output[0].valueString",
    },
    also=_task,
)


def _note(_note: ContactNote, _kept: Kept, within: Within) -> Json:
    return {
        "status": "completed",
        "subject": within.subject(),
        "sender": {"display": "-"},
        "payload": [{"contentString": "-"}],
    }


NOTE = Shape(
    kind=ContactNote,
    resource="Communication",
    why="who was asked and what they said",
    fields={
        "need": linked("reasonReference[0]"),
        "on": AT_NOON,
        "who": "sender.display",
        "what": "payload[0].contentString",
    },
    also=_note,
)


def _plan(plan: Plan, _kept: Kept, within: Within) -> Json:
    held = within.coalition
    activities = [*held.requests, *held.actions]
    return {
        "status": "active",
        "intent": "plan",
        "title": f"Plan, version {plan.version}",
        "subject": within.subject(),
        "careTeam": [_team_of(within.patient)] if held.actors else [],
        "addresses": [within.to(part) for part in plan.parts if part in held.needs],
        "goal": [within.to(part) for part in plan.parts if part in held.results],
        "activity": [
            {"reference": within.to(part)} for part in activities if part in plan.parts
        ],
    }


PLAN = Shape(
    kind=Plan,
    resource="CarePlan",
    why="one agreed version, with the needs, goals, requests and actions that belong to it",
    fields={
        "agreed_on": "created",
        "review_on": "period.end",
        "text": "note[0].text",
    },
    also=_plan,
)


def _letter(letter: Letter, _kept: Kept, within: Within) -> Json:
    return {
        "status": "current",
        "docStatus": "final" if letter.approved_on else "preliminary",
        "type": concept(f"{OWN}:document", "letter", "Letter"),
        "subject": within.subject(),
        "content": [{"attachment": {"contentType": "text/plain; charset=utf-8"}}],
    }


LETTER = Shape(
    kind=Letter,
    resource="DocumentReference",
    why="a text, preliminary until the person approved it; a Communication would say it was sent, "
    "which is not known here",
    fields={
        "need": linked("context.related[0]"),
        "text": text("content[0].attachment.data"),
        "on": "content[0].attachment.creation",
    },
    also=_letter,
)


_UNTOLD_OF_ACTOR = ("contact", "account")


def care_team(actors: Mapping[str, Actor], patient: str) -> Json:
    """Everybody of the coalition. How to reach them is in the person's JSON, and is told to no
    other clinic.
    """
    return without_empty(
        {
            "resourceType": "CareTeam",
            "id": resource_id(team(patient)),
            "meta": r4b(),
            "status": "active",
            "subject": reference("Patient", patient),
            "participant": [
                without_empty(
                    {
                        "role": [{"text": actor.role or "helper"}],
                        "member": named("actor", key, actor.shown_as),
                        "extension": details(actor, _UNTOLD_OF_ACTOR),
                    }
                )
                for key, actor in actors.items()
            ],
        }
    )


def actors_of(resource: Json) -> dict[str, Actor]:
    """The actors of a care team of ours, by id, without how to reach them."""
    return {name_of(each["member"]): read(Actor, each, {}) for each in resource["participant"]}


def team(patient: str) -> str:
    """The name of the one care team of a patient."""
    return f"team-{patient}"


def _team_of(patient: str) -> Json:
    return reference("CareTeam", team(patient))


def detected_issue(gap: Gap, number: int, within: Within) -> Json:
    """A gap of service, as it was computed."""
    return {
        "resourceType": "DetectedIssue",
        "id": f"gap-{number}",
        "meta": r4b(),
        "status": "preliminary",
        "code": {**concept(f"{OWN}:gap", gap.reason.value), "text": gap.kind.value},
        "patient": within.subject(),
        "identifiedDateTime": gap.since.isoformat(),
        "implicated": [within.to(gap.need)],
    }


def healthcare_services(services: Iterable[Service]) -> list[tuple[str, Json]]:
    """Services of the clinic's map by id, with how they can be used by somebody who is ill.

    A clinic gives its services ids of any form, so the resources have numbers.
    """
    return [(each.id, _service(each, number)) for number, each in enumerate(services, 1)]


def _service(service: Service, number: int) -> Json:
    profile = {name: getattr(service.access, name) for name in Access.__struct_fields__}
    profile["pem_aware"] = service.pem_aware
    return without_empty(
        {
            "resourceType": "HealthcareService",
            "id": f"service-{number}",
            "meta": r4b(),
            "extension": extensions(
                checked_on=service.verified_on,
                wait=service.wait,
                cost=service.cost,
                fictional=service.fictional,
                **{f"not-{name}": True for name, known in profile.items() if known is Known.NO},
            ),
            "identifier": [{"system": f"{OWN}:service", "value": service.id}],
            "providedBy": {"display": service.provider} if service.provider else None,
            "category": [concept(_DOMAIN, service.domain.value)],
            "name": service.what,
            "comment": service.who_may_use,
            "extraDetails": " ".join(service.warnings),
            "characteristic": [
                concept(f"{OWN}:access", name)
                for name, known in profile.items()
                if known is Known.YES
            ],
        }
    )
