"""A card as its page shows it: the short version first, then each part, each with its place.

Pure: a card in, what the template prints out. The page stays small however much a paper says;
what does not fit stands on a page of its own, and nothing is left out silently.
"""

from collections.abc import Sequence

import msgspec
from markupsafe import escape

from rapport.cards.facts import Statement
from rapport.cards.study_card import Parts, StudyCard
from rapport.core.spans import Span
from rapport.core.vocabulary import Origin
from rapport.web import words

FIRST_SCREEN_WORDS = 60
PART_BYTES = 4_200
"""Bytes of page that one part may take: six parts, the facts and the frame stay below 50 kB."""
FRAME_BYTES = 420
"""What the mark-up around one statement takes, roughly."""
LONGEST_TEXT = 1_200
LONGEST_QUOTE = 500
MOST_SPANS = 3


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a value stands: the words of the source, and the place in words."""

    quote: str
    where: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of a card: its words, how it came to be, and where it says so.

    A quoted statement is its own quotation: `about` then names the place, and `places` holds
    only what is not printed already.
    """

    text: str
    about: str
    note: str | None
    places: tuple[Place, ...]
    more_places: int


class PartName(msgspec.Struct, frozen=True, kw_only=True):
    """One of the six parts: its field, its fixed label, and what an empty one means."""

    id: str
    label: str
    about: str
    empty: str


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part on the page; `more` statements stand on the part's own page."""

    name: PartName
    says: tuple[Said, ...]
    more: int


class FirstScreen(msgspec.Struct, frozen=True, kw_only=True):
    """The quick summary in at most sixty words; `more` says whether there is more of it."""

    sentences: tuple[str, ...]
    more: bool


PARTS: tuple[PartName, ...] = (
    PartName(
        id="quick_summary",
        label="Quick summary",
        about="What the study did and found, in short.",
        empty="There is no summary.",
    ),
    PartName(
        id="why_it_matters",
        label="Why it matters",
        about="Why someone might want to know.",
        empty="The text we read does not say.",
    ),
    PartName(
        id="observed",
        label="Observed findings",
        about="What was found in the data of this study.",
        empty="We found no sentence that states a finding.",
    ),
    PartName(
        id="inferred",
        label="Inferred conclusions",
        about="What the authors conclude from it. This goes beyond the data.",
        empty="We found no sentence that draws a conclusion.",
    ),
    PartName(
        id="remaining_questions",
        label="Remaining questions",
        about="What is still open.",
        empty="The text we read names none.",
    ),
    PartName(
        id="does_not_prove",
        label="What this study does not prove",
        about="The limits of this kind of study, and of this one.",
        empty="We could not tell. That does not mean that it proves anything.",
    ),
)
PART_NAMES = {name.id: name for name in PARTS}


def first_screen(summary: Sequence[Statement], most: int = FIRST_SCREEN_WORDS) -> FirstScreen:
    """Whole sentences of the summary, as many as fit; a first one that is too long is cut."""
    shown: list[str] = []
    left = most
    for statement in summary:
        length = len(statement.text.split())
        if length > left:
            break
        shown.append(statement.text)
        left -= length
    if summary and not shown:
        shown.append(" ".join(summary[0].text.split()[: most - 1]) + " …")
    complete = [statement.text for statement in summary] == shown
    return FirstScreen(sentences=tuple(shown), more=not complete)


def statements(parts: Parts, part_id: str) -> tuple[Statement, ...]:
    """The statements of one part."""
    found: tuple[Statement, ...] = getattr(parts, part_id)
    return found


def parts_of(card: StudyCard, part_bytes: int = PART_BYTES) -> tuple[Part, ...]:
    """The six parts, in their order, each as far as it fits."""
    return tuple(part(name, statements(card.parts, name.id), part_bytes) for name in PARTS)


def part(name: PartName, found: Sequence[Statement], most_bytes: int) -> Part:
    """One part with at least its first statement and as many more as fit."""
    says: list[Said] = []
    left = most_bytes
    for statement in found:
        one = said(statement)
        left -= weight(one)
        if says and left < 0:
            break
        says.append(one)
    return Part(name=name, says=tuple(says), more=len(found) - len(says))


def weight(one: Said) -> int:
    """The bytes that a statement takes on a page, roughly."""
    texts = (one.text, *(place.quote for place in one.places))
    return FRAME_BYTES + sum(len(escape(text).encode()) for text in texts)


def said(statement: Statement) -> Said:
    """A statement with how it came to be and where it says so."""
    quoted = statement.origin is Origin.QUOTED
    shown = statement.text if quoted else None
    return Said(
        text=shortened(statement.text, LONGEST_TEXT),
        about=_quoted(statement) if quoted else _made(statement),
        note=shortened(statement.note, 300) if statement.note else None,
        places=places(statement.spans, shown),
        more_places=max(0, len(statement.spans) - MOST_SPANS),
    )


def _quoted(statement: Statement) -> str:
    """Where a quoted statement stands, and how strongly it words a link."""
    at = next((where(s) for s in statement.spans if s.quote == statement.text), "")
    place = f"{words.ORIGINS[statement.origin]}: {at[:1].lower()}{at[1:]}."
    return f"{place} It {words.BANDS[statement.band]}." if statement.band else place


def _made(statement: Statement) -> str:
    """How a statement came to be that is not a quotation; the rule by its name."""
    how = words.ORIGINS[statement.origin]
    return f"{how} ({shortened(statement.rule, 60)})." if statement.rule else f"{how}."


def places(spans: Sequence[Span], shown: str | None = None) -> tuple[Place, ...]:
    """The first places of a value, without those whose words are `shown` already."""
    return tuple(
        Place(quote=shortened(span.quote, LONGEST_QUOTE), where=where(span))
        for span in spans[:MOST_SPANS]
        if span.quote != shown
    )


def where(span: Span) -> str:
    """A place in words: "Abstract, methods, characters 120 to 180"."""
    field = words.FIELDS.get(span.field, span.field)
    section = f", {shortened(span.section, 120)}" if span.section else ""
    return f"{field[:1].upper()}{field[1:]}{section}, characters {span.start} to {span.end}"


def shortened(text: str, most: int) -> str:
    """The text, cut at a word and marked where it is longer than `most` characters."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + " …"


def byline(card: StudyCard) -> str:
    """Who, when and where, short: "Heins and others, 2013, Behaviour Research and Therapy"."""
    names = [author.split(",")[0].strip() for author in card.citation.authors]
    who = names[0] if names else ""
    if len(names) == 2:
        who = f"{names[0]} and {names[1]}"
    elif len(names) > 2:
        who = f"{names[0]} and others"
    year = str(card.citation.year) if card.citation.year else ""
    told = filter(None, (who, year, card.citation.journal))
    return shortened(", ".join(told), 200)


def badge_sentence(card: StudyCard) -> str:
    """What the badge of this card says, in one sentence a patient can read."""
    return shortened(card.badge.why or words.BADGES[card.badge.badge].sentence, 400)
