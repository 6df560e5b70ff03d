"""What one request asks: when, what for, and whose records it reads.

Everything a request reads of a patient is one entry in the audit: who, which kinds, what for,
and never what they say. A patient's own reading is recorded as the opening of their link, not
page by page.
"""

import datetime
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import Act, record

READ = "read"
T = TypeVar("T")
Reads = dict[tuple[Viewer, str], set[str]]


class Asking:
    """A request while it is answered. `why` is told by whoever knows the page."""

    def __init__(self, at: datetime.datetime, why: str) -> None:
        self.at, self.why = at, why
        self.reads: Reads = {}
        self.opened: dict[tuple[Viewer, str], object] = {}
        """What was opened for this request and is still as it was: nothing was written since."""


_now: ContextVar[Asking | None] = ContextVar("asking", default=None)


@contextmanager
def asking(*, at: datetime.datetime, why: str) -> Generator[Asking]:
    """Everything read inside is recorded at its end, in one go."""
    made = Asking(at, why)
    token = _now.set(made)
    try:
        yield made
        _keep(made)
    finally:
        _now.reset(token)


def time() -> datetime.datetime:
    """When the request was made; outside of one, now."""
    found = _now.get()
    # A shell may read the clock; outside of a request this is the only place.
    return found.at if found else datetime.datetime.now(datetime.UTC)  # noqa: TID251


def kept_open(viewer: Viewer, patient: str, opens: Callable[[], T]) -> T:
    """What was opened before in this request, or what is opened now."""
    found = _now.get()
    if found is None:
        return opens()
    # Only ever filled here, with what the caller opens.
    place = (viewer, patient)
    if place not in found.opened:
        found.opened[place] = opens()
    return cast("T", found.opened[place])


def forget_open() -> None:
    """Something is written: nothing that was opened before counts any more."""
    found = _now.get()
    if found is not None:
        found.opened.clear()


def note(viewer: Viewer, patient: str, kind: str) -> None:
    """Record that somebody reads records of a kind."""
    if viewer.role is Role.PATIENT:
        return
    found = _now.get()
    if found is not None:
        found.reads.setdefault((viewer, patient), set()).add(kind)
        return
    alone = Asking(time(), "")
    alone.reads[viewer, patient] = {kind}
    _keep(alone)


def act_of(
    viewer: Viewer, patient: str, act: str, at: datetime.datetime, **detail: object
) -> Act:
    """An act on a patient's records, as it stands in the audit."""
    return Act(
        act=act,
        about=f"{viewer.clinic}/{patient}",
        at=at,
        person=viewer.id,
        detail={"role": viewer.role.value, **detail},
    )


def _keep(made: Asking) -> None:
    if not made.reads:
        return
    record(
        act_of(viewer, patient, READ, made.at, kinds=sorted(kinds), why=made.why)
        for (viewer, patient), kinds in made.reads.items()
    )
