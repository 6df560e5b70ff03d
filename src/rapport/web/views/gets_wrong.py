"""What the reading gets wrong: measured accuracy, silence, and known weak spots."""

from django.http import HttpRequest, HttpResponse

from rapport.web import content, words
from rapport.web.accuracy import Accuracy
from rapport.web.render import page
from rapport.web.shapes import GetsWrong
from rapport.web.site import site


def what_it_gets_wrong(request: HttpRequest) -> HttpResponse:
    """The page."""
    found = measured()
    return page(
        request,
        "what_it_gets_wrong.html",
        measurements=[(one, _is_current(one)) for one in found.accuracy],
        fields=words.MEASURED,
        silence=found.silence,
        weak_spots=found.weak_spots,
    )


def measured() -> GetsWrong:
    """The same as data."""
    return GetsWrong(
        accuracy=site().accuracy,
        silence=site().atlas.silence,
        weak_spots=content.WEAK_SPOTS,
    )


def _is_current(accuracy: Accuracy) -> bool:
    """Whether the versions that were measured are those that made this release."""
    makers = site().atlas.manifest.makers
    return (accuracy.reader, accuracy.knowledge) == (makers.reader, makers.knowledge)
