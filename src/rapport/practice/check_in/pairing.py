"""Two sent check-ins become one result, which is kept as it was on its day."""

import datetime
from collections.abc import Iterable

import msgspec

from rapport.practice.check_in.limits import LIMITS, Limits
from rapport.practice.check_in.sending import counted_answers, is_proxy
from rapport.practice.records.check_ins import CheckIn, Result
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Respondent, Side
from rapport.scoring.check_in import Thresholds
from rapport.scoring.check_in import check_in as scored


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """The check-ins that belong together; None for a side that has sent none.

    What the practitioner foretold is about the person's own answers, so these are taken before
    a proxy's.
    """

    patient: Kept | None = None
    practitioner: Kept | None = None

    @property
    def both(self) -> bool:
        """Whether both sides have sent."""
        return self.patient is not None and self.practitioner is not None


def sides(kept: Iterable[Kept], limits: Limits = LIMITS, *, about: str | None = None) -> Sides:
    """The newest sent check-ins of one pair that belong together.

    `about` is the id of one of them: it stands for its side, whatever else there is.

    They do if they are of one edition and less than `min_gap_days` apart. If not, the newer one
    stands alone.
    """
    sent = [
        (each, each.record)
        for each in kept
        if isinstance(each.record, CheckIn) and each.record.sent_at is not None
    ]
    named = [pair for pair in sent if pair[0].id == about]
    if named:
        sent = [*named, *(pair for pair in sent if pair[1].side is not named[0][1].side)]
    ours = _newest([pair for pair in sent if pair[1].side is Side.PRACTITIONER])
    theirs = _of_patient([pair for pair in sent if pair[1].side is Side.PATIENT], limits)
    if ours is None or theirs is None:
        return _sides(theirs, ours)
    if _belong(theirs[1], ours[1], limits):
        return _sides(theirs, ours)
    is_theirs = theirs[0].id == about or (
        ours[0].id != about and _when(theirs[1]) >= _when(ours[1])
    )
    return _sides(theirs, None) if is_theirs else _sides(None, ours)


def result(
    both: Sides, on: datetime.date, thresholds: Thresholds | None = None
) -> Result | None:
    """What the check-ins come to, with the edition and the thresholds of the day.

    None where nobody has sent anything.
    """
    records = [
        each.record
        for each in (both.patient, both.practitioner)
        if each is not None and isinstance(each.record, CheckIn)
    ]
    if not records:
        return None
    answers = {
        item: value for record in records for item, value in counted_answers(record).items()
    }
    respondent = records[0].respondent
    return Result(
        scored=scored(answers, records[0].edition, thresholds),
        on=on,
        respondent=respondent if both.patient else Respondent.PRACTITIONER,
        patient=both.patient.id if both.patient else None,
        practitioner=both.practitioner.id if both.practitioner else None,
    )


_Pair = tuple[Kept, CheckIn]


def _sides(theirs: _Pair | None, ours: _Pair | None) -> Sides:
    return Sides(patient=theirs[0] if theirs else None, practitioner=ours[0] if ours else None)


def _newest(sent: list[_Pair]) -> _Pair | None:
    return max(sent, key=lambda pair: (_when(pair[1]), pair[0].id), default=None)


def _of_patient(sent: list[_Pair], limits: Limits) -> _Pair | None:
    """The person's own newest, unless only a proxy has answered since then."""
    own = _newest([pair for pair in sent if not is_proxy(pair[1].respondent)])
    proxy = _newest([pair for pair in sent if is_proxy(pair[1].respondent)])
    if own is None or proxy is None:
        return own or proxy
    is_old = _when(proxy[1]) - _when(own[1]) >= datetime.timedelta(days=limits.min_gap_days)
    return proxy if is_old else own


def _when(check_in: CheckIn) -> datetime.datetime:
    return check_in.sent_at or check_in.started_at


def _belong(one: CheckIn, other: CheckIn, limits: Limits) -> bool:
    apart = abs(_when(one) - _when(other))
    return one.edition == other.edition and apart < datetime.timedelta(days=limits.min_gap_days)
