"""Who shares the work, and who may see which need: asked for each by itself."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.practice.records.coalition import Actor
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import ConsentKind, Role
from rapport.store.practice import clinics
from rapport.web.errors import not_found
from rapport.web.people.forms import sent
from rapport.web.practice import agreeing
from rapport.web.practice.access import not_the_person
from rapport.web.practice.coalition import ways
from rapport.web.practice.coalition.here import Here, of_patient, show, with_need
from rapport.web.practice.coalition.steps import Answers, Form, Kind, Question, asked


def people(request: HttpRequest, patient: str) -> HttpResponse:
    """Everybody who shares the work."""
    here = of_patient(request, patient)
    return show(request, "people.html", here)


def add(request: HttpRequest, patient: str) -> HttpResponse:
    """Somebody new. With an account they can see what the person lets them see."""
    here = of_patient(request, patient)
    members = [
        (each.id, each.shown_as)
        for each in clinics.members(here.viewer.clinic)
        if each.role is Role.COALITION_MEMBER and each.is_open
    ]
    questions = (
        Question(name="name", asks="Who is it?", demand="Write a name."),
        Question(name="role", asks="What are they?", hint="Sister, social worker, charity."),
        Question(name="contact", asks="How can they be reached?"),
        Question(name="capacity", asks="How much can they do?", hint="In their words."),
        Question(
            name="account",
            asks="Do they have an account here?",
            kind=Kind.CHOICE,
            choices=(("", "No"), *members),
        ),
    )

    def keep(answers: Answers) -> str:
        here.keep(
            Actor(
                shown_as=answers.text("name"),
                role=answers.text("role"),
                contact=answers.text("contact"),
                capacity=answers.text("capacity"),
                account=answers.text("account") or None,
            )
        )
        return ways.of_plan(patient, "people")

    back = ways.of_plan(patient, "people")
    form = Form(title="Somebody new", questions=questions, back=back)
    return asked(request, here, form, keep)


def who(request: HttpRequest, name: str) -> HttpResponse:
    """Who may see this need: the person says so for each, and can take it back."""
    here, need = with_need(request, name)
    given = _given(here, name)
    if request.method == "POST":
        fields = sent(request)
        actor = fields.get("actor", "")
        if not here.is_patient:
            raise not_the_person()
        if actor not in here.coalition.actors:
            raise not_found("There is nobody of that kind here.")
        _answer(here, name, actor, given.get(actor), yes=fields.get("may") == "yes")
        return HttpResponseRedirect(f"{ways.of_need(name, 'who')}?saved=1")
    asking = {
        key: _asking(actor.shown_as, need.label)
        for key, actor in here.coalition.actors.items()
        if actor.account and not actor.is_patient and actor.role != "practitioner"
    }
    return show(request, "who.html", here, name=name, need=need, asking=asking, given=given)


def _asking(helper: str, need: str) -> list[str]:
    text = agreeing.told(ConsentKind.COALITION_MEMBER, helper=helper, need=need)
    return [text.asks, *text.says]


def _given(here: Here, need: str) -> dict[str, Kept]:
    """Actor to the consent that holds for a need."""
    return {
        entry.about: each
        for each, entry in agreeing.standing(here.viewer, here.patient)
        if entry.consent is ConsentKind.COALITION_MEMBER
        and entry.need == need
        and entry.about is not None
    }


def _answer(here: Here, need: str, actor: str, held: Kept | None, *, yes: bool) -> None:
    if yes and held is None:
        agreeing.agree(
            here.viewer,
            ConsentKind.COALITION_MEMBER,
            patient=here.patient,
            at=here.at,
            about=actor,
            need=need,
        )
    elif not yes and held is not None:
        agreeing.take_back(here.viewer, held.id, here.at)
