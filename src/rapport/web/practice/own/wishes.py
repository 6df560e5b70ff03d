"""What makes a visit possible for a patient: ticked once, shown on every page for a visit."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.knowledge.load_practice import own
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Profile
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import records
from rapport.web.clock import now
from rapport.web.errors import not_found
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.access import viewer


def wishes(request: HttpRequest) -> HttpResponse:
    """The list to tick; what is not ticked is not asked for."""
    asks = viewer(request)
    entry, found = profile(asks, asks.patient or "")
    lines = own().texts["accommodations"].lines
    if request.method == "POST":
        given = sent(request)
        ticked = tuple(wish for wish in lines if given.get(f"wish {wish}") == "yes")
        how = records.with_fields(conditions=ticked)
        records.change(asks, entry.id, how, at=now(), why="wishes for a visit")
        return HttpResponseRedirect(f"{request.path_info}?saved=1")
    return form_page(
        request,
        "practice/wishes.html",
        lines=lines,
        ticked=found.conditions,
        saved=request.GET.get("saved") == "1",
    )


def profile(asks: Viewer, patient: str) -> tuple[Kept, Profile]:
    """The profile of a patient as it is kept. Raises: PageError (404) where there is none."""
    for each in records.kept(asks, Profile, patient=patient):
        if isinstance(each.record, Profile):
            return each, each.record
    raise not_found("There is nobody of that kind here.")
