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
from rapport.web.people.forms import form_page, sender, sent
from rapport.web.render import data, open_to_all, page
from rapport.web.site import site

MOST_SHOWN = 100
"""Of the reports, the newest; the data hold them all."""
ANSWERS = (CorrectionState.CORRECTED, CorrectionState.NOT_CHANGED)


def report(request: HttpRequest, card_id: str) -> HttpResponse:
    """The form; once it is sent, the id under which the ledger tells what becomes of it."""
    card = site().atlas.card(card_id)
    if card is None:
        raise not_found("This release has no such card.", "Look for the study with a search.")
    given, wrong = sent(request), ""
    if request.method == "POST":
        try:
            made = _received(request, card.id, given)
        except NotTakenError as error:
            wrong = f"{error.problem} {error.fix[:1].upper()}{error.fix[1:]}."
        else:
            return HttpResponseRedirect(f"{addresses.report(card.id)}?sent={made}")
    made = request.GET.get("sent", "").replace("\0", "")
    return form_page(
        request,
        "curation/report.html",
        status=400 if wrong else 200,
        card=card,
        made=made if not wrong and corrections.of_card(card.id, made) else "",
        wrong=wrong,
        text=given.get("report", ""),
        contact=given.get("contact", ""),
        most=corrections.LONGEST_REPORT,
    )


def _received(request: HttpRequest, card_id: str, given: dict[str, str]) -> str:
    return corrections.receive(
        card_id,
        given.get("report", ""),
        now(),
        contact=given.get("contact", ""),
        address=sender(request),
        key=settings.SECRET_KEY,
    )


def ledger(request: HttpRequest) -> HttpResponse:
    """What was reported, what became of it, and how long that took."""
    rows = list(corrections.ledger())
    return page(
        request,
        "curation/corrections.html",
        rows=rows[:MOST_SHOWN],
        total=len(rows),
        states=CORRECTIONS,
    )


def ledger_data(request: HttpRequest) -> HttpResponse:
    """The same as data."""
    return data({"corrections": plain(list(corrections.ledger()))})


def decisions(request: HttpRequest) -> HttpResponse:
    """The log of decisions, as a build reads it: public, under the names people chose."""
    lines = "".join(f"{line}\n" for line in log_lines())
    return open_to_all(HttpResponse(lines, content_type="application/jsonl; charset=utf-8"))


def reports(request: HttpRequest) -> HttpResponse:
    """The reports that wait for an answer, then those that have one, for curators."""
    waiting = Correction.objects.filter(answered=None).order_by("received")
    done = Correction.objects.exclude(answered=None).order_by("-answered")[:MOST_SHOWN]
    return page(
        request,
        "curation/reports.html",
        rows=[*waiting[:MOST_SHOWN], *done],
        states=CORRECTIONS,
        told="Your answer is public now." if request.GET.get("done") == "answer" else "",
    )


def answer(request: HttpRequest, correction: str) -> HttpResponse:
    """One report with its words, and the answer to be given in public."""
    row = Correction.objects.filter(pk=correction.replace("\0", "")).first()
    if row is None:
        raise not_found("There is no such report.")
    given, wrong = sent(request), ""
    if request.method == "POST":
        wrong = _answered(request, row.id, given)
        if not wrong:
            return HttpResponseRedirect(f"{addresses.REPORTS}?done=answer")
    return form_page(
        request,
        "curation/report_answer.html",
        status=400 if wrong else 200,
        row=row,
        seen=corrections.mark(row),
        answers=[(state.value, CORRECTIONS[state]) for state in ANSWERS],
        state=given.get("state", row.state),
        text=given.get("answer", row.answer),
        line=given.get("line", str(row.log_line.number) if row.log_line else ""),
        wrong=wrong,
    )


def _answered(request: HttpRequest, correction: str, given: dict[str, str]) -> str:
    """What is wrong with the answer; empty once it is given."""
    state, line = given.get("state", ""), given.get("line", "").strip()
    if line and not (line.isascii() and line.isdecimal()):
        return "Write the number of the decision in digits, or leave it empty."
    try:
        corrections.answer(
            correction,
            signed_in(request),
            CorrectionState(state) if state in CorrectionState else CorrectionState.RECEIVED,
            given.get("answer", ""),
            now(),
            seen=given.get("seen", ""),
            log_line=int(line) if line else None,
        )
    except NotTakenError as error:
        return error.problem
    return ""
