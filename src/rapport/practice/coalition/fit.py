"""Whether a service fits what a person needs, with reasons. A suggestion: a person decides."""

import datetime

import msgspec

from rapport.practice.coalition.rules import Rules
from rapport.practice.records.coalition import Fits, GapReason, Known, Service
from rapport.practice.records.people import Profile


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a service has to offer: of each group of access fields one is enough.

    `not_in_the_map` are wishes that no service map holds a column for.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    not_in_the_map: tuple[str, ...] = ()


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """How a service would fit. `lacks` and `unknown` are access fields; `gap` says why not.

    `check_first`: nobody has checked the entry for long, or ever.
    """

    fits: Fits
    reasons: tuple[str, ...]
    gap: GapReason | None = None
    lacks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    check_first: bool = False


def asked_of(profile: Profile | None, rules: Rules) -> Asked:
    """What a service has to offer this patient; without a profile, nothing beyond safety."""
    if profile is None:
        return Asked()
    groups: list[tuple[str, ...]] = [
        (field,) for wish in profile.conditions for field in rules.asks_for.get(wish, ())
    ]
    if profile.severe:
        groups.append(rules.severe_needs_one_of)
    outside = tuple(wish for wish in profile.conditions if wish not in rules.asks_for)
    return Asked(groups=tuple(dict.fromkeys(groups)), not_in_the_map=outside)


def suggested(asked: Asked, service: Service, rules: Rules, today: datetime.date) -> Suggestion:
    """Whether the service fits, from its access profile and whether it knows PEM.

    It does not fit where something is lacking that cannot be asked for, or where it is known not
    to be aware of PEM; what is not known is never taken for a yes.
    """
    told = {group: _offers(service, group) for group in asked.groups}
    lacks = [group for group, known in told.items() if known is Known.NO]
    open_ = [group for group, known in told.items() if known is Known.UNKNOWN]
    hard = [group for group in lacks if not rules.can_be_asked_for.issuperset(group)]
    fits, gap = _fits(service, bool(hard), bool(lacks), bool(open_))
    return Suggestion(
        fits=fits,
        gap=gap,
        reasons=_reasons(service, told, rules),
        lacks=tuple(field for group in lacks for field in group),
        unknown=tuple(field for group in open_ for field in group),
        check_first=is_old(service.verified_on, rules, today),
    )


def is_old(checked_on: datetime.date | None, rules: Rules, today: datetime.date) -> bool:
    """Whether a fact was never checked, or too long ago: "check first"."""
    if checked_on is None:
        return True
    return (today - checked_on).days > rules.check_first_after_days


def _offers(service: Service, group: tuple[str, ...]) -> Known:
    """Yes where one of the fields is offered, no where none is, else not known."""
    told = {getattr(service.access, field) for field in group}
    if Known.YES in told:
        return Known.YES
    return Known.UNKNOWN if Known.UNKNOWN in told else Known.NO


def _fits(
    service: Service, hard: bool, lacks: bool, open_: bool
) -> tuple[Fits, GapReason | None]:
    if service.pem_aware is Known.NO:
        return Fits.DOES_NOT_FIT, GapReason.NOT_PEM_SAFE
    if hard:
        return Fits.DOES_NOT_FIT, GapReason.NOT_ACCESSIBLE
    if open_ or service.pem_aware is Known.UNKNOWN:
        return Fits.UNKNOWN, None
    return (Fits.WITH_CHANGES if lacks else Fits.FITS), None


_SAYS = {
    Known.YES: "It can {}.",
    Known.NO: "It cannot {}.",
    Known.UNKNOWN: "Ask if it can {}.",
}
_PEM = {
    Known.YES: "It knows that effort can make people worse later.",
    Known.NO: "It does not take care of worsening after effort.",
    Known.UNKNOWN: "Ask if it knows that effort can make people worse later.",
}


def _reasons(
    service: Service, told: dict[tuple[str, ...], Known], rules: Rules
) -> tuple[str, ...]:
    """Why, the worst first; then the warnings of the entry."""
    order = (Known.NO, Known.UNKNOWN, Known.YES)
    said = sorted(
        [(service.pem_aware, _PEM[service.pem_aware])]
        + [
            (known, _SAYS[known].format(" or ".join(rules.words[field] for field in group)))
            for group, known in told.items()
        ],
        key=lambda each: order.index(each[0]),
    )
    return tuple(says for _, says in said) + service.warnings
