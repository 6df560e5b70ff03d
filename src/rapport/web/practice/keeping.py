"""The pages of those who keep a clinic and see no content: admin, auditor, researcher."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Role
from rapport.store.people import accounts
from rapport.store.people.accounts import NotAllowedError
from rapport.store.practice import clinics, records, trail
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice import trail_words
from rapport.web.practice.access import viewer
from rapport.web.practice.taking_out import packed


def members(request: HttpRequest) -> HttpResponse:
    """Who belongs to the clinic, and as what: accounts only, no content."""
    asks, given = viewer(request), sent(request)
    if request.method == "POST":
        try:
            role = Role(given.get("role", ""))
            account = accounts.named(given.get("name", ""))
        except ValueError:
            raise PageError(400, "Choose a role.") from None
        except NotAllowedError:
            raise PageError(
                400,
                "There is no account of that name.",
                "Ask whoever keeps the server to add it.",
            ) from None
        clinics.set_member(
            asks.clinic,
            account,
            role,
            at=now(),
            by=asks.id,
            is_open=given.get("act") != "end",
        )
        return HttpResponseRedirect(request.path_info)
    return form_page(
        request,
        "practice/members.html",
        members=clinics.members(asks.clinic),
        roles=clinics.STAFF,
        me=asks.id,
    )


def log(request: HttpRequest) -> HttpResponse:
    """Who did what in the clinic: no answers, and no names of patients."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 16 else None
    lines = trail.of_clinic(viewer(request), before=before)
    older = lines[-1].number if len(lines) == trail.MOST else None
    return form_page(
        request, "practice/log.html", lines=lines, older=older, done=trail_words.done
    )


def research(request: HttpRequest) -> HttpResponse:
    """How many people agreed to research, and the export."""
    asks = viewer(request)
    kept = records.kept(asks, CheckIn)
    if request.method != "POST":
        people = len({each.patient for each in kept})
        return form_page(request, "practice/research.html", people=people)
    # Imported here: nobody else needs what writes it.
    from rapport.practice.exchange.person import zipped
    from rapport.practice.exchange.research import TooFewError
    from rapport.store.practice.giving import for_research

    try:
        made = for_research(asks)
    except TooFewError as error:
        raise PageError(403, f"{error.problem[:1].upper()}{error.problem[1:]}.") from None
    return packed(zipped(made.files), "research-export.zip")
