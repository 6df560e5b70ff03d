"""Visits, what they did, the person's story and what was promised, as FHIR resources and back."""

from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.names import OWN, concept, extensions
from rapport.practice.exchange.fhir.shape import Shape, Within, linked, text
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Side
from rapport.practice.records.visits import (
    AfterVisit,
    Harm,
    Promise,
    Story,
    TwoDaysLater,
    Visit,
)

OBSERVED = f"{OWN}:observation"
_UNKNOWN_KIND = {"system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "code": "UNK"}
"""At the clinic, at home or from afar: it is not known here."""
SURVEY = concept("http://terminology.hl7.org/CodeSystem/observation-category", "survey")


def _visit(visit: Visit, _kept: Kept, within: Within) -> Json:
    return {
        "extension": extensions(card=visit.cards),
        "status": "finished",
        "class": _UNKNOWN_KIND,
        "subject": within.subject(),
        "period": {"end": visit.on.isoformat()},
    }


VISIT = Shape(
    kind=Visit,
    resource="Encounter",
    why="a contact on a day; the result it rests on is its reason. The page for the visit is "
    "made from the check-ins and is not kept",
    fields={"on": "period.start", "result": linked("reasonReference[0]")},
    also=_visit,
)


def _taps(after: AfterVisit, kept: Kept, within: Within) -> Json:
    found = {"talked": after.talked, "useful": after.useful, "worse": after.worse}
    return {
        "status": "final",
        "category": [SURVEY],
        "code": concept(OBSERVED, "after-visit", "three questions after a visit"),
        "subject": within.subject(),
        "performer": [within.to_author(kept.author)],
        "component": [
            {"code": concept(OBSERVED, name), **_answer(value)}
            for name, value in found.items()
            if value is not None
        ],
    }


def _answer(value: object) -> Json:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    return {"valueCodeableConcept": concept(f"{OWN}:worse", str(value))}


AFTER = Shape(
    kind=AfterVisit,
    resource="Observation",
    why="three answers of one side about one visit, each a component; no score",
    fields={"visit": linked("encounter"), "on": "effectiveDateTime"},
    also=_taps,
)


def _later(_later: TwoDaysLater, kept: Kept, within: Within) -> Json:
    return {
        "status": "final",
        "category": [SURVEY],
        "code": concept(OBSERVED, "worse-after-two-days", "worse after about 48 hours"),
        "subject": within.subject(),
        "performer": [within.to_author(kept.author)],
        "valueCodeableConcept": {"coding": [{"system": f"{OWN}:worse"}]},
    }


LATER = Shape(
    kind=TwoDaysLater,
    resource="Observation",
    why="one answer; its focus is the visit or the check-in it is about",
    fields={
        "about": linked("focus[0]"),
        "on": "effectiveDateTime",
        "worse": "valueCodeableConcept.coding[0].code",
    },
    also=_later,
)


def _harm(harm: Harm, kept: Kept, within: Within) -> Json:
    about = within.places.get(harm.about or "", ("", ""))
    return {
        "extension": extensions(side=harm.side.value),
        "actuality": "actual",
        "event": {"text": "-"},
        "subject": within.subject(),
        "encounter": within.to(harm.about or "") if about[0] == "Encounter" else None,
        "recorder": within.to_author(kept.author) if harm.side is Side.PATIENT else None,
    }


HARM = Shape(
    kind=Harm,
    resource="AdverseEvent",
    why="somebody says that something here made things worse; whether it did is not judged",
    fields={"what": "event.text", "on": "date"},
    also=_harm,
)


def _story(story: Story, kept: Kept, within: Within) -> Json:
    return {
        "status": "current" if story.version >= within.latest_story else "superseded",
        "docStatus": "final" if story.approved_on else "preliminary",
        "type": concept(f"{OWN}:document", "story", "The person's story"),
        "subject": within.subject(),
        "author": [within.to_author(kept.author)],
        "content": [{"attachment": {"contentType": "text/plain; charset=utf-8"}}],
    }


STORY = Shape(
    kind=Story,
    resource="DocumentReference",
    why="one page in the person's words, letter for letter; a Composition would cut it into "
    "sections. An older version is superseded",
    fields={"text": text("content[0].attachment.data"), "on": "content[0].attachment.creation"},
    also=_story,
)


def _promise(promise: Promise, kept: Kept, within: Within) -> Json:
    return {
        "status": "completed" if promise.done_on else "accepted",
        "intent": "plan",
        "for": within.subject(),
        "owner": within.to_author(kept.author),
        "output": [{"type": {"text": "what came of it"}, "valueString": "-"}]
        if promise.what_came
        else [],
    }


PROMISE = Shape(
    kind=Promise,
    resource="Task",
    why="what the practitioner wants to do or learn until a day; they own it",
    fields={
        "what": "description",
        "due": "restriction.period.end",
        "done_on": "executionPeriod.end",
        "what_came": "output[0].valueString",
    },
    also=_promise,
)
