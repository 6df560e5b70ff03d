"""Visits: the page both can print or paste, the day, three taps afterwards, and two days later."""

import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import NOT_OF_OUR_TIME, in_words, is_of_our_time
from rapport.core.errors import InputError
from rapport.practice.check_in.screens import of
from rapport.practice.records.check_ins import CheckIn, Result
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import Respondent, Role, Side
from rapport.practice.records.visits import AfterVisit, TwoDaysLater, Visit
from rapport.practice.visit import after as taps
from rapport.practice.visit.after import Tap
from rapport.practice.visit.summary import (
    Summary,
    own_page,
    page_of_both,
    plain_text,
    with_shared,
)
from rapport.scoring.check_in import CHALLENGES
from rapport.store.practice import pairs, records
from rapport.web.errors import PageError, not_found
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import ways
from rapport.web.practice.access import not_the_person, viewer
from rapport.web.practice.between import Between, between, of_pair
from rapport.web.practice.check_in.begin import severity_of, wish, wish_words
from rapport.web.practice.pair.reveal import both_of, together_of
from rapport.web.practice.says import used_thresholds, wording
from rapport.web.practice.waiting import to_ask

DONE = "done"
_CARE = (Role.PATIENT, Role.PRACTITIONER)
"""Who may note that there was a visit; a supporter may not."""


def visits(request: HttpRequest, pair: str) -> HttpResponse:
    """What there is for the next visit, and the visits so far."""
    here = between(request, pair)
    said = here.kept(AfterVisit)
    held = taps.visits_of(here.kept(Visit))
    return form_page(
        request,
        "practice/visit/all.html",
        rows=[
            (in_words(each.record.on), each.id, _open_tap(said, each.id, here.side))
            for each in held
            if isinstance(each.record, Visit)
        ],
        later=to_ask(here),
        may_note=here.viewer.role in _CARE,
        of_proxy=_of_proxy(here),
        severe=severity_of(here) if here.side is Side.PRACTITIONER else None,
        bearable=wording().lines("severe_pathway").values(),
        asked=wish_words(here, wish(here)),
        here_=here,
        whom=here.whom,
        ways=ways,
    )


def _of_proxy(here: Between) -> list[tuple[str, str]]:
    """For the patient: what was answered in their place, day and id, the newest first."""
    if here.viewer.role is not Role.PATIENT:
        return []
    found = [
        (in_words(each.made_at.date()), each.id)
        for each in here.kept(CheckIn)
        if isinstance(each.record, CheckIn) and each.record.respondent is Respondent.PROXY
    ]
    return found[::-1]


def _open_tap(said: tuple[Kept, ...], visit: str, side: Side) -> str:
    found = taps.taps_of(said, visit, side)
    record = found.record if found else None
    open_ = taps.next_tap(record if isinstance(record, AfterVisit) else None)
    return open_.value if open_ else ""


def held(request: HttpRequest, pair: str) -> HttpResponse:
    """Note that a visit was, on which day, and which card was used."""
    here = between(request, pair)
    given, wrong = sent(request), ""
    if request.method == "POST":
        try:
            made = _note(here, given, request.POST.getlist("card"))
        except InputError as error:
            wrong = f"{error.problem} {error.fix}"
        else:
            return HttpResponseRedirect(ways.after(made.id, Tap.TALKED.value))
    return form_page(
        request,
        "practice/visit/held.html",
        status=400 if wrong else 200,
        wrong=wrong,
        day=given.get("day", here.at.date().isoformat()),
        chosen=request.POST.getlist("card"),
        labels=wording().labels,
        is_practitioner=here.side is Side.PRACTITIONER,
        whom=here.whom,
    )


def _note(here: Between, given: dict[str, str], cards: list[str]) -> Kept:
    """The visit of a day; noted twice, it is one. Raises: InputError for what is no day."""
    try:
        on = datetime.date.fromisoformat(given.get("day", "").strip())
    except ValueError as error:
        raise InputError(
            "This is not a day.", where="the day", fix="Write it like 2026-05-31."
        ) from error
    if not is_of_our_time(on):
        raise InputError(NOT_OF_OUR_TIME, where="the day", fix="Look at the year again.")
    if on > here.at.date():
        raise InputError(
            "This day is not here yet.", where="the day", fix="Note it afterwards."
        )
    results = [each.id for each in here.kept(Result)]
    used = tuple(k for k in CHALLENGES if str(k) in cards)
    return records.keep(
        here.viewer,
        Visit(on=on, result=results[-1] if results else None, cards=used),
        patient=here.pair.patient,
        pair=here.pair.id,
        at=here.at,
        why="visit",
        once=f"{here.pair.id}/{on}",
    )


