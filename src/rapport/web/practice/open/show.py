"""Sentences to show to the person: one at a time, large and dim.

These pages are open to all and know nobody: whoever is handed the device finds a sentence, and no
way to anything that belongs to somebody.
"""

from django.http import HttpRequest, HttpResponse

from rapport.web.errors import not_found
from rapport.web.looks import Look
from rapport.web.palettes import PALETTES
from rapport.web.practice import ways
from rapport.web.practice.says import wording
from rapport.web.render import page

YES_OR_NO = "yes-or-no"


def sentences(name: str) -> tuple[str, ...]:
    """The sentences of a list: questions for a nod, or the phrases of a card; empty for neither."""
    if name == YES_OR_NO:
        return tuple(wording().lines("yes_or_no").values())
    cards = {str(card.challenge): card for card in wording().practice.cards.values()}
    return cards[name].phrases if name in cards else ()


def lists(request: HttpRequest) -> HttpResponse:
    """What there is to show."""
    labels = wording().labels
    names = [(YES_OR_NO, "Questions for a nod"), *((str(k), labels[k]) for k in labels)]
    return page(
        request,
        "practice/show/all.html",
        lists=[(words, name, sentences(name)) for name, words in names if sentences(name)],
        ways=ways,
    )


def sentence(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One sentence, and the ways to those beside it. Always dim, whatever look was chosen."""
    found = sentences(name)
    if not 1 <= number <= len(found):
        raise not_found("There is no such sentence.")
    palette = PALETTES[Look.DIM]
    return page(
        request,
        "practice/show/sentence.html",
        text=found[number - 1],
        back=f"{ways.SHOW}{name}/{number - 1}" if number > 1 else "",
        on=f"{ways.SHOW}{name}/{number + 1}" if number < len(found) else "",
        end=ways.SHOW,
        look=Look.DIM.value,
        scheme=palette.scheme,
        theme_colour=palette.paper,
    )
