"""One question of a check-in: shown, answered, gone back from, paused at, stopped.

Every press of a button saves first. The same form sent twice leaves one answer.
"""

import datetime

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.core.errors import InputError
from rapport.practice.check_in import items, progress
from rapport.practice.check_in.progress import Given
from rapport.practice.check_in.screens import Names, Screen, of
from rapport.practice.check_in.sending import is_open, until
from rapport.practice.records.check_ins import CheckIn, Entered, Length
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Side
from rapport.practice.safety.effects import HELP_WANTED, Effect
from rapport.practice.safety.rules import Moment
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import records
from rapport.store.practice.scope import NotThereError
from rapport.web import addresses
from rapport.web.clock import now
from rapport.web.errors import PageError, not_found
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import ways
from rapport.web.practice.access import viewer as _viewer
from rapport.web.practice.between import Between, with_check_in
from rapport.web.practice.near import go_on, pack_of
from rapport.web.practice.says import limits, screen_words, wording
from rapport.web.practice.telling import Step, asked, tell
from rapport.web.practice.waiting import help_seen
from rapport.web.safe import moment, wish

_AWAY = ("back", "pause")
_UNNAMED = Names(patient="", practitioner="")
"""To save an answer nobody has to be named."""
OPEN = "open"
"""What is sent for an answer that is left open on purpose."""


def resume(request: HttpRequest, name: str) -> HttpResponse:
    """Where one is in a draft, in a line; of a sent one, that it is sent."""
    here, entry, record = with_check_in(request, name)
    if record.sent_at is not None:
        return HttpResponseRedirect(ways.step(name, "sent"))
    refuse_old(record, here.at)
    found = progress.progress(record, of(record, wording(), here.names))
    return form_page(
        request,
        "practice/check_in/resume.html",
        found=found,
        kept_until=in_words(until(record, limits()).date()),
        here_=here,
        name=entry.id,
        ways=ways,
        whom=here.whom,
    )


def next_open(request: HttpRequest, name: str) -> HttpResponse:
    """To the first question that is still open; behind the last one, to sending."""
    here, _, record = with_check_in(request, name)
    found = progress.progress(record, of(record, wording(), here.names)).next
    way = ways.step(name, "send") if found is None else ways.question(name, found.item)
    return HttpResponseRedirect(way)


def question(request: HttpRequest, name: str, item: str) -> HttpResponse:
    """One question; what is sent is saved, and the next page follows."""
    if request.method != "POST":
        return _shown(request, name, item)
    given, who = sent(request), _viewer(request)
    try:
        way = _saved(who, name, item, given)
    except InputError as error:
        return _shown(request, name, item, given=given, wrong=error)
    return go_on(request, who, way, given.get("note", ""))


class _Step(msgspec.Struct):
    """What one answer did, as it was told from within the store."""

    before: CheckIn | None = None
    screens: tuple[Screen, ...] = ()


def _saved(who: Viewer, name: str, item: str, given: dict[str, str]) -> str:
    """Save an answer, and where it leads. The fewest reads there can be: this is done most often.

    Nothing is written where none was given on the way back or to a pause, and nothing of a
    check-in that is sent. Raises: InputError for what cannot be kept; PageError (404).
    """
    at, step_ = now(), _Step()

    def how(record: CheckIn) -> CheckIn:
        step_.before, step_.screens = record, of(record, wording(), _UNNAMED)
        if record.sent_at is not None:
            return record
        screen = _screen(step_.screens, item)
        note = given.get("note", "")
        value = _value(screen, given.get("answer", ""))
        if not _said(item, value).has(Effect.SAVE_CHECK_IN):
            refuse_old(record, at)
        if not given.get("answer") and not note.strip() and given.get("go") in _AWAY:
            return record
        came = Given(value=value, note=note, served_at=_served(given), at=at)
        return progress.answered(record, screen, came, limits())

    entry = records.change(who, name, how, at=at, why="check-in")
    after = entry.record
    if not isinstance(after, CheckIn) or step_.before is None:
        raise not_found("There is no such check-in.")
    if after.sent_at is not None:
        return ways.step(name, "sent")
    if item == items.HELP:
        tell(who, entry.patient, name, after, Step.ANSWERED, at)
    return _way_on(name, step_.before, after, step_.screens, item, given.get("go", "next"))


