"""How strongly a study may be spoken of: the limit that its design, blinding and kinds set."""

from collections.abc import Iterable

import msgspec

from rapport.cards.strength import PROOF
from rapport.core.vocabulary import Design, DesignKind, band_of
from rapport.knowledge.model import DesignLimit, Knowledge

LEVEL_IF_NOT_STATED = 3
"""Level of a review whose included designs are not stated, where its entry gives none."""

LEVEL_WITHOUT_ENTRY = 2
"""Level of a design that the knowledge base does not speak of: an association at most."""

LEVEL_ABOUT_PEOPLE = 1
"""Level of a sentence that should name mice or cells and does not: it reads as about people."""


class Limit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The highest strength level (0-8) a sentence about a study may have, and who sets it.

    `sources` are the ids of the design entries that set it, `reasons` say why, one each.
    `only_with` are patterns (RE2, case ignored) of which a sentence must have one, such as
    "in mice", for `level` to hold; without it the level is LEVEL_ABOUT_PEOPLE. `doubtful_if` are
    patterns by which a text shows that the level may be another; `retells`: its results are the
    words of others.
    """

    level: int
    sources: tuple[str, ...]
    reasons: tuple[str, ...]
    only_with: tuple[str, ...] = ()
    doubtful_if: tuple[str, ...] = ()
    retells: bool = False


def limit(
    design: Design, blinded: bool | None, kinds: Iterable[DesignKind], knowledge: Knowledge
) -> Limit:
    """The strictest of all limits that apply to a study.

    Missing: `blinded` None, not known, counts as not blinded.
    """
    entries = applicable(design, blinded, kinds, knowledge)
    if not entries:
        reason = "nothing is known about what this design can show"
        return Limit(level=LEVEL_WITHOUT_ENTRY, sources=(), reasons=(reason,))
    lowest = min(map(_level, entries))
    deciding = [entry for entry in entries if _level(entry) == lowest]
    return Limit(
        level=lowest,
        sources=tuple(entry.id for entry in deciding),
        reasons=tuple(entry.why for entry in deciding),
        only_with=tuple(pattern for entry in entries for pattern in entry.only_with),
        doubtful_if=tuple(pattern for entry in deciding for pattern in entry.doubtful_if),
        retells=any(entry.retells for entry in entries),
    )


def is_beyond(level: int, limit: int) -> bool:
    """Whether words of this level are in a stronger band than the limit, or words of proof.

    Only bands count, since readers tell no finer difference.
    """
    return level > limit and (level == PROOF or band_of(level) is not band_of(limit))


def applicable(
    design: Design, blinded: bool | None, kinds: Iterable[DesignKind], knowledge: Knowledge
) -> tuple[DesignLimit, ...]:
    """The entries on designs that speak of such a study, in the order of their ids."""
    wanted = set(kinds)
    return tuple(
        entry
        for _, entry in sorted(knowledge.designs.items())
        if _fits_design(entry, design, blinded) or wanted.intersection(entry.kinds)
    )


def _fits_design(entry: DesignLimit, design: Design, blinded: bool | None) -> bool:
    return design in entry.designs and entry.blinded in (None, bool(blinded))


def _level(entry: DesignLimit) -> int:
    if entry.highest_level is not None:
        return entry.highest_level
    stated = entry.level_if_not_stated
    return LEVEL_IF_NOT_STATED if stated is None else stated
