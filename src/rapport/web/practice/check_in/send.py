"""Sending a check-in, what may be seen of it, and what comes after."""

import datetime
from hashlib import sha256

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import NOT_OF_OUR_TIME, in_words, is_of_our_time
from rapport.core.errors import InputError
from rapport.knowledge.practice import Consent as Text
from rapport.practice.check_in import items, pairing, sending
from rapport.practice.check_in.progress import progress
from rapport.practice.check_in.screens import of
from rapport.practice.records.check_ins import CheckIn, Comment, Share
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import ConsentKind, Respondent, Role, Side
from rapport.practice.safety.effects import Effect
from rapport.scoring.check_in import CHALLENGES
from rapport.store.practice import records
from rapport.store.practice.scope import NotThereError, not_there
from rapport.web import addresses
from rapport.web.people.forms import form_page
from rapport.web.people.forms import sent as sent_form
from rapport.web.practice import agreeing, ways
from rapport.web.practice.access import not_the_person, viewer
from rapport.web.practice.between import Between, with_check_in
from rapport.web.practice.check_in.question import is_others, refuse_old
from rapport.web.practice.near import go_on, pack_of
from rapport.web.practice.says import (
    limits,
    screen_words,
    used_thresholds,
    wording,
)
from rapport.web.practice.telling import Step, asked, tell
from rapport.web.practice.waiting import help_seen
from rapport.web.safe import wish

BANDS, ANSWERS, EACH = "bands", "answers", "each"


def send(request: HttpRequest, name: str) -> HttpResponse:
    """What goes out, to whom, and the button that sends it; sent twice, it goes once."""
    try:
        here, entry, record = with_check_in(request, name)
    except NotThereError:
        return _to_help(request, name)
    if record.sent_at is not None:
        return HttpResponseRedirect(ways.step(name, "sent"))
    refuse_old(record, here.at)
    wrong, asks = "", _asks(here)
    if request.method == "POST":
        try:
            _demand_yes(asks, sent_form(request))
            _send(here, entry, agrees=asks is not None)
        except InputError as error:
            wrong = f"{error.problem} {error.fix[:1].upper()}{error.fix[1:]}."
        else:
            return HttpResponseRedirect(ways.step(name, "sent"))
    found = progress(record, of(record, wording(), here.names))
    return form_page(
        request,
        "practice/check_in/send.html",
        status=400 if wrong else 200,
        found=found,
        here_=here,
        name=name,
        wrong=wrong,
        sees=_sees(record),
        from_=in_words(record.shared_from) if record.shared_from else "",
        is_patient=here.side is Side.PATIENT,
        asks=asks,
        waits=_waits(here),
        gives=_gives(here, record),
        wants_help=wish(record).has(Effect.SHOW_FIRST_IN_LIST),
        says=screen_words,
        whom=here.whom,
        ways=ways,
    )


def _to_help(request: HttpRequest, name: str) -> HttpResponse:
    """To the help page with a check-in that asks for help where the care has ended.

    Raises: NotThereError for any other check-in without a pair, and for another's.
    """
    record = records.one(viewer(request), name).record
    if isinstance(record, CheckIn) and wish(record).has(Effect.SHOW_FIRST_IN_LIST):
        return HttpResponseRedirect(addresses.HELP)
    raise not_there()


def _asks(here: Between) -> Text | None:
    """The question of consent, where the patient sends and has not said yes yet."""
    if here.viewer.role is not Role.PATIENT or _agreed(here):
        return None
    return agreeing.told(ConsentKind.RELATIONSHIP, practitioner=here.pair.shown_as)


def _waits(here: Between) -> bool:
    """Whether what a supporter sends stays unseen until the patient has said yes."""
    return here.viewer.role is Role.SUPPORTER and not _agreed(here)


def _agreed(here: Between) -> bool:
    return agreeing.has_agreed(here.viewer, here.pair.patient, here.pair.id)


def _demand_yes(asks: Text | None, given: dict[str, str]) -> None:
    """Raises: InputError where consent is asked for and not given."""
    if asks is not None and given.get("agree") != "yes":
        raise InputError(
            "You have not said yes yet.", where="this page", fix="tick it, or pause and keep it"
        )


def _agree(here: Between) -> None:
    """Keep the patient's yes."""
    agreeing.agree(
        here.viewer,
        ConsentKind.RELATIONSHIP,
        patient=here.pair.patient,
        at=here.at,
        about=here.pair.id,
    )


def _gives(here: Between, record: CheckIn) -> list[str]:
    """What the practitioner is given beside the challenges, in sentences."""
    if here.side is not Side.PATIENT:
        return []
    lines = [screen_words("gives_note")] if record.note else []
    if items.PICK in sending.counted_answers(record):
        lines.append(screen_words("gives_pick"))
    return lines


