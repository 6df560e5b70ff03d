"""The first page of everybody who belongs to a clinic: what there is to do, in one short list."""

import datetime
from urllib.parse import urlsplit

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from rapport.practice.records.check_ins import CheckIn, HelpSeen
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Profile, Role, Side
from rapport.practice.safety.effects import Effect
from rapport.practice.visibility.seen import HELP
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import clinics, pairs, records
from rapport.store.practice.pairs import Pair
from rapport.web.clock import now
from rapport.web.people.forms import form_page
from rapport.web.practice import agreeing, ways
from rapport.web.practice.access import viewer
from rapport.web.practice.between import of_pair
from rapport.web.practice.coalition import drafts
from rapport.web.practice.waiting import help_seen, to_ask
from rapport.web.safe import wish

_WAYS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.PATIENT: (
        ("What makes a visit possible", "/practice/yours/wishes"),
        ("What you need, and the plan", "/practice/needs/"),
        ("Something made things worse", "/practice/worse"),
        ("What is kept of you, and who sees it", "/practice/yours"),
    ),
    Role.SUPPORTER: (
        ("Needs and the plan", "/practice/needs/"),
        ("What you can see here", "/practice/yours"),
    ),
    Role.PRACTITIONER: (
        ("Invite a person", "/practice/invite"),
        ("Needs of all", "/practice/needs/"),
        ("Services near you", "/practice/services/"),
        ("What made things worse", "/practice/harm/"),
        ("The six cards", "/practice/cards/"),
        ("Think alone, without a person", "/practice/solo/"),
        ("Your choice on research", "/practice/own-side"),
    ),
    Role.COALITION_MEMBER: (("What you share in", "/practice/needs/"),),
    Role.SERVICE_EDITOR: (("The service map", "/practice/services/"),),
    Role.ADMIN: (
        ("Who belongs to the clinic", "/practice/members"),
        ("When somebody asks for help now", "/practice/inbox"),
        ("Who asks for a way back", "/practice/ways-back"),
    ),
    Role.RESEARCHER: (("The export for research", "/practice/research"),),
    Role.AUDITOR: (("Who opened what", "/practice/log"),),
}
"""Where each role can go from here."""
_WITH_A_PATIENT = (
    ("Answer the check-in", "/practice/check-in/with/{pair}/"),
    ("Both sides together", "/practice/reveal/{pair}/"),
    ("Visits", "/practice/visits/{pair}/"),
    ("Over time", "/practice/over-time/{pair}/"),
)
_OF_A_PATIENT = (
    *_WITH_A_PATIENT[:3],
    ("Needs and plan", "/practice/plan/{patient}/"),
    *_WITH_A_PATIENT[3:],
    ("Take in a check-in from elsewhere", "/practice/take-in/{pair}/"),
    ("Severity and safety", "/practice/people/{patient}/safety"),
    ("Links, helpers and choices", "/practice/people/{patient}/"),
)
"""Where two people can go together. A place that is not there is not shown."""


_FIRST = 4
"""So many ways stand open in a list of two people; the others are folded."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Somewhere to go from here: its words, and its address."""

    words: str
    address: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One pair in a list. `asked` is who waits for help and since when, in words.

    `agreed` is false where the person has not let this practitioner see anything, or not any more.
    For the patient's side: `help_seen` is who has seen their wish for help, and `later` the address
    of the question two days after a visit or a check-in; each empty where there is none.
    """

    shown_as: str
    ways: tuple[Way, ...]
    asked: str = ""
    is_now: bool = False
    agreed: bool = True
    help_seen: str = ""
    later: str = ""


def home(request: HttpRequest) -> HttpResponse:
    """The first page of whoever asks."""
    asks = viewer(request)
    return form_page(
        request,
        "practice/home.html",
        clinic=clinics.of(asks),
        role=asks.role.value,
        rows=_rows(asks),
        first=_FIRST,
        begun=drafts.open_now(asks, now()),
        ways=_ways(_WAYS[asks.role]),
    )


def age(since: datetime.datetime, at: datetime.datetime) -> str:
    """How long ago something was, in words."""
    minutes = int((at - since).total_seconds()) // 60
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            n = minutes // size
            return f"{n} {name}{'' if n == 1 else 's'} ago"
    return "just now"


def _rows(asks: Viewer) -> tuple[Row, ...]:
    """The pairs of whoever asks: who asked for help first, then by name. Never a ranking."""
    mine = pairs.of(asks)
    if not mine:
        return ()
    if asks.role is not Role.PRACTITIONER:
        return tuple(_row_of_patient(asks, each) for each in mine)
    names = {each.patient: _name(each) for each in records.kept(asks, Profile)}
    waiting = _waiting(asks)
    made = [
        _row(asks, each, names.get(each.patient, "no name"), waiting.get(each.id))
        for each in mine
    ]
    return tuple(sorted(made, key=lambda row: (not row.is_now, not row.asked, row.shown_as)))


def asks_for_help(name: str, asked: CheckIn | None, at: datetime.datetime) -> str:
    """Who asks for help, when it is needed and since when; empty where no rule shows it."""
    if asked is None or asked.sent_at is None:
        return ""
    told = wish(asked).practitioner(Effect.SHOW_FIRST_IN_LIST)
    if not told:
        return ""
    words = " ".join(told).replace("{person}", name)
    return f"{words} Sent {age(asked.sent_at, at)}."


def _row_of_patient(asks: Viewer, pair: Pair) -> Row:
    here = of_pair(asks, pair)
    open_ = to_ask(here)
    return Row(
        shown_as=pair.shown_as,
        ways=_of_pair(asks, pair),
        help_seen=help_seen(here),
        later=ways.later(open_[0]) if open_ else "",
    )


def _row(asks: Viewer, pair: Pair, name: str, asked: CheckIn | None) -> Row:
    told = asks_for_help(name, asked, now())
    if asked is None or not told:
        agreed = agreeing.has_agreed(asks, pair.patient, pair.id)
        return Row(shown_as=name, ways=_of_pair(asks, pair), agreed=agreed)
    return Row(
        shown_as=name,
        ways=_of_pair(asks, pair),
        asked=told,
        is_now=wish(asked).has(Effect.SHOW_HELP_PAGE),
    )


def _waiting(asks: Viewer) -> dict[str, CheckIn]:
    """Pair to the check-in with a wish for help that nobody has seen yet; the oldest of them."""
    seen = {
        each.record.check_in
        for each in records.kept(asks, HelpSeen)
        if isinstance(each.record, HelpSeen)
    }
    found: dict[str, CheckIn] = {}
    for each in records.kept(asks, CheckIn):
        entry = each.record
        if each.id in seen or not isinstance(entry, CheckIn) or entry.side is not Side.PATIENT:
            continue
        if entry.answers.get(HELP) and entry.sent_at is not None:
            found.setdefault(each.pair or "", entry)
    return found


def _name(kept: Kept) -> str:
    return kept.record.shown_as if isinstance(kept.record, Profile) else ""


def _of_pair(asks: Viewer, pair: Pair) -> tuple[Way, ...]:
    told = _OF_A_PATIENT if asks.role is Role.PRACTITIONER else _WITH_A_PATIENT
    return _ways(told, pair=pair.id, patient=pair.patient)


def _ways(told: tuple[tuple[str, str], ...], **ids: str) -> tuple[Way, ...]:
    made = (Way(words=words, address=where.format(**ids)) for words, where in told)
    return tuple(way for way in made if _is_there(way.address))


def _is_there(address: str) -> bool:
    try:
        resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return True
