"""Requests to services, actions with one owner, and notes of contacts."""

import datetime

from django.http import HttpRequest, HttpResponse

from rapport.practice.coalition import owners
from rapport.practice.coalition.enclosed import papers
from rapport.practice.records.coalition import (
    Action,
    ActionState,
    ContactNote,
    Cost,
    GapReason,
    Request,
)
from rapport.web.errors import not_found
from rapport.web.practice.coalition import ways
from rapport.web.practice.coalition.here import (
    Here,
    demand_work,
    of_record,
    with_need,
    with_people,
)
from rapport.web.practice.coalition.steps import Answers, Kind, Question, about_need, asked

_WEEKS = 4
_BURDENS = (
    (Cost.NONE.value, "None"),
    (Cost.LOW.value, "A little"),
    (Cost.MIDDLE.value, "Some"),
    (Cost.HIGH.value, "Much"),
)
_STATES = tuple((state.value, state.value.capitalize()) for state in ActionState)


def ask(request: HttpRequest, name: str) -> HttpResponse:
    """Note that a service was asked, and by when an answer is due."""
    here, _ = with_need(request, name)
    demand_work(here)
    fitting = here.fitting(name)
    if not fitting:
        raise not_found("No service fits yet.", "Look at the services for this need first.")

    def keep(answers: Answers) -> str:
        sent_on, due = answers.day("sent"), answers.day("due")
        if sent_on is not None and due is not None and due < sent_on:
            raise ValueError("Choose a day that is not before the request.")
        here.keep(
            Request(
                need=name,
                service=answers.text("service"),
                reason=answers.text("reason"),
                sent_how=answers.text("how"),
                sent_on=sent_on,
                due=due,
            )
        )
        return ways.need(name)

    return asked(
        request, here, about_need("A request", name, _about_request(here, fitting)), keep
    )


def go_with(request: HttpRequest, name: str) -> HttpResponse:
    """What goes with a request: the person alone chooses it."""
    here = of_record(request, name)
    found = here.coalition.requests.get(name)
    if found is None:
        raise not_found("There is no such request.")
    known = papers(here.coalition, found.need)
    question = Question(
        name="papers",
        asks="What goes with it?",
        kind=Kind.SEVERAL,
        choices=tuple(known.items()),
        usual=",".join(each for each in found.attachments if each in known),
    )

    def keep(answers: Answers) -> str:
        here.change(name, attachments=answers.several("papers"))
        return ways.need(found.need)

    said = "" if known else "No letter is approved yet, and no plan is agreed."
    form = about_need("What goes with it", found.need, (question,), said)
    return asked(request, here, form, keep)


def answered(request: HttpRequest, name: str) -> HttpResponse:
    """What came back on a request."""
    here = of_record(request, name)
    demand_work(here)
    found = here.coalition.requests.get(name)
    if found is None:
        raise not_found("There is no such request.")
    reasons = tuple((reason.value, f"No: {reason.value}") for reason in GapReason)
    questions = (
        Question(
            name="refused",
            asks="What did they say?",
            kind=Kind.CHOICE,
            choices=(("yes", "Yes"), *reasons),
            demand="Choose one.",
        ),
        Question(name="answer", asks="In which words?", kind=Kind.TEXT, usual=found.answer),
        Question(name="on", asks="On which day?", kind=Kind.DAY, usual=str(here.today)),
    )

    def keep(answers: Answers) -> str:
        said = answers.text("refused")
        here.change(
            name,
            answered_on=answers.day("on") or here.today,
            answer=answers.text("answer"),
            refused=None if said == "yes" else GapReason(said),
        )
        return ways.need(found.need)

    return asked(request, here, about_need("An answer", found.need, questions), keep)


def do(request: HttpRequest, name: str) -> HttpResponse:
    """A new action: a verb and what it is about, one owner, one day."""
    here, _ = with_need(request, name)
    demand_work(here)
    here = with_people(here) if here.writes and request.method == "POST" else here

    def keep(answers: Answers) -> str:
        made = Action(
            need=name,
            what=answers.text("what"),
            owner=answers.text("owner"),
            due=answers.day("due") or here.today,
            burden=Cost(answers.text("burden") or Cost.NONE),
        )
        if wrong := owners.problems(made, here.coalition):
            raise ValueError(wrong[0])
        here.keep(made)
        return ways.need(name)

    return asked(request, here, about_need("Something to do", name, _about_action(here)), keep)


