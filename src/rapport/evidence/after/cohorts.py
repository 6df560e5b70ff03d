"""Which works rest on the same people, so that these count once. Pure.

How things are counted here: cards are counted as cards, one for each work; studies, wherever
something is said of studies, are counted with `studies` below.
"""

from collections.abc import Iterable, Mapping, Sequence

from rapport.cards.study_card import RelatedWork, StudyCard
from rapport.core.ids import Identifiers
from rapport.evidence.publication import RelationKind

_SAME_PEOPLE = frozenset(
    (
        RelationKind.PREPRINT_OF,
        RelationKind.HAS_PREPRINT,
        RelationKind.PUBLISHED_AS,
        RelationKind.UPDATE_OF,
        RelationKind.UPDATED_BY,
        RelationKind.VERSION_OF,
        RelationKind.REPUBLISHED,
        RelationKind.REPUBLICATION_OF,
        RelationKind.REANALYSIS_OF,
        RelationKind.REANALYSED_BY,
        RelationKind.SAME_COHORT,
    )
)
_ABOUT_A_WORK = frozenset(
    (
        RelationKind.RETRACTION_OF,
        RelationKind.PARTIAL_RETRACTION_OF,
        RelationKind.CORRECTION_OF,
        RelationKind.CONCERN_ABOUT,
        RelationKind.SUMMARY_OF,
    )
)
"""A notice is no study of its own. One about several works joins none of them."""


def cohorts(works: Mapping[str, Sequence[RelatedWork]]) -> dict[str, frozenset[str]]:
    """For each work that shares its people with others: all of these works, itself among them.

    Works are given by the ids of their cards, with what they are related to. Two are joined along
    any chain, also through a work that is not here but that both name.
    """
    sets = _Sets()
    for work, related in works.items():
        for one in _same(related):
            for name in (one.card, *_names(one.identifiers)):
                if name is not None:
                    sets.join(work, name)
    groups: dict[str, set[str]] = {}
    for work in works:
        groups.setdefault(sets.find(work), set()).add(work)
    return {
        work: frozenset(group) for group in groups.values() if len(group) > 1 for work in group
    }


def studies(cards: Iterable[StudyCard]) -> int:
    """How many studies the cards are of: those on the same people count once."""
    return len({card.cohort or card.id for card in cards})


def _same(related: Sequence[RelatedWork]) -> list[RelatedWork]:
    about = [one for one in related if one.kind in _ABOUT_A_WORK]
    same = [one for one in related if one.kind in _SAME_PEOPLE]
    return [*same, *about] if len(about) == 1 else same


def _names(identifiers: Identifiers) -> tuple[str | None, ...]:
    doi = f"doi {identifiers.doi}" if identifiers.doi else None
    pmid = f"pmid {identifiers.pmid}" if identifiers.pmid else None
    pmcid = f"pmcid {identifiers.pmcid}" if identifiers.pmcid else None
    return (doi, pmid, pmcid)


class _Sets:
    """Disjoint sets of names that grow by joining."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, name: str) -> str:
        """The name that stands for the set that `name` is in."""
        while (above := self._above.get(name, name)) != name:
            self._above[name] = self._above.get(above, above)
            name = above
        return name

    def join(self, one: str, other: str) -> None:
        """Make one set of two."""
        first, second = sorted((self.find(one), self.find(other)))
        self._above[second] = first
