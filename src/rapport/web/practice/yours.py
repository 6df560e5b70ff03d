"""A patient's own pages: who has seen what, consents, helpers, devices."""

import datetime

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.knowledge.load_practice import own
from rapport.knowledge.practice import Consent as Text
from rapport.knowledge.practice import ConsentKind as TextKind
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import (
    Allowed,
    Consent,
    ConsentKind,
    Respondent,
    Role,
    Supporter,
)
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import links, pairs, records, trail
from rapport.store.practice.links import Purpose
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import places, trail_words
from rapport.web.practice.access import device_of, viewer

OF_ONESELF = (ConsentKind.RELATIONSHIP, ConsentKind.RESEARCH, ConsentKind.GAP_COUNTS)
"""What a patient agrees to by themselves; the others are about a helper and a need."""
LONGEST_HELP = 365
LONGEST_NAME = 80
_WHY = "the person's own page"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One consent as it stands: its words, and the consent that counts, if there is one."""

    kind: str
    text: Text
    asks: str
    given: Kept | None


def yours(request: HttpRequest) -> HttpResponse:
    """Where a patient or a supporter finds what is theirs."""
    asks = viewer(request)
    return form_page(request, "practice/yours.html", is_patient=asks.role is Role.PATIENT)


def seen(request: HttpRequest) -> HttpResponse:
    """Who has seen what."""
    lines = [line for line in trail.of_patient(viewer(request)) if not line.is_own]
    return form_page(request, "practice/seen.html", lines=lines, done=trail_words.done)


def devices(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in with a link of this patient."""
    asks = viewer(request)
    if request.method == "POST":
        links.end_device(asks, sent(request).get("device", ""), now())
        return HttpResponseRedirect(request.path_info)
    return form_page(
        request,
        "practice/devices.html",
        devices=links.devices(asks, now()),
        here=device_of(request),
    )


def consents(request: HttpRequest) -> HttpResponse:
    """What the patient agrees to, each by itself."""
    asks = viewer(request)
    choices = _choices(asks)
    if request.method == "POST":
        given = sent(request)
        kind = given.get("kind", "")
        choice = next((each for each in choices if each.kind == kind), None)
        if choice is None or given.get("answer") not in ("yes", "no"):
            raise PageError(400, "Choose yes or no.")
        _answer(asks, choice, says_yes=given["answer"] == "yes")
        return HttpResponseRedirect(request.path_info)
    return form_page(request, "practice/consents.html", choices=choices)


def supporters(request: HttpRequest) -> HttpResponse:
    """Who helps the patient to answer: add somebody, or end it at once."""
    asks, given = viewer(request), sent(request)
    token = ""
    if request.method == "POST" and given.get("cut"):
        cut(asks, given["cut"])
        return HttpResponseRedirect(request.path_info)
    if request.method == "POST":
        token = _added(asks, given)
    today = now().date()
    there = [
        each
        for each in records.kept(asks, Supporter)
        if isinstance(each.record, Supporter)
        and each.record.cut_on is None
        and each.record.until >= today
    ]
    address = request.build_absolute_uri(places.link(token)) if token else ""
    return form_page(
        request, "practice/supporters.html", supporters=there, address=address, text=_text()
    )


def cut(asks: Viewer, name: str) -> None:
    """End somebody's help at once: their devices and links end with it."""
    at = now()
    entry = records.change(
        asks,
        name,
        records.with_fields(cut_on=at.date()),
        at=at,
        why="help ended",
    )
    links.end_all(asks, entry.patient, at, supporter=name)


def _added(asks: Viewer, given: dict[str, str]) -> str:
    """A new helper with the patient's consent; the token of their link."""
    shown_as = " ".join(given.get("name", "").split())
    days = given.get("days", "")
    if not 0 < len(shown_as) <= LONGEST_NAME or not days.isdecimal():
        raise PageError(400, "Write a name, and for how many days.")
    if given.get("yes") != "yes":
        raise PageError(400, "Tick that you agree. Without it nobody can help here.")
    at = now()
    until = at.date() + datetime.timedelta(days=min(int(days), LONGEST_HELP))
    try:
        how = Respondent(given.get("how", ""))
    except ValueError:
        raise PageError(400, "Say how they help.") from None
    entry = Supporter(
        shown_as=shown_as,
        relation=" ".join(given.get("relation", "").split())[:LONGEST_NAME],
        respondent=Respondent.PROXY if how is Respondent.PROXY else Respondent.SCRIBE,
        until=until,
        sees=tuple(each for each in Allowed if given.get(f"sees {each.name}") == "yes"),
    )
    patient = asks.patient or ""
    made = records.keep(asks, entry, patient=patient, at=at, why=_WHY)
    records.keep(asks, _consent(_text(), at, about=made.id), patient=patient, at=at, why=_WHY)
    mine = pairs.of(asks)
    pair = mine[0].id if mine else None
    return links.make(asks, patient, Purpose.SIGN_IN, at=at, supporter=made.id, pair=pair)


def _choices(asks: Viewer) -> tuple[Choice, ...]:
    """The consents a patient gives by themselves, and those they gave for a helper."""
    given = [
        each
        for each in records.kept(asks, Consent)
        if isinstance(each.record, Consent) and each.record.withdrawn_at is None
    ]
    own = [
        Choice(
            kind=kind.value, text=_text(kind), asks=_asked(asks, kind), given=_of(given, kind)
        )
        for kind in OF_ONESELF
    ]
    others = [
        Choice(
            kind=each.id,
            text=_text(each.record.consent),
            asks=f"You let somebody see something: {each.record.consent.value}",
            given=each,
        )
        for each in given
        if isinstance(each.record, Consent) and each.record.consent not in OF_ONESELF
    ]
    return (*own, *others)


def _of(given: list[Kept], kind: ConsentKind) -> Kept | None:
    found = [e for e in given if isinstance(e.record, Consent) and e.record.consent is kind]
    return found[-1] if found else None


def _asked(asks: Viewer, kind: ConsentKind) -> str:
    names = " and ".join(each.shown_as for each in pairs.of(asks)) or "your practitioner"
    return _text(kind).asks.replace("{practitioner}", names)


def _answer(asks: Viewer, choice: Choice, *, says_yes: bool) -> None:
    at, patient = now(), asks.patient or ""
    if choice.given is not None and not says_yes:
        records.change(
            asks,
            choice.given.id,
            records.with_fields(withdrawn_at=at),
            at=at,
            why="consent taken back",
        )
    if choice.given is None and says_yes:
        entry = _consent(choice.text, at)
        records.keep(asks, entry, patient=patient, at=at, why="consent given")


def _consent(text: Text, at: datetime.datetime, about: str | None = None) -> Consent:
    return Consent(
        consent=ConsentKind(text.kind.value),
        text=text.id,
        version=text.version,
        given_at=at,
        method="on one's own page",
        about=about,
    )


def _text(kind: ConsentKind = ConsentKind.SUPPORTER) -> Text:
    return own().consent(TextKind(kind.value))
