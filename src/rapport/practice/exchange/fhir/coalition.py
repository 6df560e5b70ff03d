"""Needs, desired results, requests, actions and plans as FHIR resources, and back.

What FHIR has an element for stands there; the rest travels in our own extension, so that each
record comes back as it was.
"""

from collections.abc import Mapping

from rapport.practice.coalition.gaps import Gap
from rapport.practice.coalition.held import Coalition
from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.codec import details, read, without_empty
from rapport.practice.exchange.fhir.names import (
    CATEGORY,
    OWN,
    concept,
    day,
    r4b,
    reference,
    referred,
    resource_id,
)
from rapport.practice.records.coalition import (
    Action,
    ActionState,
    Actor,
    ContactNote,
    DesiredResult,
    Need,
    NeedState,
    Plan,
    Request,
)

_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_DOMAIN = f"{OWN}:domain"
_ENDED = frozenset({NeedState.MET, NeedState.WITHDRAWN})
_TASK = {
    ActionState.TO_DO: "requested",
    ActionState.DOING: "in-progress",
    ActionState.WAITING: "on-hold",
    ActionState.DONE: "completed",
    ActionState.FAILED: "failed",
    ActionState.DROPPED: "cancelled",
}
_TASK_STATE = {status: state for state, status in _TASK.items()}


def condition(need: Need, record: str, patient: str) -> Json:
    """A need as a health concern: never a diagnosis."""
    return _resource(
        "Condition",
        record,
        extension=details(need, ("label", "domain", "first_seen", "closed_on")),
        clinicalStatus=concept(_CLINICAL, "resolved" if need.state in _ENDED else "active"),
        category=[concept(CATEGORY, "health-concern"), concept(_DOMAIN, need.domain.value)],
        code={"text": need.label},
        subject=reference("Patient", patient),
        recordedDate=need.first_seen.isoformat(),
        note=[{"text": need.why}] if need.why else [],
        abatementDateTime=need.closed_on.isoformat() if need.closed_on else None,
    )


def need_of(resource: Json) -> Need:
    """The need of a condition of ours."""
    return read(
        Need,
        resource,
        {
            "label": resource["code"]["text"],
            "domain": resource["category"][1]["coding"][0]["code"],
            "first_seen": resource["recordedDate"],
            "closed_on": resource.get("abatementDateTime"),
        },
    )


def goal(result: DesiredResult, record: str, patient: str) -> Json:
    """A desired result, expressed by the patient."""
    due = [{"dueDate": result.by.isoformat()}] if result.by else []
    return _resource(
        "Goal",
        record,
        extension=details(result, ("need", "what", "by")),
        lifecycleStatus="active",
        description={"text": result.what},
        subject=reference("Patient", patient),
        expressedBy=reference("Patient", patient),
        addresses=[reference("Condition", result.need)],
        target=due,
    )


def result_of(resource: Json) -> DesiredResult:
    """The desired result of a goal of ours."""
    target: list[Json] = resource.get("target", [{}])
    told = {
        "need": referred(resource["addresses"][0]),
        "what": resource["description"]["text"],
        "by": target[0].get("dueDate"),
    }
    return read(DesiredResult, resource, told)


def service_request(request: Request, record: str, patient: str) -> Json:
    """What was asked of a service. Draft until it was sent; completed when it was answered."""
    status = "active" if request.sent_on else "draft"
    if request.answered_on:
        status = "revoked" if request.refused else "completed"
    return _resource(
        "ServiceRequest",
        record,
        extension=details(request, ("need", "service", "sent_on", "due", "reason")),
        status=status,
        intent="order",
        code={"text": request.reason or "-"},
        subject=reference("Patient", patient),
        authoredOn=request.sent_on.isoformat() if request.sent_on else None,
        occurrenceDateTime=request.due.isoformat() if request.due else None,
        performer=[_named("service", request.service)],
        reasonReference=[reference("Condition", request.need)],
    )


def request_of(resource: Json) -> Request:
    """The request of a service request of ours."""
    text = resource["code"]["text"]
    told = {
        "need": referred(resource["reasonReference"][0]),
        "service": _name_of(resource["performer"][0]),
        "reason": "" if text == "-" else text,
        "sent_on": resource.get("authoredOn"),
        "due": resource.get("occurrenceDateTime"),
    }
    return read(Request, resource, told)


