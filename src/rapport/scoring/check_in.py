"""The Six-Challenge Check-in: strain, gaps, statuses and what to talk about first. Never a total.

Unvalidated. The thresholds are at face value, but for those on gaps and change, which come from a
simulation of short scales; each result carries the thresholds it was made with.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

CHALLENGES = (1, 2, 3, 4, 5, 6)
_STEP = 25.0
"""One step of an answer on the scale of 0 to 100."""
_NO_DOUBTS = 5
_TOP = 4


class Status(StrEnum):
    """What stands between the two in one challenge; the first that holds."""

    UNKNOWN = "unknown"
    SHARED_STRAIN = "shared_strain"
    PERSON_STRAIN_UNSEEN = "person_strain_unseen"
    PERSON_STRAIN = "person_strain"
    PRACTITIONER_STRAIN = "practitioner_strain"
    OVER_WORRIED = "over_worried"
    EASE = "ease"


SEVERITY_GAP = "severity_gap"
_RANK = {
    Status.SHARED_STRAIN: 0,
    Status.PERSON_STRAIN_UNSEEN: 1,
    Status.PERSON_STRAIN: 2,
    SEVERITY_GAP: 3,
    Status.PRACTITIONER_STRAIN: 4,
}


class Thresholds(msgspec.Struct, frozen=True, kw_only=True):
    """From where something is spoken of. `id` names the set; change one, and give it a new id."""

    id: str = "scc-0.1-default"
    t_person: float = 50
    t_own: float = 75
    t_gap: float = 50
    t_sev: int = 2
    min_items: int = 1
    change_min: float = 50
    max_cards: int = 2


class Challenge(msgspec.Struct, frozen=True, kw_only=True):
    """One challenge. Strains and gap are None where the answers for them are not there.

    `strain` and `own_strain` run from 0 to 100, `gap` from -100 to 100: above 0 the practitioner
    expects it to be better than the person says. `answered` of two items is always shown beside
    the strain. With one pair of answers there is no gap: `different_answers` says whether the
    two differ, and decides nothing.
    """

    number: int
    status: Status
    strain: float | None
    answered: int
    own_strain: float | None
    gap: float | None
    different_answers: bool | None
    severity_gap: bool = False


class CheckIn(msgspec.Struct, frozen=True, kw_only=True):
    """The check-in of one or both sides. There is no total, on purpose.

    `help` is the person's wish for help before the next visit (0 no, 1 in the next days, 2 now):
    it comes before every card. `first` are the challenges worth a card, the most pressing first;
    `cards` the first of them. `severity_gap` is person minus practitioner in levels.
    """

    edition: str
    thresholds: Thresholds
    help: int | None
    picked: int | None
    challenges: tuple[Challenge, ...]
    severity_gap: int | None
    first: tuple[int, ...]
    cards: tuple[int, ...]


def check_in(
    answers: Mapping[str, float], edition: str, thresholds: Thresholds | None = None
) -> CheckIn:
    """The check-in from checked answers of the person, the practitioner or both (their ids differ)."""
    used = thresholds or Thresholds()
    levels = (answers.get("C1x"), answers.get("C1x_c"))
    severity = None if None in levels else int(answers["C1x"] - answers["C1x_c"])
    differs = severity is not None and abs(severity) >= used.t_sev
    found = tuple(_challenge(k, answers, used, differs and k == 1) for k in CHALLENGES)
    solo = not any(f"C{k}{side}" in answers for k in CHALLENGES for side in "ab")
    first = ranking(
        found, _picked(answers, "PICK"), _picked(answers, "PICKo") if solo else None
    )
    wish = answers.get("S0")
    return CheckIn(
        edition=edition,
        thresholds=used,
        help=None if wish is None else int(wish),
        picked=_picked(answers, "PICK") or (_picked(answers, "PICKo") if solo else None),
        challenges=found,
        severity_gap=severity,
        first=first,
        cards=first[: used.max_cards],
    )


def changes(before: CheckIn, after: CheckIn) -> dict[int, float]:
    """Challenge to the change of the person's strain, where it is large enough to be mentioned.

    Below 0 is better. Both must be of one respondent, the person or a proxy, never mixed. Smaller
    changes than `change_min` of the later check-in lie within what short scales do by themselves.
    """
    moved = {
        later.number: later.strain - earlier.strain
        for earlier, later in zip(before.challenges, after.challenges, strict=True)
        if earlier.strain is not None and later.strain is not None
    }
    least = after.thresholds.change_min
    return {number: change for number, change in moved.items() if abs(change) >= least}


def strain(answers: Mapping[str, float], k: int, min_items: int) -> float | None:
    """The person's strain in a challenge, 0 to 100; None with fewer than `min_items` answers."""
    given = [answers[name] for name in _pair(k) if name in answers]
    if len(given) < max(min_items, 1):
        return None
    return _STEP * sum(_TOP - answer for answer in given) / len(given)


