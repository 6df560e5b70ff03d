"""What became of a file, as FHIR says it: an OperationOutcome with a path for each issue."""

from collections.abc import Iterable

from rapport.practice.exchange.fhir.border import Fault, Json
from rapport.practice.exchange.fhir.names import OWN, concept, r4b

TAKEN_IN, ALREADY_HERE, LEFT_OUT = "taken-in", "already-here", "left-out"


def refused(faults: Iterable[Fault]) -> Json:
    """Nothing was taken in; where the faults are. No value of the file is repeated."""
    return _outcome(
        {
            "severity": "error",
            "code": "invalid",
            "diagnostics": fault.problem,
            "expression": [fault.path],
        }
        for fault in faults
    )


def taken(became: Iterable[tuple[str, str]]) -> Json:
    """What became of each check-in, by its path."""
    return _outcome(
        {
            "severity": "information",
            "code": "informational",
            "details": concept(f"{OWN}:taking-in", what),
            "expression": [path],
        }
        for path, what in became
    )


def _outcome(issues: Iterable[Json]) -> Json:
    return {"resourceType": "OperationOutcome", "meta": r4b(), "issue": list(issues)}
