"""Who asks, and what has to be known of a patient to say what they may see."""

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from rapport.practice.records.check_ins import CheckIn, Result
from rapport.practice.records.coalition import Actor
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Consent, ConsentKind, Role, Supporter


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks. `id` is that of their membership of the clinic, of the patient or the supporter.

    `patient` is set for a patient and a supporter, and for nobody else.
    """

    clinic: str
    role: Role
    id: str
    patient: str | None = None


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A check-in and the pair it belongs to."""

    pair: str | None
    check_in: CheckIn


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What decides, of one patient, beside role, kind and state.

    `pairs` are the pairs of this patient in which the viewer is the practitioner, `agreed` those
    for which the patient's consent stands. `supporter` is
    the viewer's own entry while it counts and is consented to. `may_know` are needs and versions
    of the story that a coalition member may see, `actors` their own entries.
    `research` is that they agreed to it, `research_on_visits` to a text that names visits and
    harm too. `research_pairs` are those whose practitioner gives their side to research.
    """

    today: datetime.date
    pairs: frozenset[str] = frozenset()
    agreed: frozenset[str] = frozenset()
    supporter: Supporter | None = None
    may_know: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    check_ins: Mapping[str, Placed] = {}
    results: tuple[Result, ...] = ()
    research: bool = False
    research_on_visits: bool = False
    research_pairs: frozenset[str] = frozenset()


VISITS_SINCE = 2
"""The version of the consent to research from which it names visits, harm and what came after."""
FACT_KINDS = (Supporter, Consent, Actor, CheckIn, Result)
"""The kinds of record that facts are made from."""


def facts_of(
    records: Iterable[Kept],
    viewer: Viewer,
    today: datetime.date,
    *,
    pairs: frozenset[str] = frozenset(),
    research_pairs: frozenset[str] = frozenset(),
) -> Facts:
    """The facts of one patient for a viewer, from the patient's records of `FACT_KINDS`."""
    known = tuple(records)
    consents = [
        each.record
        for each in known
        if isinstance(each.record, Consent) and each.record.withdrawn_at is None
    ]
    actors = frozenset(
        each.id
        for each in known
        if isinstance(each.record, Actor) and each.record.account == viewer.id
    )
    to_research = [c.version for c in consents if c.consent is ConsentKind.RESEARCH]
    return Facts(
        today=today,
        pairs=pairs,
        agreed=frozenset(
            each.about
            for each in consents
            if each.consent is ConsentKind.RELATIONSHIP and each.about is not None
        ),
        supporter=_supporter(known, consents, viewer, today),
        may_know=_may_know(consents, actors),
        actors=actors,
        check_ins={
            each.id: Placed(pair=each.pair, check_in=each.record)
            for each in known
            if isinstance(each.record, CheckIn)
        },
        results=tuple(each.record for each in known if isinstance(each.record, Result)),
        research=bool(to_research),
        research_on_visits=max(to_research, default=0) >= VISITS_SINCE,
        research_pairs=research_pairs,
    )


def _may_know(consents: list[Consent], actors: frozenset[str]) -> frozenset[str]:
    """The needs and versions of the story that the actors with these ids may see."""
    return frozenset(
        each.need
        for each in consents
        if each.consent is ConsentKind.COALITION_MEMBER
        and each.about in actors
        and each.need is not None
    )


def _supporter(
    known: tuple[Kept, ...], consents: list[Consent], viewer: Viewer, today: datetime.date
) -> Supporter | None:
    """The entry of a viewer who is a supporter, if it counts today and was consented to."""
    if viewer.role is not Role.SUPPORTER:
        return None
    is_agreed = any(
        each.consent is ConsentKind.SUPPORTER and each.about == viewer.id for each in consents
    )
    for each in known:
        entry = each.record
        if each.id == viewer.id and isinstance(entry, Supporter) and is_agreed:
            return entry if entry.cut_on is None and entry.until >= today else None
    return None
