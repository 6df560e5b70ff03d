"""The page on which a reader chooses a look."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

from rapport.web import addresses
from rapport.web.errors import PageError
from rapport.web.looks import CHOICES, COOKIE, COOKIE_AGE, named, way_back
from rapport.web.render import look_of, page
from rapport.web.shapes import LookList, LookRow


@csrf_exempt  # the frame refuses forms from elsewhere, and there is no cookie to misuse
def looks(request: HttpRequest) -> HttpResponse:
    """The choice; once it is made, whether this device has kept it.

    The form needs no token against forgery: all that another site could do with it is to
    change how bright the pages are.
    """
    if request.method == "POST":
        return _keep(request)
    now, back = look_of(request), way_back(request.GET.get("back"))
    made = named(request.GET.get("chosen"))
    return page(
        request,
        "looks.html",
        choices=CHOICES,
        now=now,
        back=back,
        kept=made is now,
        lost=made is not None and made is not now,
    )


def look_list() -> LookList:
    """The looks as data."""
    rows = [LookRow(id=c.look.value, name=c.name, about=c.about) for c in CHOICES]
    return LookList(looks=tuple(rows))


def _keep(request: HttpRequest) -> HttpResponse:
    wanted, back = named(request.POST.get("look")), way_back(request.POST.get("back"))
    if wanted is None:
        raise PageError(400, "There is no such look.", "Choose one from the list.")
    address = f"{addresses.LOOKS}?{urlencode({'chosen': wanted.value, 'back': back})}"
    response = HttpResponseRedirect(address)
    response.status_code = 303
    response.set_cookie(COOKIE, wanted.value, max_age=COOKIE_AGE, httponly=True, samesite="Lax")
    return response
