"""What is missing in a clinic's area, for planners: numbers of people, small groups hidden."""

from django.http import HttpRequest, HttpResponse

from rapport.core.dates import in_words
from rapport.practice.coalition.gap_report import next_quarter
from rapport.store.practice.counting import gap_report
from rapport.web.clock import now
from rapport.web.people.forms import form_page
from rapport.web.practice.access import viewer
from rapport.web.practice.coalition import ways


def gaps(request: HttpRequest) -> HttpResponse:
    """The report of the quarter."""
    made = gap_report(viewer(request), now())
    return form_page(
        request,
        "practice/services/gaps.html",
        report=made,
        next_on=next_quarter(now().date()),
        day=in_words,
        ways=ways,
    )