def task(action: Action, record: str, patient: str, actors: Mapping[str, Actor]) -> Json:
    """An action, with its one owner and its day."""
    owner = actors.get(action.owner)
    result = {"type": {"text": "what came of it"}, "valueString": action.came_of_it}
    return _resource(
        "Task",
        record,
        extension=details(action, ("need", "what", "owner", "due", "state", "came_of_it")),
        status=_TASK[action.state],
        intent="plan",
        description=action.what,
        focus=reference("Condition", action.need),
        **{"for": reference("Patient", patient)},
        owner=_named("actor", action.owner, owner.shown_as if owner else ""),
        restriction={"period": {"end": action.due.isoformat()}},
        output=[result] if action.came_of_it else [],
    )


def action_of(resource: Json) -> Action:
    """The action of a task of ours."""
    output: list[Json] = resource.get("output", [{}])
    told = {
        "need": referred(resource["focus"]),
        "what": resource["description"],
        "owner": _name_of(resource["owner"]),
        "due": resource["restriction"]["period"]["end"],
        "state": _TASK_STATE[resource["status"]],
        "came_of_it": output[0].get("valueString"),
    }
    return read(Action, resource, told)


def care_team(actors: Mapping[str, Actor], patient: str) -> Json:
    """Everybody of the coalition. A contact is told to nobody here."""
    return _resource(
        "CareTeam",
        f"team-{patient}",
        status="active",
        subject=reference("Patient", patient),
        participant=[
            {
                "role": [{"text": actor.role or "helper"}],
                "member": _named("actor", key, actor.shown_as),
            }
            for key, actor in actors.items()
        ],
    )


def communication(note: ContactNote, record: str, patient: str) -> Json:
    """A contact note: who was asked, and what they said."""
    return _resource(
        "Communication",
        record,
        extension=details(note, ("need", "on", "who", "what")),
        status="completed",
        subject=reference("Patient", patient),
        reasonReference=[reference("Condition", note.need)],
        sent=f"{note.on.isoformat()}T12:00:00+00:00",
        sender={"display": note.who or "-"},
        payload=[{"contentString": note.what or "-"}],
    )


def note_of(resource: Json) -> ContactNote:
    """The contact note of a communication of ours."""
    who, what = resource["sender"]["display"], resource["payload"][0]["contentString"]
    told = {
        "need": referred(resource["reasonReference"][0]),
        "on": day(resource["sent"]),
        "who": "" if who == "-" else who,
        "what": "" if what == "-" else what,
    }
    return read(ContactNote, resource, told)


def care_plan(plan: Plan, record: str, patient: str, coalition: Coalition) -> Json:
    """One agreed version of the plan, with what belongs to it."""
    parts = plan.parts
    activities = [("ServiceRequest", coalition.requests), ("Task", coalition.actions)]
    return _resource(
        "CarePlan",
        record,
        extension=details(plan, ("agreed_on", "review_on")),
        status="active",
        intent="plan",
        title=f"Plan, version {plan.version}",
        subject=reference("Patient", patient),
        created=plan.agreed_on.isoformat(),
        period={"start": plan.agreed_on.isoformat(), "end": plan.review_on.isoformat()},
        careTeam=[reference("CareTeam", f"team-{patient}")],
        addresses=[reference("Condition", key) for key in parts if key in coalition.needs],
        goal=[reference("Goal", key) for key in parts if key in coalition.results],
        activity=[
            {"reference": reference(kind, key)}
            for kind, records in activities
            for key in parts
            if key in records
        ],
    )


def plan_of(resource: Json) -> Plan:
    """The version of the plan that a care plan of ours holds."""
    told = {"agreed_on": resource["created"], "review_on": resource["period"]["end"]}
    return read(Plan, resource, told)


def detected_issue(gap: Gap, number: int, patient: str) -> Json:
    """A gap of service, as it was computed."""
    return _resource(
        "DetectedIssue",
        f"gap-{number}",
        status="preliminary",
        code={**concept(f"{OWN}:gap", gap.reason.value), "text": gap.kind.value},
        patient=reference("Patient", patient),
        identifiedDateTime=gap.since.isoformat(),
        implicated=[reference("Condition", gap.need)],
    )


def _resource(kind: str, record: str, **elements: object) -> Json:
    """A resource without empty elements."""
    head = {"resourceType": kind, "id": resource_id(record), "meta": r4b()}
    return without_empty({**head, **elements})


def _named(kind: str, name: str, shown_as: str = "") -> Json:
    """Somebody or something that is no resource of the bundle, by its id here."""
    found: Json = {"identifier": {"system": f"{OWN}:{kind}", "value": name or "-"}}
    return found | ({"display": shown_as} if shown_as else {})


def _name_of(part: Json) -> str:
    name = part["identifier"]["value"]
    return "" if name == "-" else name