def _said(item: str, value: int | None) -> Moment:
    """The moment of one answer, before it is kept."""
    wanted = HELP_WANTED.get(value) if item == items.HELP and value is not None else None
    return moment(help_wanted=wanted) if wanted else moment()


def _screen(screens: tuple[Screen, ...], item: str) -> Screen:
    found = next((each for each in screens if each.item == item), None)
    if found is None:
        raise not_found("This check-in does not ask that.")
    return found


def _value(screen: Screen, answer: str) -> int | None:
    """The answer as a number; None where it is left open. What is no answer is told by -1."""
    if not screen.choices or answer in ("", OPEN):
        return None
    return int(answer) if answer.isascii() and answer.isdecimal() and len(answer) < 3 else -1


def _served(given: dict[str, str]) -> datetime.datetime | None:
    """When the page was made, by its own word; None for anything that is no time of these years.

    It only says how long somebody was active, and progress.answered allows no more than a minute.
    """
    text = given.get("served", "")
    if not (text.isascii() and text.isdecimal() and len(text) == len("1700000000")):
        return None
    return datetime.datetime.fromtimestamp(int(text), datetime.UTC)


def _way_on(
    name: str,
    before: CheckIn,
    after: CheckIn,
    screens: tuple[Screen, ...],
    item: str,
    go: str,
) -> str:
    """Where an answer leads: help first, then what was pressed."""
    if item == items.HELP and wish(after).has(Effect.SHOW_HELP_PAGE) and go not in _AWAY:
        return ways.step(name, "help")
    if go == "pause":
        return ways.step(name, "paused")
    if go == "back":
        earlier = progress.before(screens, item)
        return ways.question(name, earlier.item) if earlier else ways.check_in(name)
    later = progress.after(screens, item)
    if later is None:
        return ways.check_in(name) + "next"
    if progress.is_stop_offered(before, after, limits()):
        return ways.step(name, "enough")
    if after.length is Length.ONE_A_DAY:
        return ways.step(name, "today")
    return ways.question(name, later.item)


def _shown(
    request: HttpRequest,
    name: str,
    item: str,
    *,
    given: dict[str, str] | None = None,
    wrong: InputError | None = None,
) -> HttpResponse:
    """The question with what was answered before, or was sent just now and cannot be kept."""
    here, entry, record = with_check_in(request, name)
    if record.sent_at is not None:
        return HttpResponseRedirect(ways.step(name, "sent"))
    refuse_old(record, here.at)
    screens = of(record, wording(), here.names)
    screen = _screen(screens, item)
    place = [each.item for each in screens].index(screen.item) + 1
    found = progress.progress(record, screens)
    chosen = record.answers.get(screen.item)
    is_open = screen.item in record.cannot_say
    choices = [(str(each.value), each.words) for each in screen.choices]
    return form_page(
        request,
        "practice/check_in/question.html",
        status=400 if wrong else 200,
        title=f"{place} of {len(screens)}",
        screen=screen,
        asks=screen.asks,
        choices=[*choices, (OPEN, screen.open_words)] if choices else [],
        chosen=OPEN if is_open else "" if chosen is None else str(chosen),
        note=(given or {}).get("note", record.note),
        most=limits().longest_note,
        wrong=f"{wrong.problem} {wrong.fix[:1].upper()}{wrong.fix[1:]}." if wrong else "",
        served=int(here.at.timestamp()),
        done=found.done,
        place=place,
        total=len(screens),
        may_back=True,
        delete=ways.step(entry.id, "delete"),
        name=entry.id,
        last=_last_time(here, entry, screen) if choices else "",
        shows_last="last" in request.GET,
        whom=here.whom,
        ways=ways,
    )


