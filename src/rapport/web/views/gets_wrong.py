"""What the reading gets wrong: measured accuracy, silence, and known weak spots."""

from django.http import HttpRequest, HttpResponse

from rapport.web import content, words
from rapport.web.accuracy import Accuracy, untested
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
        text_kinds=words.TEXT_KINDS,
        further=words.FURTHER,
        untested=[
            site().knowledge.definitions[name].short_name for name in found.untested_definitions
        ],
        silence=found.silence,
        weak_spots=found.weak_spots,
    )


def measured() -> GetsWrong:
    """The same as data."""
    return GetsWrong(
        accuracy=site().accuracy,
        untested_definitions=untested(site().accuracy, site().knowledge.definitions),
        silence=site().atlas.silence,
        weak_spots=content.WEAK_SPOTS,
    )


def _is_current(accuracy: Accuracy) -> bool:
    """Whether what was measured is what made this release: rules, knowledge and code."""
    makers = site().atlas.manifest.makers
    is_same_program = accuracy.program in (None, makers.program)
    made_by = (makers.reader, makers.knowledge)
    return is_same_program and (accuracy.reader, accuracy.knowledge) == made_by
