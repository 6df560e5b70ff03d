"""A patient's own pages: who has seen what, consents, helpers, devices."""

import datetime
import re

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.knowledge.practice import Consent as Text
from rapport.practice import trail_words
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.coalition import Actor, Need
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import (
    Allowed,
    Consent,
    ConsentKind,
    Respondent,
    Role,
    Supporter,
)
from rapport.practice.safety.effects import Effect
from rapport.practice.safety.rules import Moment
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import links, pairs, records, trail
from rapport.store.practice.links import Purpose
from rapport.store.practice.scope import not_there
from rapport.web.clock import now
from rapport.web.errors import PageError, not_found
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import agreeing, ways
from rapport.web.practice.access import device_of, viewer
from rapport.web.practice.near import pack_of
from rapport.web.practice.own.wishes import profile
from rapport.web.safe import moment

LONGEST_HELP = 365
LONGEST_NAME = 80
_DAYS = re.compile("[0-9]{1,4}")
_DAYS_SHOWN = 3
_WHY = "the person's own page"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One consent as it stands: its words, and the consent that counts, if there is one.

    `kind` is what the form sends; `about` is the pair, for the consent of a relationship.
    """

    kind: str
    consent: ConsentKind
    about: str | None
    text: Text
    given: Kept | None

    @property
    def is_older(self) -> bool:
        """Whether they said yes to older words, and can say it to these."""
        entry = self.given.record if self.given else None
        by_themselves = self.consent not in (
            ConsentKind.SUPPORTER,
            ConsentKind.COALITION_MEMBER,
        )
        return (
            by_themselves and isinstance(entry, Consent) and entry.version < self.text.version
        )

    @property
    def given_on(self) -> str:
        """The day it was given, in words; empty where it was not."""
        entry = self.given.record if self.given else None
        return in_words(entry.given_at.date()) if isinstance(entry, Consent) else ""

    @property
    def given_by(self) -> str:
        """Who gave it in the patient's place; empty where the patient did."""
        entry = self.given.record if self.given else None
        return entry.decided_by if isinstance(entry, Consent) else ""


def yours(request: HttpRequest) -> HttpResponse:
    """Where a patient or a supporter finds what is theirs."""
    asks = viewer(request)
    return form_page(
        request,
        "practice/yours.html",
        is_patient=asks.role is Role.PATIENT,
        shows_harm=_harm(asks).has(Effect.SHOW_SAFEGUARDING)
        and not _harm(asks).has(Effect.HIDE_FROM_PROXY),
        drafts=_left(asks),
    )


def harm_at_home(request: HttpRequest) -> HttpResponse:
    """What a patient can do whom somebody harms. Nothing is kept, and no helper finds the page."""
    asks = viewer(request)
    where = pack_of(asks)
    return form_page(
        request,
        "practice/harm_at_home.html",
        now=_harm(asks),
        pack=where,
        contacts=(where.safeguarding_adults, where.safeguarding_children),
        pairs=pairs.of(asks),
        ways=ways,
    )


def _harm(asks: Viewer) -> Moment:
    """The moment of somebody whom others may harm; every helper counts as one who may."""
    reader = "person" if asks.role is Role.PATIENT else "proxy"
    return moment(harm_concern="person", reader=reader)


def left(request: HttpRequest) -> HttpResponse:
    """Delete what was not sent and, as the care ended, can not be reached any more."""
    asks = viewer(request)
    name = sent(request).get("draft", "")
    if name not in {each.id for each in _left(asks)}:
        raise not_found("This is not here.")
    records.remove(asks, name, at=now(), why=_WHY)
    return HttpResponseRedirect(ways.YOURS)


def _left(asks: Viewer) -> list[Kept]:
    """A patient's drafts of pairs that are not open."""
    if asks.role is not Role.PATIENT:
        return []
    there = {each.id for each in pairs.of(asks)}
    return [
        each
        for each in records.kept(asks, CheckIn)
        if each.pair not in there
        and isinstance(each.record, CheckIn)
        and each.record.sent_at is None
        and each.author.role is not Role.PRACTITIONER
    ]


def seen(request: HttpRequest) -> HttpResponse:
    """Who has seen what."""
    lines = [line for line in trail.of_patient(viewer(request)) if not line.is_own]
    return form_page(
        request,
        "practice/seen.html",
        days=_by_day(lines),
        shown=_DAYS_SHOWN,
        day_words=in_words,
    )


