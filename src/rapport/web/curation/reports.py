"""Reports that a card is wrong: a form for everybody, a public ledger, and curators' answers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.encoding import plain
from rapport.store.curation import corrections
from rapport.store.curation.corrections import NotTakenError
from rapport.store.curation.models import Correction, CorrectionState
from rapport.store.curation.work import log_lines
from rapport.web import addresses
from rapport.web.clock import now
from rapport.web.curation.question_words import CORRECTIONS
from rapport.web.errors import not_found
from rapport.web.people.access import signed_in
from rapport.web.people.forms import form_page
from rapport.web.render import data, page
from rapport.web.site import site

ANSWERS = (CorrectionState.CORRECTED, CorrectionState.NOT_CHANGED)


def report(request: HttpRequest, card_id: str) -> HttpResponse:
    """The form; once it is sent, the id under which the ledger tells what becomes of it."""
    card = site().atlas.card(card_id)
    if card is None:
        raise not_found("This release has no such card.", "Look for the study with a search.")
    text, contact = request.POST.get("report", ""), request.POST.get("contact", "")
    made, wrong = "", ""
    if request.method == "POST":
        try:
            made = corrections.receive(
                card.id,
                text,
                now(),
                contact=contact,
                address=str(request.META.get("REMOTE_ADDR", "")),
                key=settings.SECRET_KEY,
            )
        except NotTakenError as error:
            wrong = f"{error.problem} {error.fix[:1].upper()}{error.fix[1:]}."
    return form_page(
        request,
        "curation/report.html",
        status=400 if wrong else 200,
        card=card,
        made=made,
        wrong=wrong,
        text=text,
        contact=contact,
        most=corrections.LONGEST_REPORT,
    )


def ledger(request: HttpRequest) -> HttpResponse:
    """What was reported, what became of it, and how long that took."""
    rows = list(corrections.ledger())
    return page(request, "curation/corrections.html", rows=rows, states=CORRECTIONS)


def ledger_data(request: HttpRequest) -> HttpResponse:
    """The same as data."""
    return data({"corrections": plain(list(corrections.ledger()))})


def decisions(request: HttpRequest) -> HttpResponse:
    """The log of decisions, as a build reads it: public, under the names people chose."""
    lines = "".join(f"{line}\n" for line in log_lines())
    return HttpResponse(lines, content_type="application/jsonl; charset=utf-8")


def reports(request: HttpRequest) -> HttpResponse:
    """The reports that wait for an answer, and those that have one, for curators."""
    found = Correction.objects.order_by("answered", "received")
    return page(request, "curation/reports.html", rows=list(found), states=CORRECTIONS)


def answer(request: HttpRequest, correction: str) -> HttpResponse:
    """One report with its words, and the answer to be given in public."""
    row = Correction.objects.filter(pk=correction).first()
    if row is None:
        raise not_found("There is no such report.")
    wrong = ""
    if request.method == "POST":
        wrong = _answered(request, correction)
        if not wrong:
            return HttpResponseRedirect(addresses.REPORTS)
    return form_page(
        request,
        "curation/report_answer.html",
        status=400 if wrong else 200,
        row=row,
        answers=[(state.value, CORRECTIONS[state]) for state in ANSWERS],
        text=request.POST.get("answer", row.answer),
        wrong=wrong,
    )


def _answered(request: HttpRequest, correction: str) -> str:
    """What is wrong with the answer; empty once it is given."""
    state = request.POST.get("state", "")
    line = request.POST.get("line", "").strip()
    try:
        corrections.answer(
            correction,
            signed_in(request),
            CorrectionState(state) if state in CorrectionState else CorrectionState.RECEIVED,
            request.POST.get("answer", ""),
            now(),
            log_line=int(line) if line.isascii() and line.isdecimal() else None,
        )
    except NotTakenError as error:
        return error.problem
    return ""
