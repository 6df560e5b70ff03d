"""What lists of notices say, typed: which work, which notice, of what kind, when."""

import msgspec

from rapport.cards.afterwards import EventKind
from rapport.core.ids import Identifiers


class Listed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a list: `notice` is about `original`.

    `source` names the list. `kind` is NOTICE where it does not say of which kind the notice is;
    `label` is its own word. `date` is ISO 8601, None where it states none.
    """

    original: Identifiers
    notice: Identifiers
    kind: EventKind
    source: str
    date: str | None = None
    label: str | None = None


class ListRead(msgspec.Struct, frozen=True, kw_only=True):
    """A list that a release was built with, for its manifest.

    `sha256` is over the file as it is. `entries` are the notices taken from it, `passed_over` the
    lines without an identifier of the work or of the notice. `checked` is the ISO date at which
    the list stood as it is; None where neither the list nor who gave it says.
    """

    name: str
    format: str
    sha256: str
    entries: int
    passed_over: int
    checked: str | None


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """All lists of a build: their notices, each once, in a settled order, and the lists."""

    listed: tuple[Listed, ...] = ()
    read: tuple[ListRead, ...] = ()
