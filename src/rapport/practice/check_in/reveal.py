"""Both sides seen together: who may, and what each reads. Never a grade, never who is right."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from rapport.practice.check_in import items
from rapport.practice.check_in.bands import bands
from rapport.practice.check_in.screens import Screen
from rapport.practice.check_in.sending import counted_answers, share_of
from rapport.practice.check_in.wording import Wording
from rapport.practice.records.check_ins import Band, CheckIn, Reveal, Share
from rapport.practice.records.people import Side
from rapport.scoring.check_in import CHALLENGES, Challenge, Status
from rapport.scoring.check_in import CheckIn as Scored

GAPS = {Side.PRACTITIONER: "gaps", Side.PATIENT: "gaps_person"}
"""The texts in which gaps are worded, by who reads them."""


class Stage(StrEnum):
    """How far one side is on the way to seeing both."""

    NOT_SENT = "you have not sent"
    YOUR_WORD = "you have not said"
    WAITING = "the other side has not sent, has not said, or said no"
    """The three are not told apart, so that nobody has to explain a no."""
    DECLINED = "you said no"
    TOGETHER = "together"


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence with both answers in words; None for what is not there or not to be seen.

    `gap` is what to say of answers that differ; empty where they do not differ enough.
    """

    item: str
    sentence: str
    said: str | None
    expected: str | None
    gap: str = ""

    @property
    def differs(self) -> bool:
        """Whether both are there and not the same."""
        return None not in (self.said, self.expected) and self.said != self.expected


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One challenge as one side reads it."""

    number: int
    picked: bool
    says: str
    band: Band | None
    is_quiet: bool
    """Nothing hard shows here, and nothing that was expected otherwise."""
    pairs: tuple[Pair, ...]

    @property
    def gap(self) -> tuple[str, ...]:
        """What to say of answers that differ; empty where they do not, or may not be seen."""
        return tuple(each.gap for each in self.pairs if each.gap)


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """Both sides, as one of them reads them: what the person chose comes first.

    `cards` are the challenges whose cards are worth a look, two at most.
    """

    picked: int | None
    challenges: tuple[Seen, ...]
    severity: str | None
    cards: tuple[int, ...]

    @property
    def has_gap(self) -> bool:
        """Whether any answers differ enough to be named."""
        return self.severity is not None or any(each.gap for each in self.challenges)


def stage(own: CheckIn | None, other: CheckIn | None) -> Stage:
    """How far one side is. Missing: None for a side that has not sent, or is not to be seen."""
    if own is None or own.sent_at is None:
        return Stage.NOT_SENT
    if own.reveal is not Reveal.AGREED:
        return Stage.YOUR_WORD if own.reveal is Reveal.OPEN else Stage.DECLINED
    if other is None or other.sent_at is None or other.reveal is not Reveal.AGREED:
        return Stage.WAITING
    return Stage.TOGETHER


def together(
    reader: Side,
    patient: CheckIn,
    practitioner: CheckIn,
    scored: Scored,
    screens: Mapping[str, Screen],
    wording: Wording,
) -> Together:
    """What one side reads once both have agreed.

    `screens` are those of the person's sentences by item, for the words. The practitioner reads
    answers only of challenges for which the person allows it, and bands of all; the person reads
    the practitioner's own side only if it was released.
    """
    may = {
        k: reader is Side.PATIENT or share_of(patient, k) is Share.ANSWERS for k in CHALLENGES
    }
    said, expected = counted_answers(patient), practitioner.answers
    words = {**bands(said, scored.thresholds), **patient.bands}
    released = practitioner.own_side_released
    seen = tuple(
        Seen(
            number=each.number,
            picked=each.number == scored.picked,
            says=_status_words(each, reader, may[each.number], released, wording),
            band=words.get(each.number),
            is_quiet=_status(each, reader, may[each.number], released) in _QUIET,
            pairs=_with_gaps(
                each, _pairs(each.number, said, expected, screens), reader, scored, wording
            )
            if may[each.number]
            else (),
        )
        for each in scored.challenges
    )
    return Together(
        picked=scored.picked,
        challenges=tuple(sorted(seen, key=lambda each: (not each.picked, each.number))),
        severity=_severity(scored, said, expected, screens, reader, wording)
        if may[1]
        else None,
        cards=scored.cards,
    )


def _pairs(
    k: int, said: Mapping[str, int], expected: Mapping[str, int], screens: Mapping[str, Screen]
) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            item=item,
            sentence=screens[item].asks,
            said=_in_words(screens[item], said.get(item)),
            expected=_in_words(screens[item], expected.get(items.predicted(item))),
        )
        for item in (f"C{k}a", f"C{k}b")
        if item in said or items.predicted(item) in expected
    )


def _in_words(screen: Screen, value: int | None) -> str | None:
    return None if value is None else screen.words_of(value).lower()


def _with_gaps(
    challenge: Challenge,
    pairs: tuple[Pair, ...],
    reader: Side,
    scored: Scored,
    wording: Wording,
) -> tuple[Pair, ...]:
    """With two pairs a gap is named from the threshold on; with one, only that answers differ."""
    if challenge.different_answers:
        said = "different_answers"
    elif challenge.gap is None or abs(challenge.gap) < scored.thresholds.t_gap:
        return pairs
    else:
        said = "not_seen" if challenge.gap > 0 else "over_worried"
    return tuple(
        msgspec.structs.replace(
            each, gap=wording.says(GAPS[reader], said, expected=each.expected, said=each.said)
        )
        if each.differs
        else each
        for each in pairs
    )


def _severity(
    scored: Scored,
    said: Mapping[str, int],
    expected: Mapping[str, int],
    screens: Mapping[str, Screen],
    reader: Side,
    wording: Wording,
) -> str | None:
    """What both see of most days, where they are levels apart."""
    if not any(each.severity_gap for each in scored.challenges):
        return None
    level, seen = said.get(items.LEVEL), expected.get(items.LEVEL_SEEN)
    if level is None or seen is None:
        return None
    own, theirs = (screens[items.LEVEL].words_of(each) for each in (level, seen))
    return wording.says(GAPS[reader], "severity", own=own, theirs=theirs)


_WITHOUT_GAP = {
    Status.PERSON_STRAIN_UNSEEN: Status.PERSON_STRAIN,
    Status.OVER_WORRIED: Status.EASE,
}
_WITHOUT_OWN_SIDE = {
    Status.SHARED_STRAIN: Status.PERSON_STRAIN,
    Status.PRACTITIONER_STRAIN: Status.EASE,
}


_QUIET = (Status.EASE, Status.UNKNOWN)


def _status_words(
    each: Challenge, reader: Side, may_see_answers: bool, released: bool, wording: Wording
) -> str:
    text = "statuses" if reader is Side.PRACTITIONER else "statuses_person"
    return wording.says(text, _status(each, reader, may_see_answers, released).value)


def _status(each: Challenge, reader: Side, may_see_answers: bool, released: bool) -> Status:
    """The status, without what the reader may not see of it."""
    if reader is Side.PRACTITIONER:
        return each.status if may_see_answers else _WITHOUT_GAP.get(each.status, each.status)
    return each.status if released else _WITHOUT_OWN_SIDE.get(each.status, each.status)
