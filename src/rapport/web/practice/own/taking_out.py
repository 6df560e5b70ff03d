"""A copy of everything for the person, and erasing everything. Both ask for a fresh link first."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.practice.records.kept import Kept, Record
from rapport.practice.visibility.erasing import STAYS
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import links, pairs, records, services, trail
from rapport.store.practice.links import Purpose
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import ways
from rapport.web.practice.access import device_of, viewer

WORD = "erase"
"""What is ticked before everything is erased."""
EVERY_LINE = 1_000_000


def everything(asks: Viewer) -> tuple[Kept, ...]:
    """All that a patient may see of what is kept of them, the oldest first."""
    return records.kept(asks, *Record.__args__)


def export(request: HttpRequest) -> HttpResponse:
    """The page of the copies, and a copy itself where one was asked for."""
    asks = viewer(request)
    if not links.is_fresh(device_of(request), now()):
        return _ask_again(request, asks)
    if request.method != "POST":
        return form_page(request, "practice/export.html")
    # Imported here: nobody else needs what writes FHIR.
    from rapport.practice.exchange.fhir.trail import Access
    from rapport.practice.exchange.person import export as copy_of

    lines = [
        Access(
            at=line.at,
            act=line.act,
            who=line.who,
            role=line.role,
            kinds=line.kinds,
            why=line.why,
        )
        for line in trail.of_patient(asks, most=EVERY_LINE)
    ]
    made = copy_of(
        everything(asks),
        lines,
        patient=asks.patient or "",
        at=now(),
        services=services.every(asks),
    )
    return packed(made, "what-is-kept.zip")


def packed(content: bytes, name: str) -> HttpResponse:
    """A file to keep; its name says nothing about anybody."""
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def erase(request: HttpRequest) -> HttpResponse:
    """What stays is told first; then everything is erased."""
    asks = viewer(request)
    if not links.is_fresh(device_of(request), now()):
        return _ask_again(request, asks)
    if request.method != "POST":
        return form_page(request, "practice/erase.html", stays=STAYS, word=WORD)
    if sent(request).get("sure") != WORD:
        raise PageError(400, "Tick that you are sure. Nothing was erased.")
    records.erase(asks, asks.patient or "", at=now())
    logout(request)
    return HttpResponseRedirect("/practice/erased")


def erased(request: HttpRequest) -> HttpResponse:
    """What is said afterwards, to nobody in particular."""
    return form_page(request, "practice/erased.html", stays=STAYS)


def fresh(request: HttpRequest) -> HttpResponse:
    """A fresh link at once, in the demo or where nobody is left who could give one.

    Elsewhere the practitioner gives it to the person.
    """
    asks = viewer(request)
    if not settings.IS_DEMO and pairs.of(asks):
        raise PageError(403, "Ask your practitioner for a link to confirm.")
    token = links.make(asks, asks.patient or "", Purpose.CONFIRM, at=now())
    return HttpResponseRedirect(ways.link(token))


def _ask_again(request: HttpRequest, asks: Viewer) -> HttpResponse:
    return form_page(
        request,
        "practice/confirm.html",
        status=403,
        is_demo=settings.IS_DEMO,
        is_alone=not pairs.of(asks),
    )
