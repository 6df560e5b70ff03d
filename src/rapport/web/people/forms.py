"""Pages with a form that only this site may send, and what such a form sends."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from rapport.web.render import page

REFERRER = "same-origin"


def form_page(
    request: HttpRequest, template: str, /, *, status: int = 200, **values: object
) -> HttpResponse:
    """A page whose forms carry the mark against forgery, as `csrf`.

    The page tells this site, and no other, where its forms come from: a browser that may tell
    nobody sends `Origin: null`, and the forms would be taken for forged.
    """
    mark = get_token(request)
    response = page(request, template, status=status, csrf=mark, referrer=REFERRER, **values)
    response["Referrer-Policy"] = REFERRER
    return response


def sent(request: HttpRequest) -> dict[str, str]:
    """The fields of a posted form; without NUL, which no database keeps in a text."""
    return {name: str(value).replace("\0", "") for name, value in request.POST.items()}


def sender(request: HttpRequest) -> str:
    """Where a request comes from, as far as the server in front of this one can tell."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.SESSION_COOKIE_SECURE:
        return direct
    # The server with TLS adds whom it speaks with behind what others have claimed.
    told = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return told or direct
