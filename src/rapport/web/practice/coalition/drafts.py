"""What somebody has begun on a page of questions and not saved: found, kept, finished, listed."""

import datetime
from collections.abc import Callable

import msgspec
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from rapport.practice import draft as drafts
from rapport.practice.records.drafts import Draft
from rapport.practice.records.kept import Record
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import records
from rapport.web.practice.coalition.here import WHY, Here
from rapport.web.practice.says import limits


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A draft and its id."""

    id: str
    draft: Draft

    @property
    def until(self) -> datetime.datetime:
        """Until when it can be gone on with."""
        return drafts.until(self.draft.started_at, limits().resume_days)

    @property
    def address(self) -> str:
        """The page that goes on with it; empty where there is no such page any more."""
        try:
            return reverse(self.draft.form, kwargs=self.draft.about)
        except NoReverseMatch:
            return ""


def of_viewer(here: Here) -> list[Begun]:
    """What the viewer has begun for this patient and can go on with, the oldest first."""
    return open_now(here.viewer, here.at, here.patient)


def open_now(viewer: Viewer, at: datetime.datetime, patient: str | None = None) -> list[Begun]:
    """What somebody has begun and can go on with, for one patient or for all."""
    return [each for each in _every(viewer, patient) if at < each.until]


def begun(request: HttpRequest, here: Here) -> Begun | None:
    """What the viewer has begun on the page that is asked for."""
    form, about = _place(request)
    mine = (
        each for each in of_viewer(here) if (each.draft.form, each.draft.about) == (form, about)
    )
    return next(mine, None)


def keep(
    request: HttpRequest, here: Here, title: str, need: str, answers: dict[str, str]
) -> Begun:
    """The draft of the page with these answers added; one that is too old makes place."""
    for each in _every(here.viewer, here.patient):
        if each.until <= here.at:
            records.remove(here.viewer, each.id, at=here.at, why="too old")
    form, about = _place(request)
    blank = Draft(form=form, about=about, title=title, need=need, started_at=here.at)
    once = "/".join((here.viewer.id, form, *about.values()))
    there = here.keep(blank, once=once)

    def how(record: Record) -> Record:
        if not isinstance(record, Draft):
            return record
        others = {name: value for name, value in record.answers.items() if name not in answers}
        return msgspec.structs.replace(record, answers=others | answers)

    made = here.change_by(there.id, how).record
    return Begun(id=there.id, draft=made if isinstance(made, Draft) else blank)


def delete(here: Here, found: Begun | None) -> None:
    """Nothing is left of a draft."""
    if found is not None:
        records.remove(here.viewer, found.id, at=here.at, why="deleted by its author")


def finish(here: Here, found: Begun | None, save: Callable[[], str]) -> str:
    """What `save` gives, and the draft is gone: both or neither. Raises: as records.finish."""
    draft = found.id if found else None
    return records.finish(here.viewer, draft, save, at=here.at, why=WHY)


def _every(viewer: Viewer, patient: str | None) -> list[Begun]:
    kept = records.kept(viewer, Draft, patient=patient)
    return [
        Begun(id=each.id, draft=each.record) for each in kept if isinstance(each.record, Draft)
    ]


def _place(request: HttpRequest) -> tuple[str, dict[str, str]]:
    """The page that is asked for: its name, and what its address names."""
    match = request.resolver_match
    return (match.url_name or "", dict(match.kwargs)) if match else ("", {})
