"""Check-ins from elsewhere, as FHIR: all of a file is taken in, or nothing."""

import functools

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.knowledge.instrument import Instrument
from rapport.knowledge.load import instrument
from rapport.practice.exchange.fhir.check_ins import INSTRUMENTS
from rapport.practice.exchange.fhir.reading import MOST_BYTES, Imported, imported
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page
from rapport.web.practice.access import viewer


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
        read = imported(upload.read(), keys())
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
            records.keep(asks, each, patient=own.patient, pair=own.id, at=now(), why="taken in")
