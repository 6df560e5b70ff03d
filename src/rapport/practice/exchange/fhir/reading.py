"""A QuestionnaireResponse from elsewhere: read whole, or refused with the place of every fault.

No fault repeats a value: the file may be about somebody.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import msgspec

from rapport.knowledge.instrument import Instrument
from rapport.practice.exchange.fhir.border import MOST_FAULTS, Fault, Json, form_faults
from rapport.practice.exchange.fhir.check_ins import INSTRUMENTS, TOLD, check_in_of, moment
from rapport.practice.exchange.fhir.json_file import read_json, root_of
from rapport.practice.exchange.fhir.names import FHIR_VERSION, OWN, all_extended, referred
from rapport.practice.exchange.fhir.questionnaire import NOTE, codes_of, url_of
from rapport.practice.exchange.fhir.value_sets import code_faults
from rapport.practice.records.check_ins import CheckIn, Entered, Length
from rapport.practice.records.people import Respondent, Side

MOST_RESPONSES = 100
"""Check-ins of one file: a person's of eight years and more, at one in 28 days."""
MOST_ITEMS = 200
"""Parts of one list in a check-in; of questions and scores ours have some forty."""
LONGEST_NOTE = 300
EARLIEST_YEAR = 2000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FINISHED = ("completed", "amended")
_RESPONSE = "QuestionnaireResponse"
_CHOICES: dict[str, frozenset[str]] = {
    "respondent": frozenset(Respondent),
    "mode": frozenset(Entered),
    "length": frozenset(Length),
}


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """A check-in of a file, where it stood, and the system and value by which it is known."""

    path: str
    check_in: CheckIn
    identifier: tuple[str, str] | None = None


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What a file held: all check-ins, or none and every fault.

    `beside` are the paths of what else is in a copy of ours, and is left out.
    """

    responses: tuple[Response, ...] = ()
    beside: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        """The check-ins alone."""
        return tuple(each.check_in for each in self.responses)


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a response is held against: the questionnaires, whose it has to be, and the time."""

    instruments: Mapping[str, Instrument]
    patient: str
    at: datetime.datetime


def imported(
    data: bytes, instruments: Mapping[str, Instrument], *, patient: str, at: datetime.datetime
) -> Imported:
    """The check-ins of a QuestionnaireResponse, or of a Bundle of them, as JSON.

    A response that names a subject has to name `patient`; `at` is now: nothing is of the future.

    What somebody may see of a check-in is never taken from a file: nothing is shared, revealed
    or released by it.
    """
    asked = _Asked(instruments=instruments, patient=patient, at=at)
    resource, faults = read_json(data)
    if resource is None:
        return Imported(faults=faults)
    found = _responses(resource)
    is_bundle = resource.get("resourceType") == "Bundle"
    beside = tuple(path for path, each in found if is_bundle and _is_beside(each))
    read = [(path, each) for path, each in found if path not in beside]
    faults = (*_outer_faults(resource, found), *_too_many(read, beside))
    if not faults or len(read) <= MOST_RESPONSES:
        faults = (*faults, *(one for path, each in read for one in _faults(each, path, asked)))
    if faults:
        return Imported(faults=faults[:MOST_FAULTS])
    return Imported(
        responses=tuple(_response(each, path) for path, each in read), beside=beside
    )


def _is_beside(resource: Json) -> bool:
    """Whether a resource is of a copy of ours and no check-in that was sent.

    A person's copy holds much that cannot be taken in. It is left out, and told.
    """
    meta: Any = resource.get("meta")
    tags: Any = cast("Json", meta).get("tag") if isinstance(meta, dict) else None
    mark = {"system": f"{OWN}:version", "code": FHIR_VERSION}
    is_ours = isinstance(tags, list) and any(
        isinstance(tag, dict) and mark.items() <= cast("Json", tag).items()
        for tag in cast("list[object]", tags)
    )
    is_sent = resource.get("status") != "in-progress"
    return is_ours and not (resource.get("resourceType") == _RESPONSE and is_sent)


def _too_many(read: list[tuple[str, Json]], beside: tuple[str, ...]) -> tuple[Fault, ...]:
    """Whether there are more check-ins than a file may have, or none beside other things."""
    problem = ""
    if len(read) > MOST_RESPONSES:
        problem = f"a file has at most {MOST_RESPONSES} check-ins"
    elif beside and not read:
        problem = "there is no check-in in it that was sent"
    return (Fault(path="Bundle.entry", problem=problem),) if problem else ()


