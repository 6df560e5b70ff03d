"""Rows of the export: one for each person and wave, from the check-ins that were sent."""

import datetime
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from rapport.knowledge.instrument import Instrument
from rapport.practice.check_in.limits import LIMITS
from rapport.practice.check_in.sending import counted_answers, is_proxy
from rapport.practice.exchange.research.columns import CODED, LEFT_OUT, named
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Side
from rapport.scoring.score import score

_NAME_DIGITS = 12


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One wave of a person. `days` since their first check-in in this export."""

    person: str
    wave: int
    days: int
    therapist: str
    values: dict[str, float]


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """Where the days of a person are counted from, and with whom; under made-up names."""

    person: str
    therapist: str
    pair: str
    on: datetime.date


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows, apart: a person's own answers with one practitioner; what a proxy answered; and
    a person's answers with further practitioners. The three never stand in one line of time.

    `starts` are those of the own rows, by patient.
    """

    own: tuple[Row, ...]
    proxy: tuple[Row, ...]
    further: tuple[Row, ...]
    starts: dict[str, Start]


class _Sent(msgspec.Struct, frozen=True, kw_only=True):
    kept: Kept
    check_in: CheckIn

    @property
    def moment(self) -> float:
        return (self.check_in.sent_at or self.check_in.started_at).timestamp()

    @property
    def on(self) -> datetime.date:
        return (self.check_in.sent_at or self.check_in.started_at).date()


def rows(
    kept: Iterable[Kept],
    therapists: Mapping[str, str],
    *,
    key: bytes,
    instruments: Mapping[str, Instrument],
) -> Rows:
    """The rows of everybody among these check-ins. Drafts, and what is in no pair, are left out."""
    by_person: dict[str, dict[str, list[_Sent]]] = defaultdict(lambda: defaultdict(list))
    for each in kept:
        record = each.record
        if isinstance(record, CheckIn) and record.sent_at is not None and each.pair is not None:
            by_person[each.patient][each.pair].append(_Sent(kept=each, check_in=record))
    parts: dict[str, list[Row]] = {"own": [], "proxy": [], "further": []}
    starts: dict[str, Start] = {}
    for person, pairs in by_person.items():
        order = sorted(pairs.items(), key=lambda pair: (-_waves(pair[1]), _first(pair[1])))
        for number, (pair, sent) in enumerate(order):
            who = _named(key, "person", person)
            whom = _named(key, "therapist", therapists[pair]) if pair in therapists else ""
            own = [each for each in sent if not is_proxy(each.check_in.respondent)]
            parts["further" if number else "own"] += _of_pair(who, whom, own, instruments)
            if not number and (theirs := _of_side(own, Side.PATIENT)):
                starts[person] = Start(person=who, therapist=whom, pair=pair, on=theirs[0].on)
            rest = [each for each in sent if each not in own]
            parts["proxy"] += [] if number else _of_pair(who, whom, rest, instruments)
    return Rows(**{name: tuple(part) for name, part in parts.items()}, starts=starts)


def _of_pair(
    person: str, therapist: str, sent: list[_Sent], instruments: Mapping[str, Instrument]
) -> list[Row]:
    """The waves of one pair: each check-in of the patient, with the practitioner's nearest."""
    theirs = _of_side(sent, Side.PATIENT)
    ours = _of_side(sent, Side.PRACTITIONER)
    if not theirs:
        return []
    start = theirs[0].on
    found: list[Row] = []
    for wave, each in enumerate(theirs):
        near = _nearest(each, ours)
        ours = [other for other in ours if other is not near]
        values = _values(each.check_in, "scc-p", instruments) | _coded(each.check_in)
        if near is not None:
            values |= _values(near.check_in, "scc-c", instruments)
        found.append(
            Row(
                person=person,
                wave=wave,
                days=(each.on - start).days,
                therapist=therapist,
                values=values,
            )
        )
    return found


def _of_side(sent: list[_Sent], side: Side) -> list[_Sent]:
    found = [each for each in sent if each.check_in.side is side]
    return sorted(found, key=lambda each: (each.moment, each.kept.id))


def _nearest(one: _Sent, others: list[_Sent]) -> _Sent | None:
    """The other side's check-in that belongs to this one: less than the smallest gap apart."""
    near = min(others, key=lambda other: abs(other.moment - one.moment), default=None)
    if near is None or abs(near.moment - one.moment) >= LIMITS.min_gap_days * 86_400:
        return None
    return near if near.check_in.edition == one.check_in.edition else None


def _values(
    check_in: CheckIn, instrument: str, instruments: Mapping[str, Instrument]
) -> dict[str, float]:
    """Answers and scores by column."""
    answers = {
        item: value for item, value in counted_answers(check_in).items() if item not in LEFT_OUT
    }
    found = {named(instrument, item): float(value) for item, value in answers.items()}
    if not answers:
        return found
    scored = score(instruments[instrument], answers, {})
    for name, each in scored.scores.items():
        if each.value is not None:
            found[named(instrument, name)] = float(each.value)
    return found


def _coded(check_in: CheckIn) -> dict[str, float]:
    """How the check-in came about, as numbers."""
    told = {
        name: float(list(kind).index(getattr(check_in, name))) for name, kind in CODED.items()
    }
    return told | {"seconds": round(sum(check_in.seconds.values()), 1)}


def _named(key: bytes, what: str, name: str) -> str:
    """A made-up name: the same for the same within an export, and of no use outside of it."""
    digest = hmac.new(key, f"{what}/{name}".encode(), "sha256").hexdigest()
    return f"{what[0]}{digest[:_NAME_DIGITS]}"


def _waves(sent: list[_Sent]) -> int:
    return Counter(each.check_in.side for each in sent)[Side.PATIENT]


def _first(sent: list[_Sent]) -> float:
    return min(each.moment for each in sent)
