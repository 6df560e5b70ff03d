"""Two releases on disk, compared: which cards differ, and what became of each."""

import functools
from collections.abc import Iterable, Iterator

from rapport.cards.study_card import StudyCard
from rapport.evidence.release.difference import CardChange, Fate, Side, changes
from rapport.evidence.release.opened import Release


class Compared:
    """The changes from one open release to another. Any number of threads may use it."""

    def __init__(self, before: Release, after: Release) -> None:
        self.before = before
        self.after = after

    def all(self) -> Iterator[CardChange]:
        """Every change, in the order of the cards' ids; nothing is kept in memory."""
        return self._between(self.before.cards(), self.after.cards())

    def of(self, ids: Iterable[str]) -> tuple[CardChange, ...]:
        """The changes of the cards with these ids, in the order of the ids."""
        wanted = sorted(set(ids))
        return tuple(self._between(_cards(self.before, wanted), _cards(self.after, wanted)))

    @functools.cached_property
    def _refused(self) -> dict[str, str]:
        return {
            one.id: ", ".join(sorted({refusal.rule for refusal in one.refusals}))
            for one in self.after.refused()
        }

    def unchanged(self, counts: dict[Fate, int]) -> int:
        """The number of cards that say the same in both, given the counts of the others."""
        return len(self.after) - counts.get(Fate.NEW, 0) - counts.get(Fate.CHANGED, 0)

    def _between(
        self, old: Iterable[StudyCard], new: Iterable[StudyCard]
    ) -> Iterator[CardChange]:
        return changes(_side(self.before, old), _side(self.after, new), self._now)

    def _now(self, card: str) -> str | None:
        """In which card a gone one went up, or by which rules the gate refused it."""
        rules = self._refused.get(card)
        return f"refused: {rules}" if rules is not None else self.after.resolve(card)


def _side(release: Release, cards: Iterable[StudyCard]) -> Side:
    return Side(manifest=release.manifest, cards=cards, work=release.work)


def _cards(release: Release, ids: Iterable[str]) -> Iterator[StudyCard]:
    """The cards with exactly these ids, as far as the release has them."""
    for one in ids:
        card = release.card(one)
        if card is not None and card.id == one:
            yield card