def _responses(resource: Json) -> list[tuple[str, Json]]:
    """What the file holds, each with its path."""
    if resource.get("resourceType") != "Bundle":
        return [(root_of(resource), resource)]
    entries = resource.get("entry")
    if not isinstance(entries, list):
        return []
    return [
        (f"Bundle.entry[{number}].resource", cast("Json", inner))
        for number, entry in enumerate(cast("list[Any]", entries))
        if isinstance(entry, dict)
        and isinstance(inner := cast("Json", entry).get("resource"), dict)
    ]


def _outer_faults(resource: Json, found: list[tuple[str, Json]]) -> tuple[Fault, ...]:
    if resource.get("resourceType") != "Bundle":
        return ()
    entries: Any = resource.get("entry", [])
    shell = {key: value for key, value in resource.items() if key != "entry"}
    faults = list(form_faults(shell, "Bundle"))
    if not faults:
        faults += [*code_faults(shell, "Bundle"), *_version(shell, "Bundle")]
    known = {path for path, _ in found}
    if not isinstance(entries, list) or not entries:
        return (*faults, Fault(path="Bundle.entry", problem="there is nothing in it"))
    for number, _ in enumerate(cast("list[Any]", entries)):
        if f"Bundle.entry[{number}].resource" not in known:
            path = f"Bundle.entry[{number}]"
            faults.append(Fault(path=path, problem="there is no resource in it"))
    return tuple(faults)


def _faults(resource: Json, root: str, asked: _Asked) -> tuple[Fault, ...]:
    if resource.get("resourceType") != _RESPONSE:
        problem = f"only a {_RESPONSE} can be taken in"
        return (Fault(path=f"{root}.resourceType", problem=problem),)
    if (long := next(_long_lists(resource, root), None)) is not None:
        return (Fault(path=long, problem=f"more than {MOST_ITEMS} are too many here"),)
    formal = (*form_faults(resource, root), *code_faults(resource, root))
    if formal:
        return formal
    return (*_version(resource, root), *_meaning(resource, root, asked))


def _long_lists(part: object, path: str) -> Iterator[str]:
    """The paths of lists that are longer than any of a check-in."""
    if isinstance(part, dict):
        for name, each in cast("Json", part).items():
            yield from _long_lists(each, f"{path}.{name}")
    elif isinstance(part, list):
        inner = cast("list[object]", part)
        if len(inner) > MOST_ITEMS:
            yield path
        for number, each in enumerate(inner):
            yield from _long_lists(each, f"{path}[{number}]")


def _version(resource: Json, root: str) -> tuple[Fault, ...]:
    """Tags of ours that name another version of FHIR. For a resource of good form."""
    tags: list[Json] = resource.get("meta", {}).get("tag", [])
    return tuple(
        Fault(path=f"{root}.meta.tag[{number}]", problem=f"only FHIR {FHIR_VERSION} is read")
        for number, tag in enumerate(tags)
        if tag.get("system") == f"{OWN}:version" and tag.get("code") != FHIR_VERSION
    )


def _meaning(resource: Json, root: str, asked: _Asked) -> tuple[Fault, ...]:
    """What a well-formed response says that no check-in of ours can say."""
    address, _, edition = str(resource.get("questionnaire", "")).partition("|")
    key = next(
        (each for each in asked.instruments.values() if url_of(each.id) == address), None
    )
    where = f"{root}.questionnaire"
    if key is None:
        return (Fault(path=where, problem="this questionnaire is not known here"),)
    faults: list[Fault] = []
    if edition != key.edition:
        faults.append(Fault(path=where, problem=f"only edition {key.edition} is read"))
    faults += [*_subject(resource, root, asked.patient), *_moments(resource, root, asked.at)]
    faults += [*_respondent(resource, root, key.id), *_answers(resource, root, key)]
    return tuple(faults) or _last(resource, root)


def _answers(resource: Json, root: str, key: Instrument) -> list[Fault]:
    """What is wrong with the answers, or that there are none or not yet all."""
    faults: list[Fault] = []
    items: list[Json] = resource.get("item", [])
    if resource["status"] not in _FINISHED:
        faults.append(Fault(path=f"{root}.status", problem="this check-in is not finished"))
    if not any(item.get("answer") for item in items):
        faults.append(Fault(path=f"{root}.item", problem="there is no answer in it"))
    seen: set[str] = set()
    for number, item in enumerate(items):
        path = f"{root}.item[{number}]"
        if item["linkId"] in seen:
            faults.append(Fault(path=f"{path}.linkId", problem="this question came before"))
        seen.add(item["linkId"])
        faults += _item(item, path, key)
    return faults


