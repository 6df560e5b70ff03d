"""Where a check-in begins: who asks for help, and how much to answer."""

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.practice.check_in import items
from rapport.practice.check_in.screens import INSTRUMENT
from rapport.practice.check_in.sending import Begin, begun, may_begin
from rapport.practice.records.check_ins import CheckIn, HelpSeen, Length
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Respondent, Side
from rapport.practice.safety.effects import Effect
from rapport.practice.safety.rules import Moment
from rapport.store.practice import records
from rapport.store.practice.scope import NotThereError
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import ways
from rapport.web.practice.between import Between, between
from rapport.web.practice.own.home import asks_for_help
from rapport.web.practice.says import limits, wording
from rapport.web.safe import severity

LENGTHS = {
    Side.PATIENT: {
        Length.SHORT: "Short: 9 questions, 2 to 3 minutes",
        Length.ONE_A_DAY: "Short: one question a day",
        Length.FULL: "All: 16 questions, 3 to 5 minutes",
    },
    Side.PRACTITIONER: {
        Length.SHORT: "Short: 14 questions, 3 to 4 minutes",
        Length.FULL: "All: 20 questions, 4 to 5 minutes",
    },
}
PROXY = {Length.SHORT: "5 questions, 1 to 2 minutes"}
_ABOUT = ("new", "talk", "never", "missing")


def seen(request: HttpRequest, pair: str) -> HttpResponse:
    """A practitioner has seen that somebody asks for help."""
    here = between(request, pair)
    asked = wish(here)
    if asked is not None:
        records.keep(
            here.viewer,
            HelpSeen(check_in=asked.id, seen_by=here.pair.shown_as, at=here.at),
            patient=here.pair.patient,
            pair=pair,
            at=here.at,
            why="asked for help",
            once=asked.id,
        )
    return HttpResponseRedirect(ways.HOME)


def begin(request: HttpRequest, pair: str) -> HttpResponse:
    """How much to answer; then the first question. A draft is gone on with instead."""
    here = between(request, pair)
    found = what_now(here)
    if found.draft is not None:
        return HttpResponseRedirect(ways.check_in(found.draft.id))
    choices = _choices(here)
    if request.method == "POST" and found.not_before is None:
        length = sent(request).get("answer", "")
        if length in choices:
            made = start(here, found, Length(length))
            return HttpResponseRedirect(ways.check_in(made.id) + "next")
    return form_page(
        request,
        f"practice/check_in/{'wait' if found.not_before else 'begin'}.html",
        title="Check-in",
        asks=f"Check-in with {here.other}: how much?"
        if here.side is Side.PATIENT
        else f"Check-in about {here.other}: how much?",
        choices=[(length.value, words) for length, words in choices.items()],
        chosen=Length.SHORT.value,
        wrong="",
        whom=here.whom,
        about=[wording().says("about_check_in", each) for each in _ABOUT],
        legal=_legal(here),
        is_known=_has_sent(here),
        not_before=in_words(found.not_before) if found.not_before else "",
        asked=wish_words(here, wish(here)),
        here_=here,
        ways=ways,
    )


def _choices(here: Between) -> dict[Length, str]:
    """How much can be answered; of somebody who is severely ill never all of it (SR6)."""
    if here.respondent is Respondent.PROXY:
        return PROXY
    is_small = here.side is Side.PATIENT and severity_of(here).has(Effect.USE_SHORT_MODE)
    return {
        length: words
        for length, words in LENGTHS[here.side].items()
        if not (is_small and length is Length.FULL)
    }


def severity_of(here: Between) -> Moment:
    """The moment of how ill the patient is, as far as the viewer may know it."""
    found = [each.record for each in here.kept(CheckIn)]
    return severity(here.profile, [each for each in found if isinstance(each, CheckIn)])


def what_now(here: Between) -> Begin:
    """What stands in the way of a new check-in of this viewer."""
    helper = here.viewer.id if here.supporter else None
    return may_begin(
        here.kept(CheckIn), here.side, here.respondent, here.at, limits(), supporter=helper
    )


def start(here: Between, found: Begin, length: Length, **more: object) -> Kept:
    """A new draft in the place of those that are too old.

    Raises: PageError (403) where somebody else has begun one; RefusedError.
    """
    edition = wording().instruments[INSTRUMENT[here.side]].edition
    supporter = here.viewer.id if here.supporter else None
    draft = begun(here.side, length, here.respondent, edition, here.at, supporter)
    try:
        for each in found.old:
            records.remove(here.viewer, each.id, at=here.at, why="too old")
        return records.keep(
            here.viewer,
            msgspec.structs.replace(draft, **more),
            patient=here.pair.patient,
            pair=here.pair.id,
            at=here.at,
            why="check-in",
        )
    except NotThereError as error:  # there is a draft, and not one that this viewer may see
        raise PageError(
            403,
            f"{here.names.patient} has begun a check-in on another device.",
            "Ask them to go on there, or to delete it first.",
        ) from error


def wish(here: Between) -> Kept | None:
    """The last sent check-in with a wish for help that nobody has marked as seen.

    None for anybody but the practitioner.
    """
    if here.side is not Side.PRACTITIONER:
        return None
    marks = (each.record for each in here.kept(HelpSeen))
    known = {mark.check_in for mark in marks if isinstance(mark, HelpSeen)}
    wishes = [
        each
        for each in here.kept(CheckIn)
        if isinstance(each.record, CheckIn)
        and each.record.sent_at is not None
        and each.record.answers.get(items.HELP)
        and each.id not in known
    ]
    return wishes[-1] if wishes else None


def wish_words(here: Between, asked: Kept | None) -> str:
    """Who asks for help, when it is needed and since when; empty where nobody does."""
    record = asked.record if asked else None
    found = record if isinstance(record, CheckIn) else None
    return asks_for_help(here.names.patient, found, here.at)


def _has_sent(here: Between) -> bool:
    """Whether this side has sent one before: then what it is is folded away."""
    return any(
        isinstance(each.record, CheckIn)
        and each.record.side is here.side
        and each.record.sent_at is not None
        for each in here.kept(CheckIn)
    )


def _legal(here: Between) -> list[str]:
    if here.side is Side.PATIENT:
        return []
    return [wording().says("legal_note", each) for each in ("yours_is_theirs", "write")]
