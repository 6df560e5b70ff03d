"""Answers: pages from templates, and data, each with its type and nothing that is not needed."""

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from rapport.core.encoding import to_pretty_json
from rapport.core.vocabulary import Badge
from rapport.practice.safety.effects import Effect
from rapport.web import addresses, words
from rapport.web.looks import COOKIE, Look, chosen
from rapport.web.palettes import PALETTES
from rapport.web.safe import moment
from rapport.web.site import HERE, site

PIECES = {
    "shapes": "parts/shapes.html",
    "says": "parts/says.html",
    "asking": "parts/ask.html",
    "lists": "parts/studies.html",
}
JSON = "application/json; charset=utf-8"


def look_of(request: HttpRequest) -> Look:
    """The look this reader has chosen on this device."""
    return chosen(request.COOKIES.get(COOKIE))


def page(
    request: HttpRequest, template: str, /, *, status: int = 200, **values: object
) -> HttpResponse:
    """A page in the reader's look."""
    text = _template(template).render({**frame(request), **values})
    return HttpResponse(text, status=status, content_type="text/html; charset=utf-8")


def frame(request: HttpRequest) -> dict[str, object]:
    """What the frame around every page needs."""
    look, here = look_of(request), request.path_info
    palette = PALETTES.get(look)
    return {
        "look": look.value,
        "scheme": palette.scheme if palette else "light dark",
        "theme_colour": palette.paper if palette else None,
        "here": here,
        "looks_address": addresses.looks(request.get_full_path()),
        "site": site(),
        "has_store": settings.HAS_STORE,
        "has_practice": settings.HAS_PRACTICE,
        "help_link": _help_link(),
        "referrer": "no-referrer",
    }


def _help_link() -> str:
    """The words of the way to help on every page; empty where the practice wing is not there."""
    if not settings.HAS_PRACTICE:
        return ""
    return " ".join(moment().person(Effect.SHOW_HELP_LINK))


def data(value: object, *, status: int = 200) -> HttpResponse:
    """A value as JSON that a person can read too; bytes are taken to be JSON already.

    Any site may read it: it is public, and no cookie changes it.
    """
    body = value if isinstance(value, bytes) else to_pretty_json(value)
    return open_to_all(HttpResponse(body, status=status, content_type=JSON))


def open_to_all(response: HttpResponse) -> HttpResponse:
    """The answer, free to be read from pages of other sites."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@functools.cache
def environment() -> Environment:
    """The templates, compiled once; every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared: dict[str, Any] = made.globals  # the types of the library know only its own globals
    shared.update(words=words, addresses=addresses, moment=moment, Effect=Effect)
    made.filters["count"] = counted
    # Pieces that several pages share; each is compiled once and sees the ones before it.
    for name, piece in PIECES.items():
        shared[name] = made.get_template(piece).module
    # The five shapes never change: drawn once, not on every page.
    shared["shape_of"] = {badge.value: shared["shapes"].shape(badge.value) for badge in Badge}
    return made


def counted(number: int) -> str:
    """A number with a comma between thousands: 12,345."""
    return f"{number:,}"


@functools.cache
def _template(name: str) -> Template:
    return environment().get_template(name)
