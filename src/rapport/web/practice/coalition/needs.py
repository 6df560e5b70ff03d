"""Needs: the list, one need with all that belongs to it, a new one, changes, and its end."""

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.practice.coalition import closing, owners
from rapport.practice.coalition.enclosed import enclosed
from rapport.practice.coalition.gaps import gaps
from rapport.practice.coalition.held import of_need, open_needs
from rapport.practice.coalition.rules import rules
from rapport.practice.records.coalition import (
    Cost,
    DesiredResult,
    Domain,
    Fits,
    GapReason,
    Match,
    Need,
    NeedState,
)
from rapport.practice.records.people import Profile, Role
from rapport.store.practice import records
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.access import not_the_person, viewer
from rapport.web.practice.coalition import drafts, ways
from rapport.web.practice.coalition.here import of_patient, show, with_need, with_people
from rapport.web.practice.coalition.steps import (
    Answers,
    Form,
    Kind,
    Question,
    about_need,
    asked,
)

_DOMAINS = tuple((domain.value, domain.value.capitalize()) for domain in Domain)
_COSTS = ((Cost.LOW.value, "A little"), (Cost.MIDDLE.value, "Some"), (Cost.HIGH.value, "Much"))
_ENDS = (
    (NeedState.MET.value, "I have what I need"),
    (NeedState.PARTLY.value, "I have a part of it"),
    (NeedState.UNMET.value, "It cannot be had here"),
    (NeedState.WITHDRAWN.value, "I do not want it any more"),
)
_DETAILS: dict[str, Question] = {
    "label": Question(
        name="answer", asks="What is needed?", demand="Write a few words.", hint="A few words."
    ),
    "why": Question(
        name="answer", asks="Why does it matter?", kind=Kind.TEXT, hint="In your own words."
    ),
    "priority": Question(
        name="answer",
        asks="How early should it come?",
        kind=Kind.CHOICE,
        choices=(("1", "First"), ("2", "Second"), ("3", "Third"), ("9", "Later")),
    ),
    "cost": Question(
        name="answer",
        asks="How much energy does it cost to get this?",
        kind=Kind.CHOICE,
        choices=_COSTS,
    ),
}


def entry(request: HttpRequest) -> HttpResponse:
    """For a patient and their supporter the plan; for others a list of those they help."""
    who = viewer(request)
    if who.patient is not None:
        return HttpResponseRedirect(ways.plan(who.patient))
    shown: dict[str, str] = {}
    for each in records.kept(who, Profile):
        if isinstance(each.record, Profile):
            shown[each.patient] = each.record.shown_as
    for each in records.kept(who, Need):
        shown.setdefault(each.patient, "somebody")
    return form_page(request, "practice/coalition/whose.html", people=shown, ways=ways)


def plan(request: HttpRequest, patient: str) -> HttpResponse:
    """The open needs, what is missing, and the ways on."""
    here = of_patient(request, patient)
    coalition = here.coalition
    by_need = {gap.need: gap for gap in reversed(gaps(coalition, here.today))}
    return show(
        request,
        "plan.html",
        here,
        begun=drafts.of_viewer(here),
        open=open_needs(coalition),
        closed={k: n for k, n in coalition.needs.items() if k not in open_needs(coalition)},
        gap_of=by_need,
        overdue=owners.overdue(coalition, here.me, here.today) if here.me else (),
        share=owners.share(coalition, rules()),
        weekly=owners.weekly_line(
            coalition, wanted=here.is_patient and here.profile.weekly_line, today=here.today
        ),
    )


def add(request: HttpRequest, patient: str) -> HttpResponse:
    """A new need, in three short steps."""
    here = of_patient(request, patient)
    questions = (
        Question(
            name="domain",
            asks="What is it about?",
            kind=Kind.CHOICE,
            choices=_DOMAINS,
            demand="Choose one.",
        ),
        msgspec.structs.replace(_DETAILS["label"], name="label"),
        msgspec.structs.replace(_DETAILS["why"], name="why"),
    )

    def keep(answers: Answers) -> str:
        made = with_people(here).keep(
            Need(
                label=answers.text("label"),
                domain=Domain(answers.text("domain")),
                why=answers.text("why"),
                first_seen=here.today,
            )
        )
        return ways.need(made.id)

    form = Form(title="A new need", questions=questions, back=ways.plan(patient))
    return asked(request, here, form, keep)