def _about_action(here: Here) -> tuple[Question, ...]:
    return (
        Question(
            name="what",
            asks="What is to be done?",
            hint="A verb first: write the letter.",
            demand="Write a few words.",
        ),
        _owner(here, owners.default_owner(here.coalition.actors, here.me) or ""),
        Question(
            name="due",
            asks="By when?",
            kind=Kind.DAY,
            usual=_later(here, weeks=1),
            demand="Choose a day.",
        ),
        Question(
            name="burden",
            asks="How much energy does it cost the person?",
            kind=Kind.CHOICE,
            choices=_BURDENS,
            usual=Cost.NONE.value,
        ),
    )


def done(request: HttpRequest, name: str) -> HttpResponse:
    """How far an action is, what came of it, and what it brought."""
    here = of_record(request, name)
    demand_work(here)
    found = here.coalition.actions.get(name)
    if found is None:
        raise not_found("There is no such action.")
    questions = (
        Question(
            name="state",
            asks="How far is it?",
            kind=Kind.CHOICE,
            choices=_STATES,
            usual=found.state.value,
            demand="Choose one.",
        ),
        _owner(here, found.owner),
        Question(name="due", asks="By when?", kind=Kind.DAY, usual=str(found.due)),
        Question(name="came", asks="What came of it?", usual=found.came_of_it),
        Question(name="benefit", asks="What did it bring the person?", usual=found.benefit),
    )

    def keep(answers: Answers) -> str:
        here.change(
            name,
            state=ActionState(answers.text("state")),
            owner=answers.text("owner"),
            due=answers.day("due") or found.due,
            came_of_it=answers.text("came"),
            benefit=answers.text("benefit"),
        )
        return ways.need(found.need)

    return asked(request, here, about_need("How far is it?", found.need, questions), keep)


def note(request: HttpRequest, name: str) -> HttpResponse:
    """Who was asked, and what they said."""
    here, _ = with_need(request, name)
    demand_work(here)
    questions = (
        Question(name="who", asks="Who was asked?", demand="Write a name or a place."),
        Question(
            name="what", asks="What did they say?", kind=Kind.TEXT, demand="Write a few words."
        ),
        Question(name="on", asks="On which day?", kind=Kind.DAY, usual=str(here.today)),
    )

    def keep(answers: Answers) -> str:
        here.keep(
            ContactNote(
                need=name,
                on=answers.day("on") or here.today,
                who=answers.text("who"),
                what=answers.text("what"),
            )
        )
        return ways.need(name)

    return asked(request, here, about_need("A note", name, questions), keep)


def _about_request(here: Here, fitting: tuple[str, ...]) -> tuple[Question, ...]:
    """Whom, for what, how, when, and by when an answer is due."""
    return (
        Question(
            name="service",
            asks="Which service was asked?",
            kind=Kind.CHOICE,
            choices=tuple((each, here.services[each].provider) for each in fitting),
            usual=fitting[0],
            demand="Choose one.",
        ),
        Question(name="reason", asks="For what?", demand="Write a few words."),
        Question(name="how", asks="How was it sent?", hint="By letter, e-mail, phone."),
        Question(name="sent", asks="On which day?", kind=Kind.DAY, usual=str(here.today)),
        Question(
            name="due", asks="By when is an answer due?", kind=Kind.DAY, usual=_later(here)
        ),
    )


def _owner(here: Here, usual: str) -> Question:
    """Who does it: others first, the person last."""
    actors = here.coalition.actors
    order = sorted(actors, key=lambda key: actors[key].is_patient)
    return Question(
        name="owner",
        asks="Who does it?",
        kind=Kind.CHOICE,
        choices=tuple((key, actors[key].shown_as) for key in order),
        usual=usual,
        demand="Choose the one who does it.",
    )


def _later(here: Here, weeks: int = _WEEKS) -> str:
    return str(here.today + datetime.timedelta(weeks=weeks))
