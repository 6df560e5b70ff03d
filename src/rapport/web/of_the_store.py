"""Around the addresses that need the store: sessions, forms, who is signed in.

Readers of cards pay for none of it. It is loaded when the first such address is asked for, and
with it what speaks to the database.
"""

import threading
from collections.abc import Callable
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string

from rapport.core.errors import UserError
from rapport.web.errors import PageError
from rapport.web.routes import needs_store
from rapport.web.views import errors

Handler = Callable[[HttpRequest], HttpResponseBase]
STATUSES = {"not-there": 404, "refused": 403}
"""What a refusal of the store is on a page; every other error is a fault of the program."""


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
        return self._opened()[0](request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, values: object
    ) -> HttpResponseBase | None:
        """What those of the store say before the page is made; the outermost first."""
        if not needs_store(request.path_info):
            return None
        for each in self._inner:
            say = getattr(each, "process_view", None)
            answer = say(request, view, args, values) if say else None
            if answer is not None:
                return answer
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Turns what the store refuses into a calm page."""
        status = STATUSES.get(exception.code) if isinstance(exception, UserError) else None
        if status is None or not isinstance(exception, UserError):
            return None
        return errors.shown(request, PageError(status, exception.problem))

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
