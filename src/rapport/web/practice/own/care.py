"""A practitioner's own pages: inviting a person, their links and helpers, the choice on research."""

import datetime

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.knowledge.load_practice import own
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Profile, Supporter
from rapport.practice.safety.effects import FACTS, Effect
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import clinics, links, pairs, records
from rapport.store.practice.links import Purpose
from rapport.store.practice.scope import not_there
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import ways
from rapport.web.practice.access import viewer
from rapport.web.practice.own.deciding import grounds
from rapport.web.practice.own.wishes import profile
from rapport.web.practice.own.yours import cut
from rapport.web.safe import moment

LONGEST = {"name": 80, "contact": 120}
MINUTES = 2
"""How long the short check-in takes, as the letter says."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A link as it is given to a person: told once. `until` is the day it ends."""

    address: str
    until: datetime.date
    confirms: bool = False


def invite(request: HttpRequest) -> HttpResponse:
    """A new patient: a name to be shown, where the link goes, and the link, shown once."""
    asks, given = viewer(request), sent(request)
    letter = None
    if request.method == "POST":
        texts = {name: " ".join(given.get(name, "").split()) for name in LONGEST}
        if not texts["name"] or any(len(texts[name]) > most for name, most in LONGEST.items()):
            raise PageError(400, "Write a short name. It is how you will see the person.")
        _demand_adult(given.get("age", ""))
        profile = Profile(
            shown_as=texts["name"],
            contact=texts["contact"],
            severe=given.get("severe") == "yes",
        )
        made = pairs.invite(asks, profile, at=now())
        letter = _letter(request, made.token, Purpose.SIGN_IN)
    note = own().texts.get("legal_note")
    return form_page(
        request,
        "practice/invite.html",
        letter=letter,
        minutes=MINUTES,
        note=tuple(note.passages.values()) if note else (),
    )


def _demand_adult(age: str) -> None:
    """Raises: PageError (400) where nothing was said of the age, and for a child."""
    if age not in FACTS["age"]:
        raise PageError(400, "Say whether the person is 18 or older.")
    refused = moment(age=age).practitioner(Effect.REFUSE_CHILDREN)
    if refused:
        raise PageError(400, " ".join(refused), "Nothing was kept.")


def person(request: HttpRequest, patient: str) -> HttpResponse:
    """One patient's links and helpers, and the end of the care here."""
    asks, given = viewer(request), sent(request)
    mine = [each for each in pairs.of(asks) if each.patient == patient]
    if not mine:
        raise not_there()
    letter = None
    if request.method == "POST":
        act = given.get("act", "")
        if act in ("link", "confirm"):
            purpose = Purpose.SIGN_IN if act == "link" else Purpose.CONFIRM
            token = links.make(asks, patient, purpose, at=now(), pair=mine[0].id)
            letter = _letter(request, token, purpose)
        elif act == "end":
            return _ended(request, asks, patient, mine[0].id)
        else:
            return _done(asks, given, patient)
    _, found = profile(asks, patient)
    return form_page(
        request,
        "practice/person.html",
        letter=letter,
        minutes=MINUTES,
        shown_as=found.shown_as,
        decided_by=found.decided_by,
        ground=grounds().get(found.basis, ""),
        supporters=_supporters(asks, patient),
    )


def own_side(request: HttpRequest) -> HttpResponse:
    """Whether a practitioner gives their own side of check-ins to research."""
    asks = viewer(request)
    if request.method == "POST":
        clinics.give_to_research(asks, sent(request).get("gives") == "yes", now())
        return HttpResponseRedirect(request.path_info)
    me = clinics.member(asks.clinic, asks.id)
    return form_page(request, "practice/own_side.html", gives=me.gives_to_research)


def _ended(request: HttpRequest, asks: Viewer, patient: str, pair: str) -> HttpResponse:
    """End the care, with a last link for the person: what is kept stays theirs."""
    at = now()
    with records.together():
        token = links.make(asks, patient, Purpose.SIGN_IN, at=at, pair=pair)
        pairs.end(asks, pair, at=at)
    letter = _letter(request, token, Purpose.SIGN_IN)
    return form_page(request, "practice/ended.html", letter=letter, minutes=MINUTES)


def _done(asks: Viewer, given: dict[str, str], patient: str) -> HttpResponse:
    act, again = given.get("act", ""), HttpResponseRedirect(f"/practice/people/{patient}/")
    if act == "cut":
        cut(asks, given.get("supporter", ""))
        return again
    if act == "sign out":
        links.end_all(asks, patient, now())
        return again
    raise PageError(400, "That did not make sense to us.")


def _letter(request: HttpRequest, token: str, purpose: Purpose) -> Letter:
    lasts = links.SIGN_IN_FOR if purpose is Purpose.SIGN_IN else links.CONFIRM_FOR
    return Letter(
        address=request.build_absolute_uri(ways.link(token)),
        until=(now() + lasts).date(),
        confirms=purpose is Purpose.CONFIRM,
    )


def _supporters(asks: Viewer, patient: str) -> list[Kept]:
    today = now().date()
    return [
        each
        for each in records.kept(asks, Supporter, patient=patient)
        if isinstance(each.record, Supporter)
        and each.record.cut_on is None
        and each.record.until >= today
    ]