def need(request: HttpRequest, name: str) -> HttpResponse:
    """One need, with what was done for it and what can be done next."""
    here, found = with_need(request, name)
    held = here.coalition
    return show(
        request,
        "need.html",
        here,
        name=name,
        need=found,
        is_open=name in open_needs(held),
        gaps=[gap for gap in gaps(held, here.today) if gap.need == name],
        results=of_need(held.results, name),
        matches=of_need(held.matches, name),
        requests=of_need(held.requests, name),
        actions=of_need(held.actions, name),
        goes_with={key: enclosed(held, key) for key in of_need(held.requests, name)},
        notes=of_need(held.notes, name),
        letters=of_need(held.letters, name),
        service_name=here.services,
        may_ask=bool(here.fitting(name)),
        begun=[each for each in drafts.of_viewer(here) if each.draft.need == name],
    )


def detail(request: HttpRequest, name: str, what: str) -> HttpResponse:
    """One detail of a need: what, why, how early, at what cost."""
    here, found = with_need(request, name)
    question = _DETAILS.get(what)
    if question is None:
        raise PageError(404, "There is no such question.")
    value = getattr(found, what)
    usual = "" if value is None else str(value)

    def keep(answers: Answers) -> str:
        text = answers.text("answer")
        here.change(name, **{what: _converted(what, text)})
        return ways.need(name)

    question = msgspec.structs.replace(question, usual=usual)
    return asked(request, here, about_need("One need", name, (question,)), keep)


def _converted(what: str, text: str) -> object:
    if what == "priority":
        return int(text) if text else None
    if what == "cost":
        return Cost(text) if text else None
    return text


def result(request: HttpRequest, name: str) -> HttpResponse:
    """What would be better."""
    here, _ = with_need(request, name)
    questions = (
        Question(name="what", asks="What would be better then?", demand="Write a few words."),
        Question(name="how", asks="How would you notice it?"),
        Question(name="by", asks="By when?", kind=Kind.DAY, hint="You can leave this open."),
    )

    def keep(answers: Answers) -> str:
        here.keep(
            DesiredResult(
                need=name,
                what=answers.text("what"),
                how_known=answers.text("how"),
                by=answers.day("by"),
            )
        )
        return ways.need(name)

    return asked(request, here, about_need("What would be better", name, questions), keep)


def close(request: HttpRequest, name: str) -> HttpResponse:
    """The end of a need. What cannot be had ends honestly, and says why."""
    here, _ = with_need(request, name)
    questions = (
        Question(
            name="end",
            asks="How did it end?",
            kind=Kind.CHOICE,
            choices=_ENDS,
            demand="Choose one.",
        ),
    )

    def keep(answers: Answers) -> str:
        ended = closing.closed(here.coalition, name, NeedState(answers.text("end")), here.today)
        here.change_by(name, lambda _: ended.need)
        for key, dropped in ended.dropped.items():
            here.change(key, state=dropped.state)
        return ways.plan(here.patient)

    before = "What is still to be done for it is dropped."
    return asked(request, here, about_need("Close a need", name, questions, before), keep)


def reopen(request: HttpRequest, name: str) -> HttpResponse:
    """Open a need again."""
    here, found = with_need(request, name)
    here.change_by(name, lambda _: closing.reopened(found))
    return HttpResponseRedirect(f"{ways.need(name)}?saved=1")


def none_there(request: HttpRequest, name: str) -> HttpResponse:
    """Somebody looked for a service, and there is none: said once, with the reason."""
    here, _ = with_need(request, name)
    reasons = tuple((reason.value, reason.value.capitalize()) for reason in GapReason)
    questions = (
        Question(
            name="gap", asks="Why not?", kind=Kind.CHOICE, choices=reasons, demand="Choose one."
        ),
    )

    def keep(answers: Answers) -> str:
        here.keep(
            Match(
                need=name,
                service="",
                fits=Fits.DOES_NOT_FIT,
                gap=GapReason(answers.text("gap")),
                checked_on=here.today,
            )
        )
        return ways.need(name)

    return asked(request, here, about_need("No service", name, questions), keep)


def week(request: HttpRequest, patient: str) -> HttpResponse:
    """Whether the person wants one line a week."""
    here = of_patient(request, patient)
    if here.viewer.role is not Role.PATIENT:
        raise not_the_person()
    wanted = sent(request).get("wanted") == "yes"
    for each in records.kept(here.viewer, Profile, patient=patient):
        here.change(each.id, weekly_line=wanted)
    return HttpResponseRedirect(f"{ways.plan(patient)}?saved=1")
