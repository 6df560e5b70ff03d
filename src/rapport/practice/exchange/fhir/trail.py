"""Who did what: never with a value of the person in it."""

import datetime
from collections.abc import Iterable

import msgspec

from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.codec import without_empty
from rapport.practice.exchange.fhir.names import (
    OWN,
    coding,
    instant,
    r4b,
    reference,
    resource_id,
)
from rapport.practice.exchange.fhir.shape import Within
from rapport.practice.records.kept import Kept

_EVENT = "http://terminology.hl7.org/CodeSystem/audit-event-type"
_ACTIONS = {"kept": "C", "changed": "U", "removed": "D", "read": "R"}


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the audit: who did what to which kind of record, when and why."""

    at: datetime.datetime
    act: str
    who: str
    role: str
    kinds: tuple[str, ...] = ()
    why: str = ""


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


def provenance(kept: Kept, within: Within) -> Json:
    """Who made a record, and when it was last changed."""
    return {
        "resourceType": "Provenance",
        "id": resource_id(f"of-{kept.id}")[:64],
        "meta": r4b(),
        "target": [within.to(kept.id)],
        "occurredDateTime": instant(kept.made_at),
        "recorded": instant(kept.changed_at),
        "agent": [
            {"type": {"text": kept.author.role.value}, "who": within.to_author(kept.author)}
        ],
    }