def _send(here: Between, entry: Kept, *, agrees: bool) -> None:
    """Send it, keep the patient's yes if they `agree`, and what it comes to: all of it or nothing.

    Raises: InputError where there is nothing to send.
    """

    def how(now: CheckIn) -> CheckIn:
        return sending.sent(now, here.at)

    with records.together():
        records.change(here.viewer, entry.id, how, at=here.at, why="check-in sent")
        if agrees and not _agreed(here):  # asked again here: it may have been sent twice
            _agree(here)
        records.compute(
            here.viewer,
            lambda all_: _result(all_, entry.id, here.at.date()),
            patient=here.pair.patient,
            pair=here.pair.id,
            at=here.at,
            why="check-in scored",
            once=entry.id,
        )
    if isinstance(entry.record, CheckIn) and here.side is Side.PATIENT and _agreed(here):
        tell(here.viewer, here.pair.patient, entry.id, entry.record, Step.SENT, here.at)


def _result(all_: tuple[Kept, ...], about: str, today: datetime.date) -> Record | None:
    both = pairing.sides(all_, limits(), about=about)
    return pairing.result(both, today, used_thresholds())


def sent(request: HttpRequest, name: str) -> HttpResponse:
    """That it is sent, and what one can do with it; nothing has to be done."""
    try:
        here, entry, record = with_check_in(request, name)
    except NotThereError:
        return _to_help(request, name)
    if is_others(here, record):
        return HttpResponseRedirect(ways.visits(here.pair.id))
    if record.sent_at is None:
        return HttpResponseRedirect(ways.check_in(name))
    now = asked(here.viewer, here.pair.patient, name, record)
    return form_page(
        request,
        "practice/check_in/sent.html",
        here_=here,
        name=entry.id,
        record=record,
        on=in_words(record.sent_at.date()),
        sees=_sees(record),
        is_patient=here.side is Side.PATIENT,
        is_proxy=record.respondent is Respondent.PROXY,
        may_confirm=here.viewer.role is Role.PATIENT,
        wants_help=now.has(Effect.SHOW_FIRST_IN_LIST),
        now=now,
        waits=here.side is Side.PATIENT and not _agreed(here),
        help_seen=help_seen(here, entry.id) if now.has(Effect.SHOW_WHEN_SEEN) else "",
        pack=pack_of(here.viewer),
        says=screen_words,
        whom=here.whom,
        ways=ways,
    )


def sharing(request: HttpRequest, name: str) -> HttpResponse:
    """What the practitioner may see of it; before it is sent, or after."""
    here, _, record = with_check_in(request, name)
    _only_the_persons_own(here)
    refuse_old(record, here.at)
    given = sent_form(request)
    if request.method == "POST":
        answer = given.get("answer", BANDS)
        if answer == EACH:
            return HttpResponseRedirect(ways.step(name, "each"))
        share = Share.ANSWERS if answer == ANSWERS else Share.BANDS
        _share(here, name, dict.fromkeys(CHALLENGES, share), record.shared_from)
        return HttpResponseRedirect(ways.step(name, "when"))
    return form_page(
        request,
        "practice/ask.html",
        title="What they see",
        asks=f"What may {here.names.practitioner} see?",
        choices=[
            (BANDS, "What is hard and what is not"),
            (ANSWERS, "My answers too"),
            (EACH, "I choose one by one"),
        ],
        chosen=_sees(record),
        wrong="",
        whom=here.whom,
    )


def each(request: HttpRequest, name: str) -> HttpResponse:
    """What may be seen of each challenge."""
    here, _, record = with_check_in(request, name)
    _only_the_persons_own(here)
    refuse_old(record, here.at)
    if request.method == "POST":
        given = request.POST.getlist("share")
        shares = {k: Share.ANSWERS if str(k) in given else Share.BANDS for k in CHALLENGES}
        _share(here, name, shares, record.shared_from)
        return HttpResponseRedirect(ways.step(name, "when"))
    return form_page(
        request,
        "practice/check_in/each.html",
        labels=wording().labels,
        shares={k: sending.share_of(record, k) is Share.ANSWERS for k in CHALLENGES},
        here_=here,
        whom=here.whom,
    )


