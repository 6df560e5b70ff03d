"""Gaps of service: open needs that nothing meets. Computed each time, never typed."""

import datetime
from enum import StrEnum

import msgspec

from rapport.practice.coalition.held import Coalition, of_need, open_needs
from rapport.practice.records.coalition import Fits, GapReason, Match, NeedState, Request

_FITTING = frozenset({Fits.FITS, Fits.WITH_CHANGES})


class GapKind(StrEnum):
    """By what one sees that there is a gap."""

    NO_MATCH = "no service fits"
    UNANSWERED = "a request is unanswered"
    CLOSED_UNMET = "closed, not available"


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A gap of one need. `since` is the day from which it counts, `days` how long it lasts.

    `evidence` are ids of the matches and requests it follows from; `last_checked` is the day of
    the latest of them, None where nobody has looked yet.
    """

    need: str
    kind: GapKind
    reason: GapReason
    service: str | None
    since: datetime.date
    days: int
    evidence: tuple[str, ...] = ()
    last_checked: datetime.date | None = None


def gaps(coalition: Coalition, today: datetime.date) -> tuple[Gap, ...]:
    """Every gap of the open needs, in the order of the needs; an overdue request has its own."""
    found: list[Gap] = []
    for key in open_needs(coalition):
        matches, requests = of_need(coalition.matches, key), of_need(coalition.requests, key)
        if not any(_holds(match, requests) for match in matches.values()):
            found.append(_unmatched(coalition, key, today))
        found += [
            _unanswered(key, request_id, request, due, today)
            for request_id, request in requests.items()
            if (due := overdue_since(request, today)) is not None
        ]
    return tuple(found)


def unmet(coalition: Coalition, today: datetime.date) -> tuple[Gap, ...]:
    """Needs that were closed as not available: an honest end, and a gap of the services."""
    return tuple(
        msgspec.structs.replace(_unmatched(coalition, key, today), kind=GapKind.CLOSED_UNMET)
        for key, need in coalition.needs.items()
        if need.state is NeedState.UNMET
    )


def overdue_since(request: Request, today: datetime.date) -> datetime.date | None:
    """The day by which an answer was due, where it has passed without one."""
    if request.due is None or request.answered_on is not None or request.sent_on is None:
        return None
    return request.due if request.due < today else None


def _holds(match: Match, requests: dict[str, Request]) -> bool:
    """Whether the match fits and its service has not said no since."""
    if match.fits not in _FITTING:
        return False
    answers = [
        each
        for each in requests.values()
        if each.service == match.service and each.answered_on is not None
    ]
    latest = max(answers, key=lambda each: each.answered_on or match.checked_on, default=None)
    return latest is None or latest.refused is None


def _unmatched(coalition: Coalition, key: str, today: datetime.date) -> Gap:
    need = coalition.needs[key]
    matches, requests = of_need(coalition.matches, key), of_need(coalition.requests, key)
    whys = [
        (match.checked_on, match_id, match.service, match.gap)
        for match_id, match in matches.items()
        if match.gap is not None
    ] + [
        (request.answered_on, request_id, request.service, request.refused)
        for request_id, request in requests.items()
        if request.refused is not None and request.answered_on is not None
    ]
    # The latest that says why stands for the need; the others are its evidence.
    latest = max(whys, key=lambda each: each[0], default=None)
    checked = [match.checked_on for match in matches.values()] + [each[0] for each in whys]
    return Gap(
        need=key,
        kind=GapKind.NO_MATCH,
        reason=latest[3] if latest else GapReason.UNKNOWN,
        service=(latest[2] or None) if latest else None,
        since=need.first_seen,
        days=((need.closed_on or today) - need.first_seen).days,
        evidence=(*matches, *(each[1] for each in whys if each[1] not in matches)),
        last_checked=max(checked, default=None),
    )


def _unanswered(
    key: str, request_id: str, request: Request, due: datetime.date, today: datetime.date
) -> Gap:
    return Gap(
        need=key,
        kind=GapKind.UNANSWERED,
        reason=GapReason.WAITING,
        service=request.service,
        since=request.sent_on or due,
        days=(today - (request.sent_on or due)).days,
        evidence=(request_id,),
        last_checked=request.sent_on,
    )
