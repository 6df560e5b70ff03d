"""The six intervention cards: thirty seconds first, then all of it, and what is known for and against."""

from collections.abc import Iterator

import msgspec
from django.http import HttpRequest, HttpResponse

from rapport.core.ids import Identifiers
from rapport.knowledge.practice import PatientEffort, Work
from rapport.practice.cards.evidence import BADGES
from rapport.practice.cards.plain_text import full_text
from rapport.practice.cards.ready import EvidenceLine, ReadyCard
from rapport.practice.safety.effects import Effect
from rapport.web import addresses, words
from rapport.web.card_facts import Link
from rapport.web.practice.held import practice, ready_card, ready_cards
from rapport.web.practice.open.shapes import CardData, CardList, CardRow, EvidenceData
from rapport.web.render import open_to_all, page
from rapport.web.safe import moment
from rapport.web.site import site

EFFORT = {
    PatientEffort.NONE: "no effort",
    PatientEffort.LOW: "little effort",
    PatientEffort.SOME: "some effort",
}
"""What a card asks of the person."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as the page shows it, with where its works are to be found."""

    line: EvidenceLine
    badge: str
    design: str
    works: tuple[tuple[str, tuple[Link, ...]], ...]


def cards(request: HttpRequest) -> HttpResponse:
    """The list of the six."""
    return page(request, "practice/cards.html", rows=rows())


def card_list() -> CardList:
    """The same as data."""
    return CardList(cards=rows())


def safety_of(ready: ReadyCard) -> tuple[str, ...]:
    """What comes before all else on a card: what the safety rules say, then its own lines."""
    told = moment(card=str(ready.card.challenge)).practitioner(Effect.TELL_TO_ASK_IN_PERSON)
    return (*told, *ready.card.safety)


def card(request: HttpRequest, number: int) -> HttpResponse:
    """One card: the short view, then the whole."""
    ready = ready_card(number)
    return page(
        request,
        "practice/card.html",
        ready=ready,
        card=ready.card,
        safety=safety_of(ready),
        effort=EFFORT[ready.card.effort],
        evidence=[_shown(line) for line in ready.evidence],
        bias=practice().texts["bias"].passages,
        before=number - 1 if number - 1 in ready_cards() else None,
        after=number + 1 if number + 1 in ready_cards() else None,
    )


def card_plain(request: HttpRequest, number: int) -> HttpResponse:
    """The card as text to print or to paste."""
    text = _text(ready_card(number))
    return open_to_all(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def _text(ready: ReadyCard) -> str:
    return full_text(ready, safety_of(ready))


def card_data(number: int) -> CardData:
    """The card as data."""
    ready = ready_card(number)
    return CardData(
        header=ready.header,
        reviewed=ready.card.reviewed_words,
        card=msgspec.structs.replace(ready.card, safety=safety_of(ready)),
        for_every_talk=ready.for_every_talk,
        evidence=tuple(
            EvidenceData(
                direction=line.direction,
                about=line.about,
                does_not_prove=line.does_not_prove,
                pem=line.pem_words,
                finding=line.entry,
                cards=tuple(dict.fromkeys(_in_release(line))),
            )
            for line in ready.evidence
        ),
    )


def rows() -> tuple[CardRow, ...]:
    """The cards in their order."""
    return tuple(row(ready) for ready in ready_cards().values())


def row(ready: ReadyCard) -> CardRow:
    """A card in a list."""
    number = ready.card.challenge
    return CardRow(
        number=number,
        title=ready.card.title,
        purpose=ready.card.purpose,
        challenge=ready.challenge.practitioner_label,
        page=addresses.practice_card(number),
        data=addresses.data_of(addresses.practice_card(number)),
    )


def _in_release(line: EvidenceLine) -> Iterator[str]:
    """The ids of the study cards of this release on the works of a finding."""
    for work in line.entry.works:
        for name in filter(None, (work.doi, work.pmid, work.pmcid)):
            found = site().atlas.other_name(name)
            if found is not None:
                yield found


def _shown(line: EvidenceLine) -> Shown:
    return Shown(
        line=line,
        badge=BADGES[line.entry.pem].value,
        design=words.DESIGNS[line.entry.design],
        works=tuple((work.text, tuple(_links(work))) for work in line.entry.works),
    )


def _links(work: Work) -> Iterator[Link]:
    """The card of the study first, where this release has it; then the paper itself."""
    names = tuple(filter(None, (work.doi, work.pmid, work.pmcid)))
    held = [found for name in names if (found := site().atlas.other_name(name)) is not None]
    for found in dict.fromkeys(held):
        yield Link(text="Its card in this atlas", address=addresses.card(found))
    outside = addresses.outside(Identifiers(doi=work.doi, pmid=work.pmid, pmcid=work.pmcid))
    for text, address in outside:
        yield Link(text=text, address=address)
    if work.url and not outside:
        yield Link(text="Where we read it", address=work.url)
