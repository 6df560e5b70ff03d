"""The style sheets, and the two files that browsers and robots ask for unasked."""

from django.http import HttpRequest, HttpResponse

from rapport.web.errors import not_found
from rapport.web.site import site

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"


def style(request: HttpRequest, name: str) -> HttpResponse:
    """A style sheet; its address holds its hash, so it can be kept for ever."""
    found = site().styles.get(f"/static/{name}")
    if found is None:
        raise not_found("This style sheet belongs to another version.", "Load the page again.")
    response = HttpResponse(found, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER
    return response


def icon(request: HttpRequest) -> HttpResponse:
    """No icon: the site has no pictures."""
    response = HttpResponse(status=204)
    response["Cache-Control"] = FOR_A_DAY
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read everything but the endless lists of searches."""
    response = HttpResponse(
        "User-agent: *\nDisallow: /search\n", content_type="text/plain; charset=utf-8"
    )
    response["Cache-Control"] = FOR_A_DAY
    return response
