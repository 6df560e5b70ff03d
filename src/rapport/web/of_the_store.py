"""Around the addresses that need the store: sessions, forms, who is signed in.

Readers of cards pay for none of it. It is loaded when the first such address is asked for, and
with it what speaks to the database.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string

from rapport.core.errors import UserError
from rapport.store.away import away
from rapport.web.errors import PageError
from rapport.web.routes import needs_store
from rapport.web.views import errors

Handler = Callable[[HttpRequest], HttpResponseBase]
STATUSES = {"not-there": 404, "refused": 403}
"""What a refusal of the store is on a page; every other error is a fault of the program."""
_OTHER_KEY = "other-key"
"""What the store says where it was given a new key, and this server was not told."""
_AWAY = PageError(
    503,
    "We cannot read or save anything right now.",
    "Wait a minute. Then go back and send it once more.",
)
_TRY_AGAIN_AFTER = "10"
"""Seconds, for programs that ask."""
_log = logging.getLogger("rapport.store")


class OfTheStore:
    """A middleware that hands on to those of the store where they are needed."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response
        self._lock = threading.Lock()
        self._inner: tuple[
            Any, ...
        ] = ()  # middleware of several libraries, with no common type

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, through the middleware of the store if it needs the store."""
        if not needs_store(request.path_info):
            return self._next(request)
        try:
            return self._opened()[0](request)
        except Exception as error:  # of what stands around the page, such as the session
            answer = self.process_exception(request, error)
            if answer is None:
                raise
            return answer

    def process_view(
        self, request: HttpRequest, view: object, args: object, values: object
    ) -> HttpResponseBase | None:
        """What those of the store say before the page is made; the outermost first."""
        if not needs_store(request.path_info):
            return None
        try:
            return self._said(request, view, args, values)
        except Exception as error:  # of who is asking: Django would take it for a fault
            answer = self.process_exception(request, error)
            if answer is None:
                raise
            return answer

    def _said(self, *asked: object) -> HttpResponseBase | None:
        for each in self._inner:
            say = getattr(each, "process_view", None)
            answer = say(*asked) if say else None
            if answer is not None:
                return answer
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Turns what the store refuses, and a database that is away, into a calm page."""
        if not isinstance(exception, UserError):
            code = away(exception)
            return None if code is None else _cannot_now(request, code)
        if exception.code == _OTHER_KEY:
            return _cannot_now(request, _OTHER_KEY)
        status = STATUSES.get(exception.code)
        told = None if status is None else PageError(status, exception.problem)
        return None if told is None else errors.shown(request, told)

    def _opened(self) -> tuple[Any, ...]:
        """The middleware of the store, the outermost first; loaded once."""
        with self._lock:
            if not self._inner:
                if not apps.ready:
                    django.setup(set_prefix=False)
                made: list[Any] = []
                handler = self._next
                for name in reversed(settings.MIDDLEWARE_OF_THE_STORE):
                    handler = import_string(name)(handler)
                    made.append(handler)
                self._inner = tuple(reversed(made))
        return self._inner


def _cannot_now(request: HttpRequest, code: str) -> HttpResponse:
    """The answer while the database is away: a line of the log says so, and why."""
    _log.error("", extra={"request": request, "code": code})
    answer = errors.shown(request, _AWAY)
    answer["Retry-After"] = _TRY_AGAIN_AFTER
    answer._has_been_logged = True  # pyright: ignore[reportAttributeAccessIssue]  # Django's own mark: else it writes a line too
    return answer
