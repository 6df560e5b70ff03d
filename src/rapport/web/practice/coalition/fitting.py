"""Which services there are for a need, and whether one fits: a suggestion, and a person's word."""

from django.http import HttpRequest, HttpResponse

from rapport.knowledge.load_practice import own
from rapport.practice.coalition.fit import Suggestion, asked_of, suggested
from rapport.practice.coalition.held import of_need
from rapport.practice.coalition.rules import rules
from rapport.practice.coalition.service_map.read import is_id
from rapport.practice.records.coalition import Fits, GapReason, Match, Service
from rapport.web.errors import not_found
from rapport.web.practice.coalition import ways
from rapport.web.practice.coalition.here import Here, show, with_need
from rapport.web.practice.coalition.steps import Answers, Form, Kind, Question, asked

_FITS = (
    (Fits.FITS.value, "It fits"),
    (Fits.WITH_CHANGES.value, "It fits with changes"),
    (Fits.DOES_NOT_FIT.value, "It does not fit"),
    (Fits.UNKNOWN.value, "Not known yet"),
)
_REASONS = (
    ("", "It fits, or it is not known yet"),
    *((reason.value, reason.value.capitalize()) for reason in GapReason),
)
_ORDER = (Fits.FITS, Fits.WITH_CHANGES, Fits.UNKNOWN, Fits.DOES_NOT_FIT)


def services(request: HttpRequest, name: str) -> HttpResponse:
    """The services of the map that are about what the need is about; what may fit comes first."""
    here, need = with_need(request, name)
    found = [
        (each, _suggestion(here, each))
        for each in here.services.values()
        if each.domain is need.domain
    ]
    found.sort(key=lambda pair: (_ORDER.index(pair[1].fits), pair[0].provider))
    decided = {each.service: each for each in of_need(here.coalition.matches, name).values()}
    return show(
        request,
        "services.html",
        here,
        name=name,
        need=need,
        found=found,
        decided=decided,
        astray=[each.id for each, _ in found if not is_id(each.id)],
    )


def service(request: HttpRequest, name: str, service_id: str) -> HttpResponse:
    """One service for one need: the facts with their age, what is suggested, a person's word."""
    here, found = _with_service(request, name, service_id)
    told = _suggestion(here, found)
    return show(
        request,
        "service.html",
        here,
        name=name,
        service=found,
        told=told,
        outside=[
            own().texts["accommodations"].lines.get(wish, wish)
            for wish in asked_of(here.profile, rules()).not_in_the_map
        ],
        decide=f"{ways.service_for(name, service_id)}/word",
    )


def word(request: HttpRequest, name: str, service_id: str) -> HttpResponse:
    """A person's word on whether a service fits."""
    here, found = _with_service(request, name, service_id)
    told = _suggestion(here, found)

    def keep(answers: Answers) -> str:
        fits, reason = Fits(answers.text("fits")), answers.text("gap")
        misfit = fits is Fits.DOES_NOT_FIT
        if misfit and not reason:
            raise ValueError("Choose why it does not fit.")
        match = Match(
            need=name,
            service=service_id,
            fits=fits,
            reasons=told.reasons,
            gap=GapReason(reason) if misfit else None,
            checked_on=here.today,
        )
        _decide(here, match)
        return ways.need(name)

    form = Form(
        title="One service",
        questions=_questions(told),
        back=ways.service_for(name, service_id),
        need=name,
    )
    return asked(request, here, form, keep)


def _with_service(request: HttpRequest, name: str, service_id: str) -> tuple[Here, Service]:
    """What is known of a need, and the service. Raises: PageError (404) for one not in the map."""
    here, _ = with_need(request, name)
    found = here.services.get(service_id)
    if found is None:
        raise not_found("There is no such service in the map.")
    return here, found


def _questions(told: Suggestion) -> tuple[Question, ...]:
    """Whether it fits, and why not; what is suggested is chosen already."""
    return (
        Question(
            name="fits",
            asks="Does it fit?",
            kind=Kind.CHOICE,
            choices=_FITS,
            usual=told.fits.value,
            demand="Choose one.",
        ),
        Question(
            name="gap",
            asks="If not: why not?",
            kind=Kind.CHOICE,
            choices=_REASONS,
            usual=told.gap.value if told.gap else "",
        ),
    )


def _decide(here: Here, match: Match) -> None:
    """The newest word on a service for a need takes the place of the one before."""
    for key, before in of_need(here.coalition.matches, match.need).items():
        if before.service == match.service:
            here.change_by(key, lambda _: match)
            return
    here.keep(match)


def _suggestion(here: Here, found: Service) -> Suggestion:
    return suggested(asked_of(here.profile, rules()), found, rules(), here.today)
