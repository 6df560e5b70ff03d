"""What the reading gets wrong: measured accuracy, silence, and known weak spots."""

from django.http import HttpRequest, HttpResponse

from rapport.web import content
from rapport.web.accuracy import accuracy
from rapport.web.render import page
from rapport.web.shapes import GetsWrong
from rapport.web.site import site


def what_it_gets_wrong(request: HttpRequest) -> HttpResponse:
    """The page."""
    found = measured()
    return page(
        request,
        "what_it_gets_wrong.html",
        accuracy=found.accuracy,
        silence=found.silence,
        weak_spots=found.weak_spots,
    )


def measured() -> GetsWrong:
    """The same as data; `accuracy` is None where nothing has been measured."""
    stored = site().evaluation
    return GetsWrong(
        accuracy=accuracy(stored) if stored is not None else None,
        silence=site().atlas.silence,
        weak_spots=content.WEAK_SPOTS,
    )
