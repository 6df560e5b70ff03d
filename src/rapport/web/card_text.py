"""A card as plain text, to paste into a letter or to have read aloud. Pure."""

from collections.abc import Iterator
from textwrap import fill

from rapport.cards.badge_words import BADGES
from rapport.cards.facts import Statement
from rapport.cards.licences import DIGEST_NOTE
from rapport.cards.study_card import StudyCard
from rapport.core.type_tags import without_tags
from rapport.web.afterwards import events_told
from rapport.web.card_facts import Definitions, facts_of
from rapport.web.card_page import PARTS, badge_sentence, statements

WIDTH = 72


def card_text(card: StudyCard, definitions: Definitions, snapshot: str) -> str:
    """The whole card: badge first, then the six parts, the facts and the citation."""
    return "\n".join(_lines(card, definitions, snapshot)) + "\n"


def _lines(card: StudyCard, definitions: Definitions, snapshot: str) -> Iterator[str]:
    yield _filled(card.citation.title or card.citation.text)
    if card.title_note:
        yield _filled(f"Note on this title: {card.title_note}.")
    if card.retracted:
        yield "\nTHIS PAPER WAS RETRACTED. It was taken back after it came out."
    yield f"\n{BADGES[card.badge.badge].label}"
    yield _filled(badge_sentence(card))
    for name in PARTS:
        yield f"\n{name.label}"
        found = statements(card.parts, name.id)
        yield from (_filled(_with_note(one), "- ") for one in found)
        if not found:
            yield name.empty
    yield "\nWho was studied, and how"
    for fact in facts_of(card, definitions):
        told = [*fact.lines, *(link.text for link in fact.links)]
        yield _filled(f"{fact.label}: {' '.join(told)}", "- ")
    yield from (_filled(line, "- ") for line in card.missing)
    if card.events:
        yield "\nWhat happened since"
        yield from (_filled(line, "- ") for line in events_told(card))
    yield "\nCite this study"
    yield _filled(card.citation.text)
    yield _filled(f"Our reading: {snapshot}")


def _with_note(statement: Statement) -> str:
    """The statement with its note; that the text is a digest is said once, below."""
    notes = [one for one in (statement.note or "").split("; ") if one not in {"", DIGEST_NOTE}]
    text = without_tags(statement.text)
    return f"{text} [Note: {'; '.join(notes)}.]" if notes else text


def _filled(text: str, mark: str = "") -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
