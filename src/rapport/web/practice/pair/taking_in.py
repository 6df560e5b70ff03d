"""Check-ins from elsewhere, as FHIR: all of a file is taken in, or nothing."""

import functools
from hashlib import sha256

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.encoding import to_pretty_json
from rapport.knowledge.instrument import Instrument
from rapport.knowledge.load import instrument
from rapport.practice.check_in import pairing
from rapport.practice.exchange.fhir.border import Fault, Json
from rapport.practice.exchange.fhir.check_ins import INSTRUMENTS
from rapport.practice.exchange.fhir.json_file import MOST_BYTES
from rapport.practice.exchange.fhir.known import here, once, says_the_same
from rapport.practice.exchange.fhir.outcome import (
    ALREADY_HERE,
    LEFT_OUT,
    TAKEN_IN,
    refused,
    taken,
)
from rapport.practice.exchange.fhir.reading import Response, imported
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import Role, Side
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page
from rapport.web.practice.access import viewer
from rapport.web.practice.says import limits, used_thresholds

MOST_NEW = 25
"""New check-ins of one file. They are kept in one go, and meanwhile nobody else can save: less
than a second on one core; a hundred would be six."""
_BODIES = ("application/fhir+json", "application/json")
_TOLD = (TAKEN_IN, ALREADY_HERE, LEFT_OUT)
_OTHER = "this check-in is here already, with other answers"


@functools.cache
def keys() -> dict[str, Instrument]:
    """The keys of the two check-ins, by id."""
    found = (instrument(name) for name in INSTRUMENTS.values())
    return {key.id: key for key in found if key is not None}


def take_in(request: HttpRequest, pair: str) -> HttpResponse:
    """The page of the file; what was taken in, or every fault with its place."""
    asks = viewer(request)
    own = pairs.one(asks, pair)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None or (upload.size or 0) > MOST_BYTES:
            raise PageError(400, "Choose a file of up to five megabytes.")
        became = taken_in(asks, own, upload.read())
        faults = became.faults
        if not faults:
            counts = "&".join(f"{name}={became.count(name)}" for name in _TOLD)
            return HttpResponseRedirect(f"{request.path_info}?{counts}")
    shown = {name: request.GET.get(name, "") for name in _TOLD}
    return form_page(
        request,
        "practice/take_in.html",
        status=400 if faults else 200,
        faults=faults,
        **{
            name.replace("-", "_"): count if count.isdecimal() and len(count) < 6 else ""
            for name, count in shown.items()
        },
    )


def take_in_data(request: HttpRequest, pair: str) -> HttpResponse:
    """The same for a program: a body of FHIR in, an OperationOutcome out.

    201 where something new was kept, 200 where all was here already, 400 for a bad file.
    """
    asks = viewer(request)
    own = pairs.one(asks, pair)
    if request.content_type not in _BODIES:
        return _fhir(refused([Fault(path="$", problem="send application/fhir+json")]), 415)
    # Not `body`, whose limit is that of a form: one byte more than may be is enough to see.
    became = taken_in(asks, own, request.read(MOST_BYTES + 1))
    if became.faults:
        return _fhir(refused(became.faults), 400)
    return _fhir(taken(became.each), 201 if became.count(TAKEN_IN) else 200)


class Became(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: of each check-in by its path, or every fault and nothing kept."""

    each: tuple[tuple[str, str], ...] = ()
    faults: tuple[Fault, ...] = ()

    def count(self, what: str) -> int:
        """How many check-ins that became of."""
        return sum(became == what for _, became in self.each)


class _OtherAnswersError(Exception):
    """The check-in at a path of the file is here with other answers than the file says."""


def taken_in(asks: Viewer, own: pairs.Pair, data: bytes) -> Became:
    """All check-ins of a file kept, but for those that are here already; or none, and why.

    Raises: RefusedError as `keep`.
    """
    read = imported(data, keys(), patient=own.patient, at=now())
    if read.faults:
        return Became(faults=read.faults)
    there = list(records.kept(asks, CheckIn, patient=own.patient))
    if sum(here(one, there) is None for one in read.responses) > MOST_NEW:
        problem = f"at most {MOST_NEW} new check-ins are taken in at once: send them in parts"
        return Became(faults=(Fault(path="Bundle.entry", problem=problem),))
    try:
        with transaction.atomic():
            each = tuple((one.path, _keep_one(asks, own, one, there)) for one in read.responses)
    except _OtherAnswersError as error:
        return Became(faults=(Fault(path=f"{error}.identifier", problem=_OTHER),))
    return Became(each=(*each, *((path, LEFT_OUT) for path in read.beside)))


def _keep_one(asks: Viewer, own: pairs.Pair, response: Response, there: list[Kept]) -> str:
    """Keep a check-in, add it to those that are `there`, and score it; or leave what is here.

    Raises: _OtherAnswersError where it is here with other answers, as far as that can be seen.
    """
    known = here(response, there)
    entry = known or _kept(asks, own, response)
    if _is_seen_whole(asks, entry) and not says_the_same(response, entry):
        raise _OtherAnswersError(response.path)
    if entry.id in {each.id for each in there}:
        return ALREADY_HERE
    there.append(entry)
    _score(asks, own, entry)
    return TAKEN_IN


def _kept(asks: Viewer, own: pairs.Pair, response: Response) -> Kept:
    """A check-in of a file, kept once however often it is sent, under whatever name."""
    return records.keep(
        asks,
        response.check_in,
        patient=own.patient,
        pair=own.id,
        at=now(),
        why="taken in",
        once=f"taken-in/{sha256(once(response, own.id)).hexdigest()}",
    )


def _score(asks: Viewer, own: pairs.Pair, entry: Kept) -> None:
    """Keep what a check-in comes to."""
    at = now()

    def result(known: tuple[Kept, ...]) -> Record | None:
        both = pairing.sides(known, limits(), about=entry.id)
        return pairing.result(both, at.date(), used_thresholds())

    records.compute(
        asks,
        result,
        patient=own.patient,
        pair=own.id,
        at=at,
        why="check-in scored",
        once=entry.id,
    )


def _is_seen_whole(asks: Viewer, kept: Kept) -> bool:
    """Whether somebody sees a check-in with all its answers: that of the other side they do not."""
    is_own_side = isinstance(kept.record, CheckIn) and kept.record.side is Side.PRACTITIONER
    return is_own_side is (asks.role is Role.PRACTITIONER)


def _fhir(resource: Json, status: int) -> HttpResponse:
    return HttpResponse(
        to_pretty_json(resource), status=status, content_type="application/fhir+json"
    )
