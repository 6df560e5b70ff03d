"""The page of a card, its parts, and the card in other forms."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from rapport.cards.badge_words import BADGES
from rapport.cards.study_card import RelatedWork, StudyCard
from rapport.core.encoding import to_pretty_json
from rapport.evidence import cite
from rapport.web import addresses, words
from rapport.web.afterwards import MOST_EVENTS, After, after
from rapport.web.card_facts import Link, facts_of
from rapport.web.card_page import (
    PART_NAMES,
    Part,
    badge_sentence,
    byline,
    cut,
    field_words,
    first_screen,
    is_digest,
    parts_of,
    read_words,
    said,
    statements,
)
from rapport.web.card_text import card_text
from rapport.web.errors import PageError, not_found
from rapport.web.render import data, open_to_all, page
from rapport.web.site import site

MOST_RELATED = 8
MOST_MISSING = 6
PER_PAGE = 20
FORMS = (
    ("BibTeX", "bib"),
    ("RIS", "ris"),
    ("CSL-JSON", "csl.json"),
    ("Plain text", "txt"),
    ("All data", "json"),
)


def card(request: HttpRequest, card_id: str) -> HttpResponse:
    """The card of a study; another name of the work leads to the card's own address."""
    found = site().atlas.card(card_id)
    if found is None:
        return _moved(card_id)
    first, *parts = parts_of(found)
    return page(
        request,
        "card.html",
        card=found,
        title=title_of(found),
        byline=byline(found),
        badge=found.badge.badge.value,
        badge_words=BADGES[found.badge.badge],
        badge_sentence=badge_sentence(found),
        first=first_screen(found),
        summary=first,
        parts=parts,
        facts=facts_of(found, site().knowledge.definitions),
        after=_after(found),
        missing=[cut(line, 300) for line in found.missing[:MOST_MISSING]],
        related=[_related(one) for one in found.relations[:MOST_RELATED]],
        citation=cut(found.citation.text, 1_200),
        outside=addresses.outside(found.identifiers),
        digest=is_digest(found),
        read_words=read_words(found),
        snapshot=snapshot(found),
        source_line=source_line(found),
        forms=[(name, addresses.card_as(found.id, ending)) for name, ending in FORMS],
    )


def card_part(request: HttpRequest, card_id: str, part_id: str) -> HttpResponse:
    """Every sentence of one part of a card, twenty at a time."""
    found, name = wanted(card_id), PART_NAMES.get(part_id)
    if name is None:
        raise not_found("A card has no such part.", "Open the card itself.")
    everything = statements(found.parts, part_id)
    number, last = _page_number(request, len(everything))
    start = (number - 1) * PER_PAGE
    says = [said(one, field_words(found)) for one in everything[start : start + PER_PAGE]]
    return page(
        request,
        "card_part.html",
        card=found,
        title=title_of(found),
        part=Part(name=name, says=tuple(says), more=0),
        number=number,
        last=last,
        start=start + 1,
    )


def card_data(card_id: str) -> HttpResponse:
    """The card as data, as the release holds it."""
    return data(wanted(card_id))


def card_plain(request: HttpRequest, card_id: str) -> HttpResponse:
    """The card as plain text."""
    found = wanted(card_id)
    text = card_text(found, site().knowledge.definitions, snapshot(found))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def bibtex(request: HttpRequest, card_id: str) -> HttpResponse:
    """The citation as BibTeX."""
    found = wanted(card_id)
    return _download(cite.bibtex(found), "application/x-bibtex", found.id, "bib")


def ris(request: HttpRequest, card_id: str) -> HttpResponse:
    """The citation as RIS."""
    found = wanted(card_id)
    return _download(cite.ris(found), "application/x-research-info-systems", found.id, "ris")


def csl_json(request: HttpRequest, card_id: str) -> HttpResponse:
    """The citation as CSL-JSON."""
    found = wanted(card_id)
    body = to_pretty_json(cite.csl_json(found)).decode()
    return _download(body, "application/vnd.citationstyles.csl+json", found.id, "csl.json")


def wanted(card_id: str) -> StudyCard:
    """The card with this id or any other name of its work.

    Raises: PageError (404) where there is none.
    """
    found = site().atlas.card(card_id)
    if found is None:
        other = site().atlas.other_name(card_id)
        found = site().atlas.card(other) if other is not None else None
    if found is None:
        raise _no_card()
    return found


def title_of(card: StudyCard) -> str:
    """The title of the work, or its citation where the source gives no title."""
    return cut(card.citation.title or card.citation.text or "A work without a title", 400)


def snapshot(card: StudyCard) -> str:
    """The line by which this reading, not the study, can be cited."""
    made, hash_ = card.versions, site().short_hash
    day = site().atlas.manifest.as_of
    dated = f" of {day}" if day else ""
    return (
        f"Rapport card {card.id}, release {hash_}{dated}, "
        f"reader {made.reader}, knowledge {made.knowledge}."
    )


def source_line(card: StudyCard) -> str:
    """Where the text came from and under what licence it stands."""
    source = card.source
    licence = (
        f"Licence: {source.licence}."
        if source.licence
        else "No licence is stated, so quotes are short."
    )
    return f"We read the {read_words(card)} ({source.format}). {cut(licence, 200)}"


def _after(found: StudyCard) -> After:
    """What happened to the work; a notice that has a card goes by its title."""
    titles: dict[str, str] = {}
    for event in found.events[:MOST_EVENTS]:
        known = site().atlas.card(event.card) if event.card else None
        if known is not None:
            titles[known.id] = title_of(known)
    return after(found, site().atlas.manifest.inputs.notices, titles)


def _related(related: RelatedWork) -> Link:
    outside = addresses.outside(related.identifiers)
    text = related.note or (outside[0][0] if outside else related.identifiers.best())
    if related.card is not None:
        address = addresses.card(related.card)
        known = site().atlas.card(related.card)
        text = title_of(known) if known else text
    else:
        address = outside[0][1] if outside else ""
    return Link(
        text=cut(text or "a work without a known address", 200),
        address=address,
        note=words.relation(related.kind),
    )


def _page_number(request: HttpRequest, total: int) -> tuple[int, int]:
    last = max(1, -(-total // PER_PAGE))
    asked = request.GET.get("page", "1")
    number = int(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else 0
    if not 1 <= number <= last:
        raise not_found(f"There is no such page. The last one is {last}.")
    return number, last


def _moved(card_id: str) -> HttpResponse:
    other = site().atlas.other_name(card_id)
    if other is None or other == card_id:
        raise _no_card()
    return HttpResponsePermanentRedirect(addresses.card(other))


def _no_card() -> PageError:
    return not_found("This release has no card for that study.", "Try a search.")


def _download(text: str, kind: str, card_id: str, ending: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    safe = re.sub(r"[^A-Za-z0-9.-]", "-", card_id)
    response["Content-Disposition"] = f'attachment; filename="{safe}.{ending}"'
    return open_to_all(response)
