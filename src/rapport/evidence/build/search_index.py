"""The search index of a release: found, or made again from its cards."""

from rapport.evidence.release.manifest import CARDS
from rapport.evidence.release.opened import Release
from rapport.evidence.search.index import (
    SearchIndex,
    index_in_memory,
    indexed,
    open_index,
)


def search_index(release: Release) -> SearchIndex:
    """The index of a release, ready to be searched.

    Missing: where the index folder is absent, older or of other cards, the index is made in
    memory from the cards and nothing is written: a release that is served is never changed.
    """
    mark = release.manifest.files[CARDS].sha256
    found = open_index(release.index_folder, mark=mark)
    return found or index_in_memory(indexed(card) for card in release.cards())
