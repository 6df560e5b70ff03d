"""Pages with a form that only this site may send."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from rapport.web.render import page


def form_page(
    request: HttpRequest, template: str, /, *, status: int = 200, **values: object
) -> HttpResponse:
    """A page whose forms carry the mark against forgery, as `csrf`."""
    return page(request, template, status=status, csrf=get_token(request), **values)
