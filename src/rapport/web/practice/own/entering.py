"""Coming in by a link, choosing a role, and leaving."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.store.practice import demo as made_up
from rapport.store.practice import links, way_back
from rapport.store.practice.links import Purpose
from rapport.web.addresses import PRACTICE
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.access import (
    CHOSEN,
    DEVICE,
    device_of,
    roles_of,
    viewer,
    viewer_or_none,
)
from rapport.web.practice.ways import HOME

GONE = PageError(
    404,
    "This link has ended, or has a slip in it.",
    "Ask whoever gave it to you for a new one.",
)


def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that somebody was given. Only a tap uses it: programs that look at mail do not."""
    found = links.known(token, now())
    if found is None:
        return _way_back(request, token)
    if request.method != "POST":
        is_for_export = found.purpose is Purpose.CONFIRM
        return form_page(
            request, "practice/link.html", confirms=is_for_export, helps=found.supporter
        )
    if found.purpose is Purpose.CONFIRM:
        if not links.confirm(token, device_of(request), now()):
            raise PageError(
                403,
                "This link works on the device you are signed in on.",
                "Open it there.",
            )
        return HttpResponseRedirect("/practice/yours")
    device = links.sign_in(token, now())
    if device is None:
        raise GONE
    logout(request)  # a new session, so that nobody can have planted it
    request.session[DEVICE] = device
    request.session.set_expiry(links.DEVICE_FOR)
    return HttpResponseRedirect(HOME)


def _way_back(request: HttpRequest, token: str) -> HttpResponse:
    """A link that has run out after the care has ended: it can be opened again by the clinic.

    Raises: PageError (404) for every other that cannot be used.
    """
    if not way_back.may_ask(token, now()):
        raise GONE
    letters = way_back.ask(token, now()) if request.method == "POST" else ""
    return form_page(
        request, "practice/way_back.html", letters=letters, days=way_back.ASKED_FOR.days
    )


def role(request: HttpRequest) -> HttpResponse:
    """Which clinic and role somebody with several wants to be in now."""
    choices = roles_of(request)
    if request.method == "POST":
        chosen = sent(request).get("as", "")
        if chosen not in {each.id for _, each in choices}:
            raise PageError(403, "You do not have this role.")
        request.session[CHOSEN] = chosen
        return HttpResponseRedirect(HOME)
    if not choices:
        raise PageError(403, "You belong to no clinic here.", "Ask whoever keeps the server.")
    return form_page(request, "practice/role.html", choices=choices)


def demo(request: HttpRequest) -> HttpResponse:
    """The demo clinic: be anybody with one tap. The route is refused where there is no demo."""
    known = {each.id: each for each in made_up.characters()}
    if request.method != "POST":
        people = tuple(known.values())
        return form_page(
            request, "practice/demo.html", characters=people, to_try=made_up.TO_TRY
        )
    chosen = known.get(sent(request).get("as", ""))
    if chosen is None:
        raise PageError(404, "Nobody of that kind is in the demo.")
    logout(request)
    if chosen.member:
        request.session[CHOSEN] = chosen.member
    else:
        device = links.demo_device(chosen.patient, chosen.supporter or None, now())
        request.session[DEVICE] = device or ""
    return HttpResponseRedirect(HOME)


def leave(request: HttpRequest) -> HttpResponse:
    """Sign this device out."""
    device = device_of(request)
    if device and viewer_or_none(request) is not None:
        links.end_device(viewer(request), device, now())
    logout(request)
    return HttpResponseRedirect(PRACTICE)