def tap(request: HttpRequest, name: str, tap_: str) -> HttpResponse:
    """One of three questions after a visit: one press each, and each can be left open."""
    here, entry = _of_record(request, name)
    if tap_ == DONE:
        return _done(request, here)
    asked = next((each for each in Tap if each.value == tap_), None)
    if asked is None or not isinstance(entry.record, Visit):
        raise not_found("There is no such question.")
    if request.method == "POST":
        _tap(here, name, asked, sent(request).get("answer", ""))
        return HttpResponseRedirect(_after(name, asked))
    order = list(Tap)
    place = order.index(asked)
    return form_page(
        request,
        "practice/visit/tap.html",
        title=f"{place + 1} of {len(order)}",
        asks=_asks(asked, here.side),
        choices=_words(taps.choices(asked)),
        place=place + 1,
        on=_after(name, asked),
        back=ways.after(name, order[place - 1].value) if place else ways.visits(here.pair.id),
        whom=here.whom,
    )


def _done(request: HttpRequest, here: Between) -> HttpResponse:
    return form_page(request, "practice/visit/done.html", here_=here, ways=ways, whom=here.whom)


def _after(name: str, asked: Tap) -> str:
    order = [*(each.value for each in Tap), DONE]
    return ways.after(name, order[order.index(asked.value) + 1])


def _tap(here: Between, visit: str, asked: Tap, value: str) -> None:
    """Keep one tap. Raises: PageError (400) for an answer that there is not."""
    blank = AfterVisit(visit=visit, side=here.side, on=here.at.date())

    def how(now: Record) -> Record:
        return taps.tapped(now, asked, value) if isinstance(now, AfterVisit) else now

    there = records.keep(
        here.viewer,
        blank,
        patient=here.pair.patient,
        pair=here.pair.id,
        at=here.at,
        why="after a visit",
        once=f"{visit}/{here.side.value}",
    )
    try:
        records.change(here.viewer, there.id, how, at=here.at, why="after a visit")
    except InputError as error:
        raise PageError(400, error.problem) from error


def _asks(asked: Tap, side: Side) -> str:
    if asked is Tap.WORSE and side is Side.PRACTITIONER:
        return "Did it make things worse?"
    return wording().says("afterwards", asked.value)


def _words(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, wording().says("afterwards", value)) for value in values]


def later(request: HttpRequest, name: str) -> HttpResponse:
    """Two days after a visit or a check-in: whether it made the patient worse."""
    here, _ = _of_record(request, name)
    if here.viewer.role is Role.PRACTITIONER:
        raise not_the_person()
    if request.method == "POST":
        try:
            worse = taps.worse(sent(request).get("answer", ""))
        except InputError as error:
            raise PageError(400, error.problem) from error
        records.keep(
            here.viewer,
            TwoDaysLater(about=name, on=here.at.date(), worse=worse),
            patient=here.pair.patient,
            pair=here.pair.id,
            at=here.at,
            why="two days later",
            once=name,
        )
        return HttpResponseRedirect(ways.after(name, DONE))
    return form_page(
        request,
        "practice/visit/tap.html",
        title="Two days later",
        asks=wording().says("afterwards", "two_days"),
        choices=_words(taps.HOW_MUCH),
        place=0,
        on=ways.visits(here.pair.id),
        back=ways.visits(here.pair.id),
        whom=here.whom,
    )


def _of_record(request: HttpRequest, name: str) -> tuple[Between, Kept]:
    """A record and the pair it is of. Raises: NotThereError; PageError (404)."""
    who = viewer(request)
    entry = records.one(who, name)
    if entry.pair is None:
        raise not_found("There is no such visit.")
    return of_pair(who, pairs.one(who, entry.pair)), entry


def page_for_visit(request: HttpRequest, pair: str) -> HttpResponse:
    """The page for a visit, to print."""
    here = between(request, pair)
    return form_page(
        request,
        "practice/visit/page.html",
        found=summary(here),
        day=in_words,
        here_=here,
        whom=here.whom,
        ways=ways,
    )


def text_for_visit(request: HttpRequest, pair: str) -> HttpResponse:
    """The same as plain text, to paste."""
    found = summary(between(request, pair))
    text = plain_text(found) if found else "There is nothing to show yet.\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def summary(here: Between) -> Summary | None:
    """The page as its reader may see it: both sides if both agreed, else their own.

    The practitioner's holds what the person shares, too. None where there is nothing yet.
    """
    both = both_of(here)
    seen = together_of(here, both)
    conditions = _conditions(here)
    own = both.own.record if both.own else None
    if seen is not None and isinstance(own, CheckIn):
        on = (own.sent_at or own.started_at).date()
        return page_of_both(seen, on, here.names, wording(), conditions)
    page = None
    if isinstance(own, CheckIn) and own.sent_at is not None:
        asked = of(own, wording(), here.names)
        page = own_page(own, asked, here.names, wording(), conditions)
    other = both.other.record if both.other else None
    if here.side is Side.PRACTITIONER and isinstance(other, CheckIn):
        asked = of(other, wording(), here.names)
        return with_shared(page, other, asked, here.names, wording(), used_thresholds())
    return page


def _conditions(here: Between) -> list[str]:
    lines = wording().lines("accommodations")
    return [lines.get(each, each) for each in here.profile.conditions]
