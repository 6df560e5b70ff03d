"""The codes that R4B requires where a resource of ours has them; its library does not check them.

Source: the required bindings of HL7 FHIR 4.3.0, https://hl7.org/fhir/R4B/
"""

from collections.abc import Iterator
from typing import Any, cast

from rapport.practice.exchange.fhir.border import Fault, Json

_REQUEST = (
    "draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown",
)  # fmt: skip
_INTENT = (
    "proposal", "plan", "directive", "order", "original-order", "reflex-order",
    "filler-order", "instance-order", "option",
)  # fmt: skip
_EVENT = (
    "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed",
    "entered-in-error", "unknown",
)  # fmt: skip

REQUIRED: dict[str, dict[str, tuple[str, ...]]] = {
    "QuestionnaireResponse": {
        "status": ("in-progress", "completed", "amended", "entered-in-error", "stopped"),
    },
    "Questionnaire": {
        "status": ("draft", "active", "retired", "unknown"),
        "item.type": (
            "group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time",
            "string", "text", "url", "choice", "open-choice", "attachment", "reference",
            "quantity",
        ),
    },
    "CarePlan": {"status": _REQUEST, "intent": ("proposal", "plan", "order", "option")},
    "CareTeam": {
        "status": ("proposed", "active", "suspended", "inactive", "entered-in-error"),
    },
    "Goal": {
        "lifecycleStatus": (
            "proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled",
            "entered-in-error", "rejected",
        ),
    },
    "ServiceRequest": {"status": _REQUEST, "intent": _INTENT},
    "Task": {
        "status": (
            "draft", "requested", "received", "accepted", "rejected", "ready", "cancelled",
            "in-progress", "on-hold", "failed", "completed", "entered-in-error",
        ),
        "intent": ("unknown", *_INTENT),
    },
    "Communication": {"status": _EVENT},
    "Consent": {
        "status": (
            "draft", "proposed", "active", "rejected", "inactive", "entered-in-error",
        ),
        "provision.type": ("deny", "permit"),
    },
    "Condition": {
        "clinicalStatus.coding.code": (
            "active", "recurrence", "relapse", "inactive", "remission", "resolved",
        ),
    },
    "AuditEvent": {
        "action": ("C", "R", "U", "D", "E"),
        "outcome": ("0", "4", "8", "12"),
    },
    "Observation": {
        "status": (
            "registered", "preliminary", "final", "amended", "corrected", "cancelled",
            "entered-in-error", "unknown",
        ),
    },
    "Encounter": {
        "status": (
            "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled",
            "entered-in-error", "unknown",
        ),
    },
    "AdverseEvent": {"actuality": ("actual", "potential")},
    "DocumentReference": {
        "status": ("current", "superseded", "entered-in-error"),
        "docStatus": ("preliminary", "final", "amended", "entered-in-error"),
    },
    "Flag": {"status": ("active", "inactive", "entered-in-error")},
    "OperationOutcome": {
        "issue.severity": ("fatal", "error", "warning", "information"),
        "issue.code": (
            "invalid", "structure", "required", "value", "invariant", "security", "login",
            "unknown", "expired", "forbidden", "suppressed", "processing", "not-supported",
            "duplicate", "multiple-matches", "not-found", "deleted", "too-long", "code-invalid",
            "extension", "too-costly", "business-rule", "conflict", "transient", "lock-error",
            "no-store", "exception", "timeout", "incomplete", "throttled", "informational",
        ),
    },
    "Provenance": {},
    "Patient": {
        "telecom.system": ("phone", "fax", "email", "pager", "url", "sms", "other"),
    },
    "RelatedPerson": {},
    "HealthcareService": {},
    "DetectedIssue": {
        "status": (
            "registered", "preliminary", "final", "amended", "corrected", "cancelled",
            "entered-in-error", "unknown",
        ),
    },
    "Bundle": {
        "type": (
            "document", "message", "transaction", "transaction-response", "batch",
            "batch-response", "history", "searchset", "collection",
        ),
    },
}  # fmt: skip
"""Kind of resource to path to codes. A kind of ours that is not here fails a test."""


def code_faults(resource: Json, root: str) -> tuple[Fault, ...]:
    """Every code that R4B does not allow in its place."""
    kind = str(resource.get("resourceType"))
    return tuple(
        Fault(path=path, problem=f"this is none of: {', '.join(allowed)}")
        for place, allowed in REQUIRED.get(kind, {}).items()
        for path, code in _at(resource, place.split("."), root)
        if code not in allowed
    )


def _at(part: Any, steps: list[str], path: str) -> Iterator[tuple[str, object]]:
    """What stands at a place, with its own path: once for each of a list."""
    if isinstance(part, list):
        for number, each in enumerate(cast("list[object]", part)):
            yield from _at(each, steps, f"{path}[{number}]")
    elif not steps:
        yield path, part
    elif isinstance(part, dict) and steps[0] in part:
        yield from _at(part[steps[0]], steps[1:], f"{path}.{steps[0]}")
