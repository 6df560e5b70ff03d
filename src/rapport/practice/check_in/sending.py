"""When a check-in may begin, go on, and be sent; and what the other side then sees of it."""

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from rapport.core.dates import days_after
from rapport.core.errors import InputError
from rapport.practice import draft
from rapport.practice.check_in.items import OBSERVABLE
from rapport.practice.check_in.limits import LIMITS, Limits
from rapport.practice.records.check_ins import CheckIn, Entered, Length, Share
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Respondent, Side
from rapport.scoring.check_in import CHALLENGES


class Begin(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a check-in can begin: the draft to go on with instead, or the day from which.

    Both None: it can begin now. `old` are drafts that are too old to go on with.
    """

    draft: Kept | None = None
    not_before: datetime.date | None = None
    old: tuple[Kept, ...] = ()


def begun(
    side: Side,
    length: Length,
    respondent: Respondent,
    edition: str,
    at: datetime.datetime,
    supporter: str | None = None,
    entered: Entered = Entered.SCREEN,
) -> CheckIn:
    """A draft without answers."""
    return CheckIn(
        side=side,
        edition=edition,
        length=length,
        respondent=respondent,
        entered=entered,
        supporter=supporter,
        started_at=at,
    )


def may_begin(
    kept: Iterable[Kept],
    side: Side,
    respondent: Respondent,
    now: datetime.datetime,
    limits: Limits = LIMITS,
    supporter: str | None = None,
) -> Begin:
    """What stands in the way of a new check-in of this side of one pair.

    There is one draft: of two (a form that was sent twice) the older counts. The person's own
    and a proxy's check-ins do not stand in each other's way. Nobody goes on with what is being
    copied from paper, and a `supporter` not with another's draft.
    """
    mine = [
        (each, each.record)
        for each in kept
        if isinstance(each.record, CheckIn)
        and each.record.side is side
        and is_proxy(each.record.respondent) == is_proxy(respondent)
    ]
    drafts = sorted(
        (
            (each, record)
            for each, record in mine
            if record.sent_at is None
            and record.entered is not Entered.PAPER
            and supporter in (None, record.supporter)
        ),
        key=lambda pair: (pair[1].started_at, pair[0].id),
    )
    fresh = [each for each, record in drafts if is_open(record, now, limits)]
    old = tuple(each for each, record in drafts if not is_open(record, now, limits))
    if fresh:
        return Begin(draft=fresh[0], old=old)
    sent = [record.sent_at.date() for _, record in mine if record.sent_at is not None]
    first = days_after(max(sent), limits.min_gap_days) if sent else None
    waits = first is not None and now.date() < first
    return Begin(not_before=first if waits else None, old=old)


def is_proxy(respondent: Respondent) -> bool:
    """Whether somebody answers in the person's place."""
    return respondent is Respondent.PROXY


def is_open(check_in: CheckIn, now: datetime.datetime, limits: Limits = LIMITS) -> bool:
    """Whether a draft can still be gone on with."""
    return now < until(check_in, limits)


def until(check_in: CheckIn, limits: Limits = LIMITS) -> datetime.datetime:
    """Until when a draft can be gone on with."""
    return draft.until(check_in.started_at, limits.resume_days)


def sent(check_in: CheckIn, at: datetime.datetime) -> CheckIn:
    """The check-in as it is sent, with as many answers as there are; sent again, it is the same.

    Raises: InputError where there is nothing to send.
    """
    if check_in.sent_at is not None:
        return check_in
    counted = counted_answers(check_in)
    if not counted and not check_in.note:
        raise InputError(
            "There is no answer yet.",
            where="the check-in",
            fix="answer one question, or stop and delete this",
        )
    return msgspec.structs.replace(check_in, answers=counted, sent_at=at)


def counted_answers(check_in: CheckIn) -> dict[str, int]:
    """The answers that count: of a proxy those that can be seen, and what the person confirmed."""
    if not is_proxy(check_in.respondent):
        return dict(check_in.answers)
    counted = {*OBSERVABLE, *check_in.confirmed}
    return {item: value for item, value in check_in.answers.items() if item in counted}


def confirmed(check_in: CheckIn, items: Iterable[str]) -> CheckIn:
    """A proxy's check-in with what the person said is right, of what was answered."""
    right = tuple(item for item in check_in.answers if item in set(items))
    return msgspec.structs.replace(check_in, confirmed=right)


def share_of(check_in: CheckIn, challenge: int) -> Share:
    """What the practitioner may see of a challenge: bands only, unless the person allows more."""
    return check_in.shares.get(challenge, Share.BANDS)


def shared(
    check_in: CheckIn, shares: Mapping[int, Share], shared_from: datetime.date | None
) -> CheckIn:
    """The check-in with what may be seen of it, and from which day; None is at once."""
    known = {challenge: shares[challenge] for challenge in CHALLENGES if challenge in shares}
    return msgspec.structs.replace(check_in, shares=known, shared_from=shared_from)
