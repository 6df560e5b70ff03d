"""The export for research of a clinic, as its researcher is given it."""

import secrets

from rapport.knowledge.load import instruments
from rapport.knowledge.load_practice import thresholds
from rapport.practice.exchange.research import Export, export
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import records
from rapport.store.practice.opened import therapists

_KEY_BYTES = 32


def for_research(viewer: Viewer, key: bytes | None = None) -> Export:
    """What those agreed to give who did not take it back; for others than researchers nothing.

    Without a `key` the made-up names are of this export alone: nobody can join two of them.
    Raises: TooFewError.
    """
    return export(
        records.kept(viewer, CheckIn, Visit, AfterVisit, TwoDaysLater, Harm),
        therapists(viewer),
        key=key or secrets.token_bytes(_KEY_BYTES),
        k=thresholds().k_anon,
        instruments=instruments(),
    )
