"""The works that belong to each work, and what happened to it: its family, both ways."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from rapport.cards.afterwards import Event, Teller
from rapport.cards.study_card import RelatedWork
from rapport.evidence.after.listed import Listed
from rapport.evidence.dedupe.entry import Entry, identifiers
from rapport.evidence.dedupe.happened import happened
from rapport.evidence.dedupe.ties import Tie, ties
from rapport.evidence.dedupe.works import Works


class Family(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The works that belong to one work, and what happened to it since it was published."""

    related: tuple[RelatedWork, ...] = ()
    events: tuple[Event, ...] = ()


def families(
    found: Works, card_of: Mapping[str, str], listed: Iterable[Listed] = ()
) -> dict[str, Family]:
    """By the key of each work that has any: its family, both ways, in a settled order.

    `card_of` gives the card of each work by its key; `listed` is what lists of notices say.
    """
    lines = tuple(listed)
    entry_of = {one.entry.key: one.entry for one in found.works}
    tied = ties(found, lines)
    events = happened(found, tied, lines, card_of)
    of_work: dict[str, list[Tie]] = defaultdict(list)
    for tie in tied:
        of_work[tie.work].append(tie)
    return {
        key: Family(
            related=_related(of_work.get(key, ()), entry_of, card_of),
            events=events.get(key, ()),
        )
        for key in sorted(of_work.keys() | events.keys())
    }


def _related(
    tied: Sequence[Tie], entry_of: Mapping[str, Entry], card_of: Mapping[str, str]
) -> tuple[RelatedWork, ...]:
    """Each related work once for each way in which it is; the first tie that says so speaks.

    A notice that only a list names is left out where a record names one of its kind: the two
    may be the same by another identifier, and the events tell of both.
    """
    by_record = {tie.kind for tie in tied if tie.by is not Teller.LIST}
    found: dict[tuple[str, str], Tie] = {}
    for tie in tied:
        is_known = tie.by is Teller.LIST and tie.other is None and tie.kind in by_record
        if not is_known:
            target = tie.other or repr(tie.identifiers)
            found.setdefault((tie.kind.value, target), tie)
    return tuple(_work(tie, entry_of, card_of) for _, tie in sorted(found.items()))


def _work(tie: Tie, entry_of: Mapping[str, Entry], card_of: Mapping[str, str]) -> RelatedWork:
    known = identifiers(entry_of[tie.other]) if tie.other else tie.identifiers
    card = card_of.get(tie.other) if tie.other else None
    return RelatedWork(kind=tie.kind.value, identifiers=known, card=card, note=tie.note)
