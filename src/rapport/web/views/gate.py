"""A text of the reader's own, clause by clause against what its study can carry.

The text comes in the body of a request and leaves in its answer: it stands in no address, no
cookie, no log and no memory that outlives the answer.
"""

import functools
from typing import TYPE_CHECKING

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from rapport.cards.limits import limit
from rapport.cards.wording import Wording
from rapport.core.vocabulary import DesignKind
from rapport.web import words
from rapport.web.errors import PageError
from rapport.web.gate_page import (
    MOST_CHARACTERS,
    Fault,
    Form,
    GateAnswer,
    GateAsked,
    asked,
    choices,
    counts,
    faults,
    form_for,
    form_of,
    limit_sentence,
    pieces,
    rows,
    summary,
)
from rapport.web.render import page
from rapport.web.shapes import GateChoices
from rapport.web.site import site

if TYPE_CHECKING:
    from rapport.evidence.read.reader import Reader


@csrf_exempt  # the frame refuses forms from elsewhere, and there is no cookie to misuse
def gate(request: HttpRequest) -> HttpResponse:
    """The form; with a text in it, the text marked, and the form again below."""
    if request.method != "POST":
        return _page(request, _empty(request))
    form = form_of(_sent(request))
    if found := faults(form):
        return _page(request, form, status=400, faults=found)
    wanted = asked(form)
    answer = judged(wanted)
    remarks, more = rows(answer.findings)
    names = {level: entry.name for level, entry in site().knowledge.wording_levels.items()}
    return _page(
        request,
        form,
        summary=summary(answer.findings),
        limit=limit_sentence(answer.limit, names),
        pieces=pieces(wanted.text, answer.findings),
        rows=remarks,
        more=more,
    )


def judged(wanted: GateAsked) -> GateAnswer:
    """What the gate says of a text."""
    # Imported here: a server need not load the reader before there is a text to read.
    from rapport.evidence.read.pasted import pasted

    read = pasted(wanted.text, _reader())
    found = _wording().findings(
        wanted.text,
        design=wanted.record(),
        badge=wanted.badge,
        people=read.people,
        read=read.sentences,
    )
    most = limit(wanted.design, wanted.blinded, wanted.kinds, site().knowledge)
    return GateAnswer(limit=most, counts=counts(found), findings=found)


def judged_data(request: HttpRequest) -> GateAnswer:
    """The same for a text that comes as JSON.

    Raises: PageError (400, 413) where it cannot be read, with what can be sent.
    """
    try:
        wanted = msgspec.json.decode(request.body, type=GateAsked)
    except RequestDataTooBig as error:
        raise _too_big() from error
    except msgspec.DecodeError as error:
        raise PageError(400, f"This is no text with its study: {error}.", _FIX) from error
    if not wanted.text.strip():
        raise PageError(400, "There is no text.", _FIX)
    if len(wanted.text) > MOST_CHARACTERS:
        raise _too_big()
    return judged(wanted)


def gate_choices() -> GateChoices:
    """What can be sent, as data."""
    found = {field: dict(values) for field, values in choices().items() if field != "blinded"}
    found["kinds"] = {kind.value: words.KINDS[kind] for kind in DesignKind}
    return GateChoices(most_characters=MOST_CHARACTERS, choices=found)


_FIX = (
    'Send JSON such as {"text": "...", "design": "rct", "badge": "required", "blinded": true}.'
)


@functools.cache
def _wording() -> Wording:
    """The rules of wording, compiled when the first text comes."""
    return Wording(site().knowledge)


@functools.cache
def _reader() -> "Reader":
    """The reader that tells what the sentences of a text do, compiled with them."""
    from rapport.evidence.read.reader import Reader

    return Reader(site().knowledge)


def _page(
    request: HttpRequest,
    form: Form,
    *,
    status: int = 200,
    faults: tuple[Fault, ...] = (),
    **values: object,
) -> HttpResponse:
    """The page; `values` are those of a judged text."""
    nothing = {"summary": None, "limit": "", "pieces": (), "rows": (), "more": 0}
    return page(
        request,
        "gate.html",
        status=status,
        form=form,
        faults=faults,
        wrong={fault.field for fault in faults},
        choices=choices(),
        most=MOST_CHARACTERS,
        **{**nothing, **values},
    )


def _empty(request: HttpRequest) -> Form:
    """The form to begin with; about the study of a card where the address names one."""
    name = request.GET.get("card", "")
    found = site().atlas.card(name) if name else None
    return form_for(found) if found else Form()


def _sent(request: HttpRequest) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in request.POST.items()}
    except RequestDataTooBig as error:
        raise _too_big() from error


def _too_big() -> PageError:
    return PageError(
        413,
        f"A text can have at most {MOST_CHARACTERS:,} letters.",
        "Check it in parts.",
    )


urlpatterns = [path("gate", gate, name="gate")]
