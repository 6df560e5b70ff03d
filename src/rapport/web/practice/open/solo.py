"""Solo mode: one question a page. The answers travel in the form that is sent, and nowhere else.

They stand in no address, no cookie, no log and no memory that outlives the answer. Sending is the
only way through, so the pages cannot be found again by their address.
"""

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from rapport.practice.solo.result import SoloResult, result
from rapport.practice.solo.screens import ITEMS, Answers, Go, after, taken
from rapport.web.errors import PageError
from rapport.web.practice.held import (
    key,
    practice,
    ready_cards,
    solo_screens,
    used_thresholds,
)
from rapport.web.practice.open.cards import row, safety_of
from rapport.web.practice.open.shapes import SoloAnswer, SoloAsked, SoloScreens
from rapport.web.render import page

_FIX = 'Send JSON such as {"answers": {"C3o": 1, "PICKo": 3}}.'


@csrf_exempt  # the frame refuses forms from elsewhere, and nothing is kept that could be misused
def solo(request: HttpRequest) -> HttpResponse:
    """The first question; after a press the next one, and at the end the challenge at hand."""
    if request.method != "POST":
        return _question(request, 1, {})
    sent = {name: str(value) for name, value in request.POST.items()}
    if sent.get("go") == Go.STOP:
        return page(request, "practice/solo_deleted.html", says=_says())
    answers, at = taken(sent, solo_screens()), _at(sent.get("at", ""))
    if answers is None or at is None:
        raise PageError(400, "We could not read that answer.", "Begin again: nothing was kept.")
    go = Go.BACK if sent.get("go") == Go.BACK else Go.NEXT
    following = after(at, go, len(ITEMS))
    return (
        _result(request, answers)
        if following is None
        else _question(request, following, answers)
    )


def solo_questions() -> SoloScreens:
    """The questions as data."""
    return SoloScreens(says=_says(), screens=solo_screens())


def solo_data(request: HttpRequest) -> SoloAnswer:
    """What answers that come as JSON come to.

    Raises: PageError (400, 413) where they cannot be read, with what can be sent.
    """
    try:
        asked = msgspec.json.decode(request.body, type=SoloAsked)
    except RequestDataTooBig as error:
        raise PageError(413, "That is more than seven answers.", _FIX) from error
    except msgspec.DecodeError as error:
        raise PageError(400, f"These are no answers: {error}.", _FIX) from error
    unknown = set(asked.answers) - set(ITEMS)
    answers = taken({name: str(one) for name, one in asked.answers.items()}, solo_screens())
    if unknown or answers is None:
        raise PageError(400, "These are no answers to the seven questions.", _FIX)
    found = _came_to(answers)
    offered = (number for number in (found.challenge, found.also) if number is not None)
    made = ready_cards()
    return SoloAnswer(
        result=found, cards=tuple(row(made[number]) for number in offered if number in made)
    )


def _says() -> dict[str, str]:
    return practice().texts["solo"].passages


def _at(text: str) -> int | None:
    """The number of the screen that was answered; None for anything else."""
    return int(text) if text in {str(n) for n in range(1, len(ITEMS) + 1)} else None


def _came_to(answers: Answers) -> SoloResult:
    return result(answers, solo_screens(), key().edition, used_thresholds())


def _question(request: HttpRequest, number: int, answers: Answers) -> HttpResponse:
    screen = solo_screens()[number - 1]
    return page(
        request,
        "practice/solo_question.html",
        says=_says(),
        screen=screen,
        total=len(ITEMS),
        chosen=str(answers.get(screen.item, "")),
        others=[(item, value) for item, value in answers.items() if item != screen.item],
    )


def _result(request: HttpRequest, answers: Answers) -> HttpResponse:
    found, made = _came_to(answers), ready_cards()
    return page(
        request,
        "practice/solo_result.html",
        says=_says(),
        about=practice().texts["about_check_in"].passages,
        found=found,
        ready=made.get(found.challenge or 0),
        safety=safety_of(made[found.challenge]) if found.challenge in made else (),
        also=made.get(found.also or 0),
        answers=tuple(answers.items()),
        last=len(ITEMS),
    )
