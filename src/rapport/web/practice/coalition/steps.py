"""Several questions for one thing to be kept: one a screen, and nothing kept before the last.

What was answered travels along in the form, so that Back keeps it and no address holds it.
"""

import datetime
from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.practice.coalition.service_map.cells import LONGEST
from rapport.web.clock import now
from rapport.web.people.forms import form_page, sent

LONGEST_TEXT = 2_000
_DIGITS = 4
FURTHEST = datetime.timedelta(days=3653)
"""Ten years: a day that is further away is a slip of the hand."""


class Kind(StrEnum):
    """What a question is answered by."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    SEVERAL = "several"
    DAY = "day"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One screen. `choices` are values and words; `demand` is said where nothing was answered."""

    name: str
    asks: str
    kind: Kind = Kind.LINE
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    demand: str = ""
    usual: str = ""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What was answered, as text; several answers are joined by a comma."""

    given: dict[str, str]

    def text(self, name: str) -> str:
        """A text without spaces around it."""
        return self.given.get(name, "").strip()

    def day(self, name: str) -> datetime.date | None:
        """A day; None where none was given."""
        text = self.text(name)
        return datetime.date.fromisoformat(text) if text else None

    def several(self, name: str) -> tuple[str, ...]:
        """The values that were chosen."""
        return tuple(filter(None, self.given.get(name, "").split(",")))


Done = Callable[[Answers], str]
"""Keeps what was answered and tells where to go on. Raises: ValueError with words for people."""


def asked(
    request: HttpRequest,
    title: str,
    questions: Sequence[Question],
    done: Done,
    *,
    back: str,
    before: str = "",
) -> HttpResponse:
    """The screen that is next, or the way on where all is answered and kept."""
    given = _given(request, questions)
    if request.method != "POST":
        return _screen(request, title, questions, 0, given, back=back, before=before)
    fields = sent(request)
    step = _step(fields.get("step", ""), len(questions))
    if fields.get("go") == "back" and step:
        return _screen(request, title, questions, step - 1, given, back=back, before=before)
    is_last = step + 1 == len(questions)
    step, wrong = _first_fault(questions, given, range(len(questions)) if is_last else (step,))
    if not wrong and not is_last:
        return _screen(request, title, questions, step + 1, given, back=back, before=before)
    if not wrong:
        answers = {each.name: given.get(each.name, each.usual) for each in questions}
        try:
            return HttpResponseRedirect(f"{done(Answers(given=answers))}?saved=1")
        except ValueError as error:
            wrong = str(error)
    return _screen(
        request, title, questions, step, given, back=back, before=before, wrong=wrong
    )


def _given(request: HttpRequest, questions: Sequence[Question]) -> dict[str, str]:
    """What was sent so far; a question that was not asked yet is not in it."""
    fields = sent(request) if request.method == "POST" else {}
    return {
        each.name: ",".join(request.POST.getlist(each.name))
        if each.kind is Kind.SEVERAL
        else fields[each.name]
        for each in questions
        if each.name in fields
    }


def _step(text: str, number: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < _DIGITS
    return min(int(text), number - 1) if is_number else 0


def _first_fault(
    questions: Sequence[Question], given: dict[str, str], steps: Sequence[int]
) -> tuple[int, str]:
    """The first of these steps with a fault, and the fault; the last one and "" for none."""
    today = now().date()
    for step in steps:
        question = questions[step]
        if wrong := _fault(question, given.get(question.name, question.usual), today):
            return step, wrong
    return steps[-1], ""


def _fault(question: Question, value: str, today: datetime.date) -> str:
    """What is wrong with an answer, and what to do; empty for nothing."""
    if not value.strip():
        return question.demand
    most = LONGEST_TEXT if question.kind is Kind.TEXT else LONGEST
    if len(value) > most:
        return f"This is too long. Use up to {most:,} characters."
    if question.kind is Kind.DAY:
        return _fault_of_day(value.strip(), today)
    allowed = {each for each, _ in question.choices}
    if question.kind is Kind.CHOICE and value not in allowed:
        return "Choose one of these."
    if question.kind is Kind.SEVERAL and not set(value.split(",")) <= allowed:
        return "Choose from these."
    return ""


def _fault_of_day(text: str, today: datetime.date) -> str:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return "This is not a day. Write it like 2026-05-31."
    return "This day is more than ten years away." if abs(day - today) > FURTHEST else ""


def _screen(
    request: HttpRequest,
    title: str,
    questions: Sequence[Question],
    step: int,
    given: dict[str, str],
    *,
    back: str,
    before: str,
    wrong: str = "",
) -> HttpResponse:
    question = questions[step]
    value = given.get(question.name, question.usual)
    return form_page(
        request,
        "practice/coalition/step.html",
        status=400 if wrong else 200,
        title=title,
        question=question,
        value=value,
        chosen=value.split(","),
        carried={name: value for name, value in given.items() if name != question.name},
        step=step,
        number=len(questions),
        back=back,
        before=before,
        wrong=wrong,
    )
