"""Both sides together, once both have agreed; each reads what they may."""

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.practice.check_in import pairing
from rapport.practice.check_in.reveal import Stage, Together, stage, together
from rapport.practice.check_in.screens import Screen, screens
from rapport.practice.records.check_ins import CheckIn, Comment, Length, Result, Reveal
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import Respondent, Side
from rapport.practice.safety.effects import Effect
from rapport.scoring.check_in import CheckIn as Scored
from rapport.store.practice import records
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import ways
from rapport.web.practice.access import not_the_person
from rapport.web.practice.between import Between, between
from rapport.web.practice.says import limits, used_thresholds, wording
from rapport.web.safe import moment

_WORDS = {"yes": Reveal.AGREED, "no": Reveal.DECLINED}


class Both(msgspec.Struct, frozen=True, kw_only=True):
    """The check-ins of the two as a viewer sees them, and how far the viewer is."""

    own: Kept | None
    other: Kept | None
    stage: Stage


def reveal(request: HttpRequest, pair: str) -> HttpResponse:
    """The question whether to look together; then both sides."""
    here = between(request, pair)
    both = both_of(here)
    if request.method == "POST" and both.own is not None:
        _say(here, both.own, sent(request))
        return HttpResponseRedirect(ways.reveal(pair))
    seen = together_of(here, both)
    own = both.own.record if both.own else None
    return form_page(
        request,
        "practice/reveal.html",
        stage=both.stage,
        stages=Stage,
        may_say=_may_say(here, both.own),
        seen=seen,
        here_=here,
        labels=wording().labels,
        about=[wording().says("about_check_in", each) for each in ("new", "talk")],
        no_finding=wording().says(_gaps(here), "no_finding"),
        receive=_receive(here),
        is_practitioner=here.side is Side.PRACTITIONER,
        released=isinstance(own, CheckIn) and own.own_side_released,
        other_id=both.other.id if both.other else "",
        comments=[
            (in_words(each.record.on), each.record.text)
            for each in here.kept(Comment)
            if isinstance(each.record, Comment)
        ],
        whom=here.whom,
        ways=ways,
    )


def _receive(here: Between) -> tuple[str, ...]:
    """How to take a gap without defence, for whom the rules say it stands beside one."""
    is_other = here.side is Side.PRACTITIONER
    shown = moment(gap_shown_to="practitioner" if is_other else "person")
    if not shown.has(Effect.SHOW_HOW_TO_RECEIVE):
        return ()
    return tuple(wording().passages("receive_a_gap").values())


def both_of(here: Between) -> Both:
    """The newest check-ins that belong together, and how far the viewer is."""
    sides = pairing.sides(here.kept(CheckIn), limits())
    own, other = sides.patient, sides.practitioner
    if here.side is Side.PRACTITIONER:
        own, other = other, own
    return Both(own=own, other=other, stage=stage(_record(own), _record(other)))


def together_of(here: Between, both: Both) -> Together | None:
    """Both sides as the viewer reads them; None before both have agreed."""
    own, other = _record(both.own), _record(both.other)
    if both.stage is not Stage.TOGETHER or own is None or other is None:
        return None
    patient, practitioner = (own, other) if here.side is Side.PATIENT else (other, own)
    scored = _scored(here, both)
    if scored is None:
        return None
    return together(here.side, patient, practitioner, scored, _sentences(here), wording())


def _scored(here: Between, both: Both) -> Scored | None:
    """What the two came to on their day: the result that is kept, else made now and kept."""
    named = {each.id for each in (both.own, both.other) if each is not None}
    for each in here.kept(Result):
        record = each.record
        if isinstance(record, Result) and {record.patient, record.practitioner} == named:
            return record.scored

    def how(all_: tuple[Kept, ...]) -> Record | None:
        found = [entry for entry in all_ if entry.id in named]
        return pairing.result(pairing.sides(found, limits()), here.at.date(), used_thresholds())

    made = records.compute(
        here.viewer,
        how,
        patient=here.pair.patient,
        pair=here.pair.id,
        at=here.at,
        why="both sides scored",
        once="/".join(sorted(named)),
    )
    record = made.record if made else None
    return record.scored if isinstance(record, Result) else None


def _sentences(here: Between) -> dict[str, Screen]:
    asked = screens(Side.PATIENT, Length.FULL, Respondent.SELF, wording(), here.names)
    return {each.item: each for each in asked}


def _say(here: Between, own: Kept, given: dict[str, str]) -> None:
    """Keep what one side says of looking together, or of letting their own side be read."""
    if not _may_say(here, own):
        raise not_the_person()
    word, release = _WORDS.get(given.get("answer", "")), given.get("release")

    def how(now: Record) -> Record:
        if not isinstance(now, CheckIn):
            return now
        if word is not None:
            return msgspec.structs.replace(now, reveal=word)
        if release is not None and here.side is Side.PRACTITIONER:
            return msgspec.structs.replace(now, own_side_released=release == "yes")
        return now

    records.change(here.viewer, own.id, how, at=here.at, why="looking together")


def _may_say(here: Between, own: Kept | None) -> bool:
    """Whether the viewer may say if both look together: a scribe of their own check-ins only."""
    if here.supporter is None:
        return True
    is_theirs = isinstance(own, Kept) and own.author.id == here.viewer.id
    return is_theirs and here.respondent is not Respondent.PROXY


def _record(entry: Kept | None) -> CheckIn | None:
    return entry.record if entry and isinstance(entry.record, CheckIn) else None


def _gaps(here: Between) -> str:
    return "gaps" if here.side is Side.PRACTITIONER else "gaps_person"