def when(request: HttpRequest, name: str) -> HttpResponse:
    """From which day it may be seen: at once, or after the visit."""
    here, _, record = with_check_in(request, name)
    _only_the_persons_own(here)
    refuse_old(record, here.at)
    given = sent_form(request)
    wrong = ""
    if request.method == "POST":
        try:
            day = _day(given, here.at.date())
        except InputError as error:
            wrong = f"{error.problem} {error.fix}"
        else:
            _share(here, name, record.shares, day)
            way = "sent" if record.sent_at else "send"
            return HttpResponseRedirect(ways.step(name, way))
    is_ahead = record.shared_from is not None and record.shared_from >= here.at.date()
    kept = record.shared_from.isoformat() if record.shared_from and is_ahead else ""
    return form_page(
        request,
        "practice/check_in/when.html",
        status=400 if wrong else 200,
        title="When they see it",
        asks=f"When may {here.names.practitioner} see it?",
        choices=[("now", "At once"), ("later", "From a day that I choose")],
        chosen=given.get("answer") or ("later" if kept else "now"),
        day=given.get("day", kept),
        wrong=wrong,
        whom=here.whom,
    )


def _day(given: dict[str, str], today: datetime.date) -> datetime.date | None:
    """The day that was chosen; None for at once.

    Raises: InputError for what is no day, and for a day that is over.
    """
    if given.get("answer") != "later":
        return None
    try:
        day = datetime.date.fromisoformat(given.get("day", "").strip())
    except ValueError as error:
        raise InputError(
            "This is not a day.", where="the day", fix="Write it like 2026-05-31."
        ) from error
    if not is_of_our_time(day):
        raise InputError(NOT_OF_OUR_TIME, where="the day", fix="Look at the year again.")
    if day < today:
        raise InputError(
            "This day is over.", where="the day", fix="Choose today, or a day to come."
        )
    return day


def _share(
    here: Between, name: str, shares: dict[int, Share], day: datetime.date | None
) -> None:
    def how(record: Record) -> Record:
        return sending.shared(record, shares, day) if isinstance(record, CheckIn) else record

    records.change(here.viewer, name, how, at=here.at, why="what may be seen")


def _sees(record: CheckIn) -> str:
    """What may be seen: bands, answers, or each as chosen."""
    shares = {sending.share_of(record, k) for k in CHALLENGES}
    if shares == {Share.ANSWERS}:
        return ANSWERS
    return EACH if Share.ANSWERS in shares else BANDS


def _only_the_persons_own(here: Between) -> None:
    if here.side is not Side.PATIENT:
        raise not_the_person()


def confirm(request: HttpRequest, name: str) -> HttpResponse:
    """The person says which answers of a proxy are right."""
    here, _, record = with_check_in(request, name)
    if here.viewer.role is not Role.PATIENT or record.respondent is not Respondent.PROXY:
        raise not_the_person()
    if request.method == "POST":
        right = request.POST.getlist("right")

        def how(now: Record) -> Record:
            return sending.confirmed(now, right) if isinstance(now, CheckIn) else now

        records.change(here.viewer, name, how, at=here.at, why="confirmed by the person")
        return HttpResponseRedirect(ways.step(name, "sent" if record.sent_at else "confirm"))
    screens = [
        each_
        for each_ in of(
            msgspec.structs.replace(record, respondent=Respondent.SELF), wording(), here.names
        )
        if each_.item in record.answers
    ]
    return form_page(
        request,
        "practice/check_in/confirm.html",
        screens=screens,
        record=record,
        here_=here,
        whom=here.whom,
    )


def comment(request: HttpRequest, name: str) -> HttpResponse:
    """The person says something beside an entry; both stay."""
    here, entry, about = with_check_in(request, name)
    if here.viewer.role is not Role.PATIENT:
        raise not_the_person()
    text = sent_form(request).get("text", "").strip()
    most = limits().longest_note
    if request.method == "POST" and text and len(text) <= most:
        records.keep(
            here.viewer,
            Comment(about=entry.id, text=text, on=here.at.date()),
            patient=here.pair.patient,
            pair=here.pair.id,
            at=here.at,
            why="comment",
            once=f"{entry.id}/{sha256(text.encode()).hexdigest()[:16]}",
        )
        return go_on(request, here.viewer, ways.comment(name), text)
    said = [
        one.record
        for one in here.kept(Comment)
        if isinstance(one.record, Comment) and one.record.about == entry.id
    ]
    return form_page(
        request,
        "practice/check_in/comment.html",
        status=400 if len(text) > most else 200,
        said=[(in_words(one.on), one.text) for one in said],
        text=text,
        most=most,
        wrong=f"It is too long by {len(text) - most} letters." if len(text) > most else "",
        says=screen_words,
        whom=here.whom,
        back=ways.check_in(name) if about.side is Side.PATIENT else ways.reveal(here.pair.id),
    )
