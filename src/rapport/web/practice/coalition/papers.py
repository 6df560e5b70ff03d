"""The plan on one page and its versions, the energy ledger, letters, and days for a calendar."""

import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.practice.coalition import calendar, letters, plan
from rapport.practice.coalition.fit import asked_of, suggested
from rapport.practice.coalition.held import of_need, open_actions
from rapport.practice.coalition.ledger import ledger
from rapport.practice.coalition.rules import rules
from rapport.practice.records.coalition import Fits, Letter
from rapport.web.errors import PageError, not_found
from rapport.web.people.forms import sent
from rapport.web.practice.coalition import ways
from rapport.web.practice.coalition.here import (
    Here,
    of_patient,
    of_record,
    show,
    with_need,
    with_people,
)
from rapport.web.practice.coalition.steps import (
    LONGEST_TEXT,
    Answers,
    Form,
    Kind,
    Question,
    about_need,
    asked,
)

_REVIEW = datetime.timedelta(weeks=8)
_ANSWER = datetime.timedelta(weeks=4)
_LONGEST_LETTER = 3 * LONGEST_TEXT


def page(request: HttpRequest, patient: str) -> HttpResponse:
    """The plan on one page, to print: the version that was agreed, or what is there so far."""
    here = of_patient(request, patient)
    agreed = plan.latest(here.coalition)
    return show(
        request,
        "page.html",
        here,
        agreed=agreed[1] if agreed else None,
        agreed_by=_names(here, agreed[1].agreed_by if agreed else ()),
        text=plan.text_of(here.coalition, here.services),
        versions=sorted(here.coalition.plans.values(), key=lambda each: -each.version)[1:],
    )


def agree(request: HttpRequest, patient: str) -> HttpResponse:
    """A new version of the plan: who agreed, and when to look at it again."""
    here = of_patient(request, patient)
    here = with_people(here) if request.method == "POST" else here
    actors = here.coalition.actors
    questions = (
        Question(
            name="review",
            asks="When do you look at it again?",
            kind=Kind.DAY,
            usual=str(here.today + _REVIEW),
            demand="Choose a day.",
        ),
        Question(
            name="who",
            asks="Who agreed to the plan as it stands?",
            kind=Kind.SEVERAL,
            choices=tuple((key, actor.shown_as) for key, actor in actors.items()),
            demand="Choose who agreed.",
        ),
    )

    def keep(answers: Answers) -> str:
        here.keep(
            plan.version_of(
                here.coalition,
                here.services,
                agreed_by=answers.several("who"),
                on=here.today,
                review_on=answers.day("review") or here.today,
            )
        )
        return ways.of_plan(patient, "page")

    back = ways.of_plan(patient, "page")
    form = Form(title="Agree on the plan", questions=questions, back=back)
    return asked(request, here, form, keep)


def costs(request: HttpRequest, patient: str) -> HttpResponse:
    """What each need costs the person, beside what it brought."""
    here = of_patient(request, patient)
    return show(request, "ledger.html", here, lines=ledger(here.coalition))


def dates(request: HttpRequest, patient: str) -> HttpResponse:
    """The days of one's own open actions as a calendar file; neutral titles unless asked for."""
    here = of_patient(request, patient)
    with_words = request.GET.get("titles") == "words"
    entries = [
        calendar.Entry(id=key, day=action.due, title=action.what if with_words else None)
        for key, action in open_actions(here.coalition.actions).items()
        if action.owner == here.me
    ]
    response = HttpResponse(
        calendar.ics(entries, here.at), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="dates.ics"'
    return response


def new_letter(request: HttpRequest, name: str) -> HttpResponse:
    """A letter from a template, with the facts filled in."""
    here, need = with_need(request, name)
    known = letters.templates()
    fitting = [
        match.service
        for match in of_need(here.coalition.matches, name).values()
        if match.fits is not Fits.DOES_NOT_FIT and match.service in here.services
    ]
    questions = (
        Question(
            name="template",
            asks="Which letter?",
            kind=Kind.CHOICE,
            choices=tuple((key, f"{t.title}. {t.about}") for key, t in known.items()),
            demand="Choose one.",
        ),
        Question(
            name="service",
            asks="To whom?",
            kind=Kind.CHOICE,
            choices=(
                *((each, here.services[each].provider) for each in fitting),
                ("", "Somebody else: I fill it in"),
            ),
        ),
    )

    def keep(answers: Answers) -> str:
        facts = _facts(here, name, answers.text("service"), need.label)
        made = letters.draft(answers.text("template"), facts, need=name, on=here.today)
        return ways.letter(here.keep(made).id)

    return asked(request, here, about_need("A letter", name, questions), keep)


def letter(request: HttpRequest, name: str) -> HttpResponse:
    """A letter: to read, to change while it is a draft, and to approve for the person."""
    here, found = _letter(request, name)
    wrong = ""
    if request.method == "POST":
        given = sent(request)
        text = given.get("text", found.text).replace("\r\n", "\n")
        if not 0 < len(text.strip()) <= _LONGEST_LETTER:
            wrong = f"Write a letter of up to {_LONGEST_LETTER:,} characters."
        elif given.get("go") == "approve" and here.is_patient:
            approved = letters.approved(letters.edited(found, text), here.today)
            wrong = " ".join(letters.refusals(approved))
            if not wrong:
                here.change_by(name, lambda _: approved)
        else:
            here.change_by(name, lambda _: letters.edited(found, text))
        if not wrong:
            return HttpResponseRedirect(f"{ways.letter(name)}?saved=1")
    return show(
        request,
        "letter.html",
        here,
        name=name,
        letter=found,
        text=sent(request).get("text", found.text),
        refusals=letters.refusals(found),
        wrong=wrong,
    )


def letter_text(request: HttpRequest, name: str) -> HttpResponse:
    """A letter that the person approved, as text to send."""
    _, found = _letter(request, name)
    if refusals := letters.refusals(found):
        raise PageError(403, refusals[0])
    response = HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="letter.txt"'
    return response


def _letter(request: HttpRequest, name: str) -> tuple[Here, Letter]:
    here = of_record(request, name)
    found = here.coalition.letters.get(name)
    if found is None:
        raise not_found("There is no such letter.")
    return here, found


def _facts(here: Here, need: str, service: str, label: str) -> dict[str, str]:
    """What is known for a letter. What somebody said in their own words is not among it."""
    words, wanted = rules().words, asked_of(here.profile, rules())
    found = here.services.get(service)
    lacking: tuple[str, ...] = ()
    if found is not None:
        lacking = suggested(wanted, found, rules(), here.today).lacks
    requests = of_need(here.coalition.requests, need).values()
    sent_on = [each.sent_on for each in requests if each.service == service and each.sent_on]
    me = here.coalition.actors.get(here.me or "")
    return {
        "person": here.profile.shown_as,
        "writer": me.shown_as if me else "",
        "provider": found.provider if found else "",
        "what": label,
        "needs": "; ".join(words[field] for group in wanted.groups for field in group),
        "changes": "; ".join(words[field] for field in lacking),
        "today": in_words(here.today),
        "due": in_words(here.today + _ANSWER),
        "sent": in_words(max(sent_on)) if sent_on else "",
    }


def _names(here: Here, actors: tuple[str, ...]) -> str:
    known = here.coalition.actors
    return ", ".join(known[key].shown_as for key in actors if key in known)
