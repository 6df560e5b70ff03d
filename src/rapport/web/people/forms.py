"""Pages with a form that only this site may send."""

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