def _by_day(lines: list[trail.Line]) -> list[tuple[datetime.date, dict[str, list[str]]]]:
    """Each day, the newest first, with what was done on it and at which times."""
    found: dict[datetime.date, dict[str, list[str]]] = {}
    for line in lines:
        words = f"{line.who or line.role} {trail_words.done(line.act, line.kinds)}"
        times = found.setdefault(line.at.date(), {}).setdefault(words, [])
        times.append(f"{line.at:%H:%M}")
    return list(found.items())


def devices(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in with a link of this patient."""
    asks = viewer(request)
    if request.method == "POST":
        given = sent(request)
        if given.get("act") == "all":
            links.end_all(asks, asks.patient or "", now(), but=device_of(request))
        else:
            links.end_device(asks, given.get("device", ""), now())
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
    decided_by = profile(asks, asks.patient or "")[1].decided_by
    return form_page(request, "practice/consents.html", choices=choices, decided_by=decided_by)


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
    address = request.build_absolute_uri(ways.link(token)) if token else ""
    return form_page(
        request,
        "practice/supporters.html",
        supporters=there,
        address=address,
        text=agreeing.told(ConsentKind.SUPPORTER),
    )


def cut(asks: Viewer, name: str) -> None:
    """End somebody's help at once: their devices and links end with it.

    Raises: NotThereError for what is no helper of theirs.
    """
    at = now()

    def ended(entry: Record) -> Record:
        if not isinstance(entry, Supporter):
            raise not_there()
        return msgspec.structs.replace(entry, cut_on=at.date())

    with records.together():
        entry = records.change(asks, name, ended, at=at, why="help ended")
        links.end_all(asks, entry.patient, at, supporter=name)


def _added(asks: Viewer, given: dict[str, str]) -> str:
    """A new helper with the patient's consent; the token of their link."""
    shown_as = " ".join(given.get("name", "").split())
    days = given.get("days", "")
    if not 0 < len(shown_as) <= LONGEST_NAME or not _DAYS.fullmatch(days):
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
    mine = pairs.of(asks)
    pair = mine[0].id if mine else None
    with records.together():
        made = records.keep(asks, entry, patient=patient, at=at, why=_WHY)
        agreeing.agree(asks, ConsentKind.SUPPORTER, patient=patient, at=at, about=made.id)
        return links.make(asks, patient, Purpose.SIGN_IN, at=at, supporter=made.id, pair=pair)


def _choices(asks: Viewer) -> tuple[Choice, ...]:
    """Every consent that a patient gives by themselves, and those they gave for a helper."""
    given = agreeing.standing(asks)
    open_to = [
        (ConsentKind.RELATIONSHIP, each.id, {"practitioner": each.shown_as})
        for each in pairs.of(asks)
    ] + [(kind, None, {}) for kind in (ConsentKind.RESEARCH, ConsentKind.GAP_COUNTS)]
    own = [
        Choice(
            kind=f"{kind.value} {about or ''}".strip(),
            consent=kind,
            about=about,
            text=agreeing.told(kind, **names),
            given=_of(given, kind, about),
        )
        for kind, about, names in open_to
    ]
    names = _names(asks)
    others = [
        Choice(
            kind=each.id,
            consent=entry.consent,
            about=entry.about,
            text=agreeing.told(
                entry.consent,
                helper=names.get(entry.about or "", "somebody"),
                supporter=names.get(entry.about or "", "somebody"),
                need=names.get(entry.need or "", "your story"),
            ),
            given=each,
        )
        for each, entry in given
        if entry.consent in (ConsentKind.SUPPORTER, ConsentKind.COALITION_MEMBER)
    ]
    return (*own, *others)


def _names(asks: Viewer) -> dict[str, str]:
    """How helpers, those who share the work and needs are called, by their ids."""
    found: dict[str, str] = {}
    for kind in (Supporter, Actor, Need):
        for each in records.kept(asks, kind):
            entry = each.record
            if isinstance(entry, Supporter | Actor):
                found[each.id] = entry.shown_as
            elif isinstance(entry, Need):
                found[each.id] = entry.label
    return found


def _of(
    given: tuple[tuple[Kept, Consent], ...], kind: ConsentKind, about: str | None
) -> Kept | None:
    found = [each for each, entry in given if (entry.consent, entry.about) == (kind, about)]
    return found[-1] if found else None


def _answer(asks: Viewer, choice: Choice, *, says_yes: bool) -> None:
    at = now()
    if choice.given is not None and not says_yes:
        with records.together():
            agreeing.take_back(asks, choice.given.id, at)
            for each in records.kept(asks, Supporter):
                if choice.consent is ConsentKind.SUPPORTER and each.id == choice.about:
                    cut(asks, each.id)
    if says_yes and (choice.given is None or choice.is_older):
        agreeing.agree(
            asks, choice.consent, patient=asks.patient or "", at=at, about=choice.about
        )
