"""What check-ins came to, what was said about it, and who saw a wish for help, as FHIR."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.names import OWN, concept, extensions, referred
from rapport.practice.exchange.fhir.questionnaire import url_of
from rapport.practice.exchange.fhir.shape import AT_NOON, Place, Shape, Within, linked, named
from rapport.practice.exchange.fhir.visits import OBSERVED, SURVEY
from rapport.practice.records.check_ins import Comment, HelpSeen, Result
from rapport.practice.records.kept import Kept
from rapport.scoring.check_in import Challenge

_SCORES = f"{OWN}:score"
_POINTS = {"unit": "points", "system": "http://unitsofmeasure.org", "code": "{score}"}


def _result(result: Result, _kept: Kept, within: Within) -> Json:
    scored = result.scored
    sources = [each for each in (result.patient, result.practitioner) if each is not None]
    sides = [("scc-p", result.patient), ("scc-c", result.practitioner)]
    code = concept(OBSERVED, "check-in-result", "what the check-ins came to; there is no total")
    code["coding"] += [
        {"system": url_of(name), "version": scored.edition, "code": name}
        for name, side in sides
        if side is not None
    ]
    return {
        "extension": extensions(edition=scored.edition, thresholds=scored.thresholds.id),
        "status": "final",
        "category": [SURVEY],
        "code": code,
        "subject": within.subject(),
        "derivedFrom": [within.to(each) for each in sources],
        "component": [part for each in scored.challenges for part in _components(each)],
    }


def _components(challenge: Challenge) -> Iterator[Json]:
    """What is known of a challenge: one component for each strain, gap and status."""
    for name in challenge.__struct_fields__:
        value = getattr(challenge, name)
        if name != "number" and value is not None:
            yield {"code": concept(_SCORES, f"{name}_{challenge.number}"), **_value(value)}


def _value(value: Any) -> Json:
    match value:
        case bool():
            return {"valueBoolean": value}
        case int():
            return {"valueInteger": value}
        case Enum():
            return {"valueCodeableConcept": concept(f"{OWN}:status", str(value.value))}
        case _:
            return {"valueQuantity": {"value": value, **_POINTS}}


RESULT = Shape(
    kind=Result,
    resource="Observation",
    why="strains, gaps and statuses are components, with the edition of the instrument and the "
    "thresholds of that day; there is no total and no Condition",
    fields={"on": "effectiveDateTime"},
    also=_result,
)


def _seen(_seen: HelpSeen, _kept: Kept, within: Within) -> Json:
    return {
        "status": "completed",
        "topic": {"text": "the wish for help in this check-in was seen"},
        "subject": within.subject(),
        "sender": within.subject(),
    }


HELP_SEEN = Shape(
    kind=HelpSeen,
    resource="Communication",
    why="a wish for help that was received, when and by whom",
    fields={
        "check_in": linked("about[0]"),
        "seen_by": Place(
            path="recipient[0]", out=lambda who, _: named("who", who), back=referred
        ),
        "at": "received",
    },
    also=_seen,
)


def _comment(_comment: Comment, kept: Kept, within: Within) -> Json:
    return {
        "status": "completed",
        "topic": {"text": "a comment on an entry; both are kept"},
        "subject": within.subject(),
        "sender": within.to_author(kept.author),
        "payload": [{"contentString": "-"}],
    }


COMMENT = Shape(
    kind=Comment,
    resource="Communication",
    why="what the person says beside an entry; the entry stays as it is",
    fields={
        "about": linked("about[0]"),
        "text": "payload[0].contentString",
        "on": AT_NOON,
    },
    also=_comment,
)
