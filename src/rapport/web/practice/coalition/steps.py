"""Several questions for one thing to be kept, one a screen: a draft until the last is answered.

Every press of a button saves first, as in a check-in: any device goes on where the last stopped.
No address holds an answer.
"""

import datetime
from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.practice.coalition.service_map.cells import LONGEST
from rapport.practice.draft import recap
from rapport.store.practice.scope import NotThereError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.coalition import drafts, ways
from rapport.web.practice.coalition.drafts import Begun
from rapport.web.practice.coalition.here import Here
from rapport.web.practice.near import go_on
from rapport.web.practice.says import screen_words

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


_WRITTEN = (Kind.LINE, Kind.TEXT)


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


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for one thing to be kept. `back` is where one is when it is left.

    `need` is the need it is about, empty for none; `before` is said above the buttons.
    """

    title: str
    questions: tuple[Question, ...]
    back: str
    need: str = ""
    before: str = ""


def about_need(
    title: str, need: str, questions: tuple[Question, ...], before: str = ""
) -> Form:
    """A form about a need: whoever leaves it is at the need again."""
    return Form(
        title=title, questions=questions, back=ways.need(need), need=need, before=before
    )


Done = Callable[[Answers], str]
"""Keeps what was answered and tells where to go on. Raises: ValueError with words for people."""

_AWAY = ("back", "pause")
_NO_DRAFT: dict[str, str] = {}


def asked(request: HttpRequest, here: Here, form: Form, done: Done) -> HttpResponse:
    """The screen that is next, or the way on where all is answered and kept."""
    begun = drafts.begun(request, here)
    if request.method != "POST":
        return _looked_at(request, form, begun)
    given = sent(request)
    if given.get("go") == "delete":
        drafts.delete(here, begun)
        return HttpResponseRedirect(form.back)
    if given.get("go") == "keep":
        return HttpResponseRedirect(request.path)
    return _answered(request, here, form, done, begun)


def _looked_at(request: HttpRequest, form: Form, begun: Begun | None) -> HttpResponse:
    """A screen; where none is named, the first that is open, with a line on what was done."""
    if "paused" in request.GET:
        return _paused(request, form, begun)
    if "delete" in request.GET:
        return form_page(
            request, "practice/delete.html", what=form.title, lost="What you wrote", whom=""
        )
    answers = begun.draft.answers if begun else _NO_DRAFT
    if "at" in request.GET:
        return _screen(request, form, _step(request.GET["at"], len(form.questions)), answers)
    open_ = (at for at, each in enumerate(form.questions) if each.name not in answers)
    first = next(open_, len(form.questions) - 1)
    return _screen(request, form, first, answers, so_far=_recap(form, answers))


def _answered(
    request: HttpRequest, here: Here, form: Form, done: Done, begun: Begun | None
) -> HttpResponse:
    """Keep one answer, and the screen that follows; behind the last one, keep the whole."""
    go, step = (
        request.POST.get("go", ""),
        _step(request.POST.get("step", ""), len(form.questions)),
    )
    question, value = form.questions[step], _value(request, form.questions[step])
    answers = begun.draft.answers if begun else _NO_DRAFT
    is_blank = not value.strip() and question.name not in answers
    if go in _AWAY and is_blank:
        return HttpResponseRedirect(_way_on(request, go, step))
    if wrong := _fault(question, value, here.today):
        return _screen(request, form, step, answers | {question.name: value}, wrong=wrong)
    if step + 1 < len(form.questions) or go in _AWAY:
        drafts.keep(request, here, form.title, form.need, {question.name: value})
        return HttpResponseRedirect(_way_on(request, go, step))
    if begun is None and step:
        return HttpResponseRedirect(f"{form.back}?gone=1")
    return _saved(request, here, form, done, begun, answers | {question.name: value})


def _saved(
    request: HttpRequest,
    here: Here,
    form: Form,
    done: Done,
    begun: Begun | None,
    given: dict[str, str],
) -> HttpResponse:
    """Keep what all answers come to, in the place of the draft; or the first that is at fault."""
    step, wrong = _first_fault(form.questions, given, here.today)
    if not wrong:
        answers = {each.name: given.get(each.name, each.usual) for each in form.questions}
        try:
            way = drafts.finish(here, begun, lambda: done(Answers(given=answers)))
        except NotThereError:  # sent twice at once: the first has been kept
            return HttpResponseRedirect(f"{form.back}?gone=1")
        except ValueError as error:
            wrong = str(error)
        else:
            texts = [answers[each.name] for each in form.questions if each.kind in _WRITTEN]
            return go_on(request, here.viewer, f"{way}?saved=1", *texts)
    if begun is not None:
        drafts.keep(request, here, form.title, form.need, given)
    return _screen(request, form, step, given, wrong=wrong)


def _way_on(request: HttpRequest, go: str, step: int) -> str:
    if go == "pause":
        return f"{request.path}?paused=1"
    return f"{request.path}?at={max(step - 1, 0) if go == 'back' else step + 1}"


def _value(request: HttpRequest, question: Question) -> str:
    """What was sent for a question; several answers are joined by a comma."""
    if question.kind is Kind.SEVERAL:
        return ",".join(request.POST.getlist(question.name))
    return sent(request).get(question.name, "")


def _step(text: str, number: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < _DIGITS
    return min(int(text), number - 1) if is_number else 0


def _first_fault(
    questions: Sequence[Question], given: dict[str, str], today: datetime.date
) -> tuple[int, str]:
    """The first question with a fault, and the fault; the last one and "" for none."""
    for step, question in enumerate(questions):
        if wrong := _fault(question, given.get(question.name, question.usual), today):
            return step, wrong
    return len(questions) - 1, ""


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


def _recap(form: Form, answers: dict[str, str]) -> str:
    """How far it is, in a line; empty where nothing is done."""
    asks = {each.name: each.asks for each in form.questions}
    done = [asks[name] for name in answers if name in asks]
    return recap(len(done), len(asks), done[-1]) if done else ""


def _paused(request: HttpRequest, form: Form, begun: Begun | None) -> HttpResponse:
    return form_page(
        request,
        "practice/paused.html",
        so_far=_recap(form, begun.draft.answers) if begun else "Nothing was answered so far.",
        kept_until=in_words(begun.until.date()) if begun else "",
        go_on=request.path,
        delete=f"{request.path}?delete=1" if begun else "",
        away=form.back,
        says=screen_words,
        whom="",
    )


def _screen(
    request: HttpRequest,
    form: Form,
    step: int,
    answers: dict[str, str],
    *,
    wrong: str = "",
    so_far: str = "",
) -> HttpResponse:
    question = form.questions[step]
    value = answers.get(question.name, question.usual)
    choices = question.choices if question.kind in (Kind.CHOICE, Kind.SEVERAL) else ()
    return form_page(
        request,
        "practice/coalition/step.html",
        status=400 if wrong else 200,
        title=form.title,
        asks=question.asks,
        question=question,
        choices=choices,
        several=question.kind is Kind.SEVERAL,
        field=question.name,
        chosen=value.split(",") if question.kind is Kind.SEVERAL else value,
        value=value,
        step=step,
        place=step + 1,
        total=len(form.questions),
        done=0 if wrong else sum(each.name in answers for each in form.questions),
        so_far=so_far,
        next_words="Save" if step + 1 == len(form.questions) else "Next",
        may_back=step > 0,
        may_delete=bool(answers),
        delete=f"{request.path}?delete=1",
        back=form.back,
        before=form.before,
        wrong=wrong,
        whom="",
    )