def _respondent(resource: Json, root: str, instrument: str) -> list[Fault]:
    """Whether our extensions say how it was answered, and by somebody who answers this side."""
    for name, allowed in _CHOICES.items():
        if any(value not in allowed for value in all_extended(resource, name)):
            return [Fault(path=f"{root}.extension", problem=f"{name} is not known")]
    is_theirs = instrument == INSTRUMENTS[Side.PRACTITIONER]
    said = all_extended(resource, "respondent")
    if all((value == Respondent.PRACTITIONER) is is_theirs for value in said):
        return []
    return [Fault(path=f"{root}.extension", problem="somebody else answers this side")]


def _subject(resource: Json, root: str, patient: str) -> list[Fault]:
    subject = resource.get("subject")
    if subject is None or referred(subject) == patient:
        return []
    return [Fault(path=f"{root}.subject", problem="this file names somebody else")]


def _moments(resource: Json, root: str, at: datetime.datetime) -> list[Fault]:
    told = {f"{root}.authored": resource.get("authored")}
    if started := all_extended(resource, "started"):
        told[f"{root}.extension"] = started[0]
    return [
        Fault(path=path, problem=problem)
        for path, value in told.items()
        if (problem := _wrong_moment(value, at))
    ]


def _wrong_moment(value: Any, at: datetime.datetime) -> str:
    """What is wrong with a moment; empty for nothing."""
    try:
        found = moment(value)
    except (TypeError, ValueError):
        found = None
    if found is None or "T" not in value:
        return "a moment has to be there, with day and time"
    if found.year < EARLIEST_YEAR:
        return f"a moment before {EARLIEST_YEAR} is not read"
    return "this moment has not come yet" if found > at else ""


def _item(item: Json, path: str, key: Instrument) -> list[Fault]:
    if "item" in item:
        return [Fault(path=f"{path}.item", problem="no question of ours holds others")]
    if item["linkId"] in {scale.id for scale in key.scales}:
        return [
            Fault(path=f"{path}.linkId", problem="scores are worked out here, not taken in")
        ]
    answers: list[Json] = item.get("answer", [])
    if len(answers) > 1:
        return [Fault(path=f"{path}.answer", problem="one answer is the most")]
    if item["linkId"] == NOTE and NOTE in key.not_scored:
        return _each(answers, path, _note)
    if item["linkId"] not in key.answer_ids():
        return [Fault(path=f"{path}.linkId", problem="this question is not known here")]
    return _each(answers, path, lambda answer: _code(answer, item["linkId"], key))


def _each(
    answers: list[Json], path: str, check: Callable[[Json], tuple[str, str] | None]
) -> list[Fault]:
    found = [(number, check(answer)) for number, answer in enumerate(answers)]
    return [
        Fault(path=f"{path}.answer[{number}]{each[0]}", problem=each[1])
        for number, each in found
        if each is not None
    ]


def _note(answer: Json) -> tuple[str, str] | None:
    text = answer.get("valueString")
    if not isinstance(text, str):
        return "", "a note is text"
    if _CONTROL.search(text):
        return ".valueString", "there is a sign in it that FHIR does not allow"
    if len(text) > LONGEST_NOTE:
        return ".valueString", f"a note has at most {LONGEST_NOTE} characters"
    return None


def _code(answer: Json, item: str, key: Instrument) -> tuple[str, str] | None:
    given = answer.get("valueCoding")
    if not isinstance(given, dict):
        return "", "an answer is one of the codes"
    coded = cast("Json", given)
    if coded.get("system") != codes_of(key.id):
        return ".valueCoding.system", "this system of codes is not known here"
    group = key.group_of(item)
    allowed = [str(value) for value in range(int(group.lowest), int(group.highest) + 1)]
    if coded.get("code") not in allowed:
        return ".valueCoding.code", f"the answers are {', '.join(allowed)}"
    return None


def _last(resource: Json, root: str) -> tuple[Fault, ...]:
    """Whether what is left can be read: details of ours that somebody has changed."""
    try:
        check_in_of(resource)
    except (msgspec.DecodeError, ValueError, TypeError):
        return (Fault(path=f"{root}.extension", problem="the details cannot be read"),)
    return ()


def _response(resource: Json, path: str) -> Response:
    given: Json = resource.get("identifier", {})
    value = given.get("value", "")
    return Response(
        path=path,
        check_in=told(check_in_of(resource)),
        identifier=(given.get("system", ""), value) if value else None,
    )


def told(check_in: CheckIn) -> CheckIn:
    """What a response tells of a check-in: without what others may see of it."""
    return CheckIn(**{name: getattr(check_in, name) for name in TOLD})
