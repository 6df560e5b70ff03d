"""What changed since an earlier release, as its page tells it.

The two releases are compared once, when somebody first asks; only the ids of the cards that differ
are kept, and a page compares its few cards again.
"""

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from rapport.cards.badge_words import BADGES
from rapport.core.vocabulary import Badge, Design, ReadScope
from rapport.evidence.release.compared import Compared
from rapport.evidence.release.difference import CardChange, Cause, Fate, FieldChange
from rapport.evidence.release.opened import Release
from rapport.web import addresses, words
from rapport.web.card_facts import Link
from rapport.web.card_page import PART_NAMES, cut

PER_PAGE = 20
MOST_LINES = 12

FATES: dict[Fate, str] = {
    Fate.CHANGED: "Cards that say something else now",
    Fate.NEW: "New cards",
    Fate.GONE: "Cards that are gone",
}

_RECORDS: dict[Fate, str] = {
    Fate.NEW: "its record is new to us",
    Fate.GONE: "its record is no longer among what we read",
}
"""What a new text means where there is no card on one side."""

CAUSES: dict[Cause, str] = {
    Cause.TEXT: "we read another text",
    Cause.RULE: "the rules by which we read changed",
    Cause.DECISION: "people decided",
    Cause.KNOWLEDGE: "our knowledge base changed",
    Cause.FAMILY: "we know of other works that belong to it",
    Cause.NOTICE: "there are new notices about it",
}

_FIELDS: dict[str, str] = {
    "badge.badge": "PEM badge",
    "badge": "How people were chosen",
    "design.value": "Kind of study",
    "design": "About the kind of study",
    "participants.n_cases": "Number of patients",
    "participants.n_controls": "Number of people compared with",
    "participants": "Who was studied",
    "citation": "Citation",
    "identifiers": "Numbers of the paper (DOI, PMID)",
    "read": "What we read",
    "source": "Source and licence",
    "retracted": "Retracted",
    "relations": "Works that belong to this one",
    "cohort": "Works that belong to this one",
    "events": "What happened since",
    "missing": "What is missing",
    "topics": "What it is about",
    **{f"parts.{part}": name.label for part, name in PART_NAMES.items()},
}
"""The way down to a value of a card -> what it is called; the longest beginning counts."""

_VALUES: dict[str, Mapping[str, str]] = {
    "badge.badge": {badge.value: BADGES[badge].label for badge in Badge},
    "design.value": {design.value: words.DESIGNS[design] for design in Design},
    "read": {scope.value: words.READ[scope] for scope in ReadScope},
    "retracted": {"True": "yes", "None": "no"},
    "participants.n_cases": {},
    "participants.n_controls": {},
}
"""Values that are told; of all others it is only said that they changed."""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Cards by what became of them; those that changed by every cause that can have done it."""

    ids: Mapping[Fate, tuple[str, ...]]
    causes: Mapping[Cause, int]
    unchanged: int

    def count(self, fate: Fate) -> int:
        """The number of cards with this fate."""
        return len(self.ids.get(fate, ()))


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A card on the page: its title, the reasons in words, and what is different."""

    card: str
    link: Link
    why: str
    lines: tuple[str, ...]
    more: int


class Since:
    """The changes from an earlier release to the one that is served."""

    def __init__(self, before: Release, now: Release) -> None:
        self.before = before
        self._compared = Compared(before, now)

    @functools.cached_property
    def totals(self) -> Totals:
        """Every card that differs, by its fate; counted when it is first asked for."""
        ids: dict[Fate, list[str]] = {fate: [] for fate in Fate}
        causes: Counter[Cause] = Counter()
        for change in self._compared.all():
            ids[change.fate].append(change.card)
            causes.update(change.causes if change.fate is Fate.CHANGED else ())
        counts = {fate: len(found) for fate, found in ids.items()}
        return Totals(
            ids={fate: tuple(found) for fate, found in ids.items()},
            causes={cause: causes[cause] for cause in Cause if causes[cause]},
            unchanged=self._compared.unchanged(counts),
        )

    def page(self, fate: Fate, number: int) -> tuple[CardChange, ...]:
        """The changes on one page of a fate, counted from 1."""
        start = (number - 1) * PER_PAGE
        return self._compared.of(self.totals.ids[fate][start : start + PER_PAGE])

    def row(self, change: CardChange) -> Row:
        """A change as its page shows it."""
        side = self._compared.before if change.fate is Fate.GONE else self._compared.after
        card = side.card(change.card)
        title = (card.citation.title or card.citation.text) if card else change.card
        lines = tuple(told(change.fields))
        address = "" if change.fate is Fate.GONE else addresses.card(change.card)
        return Row(
            card=change.card,
            link=Link(text=cut(title, 300), address=address),
            why=why(change),
            lines=lines[:MOST_LINES],
            more=max(0, len(lines) - MOST_LINES),
        )


def why(change: CardChange) -> str:
    """The cause in one sentence; several causes are told as what they are, a doubt."""
    known = CAUSES | {Cause.TEXT: _RECORDS.get(change.fate, CAUSES[Cause.TEXT])}
    reasons = [known[cause] for cause in change.causes]
    if not reasons:
        return "We cannot tell why."
    if len(reasons) == 1:
        return f"Because {reasons[0]}."
    return f"Because {', or '.join(reasons)}. We cannot tell which."


def became(change: CardChange) -> Link | None:
    """Where a card that is gone went: to another card, or it was refused; None if unknown."""
    if change.now is None or change.fate is not Fate.GONE:
        return None
    if change.now.startswith("refused: "):
        return Link(text=f"The gate holds it back: {change.now[9:]}", address="")
    return Link(text="It is now part of this card", address=addresses.card(change.now))


def told(fields: Sequence[FieldChange]) -> Iterator[str]:
    """What is different, a line for each thing a reader knows by a name."""
    changed: dict[str, set[str]] = {}
    for field in fields:
        if field.field in _VALUES:
            values = _VALUES[field.field]
            before, after = _value(field.before, values), _value(field.after, values)
            yield f"{_label(field.field)}: before “{before}”, now “{after}”."
        else:
            changed.setdefault(_label(field.field), set()).add(_changed(field))
    for label, ways in changed.items():
        yield f"{label}: {ways.pop() if len(ways) == 1 else 'different'}."


def _changed(field: FieldChange) -> str:
    if field.before in (None, [], ""):
        return "new"
    return "taken away" if field.after in (None, [], "") else "different"


def _label(field: str) -> str:
    """The name of the longest beginning of the way down that has one."""
    parts = field.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if name in _FIELDS:
            return _FIELDS[name]
    return field.replace("_", " ").replace(".", ", ")


def _value(value: object, known: Mapping[str, str]) -> str:
    return known.get(str(value), "not stated" if value is None else cut(str(value), 100))
