"""The queue, the questions about a card, and one question with what a person can do about it."""

from collections.abc import Iterable
from itertools import islice

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.cards.study_card import StudyCard
from rapport.core.spans import Span
from rapport.core.vocabulary import Combination
from rapport.evidence.curate.decision import AnyDecision, Question
from rapport.evidence.curate.workflow import Move, State, moves_from, role_of
from rapport.store.curation import work
from rapport.store.curation.work import Looked, RefusedError
from rapport.store.people.models import Person
from rapport.web import addresses, words
from rapport.web.clock import now
from rapport.web.curation.answer_form import MOST_DEFINITIONS, FormError, Sent, decision_of
from rapport.web.curation.question_words import MOVES, QUESTIONS, STATES
from rapport.web.errors import PageError, not_found
from rapport.web.people.access import signed_in
from rapport.web.people.forms import form_page
from rapport.web.site import site

MOST_WAITING = 50
"""Of a list on the queue; the longest waiting come first."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A question on the queue."""

    address: str
    question: str
    title: str


def queue(request: HttpRequest) -> HttpResponse:
    """What waits, by state; where to find a study to read; the way out."""
    person = signed_in(request)
    lists = {
        STATES[state]: _waiting(state)
        for state in (State.DISPUTED, State.DECIDED, State.AGREED, State.OPEN)
    }
    return form_page(
        request,
        "curation/queue.html",
        person=person,
        roles=sorted(person.role_set),
        lists=lists,
    )


def of_card(request: HttpRequest, card_id: str) -> HttpResponse:
    """The questions about a card."""
    person, card = signed_in(request), _card(card_id)
    rows = [
        (addresses.curate_question(card.id, question.value), QUESTIONS[question], seen)
        for question in Question
        for seen in (work.looked_at(card, question, person),)
    ]
    return form_page(request, "curation/card.html", card=card, rows=rows, states=STATES)


def question(request: HttpRequest, card_id: str, question_id: str) -> HttpResponse:
    """One question: what was read, and what this person can do about it."""
    person, card = signed_in(request), _card(card_id)
    asked = _question(question_id)
    if request.method != "POST":
        return _page(request, card, asked, person)
    sent = {name: str(value) for name, value in request.POST.items()}
    try:
        _do(card, asked, person, sent)
    except RefusedError as error:
        return _page(request, card, asked, person, sent=sent, wrong=error.reasons)
    except FormError as error:
        return _page(request, card, asked, person, sent=sent, wrong=(str(error),))
    return HttpResponseRedirect(addresses.curate_question(card.id, asked.value))


def _do(card: StudyCard, asked: Question, person: Person, sent: Sent) -> None:
    try:
        move, seen = Move(sent.get("move", "")), int(sent.get("seen", ""))
    except ValueError as error:
        raise FormError("The form was not whole. Load the page anew.") from error
    decision: AnyDecision | None = None
    if move in (Move.READ, Move.DECIDE):
        decision = decision_of(asked, sent)
    work.act(
        card,
        asked,
        person,
        move,
        seen=seen,
        at=now(),
        reason=sent.get("reason", "").strip(),
        decision=decision,
    )


def _page(
    request: HttpRequest,
    card: StudyCard,
    asked: Question,
    person: Person,
    *,
    sent: Sent | None = None,
    wrong: tuple[str, ...] = (),
) -> HttpResponse:
    seen = work.looked_at(card, asked, person)
    return form_page(
        request,
        "curation/question.html",
        status=400 if wrong else 200,
        card=card,
        question=asked,
        asks=QUESTIONS[asked],
        state=STATES[seen.state],
        seen=seen,
        spans=_carrying(card, asked),
        moves=[(move, MOVES[move]) for move in _moves(seen, person)],
        answers=_answers(asked),
        definitions=_definitions(),
        most_definitions=MOST_DEFINITIONS,
        joins=((Combination.ALL, "all of them"), (Combination.ANY, "any of them")),
        sent=sent or {},
        wrong=wrong,
    )


def _moves(seen: Looked, person: Person) -> tuple[Move, ...]:
    """The moves this person has the role for. A second reading of one's own is not offered."""
    return tuple(
        move
        for move in moves_from(seen.state)
        if role_of(move) in person.role_set and not (move is Move.READ and seen.mine)
    )


def _answers(asked: Question) -> list[tuple[str, str]]:
    match asked:
        case Question.BADGE:
            return [(badge.value, told.label) for badge, told in words.BADGES.items()]
        case Question.DESIGN:
            return [(design.value, told) for design, told in words.DESIGNS.items()]
        case Question.SHOWN:
            return [("show", "Show it"), ("withhold", "Withhold it")]
        case Question.PATIENTS:
            return []


def _definitions() -> list[tuple[str, str]]:
    found = site().knowledge.definitions.values()
    return sorted((each.id, each.short_name) for each in found)


def _carrying(card: StudyCard, asked: Question) -> tuple[Span, ...]:
    """The words on which the card rests its own answer."""
    carried: dict[Question, tuple[Span, ...]] = {
        Question.BADGE: card.badge.evidence,
        Question.DESIGN: card.design.evidence,
        Question.PATIENTS: card.participants.evidence,
        Question.SHOWN: (),
    }
    return carried[asked]


def _waiting(state: State) -> list[Waiting]:
    found: Iterable[work.Item] = islice(work.waiting(state), MOST_WAITING)
    return [
        Waiting(
            address=addresses.curate_question(item.card, item.question),
            question=QUESTIONS[Question(item.question)],
            title=_title(item.card),
        )
        for item in found
    ]


def _title(card_id: str) -> str:
    card = site().atlas.card(card_id)
    return (card.citation.title if card else None) or card_id


def _card(card_id: str) -> StudyCard:
    found = site().atlas.card(card_id)
    if found is None:
        raise not_found("This release has no such card.", "Look for the study with a search.")
    return found


def _question(name: str) -> Question:
    try:
        return Question(name)
    except ValueError as error:
        raise PageError(404, "There is no such question about a card.") from error