def _last_time(here: Between, entry: Kept, screen: Screen) -> str:
    """What the same side answered the last time, in words; never filled in (it would lead).

    Empty where nothing was.
    """
    sent_ones = [
        each.record
        for each in here.kept(CheckIn)
        if isinstance(each.record, CheckIn)
        and each.id != entry.id
        and each.record.side is here.side
        and each.record.respondent is here.respondent
        and each.record.sent_at is not None
    ]
    for record in reversed(sent_ones):
        value = record.answers.get(screen.item)
        if value is not None and record.sent_at is not None:
            return f"{in_words(record.sent_at.date())}: {screen.words_of(value)}."
    return ""


def deleted(request: HttpRequest) -> HttpResponse:
    """That nothing is left of it."""
    return form_page(
        request, "practice/check_in/deleted.html", says=screen_words, ways=ways, whom=""
    )


def is_others(here: Between, record: CheckIn) -> bool:
    """Whether a practitioner is at a check-in on screen of the patient's side."""
    is_of_patient = record.side is Side.PATIENT and record.entered is Entered.SCREEN
    return here.side is Side.PRACTITIONER and is_of_patient


def refuse_old(record: CheckIn, at: datetime.datetime) -> None:
    """Raises: PageError (404) for a draft that has waited too long."""
    if record.sent_at is None and not is_open(record, at, limits()):
        raise PageError(
            404,
            "This check-in is too old to go on with.",
            "Begin a new one when you like.",
            title="It has waited too long",
        )


STEPS = {
    "paused": "practice/paused.html",
    "enough": "practice/check_in/enough.html",
    "help": "practice/check_in/help.html",
    "today": "practice/check_in/today.html",
    "delete": "practice/delete.html",
}
"""The pages beside the questions, and their templates."""
_OF_A_FRESH_DRAFT = ("paused", "enough", "today")


def step(request: HttpRequest, name: str, step_: str) -> HttpResponse:
    """A page beside the questions: paused, enough for now, help, that is all for today, delete."""
    if step_ not in STEPS:
        raise not_found("There is no such page.")
    try:
        here, entry, record = with_check_in(request, name)
    except NotThereError:
        if step_ != "help":
            raise
        return HttpResponseRedirect(
            addresses.HELP
        )  # help is there also where the care has ended
    if is_others(here, record):
        return HttpResponseRedirect(ways.visits(here.pair.id))
    if step_ == "help":
        return _help(request, here, entry, record)
    if step_ == "delete" and request.method == "POST":
        return _delete(here, name, sent(request))
    if step_ in _OF_A_FRESH_DRAFT:
        refuse_old(record, here.at)
    found = progress.progress(record, of(record, wording(), here.names))
    return form_page(
        request,
        STEPS[step_],
        found=found,
        so_far=found.words,
        go_on=ways.check_in(name) + "next",
        delete=ways.step(name, "delete"),
        away="",
        lost="Each answer",
        name=entry.id,
        kept_until=in_words(until(record, limits()).date()),
        says=screen_words,
        whom=here.whom,
        ways=ways,
    )


def _help(request: HttpRequest, here: Between, entry: Kept, record: CheckIn) -> HttpResponse:
    """Where help is, and what became of the wish for it; for another answer the page of help."""
    now_ = asked(here.viewer, here.pair.patient, entry.id, record)
    if not now_.has(Effect.SHOW_HELP_PAGE):
        return HttpResponseRedirect(addresses.HELP)
    return form_page(
        request,
        "practice/check_in/help.html",
        now=now_,
        help_seen=help_seen(here, entry.id) if now_.has(Effect.SHOW_WHEN_SEEN) else "",
        is_sent=record.sent_at is not None,
        name=entry.id,
        says=screen_words,
        pack=pack_of(here.viewer),
        whom=here.whom,
        ways=ways,
    )


def _delete(here: Between, name: str, given: dict[str, str]) -> HttpResponse:
    if given.get("go") != "delete":
        return HttpResponseRedirect(ways.check_in(name))
    records.remove(here.viewer, name, at=here.at, why="deleted by its author")
    return HttpResponseRedirect(ways.DELETED)
