"""Writing with an entry in the audit, and not without one.

Rows that are `Recorded` can only be changed inside `recording(...)`, which is one transaction:
either the change and its entry are both there, or neither is. One is open at a time, whatever
the database: what is read inside it is what the last one left. So read there what you change.
"""

import datetime
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import msgspec
from django.db import models, transaction

from rapport.core.encoding import content_hash, to_json

_is_open: ContextVar[bool] = ContextVar("recording", default=False)
M = TypeVar("M", bound=models.Model)


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What is done, by whom and when. `person` is empty for the public and for commands."""

    act: str
    about: str
    at: datetime.datetime
    person: str = ""
    detail: dict[str, object] = {}


@contextmanager
def recording(act: Act) -> Generator[dict[str, object]]:
    """Everything written inside is one transaction, and the act is added to the audit with it.

    What is put into the dictionary goes into the detail of the entry.
    """
    from rapport.store.audit.models import Head  # models need a settled Django

    with transaction.atomic():
        head, _ = Head.objects.select_for_update().get_or_create(pk=1)
        token = _is_open.set(True)
        try:
            detail = {**act.detail}
            yield detail
            _add(msgspec.structs.replace(act, detail=detail), head)
        finally:
            _is_open.reset(token)


def record(acts: Iterable[Act]) -> None:
    """Add several acts that change nothing, such as reading, in one transaction."""
    from rapport.store.audit.models import Head  # models need a settled Django

    with transaction.atomic():
        head, _ = Head.objects.select_for_update().get_or_create(pk=1)
        for act in acts:
            _add(act, head)


def broken_at() -> int | None:
    """The number of the first entry that does not follow from those before it; None if whole."""
    from rapport.store.audit.models import Entry, Head  # models need a settled Django

    before, number = "", 0
    for entry in Entry.objects.order_by("number").iterator():
        number += 1
        if (entry.number, entry.before, entry.hash) != (number, before, _hash(entry)):
            return number
        before = entry.hash
    head = Head.objects.filter(pk=1).first()
    is_whole = (head.entries, head.hash) == (number, before) if head else number == 0
    return None if is_whole else number + 1


class RecordedQuerySet(models.QuerySet[M]):
    """A query that changes nothing outside a recording."""

    def update(self, **kwargs: Any) -> int:
        """As Django's."""
        _demand_open()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's."""
        _demand_open()
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        """As Django's."""
        _demand_open()
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """As Django's."""
        _demand_open()
        return super().bulk_update(*args, **kwargs)


class Recorded(models.Model):
    """A row that is only written with an entry in the audit."""

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's. Raises: RuntimeError outside a recording."""
        _demand_open()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As Django's. Raises: RuntimeError outside a recording."""
        _demand_open()
        return super().delete(*args, **kwargs)


def _demand_open() -> None:
    if not _is_open.get():
        raise RuntimeError("a change without an entry in the audit: use recording(...)")


def _add(act: Act, head: Any) -> None:  # models of Django have no types of their own
    from rapport.store.audit.models import Entry  # models need a settled Django

    entry = Entry(number=head.entries + 1, before=head.hash, **msgspec.structs.asdict(act))
    entry.hash = _hash(entry)
    entry.save(force_insert=True)
    head.entries, head.hash = entry.number, entry.hash
    head.save()


def _hash(entry: Any) -> str:  # models of Django have no types of their own
    at: datetime.datetime = entry.at.astimezone(datetime.UTC)
    return content_hash(
        entry.before.encode(),
        to_json([entry.number, at.isoformat(), entry.person, entry.act, entry.about]),
        to_json(entry.detail),
    )
