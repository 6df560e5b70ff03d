"""The pages of those who keep a clinic and see no content: admin, auditor, researcher."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.knowledge.load_practice import thresholds
from rapport.practice import trail_words
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Role
from rapport.practice.safety.effects import Effect
from rapport.practice.visibility.viewer import Viewer
from rapport.store.people import accounts
from rapport.store.people.accounts import NotAllowedError
from rapport.store.people.models import Person
from rapport.store.practice import clinics, records, trail, way_back
from rapport.store.practice.harm import harm_in_study
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.access import viewer
from rapport.web.practice.own.taking_out import packed
from rapport.web.practice.telling import TRY_OUT, handed_over, inbox_of
from rapport.web.safe import moment


def members(request: HttpRequest) -> HttpResponse:
    """Who belongs to the clinic, and as what: accounts only, no content."""
    asks, given = viewer(request), sent(request)
    if request.method == "POST":
        clinics.set_member(
            asks.clinic,
            *_account_and_role(asks, given),
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


def _account_and_role(asks: Viewer, given: dict[str, str]) -> tuple[Person, Role]:
    """Whom the page is about, and as what.

    Only somebody who is known here or belongs nowhere can be named. All others, and names that
    no account has, get one answer: it tells nobody who is on the server.
    Raises: PageError (400).
    """
    role = next((each for each in clinics.STAFF if each.value == given.get("role")), None)
    if role is None:
        raise PageError(400, "Choose a role.")
    try:
        account = accounts.named(given.get("name", ""))
    except NotAllowedError:
        raise _not_here() from None
    is_known = any(each.name == account.name for each in clinics.members(asks.clinic))
    if not is_known and clinics.viewers_of(account):
        raise _not_here()
    return account, role


def _not_here() -> PageError:
    return PageError(
        400,
        "This account cannot be added on this page.",
        "Whoever keeps the server can add it by a command.",
    )


def inbox(request: HttpRequest) -> HttpResponse:
    """Where the clinic is told that somebody asks for help now; off until an address is named."""
    asks, given, said = viewer(request), sent(request), ""
    if request.method == "POST" and given.get("act") == "try":
        is_sent = bool(inbox_of(asks)) and handed_over(inbox_of(asks), TRY_OUT)
        said = "sent" if is_sent else "failed"
    elif request.method == "POST":
        clinics.set_inbox(asks, given.get("inbox", "").strip(), now())
        return HttpResponseRedirect(request.path_info)
    return form_page(
        request,
        "practice/inbox.html",
        address=clinics.of(asks).inbox,
        sends=settings.HAS_MAIL,
        said=said,
    )


def ways_back(request: HttpRequest) -> HttpResponse:
    """Who asks for a way back after the care has ended: letters that they can tell, and no name."""
    asks, given = viewer(request), sent(request)
    if request.method == "POST":
        opens = given.get("act") == "open"
        way_back.answer(asks, given.get("link", ""), now(), opens=opens)
        return HttpResponseRedirect(request.path_info)
    return form_page(
        request, "practice/ways_back.html", asked=way_back.asked(asks, now()), day=in_words
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
        least = thresholds().k_anon
        told = str(people) if people >= least else f"fewer than {least}"
        counts = moment(made_worse="yes", in_study="yes").has(Effect.COUNT_FOR_HALT_RULE)
        harm = harm_in_study(asks, now()) if counts and people >= least else None
        return form_page(
            request, "practice/research.html", people=told, counts=counts, harm=harm
        )
    # Imported here: nobody else needs what writes it.
    from rapport.practice.exchange.person import zipped
    from rapport.practice.exchange.research import TooFewError
    from rapport.store.practice.giving import for_research

    try:
        made = for_research(asks)
    except TooFewError as error:
        raise PageError(403, f"{error.problem[:1].upper()}{error.problem[1:]}.") from None
    return packed(zipped(made.files), "research-export.zip")
