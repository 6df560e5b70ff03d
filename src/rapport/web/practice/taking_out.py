"""A copy of everything for the person, and erasing everything. Both ask for a fresh link first."""

from collections.abc import Callable

import msgspec
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.practice.records.kept import Kept, Record
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import links, records
from rapport.store.practice.erasing import STAYS
from rapport.store.practice.links import Purpose
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import places
from rapport.web.practice.access import device_of, viewer

WORD = "erase"
"""What is ticked before everything is erased."""


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """One form of the copy: its words, the name of its file, its type, and what makes it."""

    words: str
    file: str
    type: str
    made: Callable[[tuple[Kept, ...]], bytes]


def _as_json(kept: tuple[Kept, ...]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(kept), indent=2)


COPIES: dict[str, Copy] = {
    "json": Copy(
        words="Everything, for programs (JSON)",
        file="what-is-kept.json",
        type="application/json",
        made=_as_json,
    ),
}
"""The forms of the copy. Another form is one more line here."""


def everything(asks: Viewer) -> tuple[Kept, ...]:
    """All that a patient may see of what is kept of them, kind by kind."""
    kinds: tuple[type[Record], ...] = Record.__args__
    return tuple(each for kind in kinds for each in records.kept(asks, kind))


def export(request: HttpRequest) -> HttpResponse:
    """The page of the copies, and a copy itself where one was asked for."""
    asks = viewer(request)
    if not links.is_fresh(device_of(request), now()):
        return _ask_again(request, asks)
    if request.method != "POST":
        return form_page(request, "practice/export.html", copies=COPIES)
    copy = COPIES.get(sent(request).get("as", ""))
    if copy is None:
        raise PageError(400, "Choose one of the forms.")
    response = HttpResponse(copy.made(everything(asks)), content_type=copy.type)
    response["Content-Disposition"] = f'attachment; filename="{copy.file}"'
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
    """In the demo a fresh link is made at once; elsewhere the clinic gives it to the person."""
    asks = viewer(request)
    if not settings.IS_DEMO:
        raise PageError(403, "Ask your practitioner for a link to confirm.")
    token = links.make(asks, asks.patient or "", Purpose.CONFIRM, at=now())
    return HttpResponseRedirect(places.link(token))


def _ask_again(request: HttpRequest, asks: Viewer) -> HttpResponse:
    return form_page(request, "practice/confirm.html", status=403, is_demo=settings.IS_DEMO)