def own_strain(answers: Mapping[str, float], k: int) -> float | None:
    """The practitioner's own strain, 0 to 100; None where it was not answered."""
    answer = answers.get(f"C{k}o")
    if answer is None:
        return None
    return 0.0 if answer == _NO_DOUBTS else _STEP * (_TOP - answer)


def gap(answers: Mapping[str, float], k: int) -> float | None:
    """Expected minus said, -100 to 100; None unless both sides answered both items."""
    pairs = _pairs(answers, k)
    if len(pairs) < 2:
        return None
    return _STEP * sum(expected - said for expected, said in pairs) / len(pairs)


def ranking(
    challenges: tuple[Challenge, ...], picked: int | None, own_pick: int | None = None
) -> tuple[int, ...]:
    """The challenges worth a card: what was picked, then by status, strain and gap.

    `own_pick` is the practitioner's in solo mode. A challenge without strain is in it only
    where it was picked.
    """
    chosen = picked or own_pick
    pressing = [
        each for each in challenges if each.number == chosen or _pressing(each) is not None
    ]
    return tuple(
        each.number for each in sorted(pressing, key=lambda each: _order(each, chosen))
    )


def _challenge(
    k: int, answers: Mapping[str, float], used: Thresholds, severity_gap: bool
) -> Challenge:
    person = strain(answers, k, used.min_items)
    own, between = own_strain(answers, k), gap(answers, k)
    pairs = _pairs(answers, k)
    return Challenge(
        number=k,
        status=status(person, own, between, used),
        strain=person,
        answered=sum(name in answers for name in _pair(k)),
        own_strain=own,
        gap=between,
        different_answers=pairs[0][0] != pairs[0][1] if len(pairs) == 1 else None,
        severity_gap=severity_gap,
    )


def status(
    person: float | None, own: float | None, between: float | None, used: Thresholds
) -> Status:
    """The first status that holds. A value that is None meets no threshold."""
    strained = person is not None and person >= used.t_person
    own_strained = own is not None and own >= used.t_own
    rules = (
        (person is None and own is None, Status.UNKNOWN),
        (strained and own_strained, Status.SHARED_STRAIN),
        (
            strained and between is not None and between >= used.t_gap,
            Status.PERSON_STRAIN_UNSEEN,
        ),
        (strained, Status.PERSON_STRAIN),
        (own_strained, Status.PRACTITIONER_STRAIN),
        (between is not None and between <= -used.t_gap, Status.OVER_WORRIED),
    )
    return next((named for holds, named in rules if holds), Status.EASE)


def _pair(k: int) -> tuple[str, str]:
    return f"C{k}a", f"C{k}b"


def _pairs(answers: Mapping[str, float], k: int) -> list[tuple[float, float]]:
    """What was expected and what was said, for the items that both answered."""
    return [
        (answers[f"{name}_pred"], answers[name])
        for name in _pair(k)
        if name in answers and f"{name}_pred" in answers
    ]


def _picked(answers: Mapping[str, float], item: str) -> int | None:
    """The challenge that was picked; None for nothing, or for something else."""
    choice = int(answers.get(item, 0))
    return choice if choice in CHALLENGES else None


def _pressing(each: Challenge) -> int | None:
    """How pressing the status is, 0 first; a gap of severity may be more so. None: not at all."""
    own = _RANK.get(each.status)
    mark = _RANK[SEVERITY_GAP] if each.severity_gap else None
    return min((rank for rank in (own, mark) if rank is not None), default=None)


def _order(each: Challenge, chosen: int | None) -> tuple[bool, int, float, float, float, int]:
    rank = _pressing(each)
    return (
        each.number != chosen,
        len(_RANK) if rank is None else rank,
        -(each.strain or 0.0),
        -(each.gap or 0.0),
        -(each.own_strain or 0.0),
        each.number,
    )
