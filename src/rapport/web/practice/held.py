"""What the open pages of the practice wing are made of, read once a process."""

import functools

from django.conf import settings

from rapport.knowledge.instrument import Instrument
from rapport.knowledge.load import instrument
from rapport.knowledge.load_practice import MADE_UP_COUNTRY, country, own, thresholds
from rapport.knowledge.practice import CountryPack, Practice
from rapport.practice.cards.ready import Cards, ReadyCard
from rapport.practice.solo.screens import Screen, screens
from rapport.scoring.check_in import Thresholds
from rapport.scoring.thresholds import thresholds as of_check_in
from rapport.web.errors import not_found
from rapport.web.site import site

NUMBERS = range(1, 7)
"""Of the cards and the challenges."""
CHECK_IN = "scc-c"


def practice() -> Practice:
    """All that the wing says."""
    return own()


@functools.cache
def pack() -> CountryPack:
    """Where help is. Raises: InputError for a pack that cannot be read."""
    return country(settings.RAPPORT_COUNTRY or MADE_UP_COUNTRY)


@functools.cache
def ready_cards() -> dict[int, ReadyCard]:
    """The cards that passed the gate, by number. A card that did not is not there."""
    made = Cards(site().knowledge, own())
    found = {number: made.ready(own().card_of(number)) for number in NUMBERS}
    return {number: card for number, card in found.items() if isinstance(card, ReadyCard)}


def ready_card(number: int) -> ReadyCard:
    """A card. Raises: PageError (404) where there is none, or where it is not shown."""
    if number not in NUMBERS:
        raise not_found("There are six cards.", "Choose one of them.")
    found = ready_cards().get(number)
    if found is None:
        raise not_found("This card says more than its evidence. It is not shown.")
    return found


@functools.cache
def key() -> Instrument:
    """The practitioner's side of the check-in."""
    found = instrument(CHECK_IN)
    if found is None:
        raise not_found("The check-in is missing.")
    return found


@functools.cache
def solo_screens() -> tuple[Screen, ...]:
    """The seven questions of solo mode."""
    return screens(key(), own().challenges)


@functools.cache
def used_thresholds() -> Thresholds:
    """The thresholds that a result is made with."""
    return of_check_in(thresholds())
