"""The queue, the questions about a card, and one question with what a person can do about it."""

from collections.abc import Iterable
from functools import partial
from itertools import islice

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.cards.badge_words import BADGES
from rapport.core.vocabulary import Combination
from rapport.evidence.curate.decision import AnyDecision, Question, about
from rapport.evidence.curate.workflow import Move, State
from rapport.store.curation import work
from rapport.store.curation.work import Asked, RefusedError
from rapport.store.people.models import Person
from rapport.web import addresses, words
from rapport.web.clock import now
from rapport.web.curation.answer_form import (
    MOST_DEFINITIONS,
    FormError,
    Sent,
    decision_of,
    reason_of,
)
from rapport.web.curation.question_words import (
    MOVES,
    QUESTIONS,
    ROLES,
    STATES,
    done,
    in_words,
)
from rapport.web.curation.subject import Subject, subject
from rapport.web.errors import PageError, not_found
from rapport.web.people.access import signed_in
from rapport.web.people.forms import form_page, sent
from rapport.web.site import site

MOST_WAITING = 50
"""Of a list on the queue; the longest waiting come first."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A question on the queue; `note` says which study, or what is the matter."""

    address: str | None
    question: str
    note: str


def queue(request: HttpRequest) -> HttpResponse:
    """What waits, by state; where to find a study to read; the way out."""
    person = signed_in(request)
    lists: dict[str, list[Waiting]] = {}
    if person.role_set:
        lists = {STATES[s]: _waiting(s) for s in (State.DISPUTED, State.DECIDED, State.AGREED)}
        lists["No longer fits: look at it again."] = list(islice(_misfits(), MOST_WAITING))
        lists[STATES[State.OPEN]] = _waiting(State.OPEN)
    return form_page(
        request,
        "curation/queue.html",
        person=person,
        roles=[ROLES[role] for role in sorted(person.role_set)],
        lists=lists,
    )


def of_card(request: HttpRequest, card_id: str) -> HttpResponse:
    """The questions about a card."""
    person, about_it = signed_in(request), _subject(card_id)
    rows = [
        (
            addresses.curate_question(asked.card, question.value),
            QUESTIONS[question],
            STATES[work.looked_at(asked, person).state],
        )
        for question in Question
        if (asked := about_it.asks(question)) is not None
    ]
    return form_page(request, "curation/card.html", subject=about_it, rows=rows)


def question(request: HttpRequest, card_id: str, question_id: str) -> HttpResponse:
    """One question: what was read, and what this person can do about it."""
    person, about_it = signed_in(request), _subject(card_id)
    asked = _asked(about_it, question_id)
    if request.method != "POST":
        return _page(request, about_it, asked, person)
    given = sent(request)
    try:
        move = _do(asked, person, given)
    except RefusedError as error:
        return _page(request, about_it, asked, person, given=given, wrong=error.reasons)
    except FormError as error:
        return _page(request, about_it, asked, person, given=given, wrong=(str(error),))
    here = addresses.curate_question(asked.card, asked.question.value)
    return HttpResponseRedirect(f"{here}?done={move.value}")


def _do(asked: Asked, person: Person, given: Sent) -> Move:
    try:
        move, seen = Move(given.get("move", "")), int(given.get("seen", ""))
    except ValueError as error:
        raise FormError("The form was not whole. Load the page anew.") from error
    decision: AnyDecision | None = None
    if move in (Move.READ, Move.DECIDE):
        decision = decision_of(asked.question, given)
    work.act(
        asked,
        person,
        move,
        seen=seen,
        at=now(),
        reason=reason_of(given),
        decision=decision,
    )
    return move


def _page(
    request: HttpRequest,
    about_it: Subject,
    asked: Asked,
    person: Person,
    *,
    given: Sent | None = None,
    wrong: tuple[str, ...] = (),
) -> HttpResponse:
    seen = work.looked_at(asked, person)
    known = site().knowledge.definitions
    return form_page(
        request,
        "curation/question.html",
        status=400 if wrong else 200,
        told="" if given else done(request.GET.get("done", "")),
        subject=about_it,
        question=asked.question,
        asks=QUESTIONS[asked.question],
        state=STATES[seen.state],
        seen=seen,
        flags=_flags_of(asked),
        in_words=partial(in_words, asked.question, definitions=known),
        spans=about_it.evidence.get(asked.question, ()),
        move_words=MOVES,
        answers=_answers(asked.question),
        definitions=sorted((each.id, each.short_name) for each in known.values()),
        most_definitions=MOST_DEFINITIONS,
        joins=((Combination.ALL, "all of them"), (Combination.ANY, "any of them")),
        sent=given or {},
        wrong=wrong,
    )


def _answers(asked: Question) -> list[tuple[str, str]]:
    match asked:
        case Question.BADGE:
            return [(badge.value, told.label) for badge, told in BADGES.items()]
        case Question.DESIGN:
            return [(design.value, told) for design, told in words.DESIGNS.items()]
        case Question.SHOWN:
            return [("show", "Show it"), ("withhold", "Withhold it")]
        case Question.PATIENTS:
            return []


def _waiting(state: State) -> list[Waiting]:
    found: Iterable[work.Item] = islice(work.waiting(state), MOST_WAITING)
    return [_of_item(item, _title(item.card)) for item in found]


def _misfits() -> Iterable[Waiting]:
    """What the build of this release says about decisions that do not fit it any more."""
    for flag, item in _flagged():
        yield _of_item(item, flag) if item else Waiting(address=None, question="", note=flag)


def _flagged() -> Iterable[tuple[str, work.Item | None]]:
    """Each flag of the release as a sentence, with the question it is about, if it is here."""
    flags = site().atlas.manifest.flags
    items = {about(decision): item for item, decision in work.released()} if flags else {}
    for flag in flags:
        item = next((item for begins, item in items.items() if flag.startswith(begins)), None)
        yield f"{flag[:1].upper()}{flag[1:]}.", item


def _flags_of(asked: Asked) -> list[str]:
    """What the build of this release says about the decision that is in force."""
    here = (asked.card, asked.question)
    return [flag for flag, item in _flagged() if item and (item.card, item.question) == here]


def _of_item(item: work.Item, note: str) -> Waiting:
    return Waiting(
        address=addresses.curate_question(item.card, item.question),
        question=QUESTIONS[Question(item.question)],
        note=note,
    )


def _title(card_id: str) -> str:
    card = site().atlas.card(card_id)
    return (card.citation.title if card else None) or card_id


def _subject(card_id: str) -> Subject:
    found = subject(site().atlas, card_id)
    if found is None:
        raise not_found("This release has no such card.", "Look for the study with a search.")
    return found


def _asked(about_it: Subject, name: str) -> Asked:
    known = next((question for question in Question if question == name), None)
    asked = about_it.asks(known) if known is not None else None
    if asked is None:
        raise PageError(404, "There is no such question about a card.")
    return asked
