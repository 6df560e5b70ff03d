"""A check-in as a QuestionnaireResponse and back: answers, who gave them, how, and the version."""

import datetime
from typing import Any

from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.codec import details, read, without_empty
from rapport.practice.exchange.fhir.names import (
    ABSENT,
    RECORDS,
    coding,
    extended,
    extensions,
    instant,
    r4b,
    reference,
    resource_id,
)
from rapport.practice.exchange.fhir.questionnaire import NOTE, codes_of, url_of
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Respondent, Side

INSTRUMENTS = {Side.PATIENT: "scc-p", Side.PRACTITIONER: "scc-c"}
TOLD = (
    "side",
    "edition",
    "length",
    "respondent",
    "entered",
    "answers",
    "cannot_say",
    "note",
    "started_at",
    "sent_at",
)
"""What a response tells of a check-in; all else of it is for whoever keeps it to say."""


def response(check_in: CheckIn, *, record: str, patient: str) -> Json:
    """The QuestionnaireResponse. A draft is in progress; what was sent is completed.

    The person's rough level (C1x) is an answer here, and nothing else anywhere: no diagnosis.
    """
    instrument = INSTRUMENTS[check_in.side]
    return without_empty(
        {
            "resourceType": "QuestionnaireResponse",
            "id": resource_id(record),
            "meta": r4b(),
            "identifier": {"system": RECORDS, "value": record},
            "extension": [
                *extensions(
                    respondent=check_in.respondent.value,
                    mode=check_in.entered.value,
                    length=check_in.length.value,
                    started=check_in.started_at,
                ),
                *details(check_in, TOLD),
            ],
            "questionnaire": f"{url_of(instrument)}|{check_in.edition}",
            "status": "in-progress" if check_in.sent_at is None else "completed",
            "subject": reference("Patient", patient),
            "source": _source(check_in, patient),
            "authored": instant(check_in.sent_at or check_in.started_at),
            "item": [
                *(
                    _answered(instrument, item, value)
                    for item, value in check_in.answers.items()
                ),
                *(_cannot_say(item) for item in check_in.cannot_say),
                *(
                    [{"linkId": NOTE, "answer": [{"valueString": check_in.note}]}]
                    if check_in.note
                    else []
                ),
            ],
        }
    )


def check_in_of(resource: Json) -> CheckIn:
    """The check-in that a response of ours holds, as it was.

    For a response that `reading` found no fault in. One from elsewhere may lack our extensions:
    it is then taken to be the patient's or practitioner's own, on a screen, of full length.
    """
    address, _, edition = resource["questionnaire"].partition("|")
    side = next(side for side, name in INSTRUMENTS.items() if url_of(name) == address)
    items: list[Json] = resource.get("item", [])
    answered = {each["linkId"]: each["answer"][0] for each in items if each.get("answer")}
    authored = resource["authored"]
    sent = resource["status"] != "in-progress"
    return read(
        CheckIn,
        resource,
        {
            "side": side,
            "edition": edition,
            "length": extended(resource, "length") or "full",
            "respondent": extended(resource, "respondent") or _self(side),
            "entered": extended(resource, "mode") or "screen",
            "answers": {
                item: int(answer["valueCoding"]["code"])
                for item, answer in answered.items()
                if item != NOTE
            },
            "cannot_say": tuple(each["linkId"] for each in items if _is_left_open(each)),
            "note": answered.get(NOTE, {}).get("valueString", ""),
            "started_at": moment(extended(resource, "started") or authored),
            "sent_at": moment(authored) if sent else None,
        },
    )


def moment(text: str) -> datetime.datetime:
    """A moment of FHIR; without an offset it is in UTC. Raises: ValueError for none."""
    found = datetime.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def _is_left_open(item: Json) -> bool:
    """Whether a question was shown and left without an answer on purpose; else it says nothing."""
    marks = [each.get("url") for each in item.get("extension", [])]
    return not item.get("answer") and ABSENT in marks


def _self(side: Side) -> Respondent:
    return Respondent.SELF if side is Side.PATIENT else Respondent.PRACTITIONER


def _source(check_in: CheckIn, patient: str) -> Json:
    """Who is the source of the answers: with a scribe it is the patient."""
    if check_in.respondent in (Respondent.SELF, Respondent.SCRIBE):
        return reference("Patient", patient)
    if check_in.respondent is Respondent.PROXY:
        return {"type": "RelatedPerson", "display": "proxy"}
    return {"type": "Practitioner", "display": "practitioner"}


def _answered(instrument: str, item: str, value: int) -> Json:
    given: dict[str, Any] = {"valueCoding": coding(codes_of(instrument), str(value))}
    return {"linkId": item, "answer": [given]}


def _cannot_say(item: str) -> Json:
    return {"linkId": item, "extension": [{"url": ABSENT, "valueCode": "asked-unknown"}]}
