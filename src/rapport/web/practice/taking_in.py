"""Check-ins from elsewhere, as FHIR: all of a file is taken in, or nothing."""

import functools
from hashlib import sha256

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.knowledge.instrument import Instrument
from rapport.knowledge.load import instrument
from rapport.practice.check_in import pairing
from rapport.practice.exchange.fhir.check_ins import INSTRUMENTS
from rapport.practice.exchange.fhir.reading import MOST_BYTES, Imported, imported
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.kept import Kept, Record
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page
from rapport.web.practice.access import viewer
from rapport.web.practice.says import limits, used_thresholds


@functools.cache
def keys() -> dict[str, Instrument]:
    """The keys of the two check-ins, by id."""
    found = (instrument(name) for name in INSTRUMENTS.values())
    return {key.id: key for key in found if key is not None}


def take_in(request: HttpRequest, pair: str) -> HttpResponse:
    """The page of the file; what was taken in, or every fault with its place."""
    asks = viewer(request)
    own = pairs.one(asks, pair)
    read = Imported()
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None or (upload.size or 0) > MOST_BYTES:
            raise PageError(400, "Choose a file of up to one megabyte.")
        read = imported(upload.read(), keys(), patient=own.patient, at=now())
        if read.check_ins:
            _keep(asks, own, read)
            return HttpResponseRedirect(f"{request.path_info}?taken={len(read.check_ins)}")
    taken = request.GET.get("taken", "")
    return form_page(
        request,
        "practice/take_in.html",
        status=400 if read.faults else 200,
        faults=read.faults,
        taken=taken if taken.isdecimal() and len(taken) < 4 else "",
    )


def _keep(asks: Viewer, own: pairs.Pair, read: Imported) -> None:
    """Keep them all. Raises: PageError for one that was not sent; RefusedError as `keep`."""
    if any(each.sent_at is None for each in read.check_ins):
        raise PageError(400, "A check-in in the file is not finished. Nothing was taken in.")
    with transaction.atomic():
        for each in read.check_ins:
            _keep_one(asks, own, each)


def _keep_one(asks: Viewer, own: pairs.Pair, check_in: CheckIn) -> None:
    """Keep a check-in, once however often it is sent, and what it comes to."""
    at = now()
    entry = records.keep(
        asks,
        check_in,
        patient=own.patient,
        pair=own.id,
        at=at,
        why="taken in",
        once=_once(own, check_in),
    )

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


def _once(own: pairs.Pair, check_in: CheckIn) -> str:
    """What makes a check-in of a pair the same as one that was taken in before."""
    told = msgspec.json.encode([own.id, check_in], order="deterministic")
    return f"taken-in/{sha256(told).hexdigest()}"
