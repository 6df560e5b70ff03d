"""Several questions for one thing to be kept: one a screen, and nothing kept before the last.

What was answered travels along in the form, so that Back keeps it and no address holds it.
"""

import datetime
from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.practice.coalition.service_map.cells import LONGEST
from rapport.web.people.forms import form_page, sent

LONGEST_TEXT = 2_000


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
    if request.method != "POST":
        given = {each.name: each.usual for each in questions}
        return _screen(request, title, questions, 0, given, back=back, before=before)
    fields = sent(request)
    given = {each.name: _sent(request, fields, each) for each in questions}
    step = _step(fields.get("step", ""), len(questions))
    if fields.get("go") == "back" and step:
        return _screen(request, title, questions, step - 1, given, back=back, before=before)
    wrong = _fault(questions[step], given[questions[step].name])
    if not wrong and step + 1 < len(questions):
        return _screen(request, title, questions, step + 1, given, back=back, before=before)
    if not wrong:
        try:
            return HttpResponseRedirect(f"{done(Answers(given=given))}?saved=1")
        except ValueError as error:
            wrong = str(error)
    return _screen(
        request, title, questions, step, given, back=back, before=before, wrong=wrong
    )


def _sent(request: HttpRequest, fields: dict[str, str], question: Question) -> str:
    if question.kind is Kind.SEVERAL:
        return ",".join(request.POST.getlist(question.name))
    return fields.get(question.name, question.usual)


def _step(text: str, number: int) -> int:
    return min(int(text), number - 1) if text.isascii() and text.isdecimal() else 0


def _fault(question: Question, value: str) -> str:
    """What is wrong with an answer, and what to do; empty for nothing."""
    if not value.strip():
        return question.demand
    most = LONGEST_TEXT if question.kind is Kind.TEXT else LONGEST
    if len(value) > most:
        return f"This is too long. Use up to {most:,} characters."
    allowed = {each for each, _ in question.choices}
    if question.kind is Kind.CHOICE and value not in allowed:
        return "Choose one of these."
    if question.kind is Kind.SEVERAL and not set(value.split(",")) <= allowed:
        return "Choose from these."
    if question.kind is Kind.DAY:
        try:
            datetime.date.fromisoformat(value.strip())
        except ValueError:
            return "This is not a day. Write it like 2026-05-31."
    return ""


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
    return form_page(
        request,
        "practice/coalition/step.html",
        status=400 if wrong else 200,
        title=title,
        question=question,
        value=given[question.name],
        chosen=given[question.name].split(","),
        carried={name: value for name, value in given.items() if name != question.name},
        several={each.name for each in questions if each.kind is Kind.SEVERAL},
        step=step,
        number=len(questions),
        back=back,
        before=before,
        wrong=wrong,
    )
