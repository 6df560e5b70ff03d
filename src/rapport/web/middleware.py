"""Around every answer: who may ask, what is the same as before, and headers that keep it safe."""

from collections.abc import Callable
from hashlib import sha256
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified

from rapport.web.errors import PageError
from rapport.web.kept import Kept
from rapport.web.render import look_of
from rapport.web.routes import needs_store, rule_of
from rapport.web.site import site
from rapport.web.views import errors

LONGEST_ADDRESS = 4096
"""Bytes of path and query; a search and all its facets stay far below."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Calm:
    """The outermost middleware, and the only one where the site has no store.

    Every page of the release is a function of the release, the program, the address and the look. So its mark
    (ETag) is known before it is made, and a reader who has it is spared the bytes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response
        self._kept = Kept()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers; what cannot be asked is refused before it is routed."""
        try:
            request.get_host()
        except DisallowedHost:
            return _dressed(errors.unknown_host(request))
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return _dressed(errors.shown(request, PageError(414, "Its address is too long.")))
        if "\0" in request.path_info:  # PostgreSQL takes no NUL, and no page has one
            return _dressed(errors.not_found(request, Exception()))
        mark = _mark(request) if _is_of_the_release(request) else None
        if mark is not None and mark in _marks_held(request):
            return _dressed(HttpResponseNotModified(), mark)
        return self._page(request, mark)

    def _page(self, request: HttpRequest, mark: str | None) -> HttpResponseBase:
        """The page, made now if it is not kept from before."""
        kept = self._kept.page(mark) if mark is not None else None
        if kept is not None:
            return kept
        response = self._next(request)
        dressed = _dressed(response, mark if response.status_code == 200 else None)
        if mark is not None:
            self._kept.keep(mark, dressed)
        return dressed

    def process_view(
        self, request: HttpRequest, view: object, args: object, values: object
    ) -> HttpResponse | None:
        """Refuses what no rule of the table of routes allows."""
        match = request.resolver_match
        rule = rule_of(match.url_name or "") if match else None
        if rule is None:
            return errors.shown(request, PageError(404, "This page has no rule of access."))
        if request.method not in rule.methods:
            return errors.shown(request, errors.wrong_method(rule.methods))
        if request.method == "POST" and _is_from_elsewhere(request):
            return errors.shown(request, errors.from_elsewhere())
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Turns an error that is meant for people into a calm page."""
        return errors.shown(request, exception) if isinstance(exception, PageError) else None


def _is_of_the_release(request: HttpRequest) -> bool:
    """Whether the answer depends on nothing but the release, the program and the look."""
    is_read = request.method in ("GET", "HEAD")
    return is_read and not needs_store(request.path_info)


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a browser says that another site has sent this form.

    This is the guard against forged requests, and it needs no cookie: there is nothing to steal
    here, and readers are promised that the look is all that is kept on their device. Browsers
    without Sec-Fetch-Site (before 2023) name the Origin, or null as no referrer is sent.
    """
    site_of_sender = request.headers.get("Sec-Fetch-Site")
    if site_of_sender is not None:
        return site_of_sender not in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()


def _mark(request: HttpRequest) -> str:
    seen = f"{request.get_full_path()}\n{look_of(request)}\n{site().fingerprint}"
    return f'"{sha256(seen.encode()).hexdigest()[:20]}"'


def _marks_held(request: HttpRequest) -> list[str]:
    held = request.headers.get("If-None-Match", "")
    return [mark.strip().removeprefix("W/") for mark in held.split(",")] if held else []


def _dressed(response: HttpResponseBase, mark: str | None = None) -> HttpResponseBase:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if mark is not None:
        response.headers["ETag"] = mark
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("Vary", "Cookie")
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
