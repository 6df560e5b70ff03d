"""Consents, and who did what: never with a value of the person in it."""

import datetime
from collections.abc import Iterable

import msgspec

from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.codec import details, read, without_empty
from rapport.practice.exchange.fhir.names import (
    OWN,
    coding,
    concept,
    instant,
    r4b,
    reference,
    resource_id,
)
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Consent

_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
_LOINC_CLASS = "http://terminology.hl7.org/CodeSystem/consentcategorycodes"
_EVENT = "http://terminology.hl7.org/CodeSystem/audit-event-type"
_ACTIONS = {"kept": "C", "changed": "U", "removed": "D", "read": "R"}
_TOLD = ("consent", "text", "version", "given_at", "method", "withdrawn_at")


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the audit: who did what to which kind of record, when and why."""

    at: datetime.datetime
    act: str
    who: str
    role: str
    kinds: tuple[str, ...] = ()
    why: str = ""


def consent(given: Consent, record: str, patient: str) -> Json:
    """A consent, with the version of the text that was shown, the time and the method."""
    text = {"uri": f"{OWN}:consent:{given.text}:{given.version}"}
    end = {"end": instant(given.withdrawn_at)} if given.withdrawn_at else {}
    return without_empty(
        {
            "resourceType": "Consent",
            "id": resource_id(record),
            "meta": r4b(),
            "extension": details(given, _TOLD),
            "status": "inactive" if given.withdrawn_at else "active",
            "scope": concept(_SCOPE, "patient-privacy"),
            "category": [
                concept(_LOINC_CLASS, "INFA"),
                concept(f"{OWN}:consent", given.consent.value),
            ],
            "patient": reference("Patient", patient),
            "dateTime": instant(given.given_at),
            "policy": [text],
            "verification": [
                {"verified": True, "verifiedWith": {"display": given.method or "-"}}
            ],
            "provision": {
                "type": "permit",
                "period": {"start": instant(given.given_at), **end},
            },
        }
    )


def consent_of(resource: Json) -> Consent:
    """The consent that a Consent of ours holds."""
    *_, text, version = resource["policy"][0]["uri"].split(":")
    method = resource["verification"][0]["verifiedWith"]["display"]
    return read(
        Consent,
        resource,
        {
            "consent": resource["category"][1]["coding"][0]["code"],
            "text": text,
            "version": int(version),
            "given_at": resource["dateTime"],
            "method": "" if method == "-" else method,
            "withdrawn_at": resource["provision"]["period"].get("end"),
        },
    )


def audit_events(lines: Iterable[Access], patient: str) -> list[Json]:
    """The lines of the audit: who, what kind, when, why; no values."""
    return [_audit_event(number, line, patient) for number, line in enumerate(lines, 1)]


def _audit_event(number: int, line: Access, patient: str) -> Json:
    kinds = [{"type": "kind", "valueString": kind} for kind in line.kinds]
    entity = {"what": reference("Patient", patient)} | ({"detail": kinds} if kinds else {})
    agent = {
        "type": {"text": line.role or "-"},
        "who": {"identifier": {"system": f"{OWN}:who", "value": line.who or "-"}},
        "requestor": True,
    }
    return without_empty(
        {
            "resourceType": "AuditEvent",
            "id": f"audit-{number}",
            "meta": r4b(),
            "type": coding(_EVENT, "rest"),
            "action": _ACTIONS.get(line.act, "E"),
            "recorded": instant(line.at),
            "outcome": "0",
            "purposeOfEvent": [{"text": line.why}] if line.why else [],
            "agent": [agent],
            "source": {"observer": {"display": "Rapport"}},
            "entity": [entity],
        }
    )


def provenance(kept: Kept, kind: str) -> Json:
    """Who made a record, and when it was last changed."""
    author = {"identifier": {"system": f"{OWN}:who", "value": kept.author.id or "-"}}
    return {
        "resourceType": "Provenance",
        "id": resource_id(f"of-{kept.id}")[:64],
        "meta": r4b(),
        "target": [reference(kind, kept.id)],
        "occurredDateTime": instant(kept.made_at),
        "recorded": instant(kept.changed_at),
        "agent": [{"type": {"text": kept.author.role.value}, "who": author}],
    }
