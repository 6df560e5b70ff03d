"""Signing in: name and password, then the number from an app; and the first time, setting up.

A person who has given a password and no number yet is nobody: the session remembers whose
number to ask for, for a few minutes.
"""

import datetime

import msgspec
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as _login_device  # pyright: ignore[reportUnknownVariableType]  # has no types

from rapport.store.audit.recording import Act, recording
from rapport.store.people import accounts, second_factor
from rapport.store.people.accounts import NotAllowedError
from rapport.store.people.models import Person
from rapport.web import addresses
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page

_HALF = "half"
HALF_FOR = datetime.timedelta(minutes=10)
WRONG = "Name and password do not fit. After five wrong tries an account waits for a quarter of an hour."
WRONG_NUMBER = "This number does not fit. Wait for the next one; each works once."


class Half(msgspec.Struct, frozen=True, kw_only=True):
    """Whose number is asked for, since when, and where to go then."""

    person: int
    at: datetime.datetime
    way_on: str


def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step."""
    back = _way_on(request)
    if request.method != "POST":
        return form_page(request, "people/sign_in.html", back=back, wrong="", name="")
    name = request.POST.get("name", "")
    person = accounts.with_password(name, request.POST.get("password", ""), now())
    if person is None:
        return form_page(
            request,
            "people/sign_in.html",
            status=400,
            back=back,
            wrong=WRONG,
            name=name,
        )
    request.session.flush()
    half = Half(person=person.pk, at=now(), way_on=back)
    request.session[_HALF] = msgspec.to_builtins(half)
    step = addresses.NUMBER if second_factor.has_one(person) else addresses.APP
    return HttpResponseRedirect(step)


def number(request: HttpRequest) -> HttpResponse:
    """The second step: the number the app shows now."""
    person, back = _half(request)
    if request.method != "POST":
        return form_page(request, "people/number.html", wrong="")
    device = second_factor.is_right(person, request.POST.get("number", ""))
    if device is None:
        return form_page(request, "people/number.html", status=400, wrong=WRONG_NUMBER)
    _let_in(request, person, device)
    return HttpResponseRedirect(back)


def app(request: HttpRequest) -> HttpResponse:
    """The second step for the first time: an app is shown the code, and shows a number."""
    person, back = _half(request)
    if second_factor.has_one(person):
        return HttpResponseRedirect(addresses.NUMBER)
    if request.method == "POST" and second_factor.confirm(
        person, request.POST.get("number", ""), now()
    ):
        _let_in(request, person, second_factor.confirmed(person))
        return HttpResponseRedirect(back)
    device = second_factor.new(person)
    return form_page(
        request,
        "people/app.html",
        status=400 if request.method == "POST" else 200,
        picture=second_factor.picture(device),
        secret=second_factor.secret(device),
        wrong=WRONG_NUMBER if request.method == "POST" else "",
    )


def set_up(request: HttpRequest, link: str) -> HttpResponse:
    """A new account: its person chooses a password."""
    person = accounts.of_link(link)
    if person is None:
        raise PageError(
            404,
            "This address was used before, is older than a week, or has a slip in it.",
            "Ask whoever gave it to you for a new one.",
        )
    wrong = ""
    if request.method == "POST":
        try:
            accounts.set_password(person, request.POST.get("password", ""), now())
        except NotAllowedError as error:
            wrong = f"{error.problem} {error.fix[:1].upper()}{error.fix[1:]}."
        else:
            return HttpResponseRedirect(addresses.SIGN_IN)
    return form_page(
        request,
        "people/set_up.html",
        status=400 if wrong else 200,
        name=person.name,
        shown_as=person.shown_as,
        least=accounts.SHORTEST_PASSWORD,
        wrong=wrong,
    )


def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget who it was on this device."""
    logout(request)
    return HttpResponseRedirect(addresses.HOME)


def _half(request: HttpRequest) -> tuple[Person, str]:
    """Whose number is asked for, and where to go then.

    Raises: PageError (403) if no password was given just before.
    """
    try:
        half = msgspec.convert(request.session.get(_HALF), Half)
    except msgspec.ValidationError:
        half = None
    person = Person.objects.filter(pk=half.person, is_active=True).first() if half else None
    if half is None or person is None or half.at + HALF_FOR < now():
        raise PageError(403, "Begin with your name and password.", "Sign in once more.")
    return person, half.way_on


def _let_in(request: HttpRequest, person: Person, device: second_factor.Device) -> None:
    """From here on the session is the person's; it gets a new key."""
    act = Act(act="signed in", about=person.name, person=person.name, at=now())
    with recording(act):
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        _login_device(request, device)
    request.session.pop(_HALF, None)


def _way_on(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, or the queue."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours and asked.startswith("/") else addresses.CURATE
