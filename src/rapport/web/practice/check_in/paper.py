"""A sheet of paper that was filled in, copied by a practitioner or a supporter."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.practice.check_in import paper
from rapport.practice.check_in.screens import INSTRUMENT, screens
from rapport.practice.check_in.sending import begun
from rapport.practice.records.check_ins import CheckIn, Entered, Length
from rapport.practice.records.kept import Record
from rapport.practice.records.people import Respondent, Side
from rapport.store.practice import records
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import ways
from rapport.web.practice.between import Between, between
from rapport.web.practice.says import limits, wording


def key_in(request: HttpRequest, pair: str) -> HttpResponse:
    """What was ticked on the person's sheet becomes a draft, to be looked at and sent."""
    here = between(request, pair)
    respondent = _respondent(here)
    asked = screens(Side.PATIENT, Length.FULL, respondent, wording(), here.names)
    given, faults = sent(request), ()
    if request.method == "POST":
        blank = begun(
            Side.PATIENT,
            Length.FULL,
            respondent,
            wording().instruments[INSTRUMENT[Side.PATIENT]].edition,
            here.at,
            here.viewer.id if here.supporter else None,
            Entered.PAPER,
        )
        made, faults = paper.keyed_in(blank, asked, given, here.at, limits())
        if not faults:
            return HttpResponseRedirect(ways.step(_keep(here, made), "send"))
    return form_page(
        request,
        "practice/check_in/key_in.html",
        status=400 if faults else 200,
        screens=asked,
        given=given,
        faults={each.item: each.problem for each in faults},
        here_=here,
        whom=here.whom or f"You are copying the sheet of {here.names.patient}.",
        ways=ways,
    )


def _keep(here: Between, made: CheckIn) -> str:
    """The draft with what was keyed in, and its id; keyed in again, it takes the old one's place."""
    there = records.keep(
        here.viewer,
        made,
        patient=here.pair.patient,
        pair=here.pair.id,
        at=here.at,
        why="paper keyed in",
    )

    def how(_: Record) -> Record:
        return made

    return records.change(here.viewer, there.id, how, at=here.at, why="paper keyed in").id


def _respondent(here: Between) -> Respondent:
    """Whose answers a sheet holds: the person's own, or those of a proxy."""
    if here.side is Side.PRACTITIONER:
        return Respondent.SELF
    if here.supporter is None:
        raise PageError(403, "You can answer on screen yourself.", "Begin a check-in.")
    is_proxy = here.respondent is Respondent.PROXY
    return Respondent.PROXY if is_proxy else Respondent.SCRIBE
