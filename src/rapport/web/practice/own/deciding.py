"""Who says yes and no: the person, or somebody in their place, on a ground that is named."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.knowledge.load_practice import own
from rapport.store.practice import records
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.access import viewer
from rapport.web.practice.own.wishes import profile

_LONGEST_NAME = 80


def deciding(request: HttpRequest) -> HttpResponse:
    """The person decides; or a name and a ground are written, and stand with each yes from then on."""
    asks = viewer(request)
    entry, found = profile(asks, asks.patient or "")
    if request.method == "POST":
        who, basis = _told(sent(request))
        how = records.with_fields(decided_by=who, basis=basis)
        records.change(asks, entry.id, how, at=now(), why="who decides")
        return HttpResponseRedirect(f"{request.path_info}?saved=1")
    return form_page(
        request,
        "practice/deciding.html",
        grounds=grounds(),
        profile=found,
        saved=request.GET.get("saved") == "1",
    )


def grounds() -> dict[str, str]:
    """The grounds by their ids, in plain words."""
    return dict(own().texts["deciding"].lines)


def _told(given: dict[str, str]) -> tuple[str, str]:
    """The name and the ground, both empty where the person decides. Raises: PageError (400)."""
    if given.get("who") == "me":
        return "", ""
    name, basis = " ".join(given.get("name", "").split()), given.get("basis", "")
    if given.get("who") != "other" or not 0 < len(name) <= _LONGEST_NAME:
        raise PageError(400, "Say who decides. For somebody else, write a short name.")
    if basis not in grounds():
        raise PageError(400, "Say on what ground they decide.")
    return name, basis
