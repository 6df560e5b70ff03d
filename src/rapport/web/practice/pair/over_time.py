"""The six challenges over time: small pictures, their words, and a plain table."""

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from rapport.core.dates import in_words
from rapport.practice.over_time.picture import SIGNS, picture, rows
from rapport.practice.over_time.trend import Line, alternative, trends
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Side
from rapport.practice.records.visits import Visit
from rapport.web.people.forms import form_page
from rapport.web.practice import ways
from rapport.web.practice.between import Between, between
from rapport.web.practice.says import used_thresholds, wording

_TO_THE_PERSON = {Line.OWN: "● Your own answers", Line.PROXY: "□ Answered in your place"}


def over_time(request: HttpRequest, pair: str) -> HttpResponse:
    """The course of a pair as the viewer may see it."""
    here = between(request, pair)
    found = trends(_sent(here), _visits(here), used_thresholds())
    labels = wording().labels
    points = [point.on for each in found for course in each.courses for point in course.points]
    told = rows(found)
    return form_page(
        request,
        "practice/over_time.html",
        trends=[
            (
                each,
                labels[each.number],
                # Drawn from numbers and dates alone; the label is escaped where it is drawn.
                Markup(picture(each, alternative(each, labels[each.number]))),  # noqa: S704
                [row[1:] for row in told if row[0] == each.number],
            )
            for each in found
            if each.courses
        ],
        lines=[line for line in Line if any(row[1] == line.value for row in told)],
        signs=SIGNS if here.side is Side.PRACTITIONER else SIGNS | _TO_THE_PERSON,
        first=min(points, default=None),
        last=max(points, default=None),
        day=in_words,
        here_=here,
        whom=here.whom,
        ways=ways,
    )


def _sent(here: Between) -> list[CheckIn]:
    return [each.record for each in here.kept(CheckIn) if isinstance(each.record, CheckIn)]


def _visits(here: Between) -> list[Visit]:
    return [each.record for each in here.kept(Visit) if isinstance(each.record, Visit)]
