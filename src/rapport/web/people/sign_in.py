"""Signing in: name and password, then the number from an app; and the first time, setting up.

A person who has given a password and no number yet is nobody: the session remembers whose
number to ask for, for a few minutes.
"""

# for: practitioner

import datetime

import msgspec
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import constant_time_compare
from django_otp import login as _login_device  # pyright: ignore[reportUnknownVariableType]  # has no types

from rapport.store.audit.recording import Act, recording
from rapport.store.people import accounts, second_factor
from rapport.store.people.accounts import NotAllowedError
from rapport.store.people.models import Person
from rapport.store.senders import hashed
from rapport.web import addresses
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.looks import way_back
from rapport.web.people.forms import form_page, sender, sent

_HALF = "half"
HALF_FOR = datetime.timedelta(minutes=10)
WRONG = (
    "Name and password do not fit. After five wrong tries an account waits for a quarter of an "
    "hour, and so does an address that many wrong tries come from."
)
WRONG_NUMBER = (
    "This number does not fit. Wait for the next one; each works once. "
    "After several wrong ones you have to wait a little."
)
IS_SET_UP = "Your password is kept. Sign in with it now."


class Half(msgspec.Struct, frozen=True, kw_only=True):
    """Whose number is asked for, since when, and where to go then.

    `proof` stands for the password that was given: another one ends this. `secret` is the one
    that a person's app is to learn, if they have no second factor yet.
    """

    person: int
    proof: str
    at: datetime.datetime
    way_on: str
    secret: str


def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step."""
    told = IS_SET_UP if request.GET.get("done") == "set-up" else ""
    given = sent(request)
    back = _way_on(given.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        return form_page(
            request, "people/sign_in.html", back=back, wrong="", name="", told=told
        )
    person = accounts.with_password(
        given.get("name", ""),
        given.get("password", ""),
        now(),
        sender=hashed(sender(request), settings.SECRET_KEY),
    )
    if person is None:
        return form_page(
            request,
            "people/sign_in.html",
            status=400,
            back=back,
            wrong=WRONG,
            name=given.get("name", ""),
            told="",
        )
    request.session.flush()
    half = Half(
        person=person.pk,
        proof=person.get_session_auth_hash(),
        at=now(),
        way_on=back,
        secret=second_factor.new_secret(),
    )
    request.session[_HALF] = msgspec.to_builtins(half)
    step = addresses.NUMBER if second_factor.has_one(person) else addresses.APP
    return HttpResponseRedirect(step)


def number(request: HttpRequest) -> HttpResponse:
    """The second step: the number the app shows now."""
    person, half = _half(request)
    if not second_factor.has_one(person):
        return HttpResponseRedirect(addresses.APP)
    if request.method != "POST":
        return form_page(request, "people/number.html", wrong="")
    device = second_factor.is_right(person, sent(request).get("number", ""), now())
    if device is None:
        return form_page(request, "people/number.html", status=400, wrong=WRONG_NUMBER)
    _let_in(request, person, device)
    return HttpResponseRedirect(half.way_on)


def app(request: HttpRequest) -> HttpResponse:
    """The second step for the first time: an app is shown the code, and shows a number."""
    person, half = _half(request)
    if second_factor.has_one(person):
        return HttpResponseRedirect(addresses.NUMBER)
    wrong = ""
    if request.method == "POST":
        number = sent(request).get("number", "")
        device = second_factor.confirm(person, half.secret, number, now())
        if device is not None:
            _let_in(request, person, device)
            return HttpResponseRedirect(half.way_on)
        wrong = WRONG_NUMBER
    return form_page(
        request,
        "people/app.html",
        status=400 if wrong else 200,
        picture=second_factor.picture(person, half.secret),
        secret=second_factor.letters(half.secret),
        wrong=wrong,
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
            accounts.set_password(person, sent(request).get("password", ""), now())
        except NotAllowedError as error:
            wrong = f"{error.problem} {error.fix[:1].upper()}{error.fix[1:]}."
        else:
            return HttpResponseRedirect(f"{addresses.SIGN_IN}?done=set-up")
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


def _half(request: HttpRequest) -> tuple[Person, Half]:
    """Whose number is asked for, and what is remembered with it.

    Raises: PageError (403) if no password was given just before, or it is another one by now.
    """
    try:
        half = msgspec.convert(request.session.get(_HALF), Half)
    except msgspec.ValidationError:
        half = None
    person = Person.objects.filter(pk=half.person, is_active=True).first() if half else None
    if (
        half is None
        or person is None
        or half.at + HALF_FOR < now()
        or not constant_time_compare(half.proof, person.get_session_auth_hash())
    ):
        raise PageError(403, "Begin with your name and password.", "Sign in once more.")
    return person, half


def _let_in(request: HttpRequest, person: Person, device: second_factor.Device) -> None:
    """From here on the session is the person's; it gets a new key."""
    request.session.pop(_HALF, None)
    act = Act(act="signed in", about=person.name, person=person.name, at=now())
    with recording(act):
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        _login_device(request, device)


def _way_on(asked: str) -> str:
    """Where to go after signing in: an address of this site, or the queue."""
    back = way_back(asked)
    return back if back == asked else addresses.CURATE
