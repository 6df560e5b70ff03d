"""The release as the site sees it: cards by id, search, and counts."""

import functools
from collections.abc import Mapping
from pathlib import Path

import msgspec

from rapport.cards.study_card import StudyCard
from rapport.evidence.build.search_index import search_index
from rapport.evidence.release.manifest import Manifest
from rapport.evidence.release.opened import Release
from rapport.evidence.search.query import Query, Results, search
from rapport.web.silence import Silence, silence_of


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """Cards in all, and facet -> value -> number of cards over the whole release."""

    total: int
    facets: Mapping[str, Mapping[str, int]]

    def count(self, facet: str, value: str) -> int:
        """The number of cards with this value."""
        return self.facets.get(facet, {}).get(value, 0)


class Atlas:
    """A release that is open to be read and searched by any number of threads.

    Raises: InputError, when opened, for a folder that is not a release.
    """

    def __init__(self, path: Path) -> None:
        self.release = Release(path)
        self._index = search_index(self.release)

    def __len__(self) -> int:
        return len(self.release)

    @property
    def manifest(self) -> Manifest:
        """What the release was made from."""
        return self.release.manifest

    @property
    def hash(self) -> str:
        """The content hash of the release."""
        return self.release.manifest.release

    def card(self, card_id: str) -> StudyCard | None:
        """The card with exactly this id."""
        card = self.release.card(card_id)
        return card if card is not None and card.id == card_id else None

    def other_name(self, name: str) -> str | None:
        """The id of the card that `name` means: a PMID, PMCID, DOI or an earlier id."""
        return self.release.resolve(name)

    def search(self, query: Query) -> Results:
        """The cards that fit, a page of them."""
        return search(self._index, query)

    @functools.cached_property
    def overview(self) -> Overview:
        """Counts over the whole release."""
        found = self.search(Query(size=1))
        return Overview(total=found.total, facets=found.facets)

    @functools.cached_property
    def silence(self) -> Silence:
        """How often the cards do not state a field; counted when it is first asked for."""
        return silence_of(self.release)
