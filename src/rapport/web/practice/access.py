"""Who is asking on a page of the practice wing, and whether the table of routes lets them.

Patients and supporters come by a link that signed their device in; everybody else has an account
with a second factor and a role in a clinic. Only in the demo clinic can one be anybody.
"""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import clinics, links
from rapport.store.practice.asking import Asking, asking
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.access import person_of
from rapport.web.people.forms import form_page
from rapport.web.practice.ways import DEMO, ROLE
from rapport.web.routes import PRACTICE, Access, rule_of
from rapport.web.views import errors

DEVICE = "device"
CHOSEN = "membership"
SEEN = "seen"
IDLE_FOR = datetime.timedelta(hours=1)
"""After so long without a page, whoever works in a clinic signs in again."""
_SEEN_EVERY = datetime.timedelta(minutes=5)
_ASKING, _VIEWER = "rapport.asking", "rapport.viewer"

_CARE = frozenset({Role.PATIENT, Role.PRACTITIONER})
_PAIR = _CARE | {Role.SUPPORTER}
ROLES: dict[Access, frozenset[Role]] = {
    Access.MEMBER: frozenset(Role),
    Access.PATIENT: frozenset({Role.PATIENT}),
    Access.HELPED: frozenset({Role.PATIENT, Role.SUPPORTER}),
    Access.PRACTITIONER: frozenset({Role.PRACTITIONER}),
    Access.PAIR: _PAIR,
    Access.CARE: _CARE,
    Access.COALITION: _PAIR | {Role.COALITION_MEMBER},
    Access.SERVICES: frozenset({Role.SERVICE_EDITOR, Role.PRACTITIONER}),
    Access.ADMIN: frozenset({Role.ADMIN}),
    Access.RESEARCHER: frozenset({Role.RESEARCHER}),
    Access.AUDITOR: frozenset({Role.AUDITOR}),
}
"""Which roles of a clinic each rule lets through."""
_NOT_OF_A_CLINIC = (Access.PUBLIC, Access.SIGNED_IN, Access.ROLE, Access.CURATOR)


def viewer(request: HttpRequest) -> Viewer:
    """Who is asking. Raises: PageError (403) for nobody, though no route lets that happen."""
    found = viewer_or_none(request)
    if found is None:
        raise PageError(403, "We do not know who you are here.", "Open your link once more.")
    return found


def not_the_person() -> PageError:
    """The answer to somebody else who would say what only the person can."""
    return PageError(403, "This is for the person to say.")


def viewer_or_none(request: HttpRequest) -> Viewer | None:
    """Who is asking; None for nobody, and for an account that has to choose a role first."""
    if _VIEWER not in request.META:
        request.META[_VIEWER] = _found(request)
    return request.META[_VIEWER]


def roles_of(request: HttpRequest) -> tuple[tuple[clinics.Clinic, Viewer], ...]:
    """All that the account which has signed in is, clinic by clinic."""
    person = person_of(request)
    return clinics.viewers_of(person) if person is not None else ()


def device_of(request: HttpRequest) -> str:
    """The id of the device that a patient or supporter is signed in on; empty for others."""
    return str(request.session.get(DEVICE, ""))


class Practice:
    """Lets through what the table lets through, and records what is read of patients."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; what was read for it is in the audit before it is sent."""
        if not request.path_info.startswith(PRACTICE):
            return self._next(request)
        with asking(at=now(), why="") as made:
            request.META[_ASKING] = made
            return self._next(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, values: object
    ) -> HttpResponse | None:
        """The way in, or a refusal; None to go on."""
        match = request.resolver_match
        name = (match.url_name if match else None) or ""
        made = request.META.get(_ASKING)
        if isinstance(made, Asking):
            made.why = name
        rule = rule_of(name)
        if rule is None or rule.access in _NOT_OF_A_CLINIC:
            return None
        if rule.access is Access.DEMO:
            return None if settings.IS_DEMO else errors.shown(request, _NO_DEMO)
        asks = viewer_or_none(request)
        if asks is None:
            return _way_in(request)
        if asks.role not in ROLES.get(rule.access, ()):  # a rule that no row explains: nobody
            return errors.shown(
                request, PageError(403, "This page is for somebody else of the clinic.")
            )
        return None


_NO_DEMO = PageError(404, "There is no demo here.")


def _found(request: HttpRequest) -> Viewer | None:
    device = device_of(request)
    if device:
        return links.viewer_of(device, now())
    chosen = str(request.session.get(CHOSEN, ""))
    if settings.IS_DEMO and chosen:
        return clinics.viewer_of_demo(chosen)
    if _is_idle(request):
        logout(request)
        return None
    found = [each for _, each in roles_of(request)]
    if len(found) == 1:
        return found[0]
    return next((each for each in found if each.id == chosen), None)


def _is_idle(request: HttpRequest) -> bool:
    """Whether an account was left alone for too long; if not, that it is there now is kept."""
    if person_of(request) is None:
        return False
    time = now()
    seen = request.session.get(SEEN)
    last = datetime.datetime.fromisoformat(seen) if isinstance(seen, str) else time
    if last + IDLE_FOR <= time:
        return True
    if seen is None or last + _SEEN_EVERY <= time:
        request.session[SEEN] = time.isoformat()
    return False


def _way_in(request: HttpRequest) -> HttpResponse:
    if errors.wants_data(request.path_info):
        return errors.shown(request, PageError(403, "We do not know who you are here."))
    if settings.IS_DEMO:
        return HttpResponseRedirect(DEMO)
    if request.method == "GET" and len(roles_of(request)) > 1:
        return HttpResponseRedirect(ROLE)
    return form_page(request, "practice/who.html", status=403, here_to=request.path_info)
