""" "This made things worse": said by either side, kept, and looked at."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.core.errors import InputError
from rapport.practice.records.kept import Record
from rapport.practice.records.people import Role, Side
from rapport.practice.records.visits import Harm
from rapport.practice.safety.effects import Effect
from rapport.practice.visibility.viewer import Viewer
from rapport.practice.visit.after import reviewed, to_review
from rapport.store.practice import pairs, records
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import ways
from rapport.web.practice.access import viewer
from rapport.web.practice.between import of_pair
from rapport.web.practice.near import go_on
from rapport.web.practice.says import limits
from rapport.web.safe import moment


def worse(request: HttpRequest) -> HttpResponse:
    """Say that something made things worse, in a few words or none."""
    who = viewer(request)
    mine, given = pairs.of(who), sent(request)
    text, most = given.get("what", "").strip(), limits().longest_note
    named = [each for each in mine if each.id == given.get("pair")] or mine
    wrong = _wrong(len(text) - most, len(named)) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        if moment(made_worse="yes").has(Effect.LOG_HARM):
            _keep(who, named[0], text)
        return go_on(request, who, ways.THANKS, text)
    return form_page(
        request,
        "practice/harm/worse.html",
        status=400 if wrong else 200,
        wrong=wrong,
        text=text,
        most=most,
        pairs=_choices(who, mine),
        chosen=given.get("pair") or request.GET.get("pair", ""),
        ways=ways,
    )


def _wrong(over: int, with_: int) -> str:
    """Why it cannot be saved; empty where it can. `with_` is how many it may have been with."""
    if not with_:
        return "Nobody here is in contact with you now. Copy your words and tell the clinic."
    if with_ > 1:
        return "Choose with whom."
    return f"It is too long by {over} letters." if over > 0 else ""


def thanks(request: HttpRequest) -> HttpResponse:
    """That it is noted."""
    return form_page(
        request,
        "practice/harm/thanks.html",
        thanks=" ".join(moment(made_worse="yes").person(Effect.LOG_HARM)),
        ways=ways,
    )


def harm_log(request: HttpRequest) -> HttpResponse:
    """The harm log of a practitioner's own pairs: what nobody has looked at stands first."""
    who, wrong = viewer(request), ""
    if request.method == "POST":
        wrong = _review(who, sent(request))
        if not wrong:
            return HttpResponseRedirect(ways.HARM)
    names = dict(_choices(who, pairs.of(who)))
    rows = [
        (each.id, in_words(each.record.on), names.get(each.pair or "", ""), each.record)
        for each in to_review(records.kept(who, Harm))
        if isinstance(each.record, Harm)
    ]
    return form_page(
        request,
        "practice/harm/log.html",
        status=400 if wrong else 200,
        rows=rows,
        wrong=wrong,
        side=Side.PATIENT,
        may_review=who.role is Role.PRACTITIONER,
        day=in_words,
        ways=ways,
    )


def _keep(who: Viewer, pair: pairs.Pair, text: str) -> None:
    at = now()
    side = Side.PRACTITIONER if who.role is Role.PRACTITIONER else Side.PATIENT
    words = sha256(text.encode()).hexdigest()[:16]
    records.keep(
        who,
        Harm(side=side, on=at.date(), what=text),
        patient=pair.patient,
        pair=pair.id,
        at=at,
        why="made things worse",
        once=f"{who.id}/{at.date()}/{words}",
    )


def _review(who: Viewer, given: dict[str, str]) -> str:
    """What is wrong with a review; empty once it is kept."""
    if who.role is not Role.PRACTITIONER:
        raise PageError(403, "This is for the practitioner.")
    at = now()

    def how(entry: Record) -> Record:
        is_line = isinstance(entry, Harm)
        return reviewed(entry, given.get("review", ""), at.date()) if is_line else entry

    try:
        records.change(who, given.get("line", ""), how, at=at, why="harm reviewed")
    except InputError as error:
        return f"{error.problem} {error.fix[:1].upper()}{error.fix[1:]}."
    return ""


def _choices(who: Viewer, mine: tuple[pairs.Pair, ...]) -> list[tuple[str, str]]:
    """Whom it was with."""
    if who.role is Role.PRACTITIONER:
        return [(each.id, of_pair(who, each).names.patient) for each in mine]
    return [(each.id, each.shown_as) for each in mine]
