"""What is missing in a clinic's area, for planners: numbers of people, small groups hidden."""

from django.http import HttpRequest, HttpResponse

from rapport.core.dates import in_words
from rapport.knowledge.load_practice import thresholds
from rapport.practice.coalition.gap_report import report
from rapport.store.practice.counting import gap_cells
from rapport.web.clock import now
from rapport.web.people.forms import form_page
from rapport.web.practice.access import viewer
from rapport.web.practice.coalition import places


def gaps(request: HttpRequest) -> HttpResponse:
    """The report of today."""
    made = report(gap_cells(viewer(request), now()), thresholds().k_anon, now().date())
    return form_page(
        request, "practice/services/gaps.html", report=made, day=in_words, places=places
    )
