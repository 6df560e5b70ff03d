"""The six challenges over time: small pictures, their words, and a plain table."""

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from rapport.core.dates import in_words
from rapport.practice.over_time.picture import picture, rows
from rapport.practice.over_time.trend import alternative, trends
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Side
from rapport.practice.records.visits import Visit
from rapport.web.people.forms import form_page
from rapport.web.practice import ways
from rapport.web.practice.between import Between, between
from rapport.web.practice.says import used_thresholds, wording


def over_time(request: HttpRequest, pair: str) -> HttpResponse:
    """The course of a pair as the viewer may see it."""
    here = between(request, pair)
    found = trends(_sent(here), _visits(here), used_thresholds())
    labels = wording().labels
    return form_page(
        request,
        "practice/over_time.html",
        trends=[
            (
                each,
                labels[each.number],
                # Drawn from numbers and dates alone; the label is escaped where it is drawn.
                Markup(picture(each, alternative(each, labels[each.number]))),  # noqa: S704
            )
            for each in found
            if each.courses
        ],
        rows=rows(found),
        labels=labels,
        day=in_words,
        is_practitioner=here.side is Side.PRACTITIONER,
        here_=here,
        whom=here.whom,
        ways=ways,
    )


def _sent(here: Between) -> list[CheckIn]:
    return [each.record for each in here.kept(CheckIn) if isinstance(each.record, CheckIn)]


def _visits(here: Between) -> list[Visit]:
    return [each.record for each in here.kept(Visit) if isinstance(each.record, Visit)]
