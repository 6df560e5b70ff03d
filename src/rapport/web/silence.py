"""How often the cards of a release say "not stated", field by field."""

from collections.abc import Callable, Iterable

import msgspec

from rapport.cards.study_card import StudyCard
from rapport.core.vocabulary import TRIALS, Badge, Design, ReadScope
from rapport.evidence.release.opened import Release

MOST_CARDS = 20_000
"""Larger releases are measured on so many cards, evenly spread."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Of `of` cards for which the field makes sense, `silent` do not state it."""

    id: str
    field: str
    silent: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded to whole percent; 0 of nothing."""
        return round(100 * self.silent / self.of) if self.of else 0


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """The shares, and on how many of all cards they were counted."""

    cards: int
    counted: int
    shares: tuple[Share, ...]


Test = Callable[[StudyCard], bool]


def _has_patients(card: StudyCard) -> bool:
    return card.badge.badge is not Badge.NOT_APPLICABLE


def _always(_: StudyCard) -> bool:
    return True


def _is_trial(card: StudyCard) -> bool:
    return card.design.value in TRIALS


FIELDS: tuple[tuple[str, str, Test, Test], ...] = (
    (
        "badge",
        "Whether PEM was required",
        _has_patients,
        lambda c: c.badge.badge is Badge.NOT_STATED,
    ),
    (
        "definition",
        "Which case definition was used",
        _has_patients,
        lambda c: not c.badge.definitions,
    ),
    (
        "hours",
        "How long PEM had to last",
        _has_patients,
        lambda c: c.badge.minimum_hours is None,
    ),
    ("design", "The kind of study", _always, lambda c: c.design.value is Design.OTHER),
    ("patients", "How many patients", _has_patients, lambda c: c.participants.n_cases is None),
    ("blinded", "Whether a trial was blinded", _is_trial, lambda c: c.design.blinded is None),
    ("observed", "What was found", _always, lambda c: not c.parts.observed),
    ("full_text", "We had no full text", _always, lambda c: c.read is not ReadScope.FULL_TEXT),
)


def silence(cards: Iterable[StudyCard], total: int) -> Silence:
    """The share of cards that are silent, by field."""
    of = dict.fromkeys((field[0] for field in FIELDS), 0)
    silent = dict(of)
    counted = 0
    for card in cards:
        counted += 1
        for name, _, applies, is_silent in FIELDS:
            if applies(card):
                of[name] += 1
                silent[name] += is_silent(card)
    shares = tuple(
        Share(id=name, field=label, silent=silent[name], of=of[name])
        for name, label, _, _ in FIELDS
    )
    return Silence(cards=total, counted=counted, shares=shares)


def silence_of(release: Release) -> Silence:
    """The same for a release; evenly spread cards of one that is large."""
    total = len(release)
    step = max(1, -(-total // MOST_CARDS))
    chosen = (
        card
        for n, card_id in enumerate(release.ids())
        if n % step == 0 and (card := release.card(card_id))
    )
    return silence(chosen, total)
