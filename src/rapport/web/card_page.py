"""A card as its page shows it: the short version first, then each part, each with its place.

Pure: a card in, what the template prints out. The page stays small however much a paper says;
what does not fit stands on a page of its own, and nothing is left out silently.
"""

from collections.abc import Mapping, Sequence

import msgspec

from rapport.cards.badge_words import BADGES
from rapport.cards.facts import Statement
from rapport.cards.study_card import Parts, StudyCard
from rapport.core.spans import Span
from rapport.core.type_tags import without_tags
from rapport.core.vocabulary import Origin
from rapport.web import words

FIRST_SCREEN_WORDS = 60
FIRST_SCREEN_BYTES = 2_000
BADGE_RULES = "badge_"
"""How the names of the rules begin that put the badge into a sentence."""
FRAME_BYTES, PLACE_BYTES = 200, 120
"""What the mark-up around one statement takes, and around each of its places, roughly."""
MOST_BYTES_OF_A_SIGN = 6
MARK_BYTES = 4
TEXT_BYTES = 2_000
QUOTE_BYTES = 800
NOTE_BYTES = 300
SLIM_BYTES = 550
"""For the text and the quote of a first statement that alone would take more than its part."""
SECTION_BYTES = 100
MOST_SPANS = 3


Fields = Mapping[str, str]
"""Field of a span -> what it is called."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a value stands: the words of the source, and the place in words."""

    quote: str
    where: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of a card: its words, how it came to be, and where it says so.

    A quoted statement is its own quotation, printed in quotation marks: `about` then names the
    place, and `places` holds only what is not printed already.
    """

    text: str
    is_quoted: bool
    about: str
    note: str | None
    places: tuple[Place, ...]
    more_places: int


class PartName(msgspec.Struct, frozen=True, kw_only=True):
    """One of the six parts: its field, its fixed label, and what an empty one means.

    `most_bytes` is what it may take of its card's page: all six, the facts and the frame stay
    below 50 kB; `most` is how many statements are not too many to read at once. What a study
    does not prove comes last to be cut.
    """

    id: str
    most_bytes: int
    most: int = 5
    label: str
    about: str
    empty: str


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part on the page; `more` statements stand on the part's own page."""

    name: PartName
    says: tuple[Said, ...]
    more: int


class FirstScreen(msgspec.Struct, frozen=True, kw_only=True):
    """The quick summary in at most sixty words; `more` says whether there is more of it.

    `notes` are those of the sentences that are shown.
    """

    sentences: tuple[str, ...]
    more: bool
    notes: tuple[str, ...] = ()


PARTS: tuple[PartName, ...] = (
    PartName(
        id="quick_summary",
        most_bytes=2_400,
        label="Quick summary",
        about="What the study did and found, in short.",
        empty="There is no summary.",
    ),
    PartName(
        id="why_it_matters",
        most_bytes=2_400,
        label="Why it matters",
        about="Why someone might want to know.",
        empty="The text we read does not say.",
    ),
    PartName(
        id="observed",
        most_bytes=4_200,
        label="Observed findings",
        about="What was found in the data of this study.",
        empty="We found no sentence that states a finding.",
    ),
    PartName(
        id="inferred",
        most_bytes=3_200,
        label="Inferred conclusions",
        about="What the authors conclude from it. This goes beyond the data.",
        empty="We found no sentence that draws a conclusion.",
    ),
    PartName(
        id="remaining_questions",
        most_bytes=2_400,
        label="Remaining questions",
        about="What is still open.",
        empty="The text we read names none.",
    ),
    PartName(
        id="does_not_prove",
        most_bytes=6_200,
        most=10,
        label="What this study does not prove",
        about="The limits of this kind of study, and of this one.",
        empty="We could not tell. That does not mean that it proves anything.",
    ),
)
PART_NAMES = {name.id: name for name in PARTS}


def shortened(summary: Sequence[Statement], most: int = FIRST_SCREEN_WORDS) -> FirstScreen:
    """Whole sentences of the summary, as many as fit; a first one that is too long is cut."""
    shown: list[str] = []
    left, bytes_left = most, FIRST_SCREEN_BYTES
    texts = [without_tags(statement.text) for statement in summary]
    for text in texts:
        left -= len(text.split())
        bytes_left -= size(text)
        if min(left, bytes_left) < 0:
            break
        shown.append(text)
    if texts and not shown:
        started = " ".join(texts[0].split()[: most - 1]) + " …"
        shown.append(cut(started, FIRST_SCREEN_BYTES))
    complete = texts == shown
    notes = (cut(each.note, NOTE_BYTES) for each in summary[: len(shown)] if each.note)
    return FirstScreen(
        sentences=tuple(shown), more=not complete, notes=tuple(dict.fromkeys(notes))
    )


def statements(parts: Parts, part_id: str) -> tuple[Statement, ...]:
    """The statements of one part."""
    found: tuple[Statement, ...] = getattr(parts, part_id)
    return found


def parts_of(card: StudyCard) -> tuple[Part, ...]:
    """The six parts, in their order, each as far as it fits."""
    fields = field_words(card)
    return tuple(part(name, statements(card.parts, name.id), fields) for name in PARTS)


def part(name: PartName, found: Sequence[Statement], fields: Fields) -> Part:
    """One part with at least its first statement and as many more as fit."""
    says: list[Said] = []
    left = name.most_bytes
    for statement in found[: name.most]:
        one = said(statement, fields)
        if not says and weight(one) > left:
            one = slim(one)
        left -= weight(one)
        if says and left < 0:
            break
        says.append(one)
    return Part(name=name, says=tuple(says), more=len(found) - len(says))


def weight(one: Said) -> int:
    """The bytes that a statement takes on a page, roughly."""
    texts = (one.text, one.note or "", *(place.quote for place in one.places))
    frames = FRAME_BYTES + PLACE_BYTES * len(one.places)
    return frames + sum(size(text) for text in texts)


def slim(one: Said) -> Said:
    """The statement with its first place only, both cut; a note of the gate stays beside it."""
    kept = tuple(
        Place(quote=cut(place.quote, SLIM_BYTES), where=place.where) for place in one.places[:1]
    )
    return Said(
        text=cut(one.text, SLIM_BYTES),
        is_quoted=one.is_quoted,
        about=one.about,
        note=one.note,
        places=kept,
        more_places=one.more_places + len(one.places) - len(kept),
    )


def said(statement: Statement, fields: Fields = words.FIELDS) -> Said:
    """A statement with how it came to be and where it says so."""
    quoted = statement.origin is Origin.QUOTED
    shown = statement.text if quoted else None
    return Said(
        text=cut(without_tags(statement.text), TEXT_BYTES),
        is_quoted=quoted,
        about=_quoted(statement, fields) if quoted else _made(statement),
        note=cut(statement.note, NOTE_BYTES) if statement.note else None,
        places=places(statement.spans, fields, shown=shown),
        more_places=max(0, len(statement.spans) - MOST_SPANS),
    )


def _quoted(statement: Statement, fields: Fields) -> str:
    """Where a quoted statement stands, and how strongly it words a link."""
    at = next((where(s, fields) for s in statement.spans if s.quote == statement.text), "")
    place = f"{words.ORIGINS[statement.origin]}: {at[:1].lower()}{at[1:]}."
    return f"{place} It {words.BANDS[statement.band]}." if statement.band else place


def _made(statement: Statement) -> str:
    """How a statement came to be that is not a quotation; the rule by its name."""
    how = words.ORIGINS[statement.origin]
    return f"{how} ({cut(statement.rule, 80)})." if statement.rule else f"{how}."


def places(
    spans: Sequence[Span],
    fields: Fields = words.FIELDS,
    *,
    shown: str | None = None,
    most: int = MOST_SPANS,
    quote_bytes: int = QUOTE_BYTES,
) -> tuple[Place, ...]:
    """The first places of a value, without those whose words are `shown` already."""
    return tuple(
        Place(quote=cut(without_tags(span.quote), quote_bytes), where=where(span, fields))
        for span in spans[:most]
        if span.quote != shown
    )


def where(span: Span, fields: Fields = words.FIELDS) -> str:
    """A place in words: "Abstract, methods, characters 120 to 180"."""
    field = fields.get(span.field, span.field)
    section = (
        f", {cut(span.section, SECTION_BYTES)}"
        if span.section and span.section.lower() != span.field
        else ""
    )
    return f"{field[:1].upper()}{field[1:]}{section}, characters {span.start} to {span.end}"


def cut(text: str, most_bytes: int) -> str:
    """The text, cut at a word and marked where it would take more than so many bytes of a page.

    Bytes are those of the escaped text, so that no letters and no signs can swell a page.
    """
    if len(text) * MOST_BYTES_OF_A_SIGN <= most_bytes or size(text) <= most_bytes:
        return text
    kept = text[:most_bytes]
    while size(kept) > most_bytes - MARK_BYTES:
        kept = kept[: len(kept) * 9 // 10]
    return kept.rsplit(" ", 1)[0] + " …"


def size(text: str) -> int:
    """The most bytes that a text can take on a page, with its signs escaped."""
    return len(text.encode()) + 4 * sum(map(text.count, "&<>'\""))


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
    return cut(", ".join(told), 200)


def is_digest(card: StudyCard) -> bool:
    """Whether the text behind the card is ours, written from published facts."""
    return card.source.text_origin == words.DIGEST


def field_words(card: StudyCard) -> Fields:
    """What the fields of a card's source are called; a digest is never called an abstract."""
    return {**words.FIELDS, "abstract": "our digest"} if is_digest(card) else words.FIELDS


def read_words(card: StudyCard) -> str:
    """What was read, to follow "We read the"."""
    return words.read(card.read, card.source.text_origin)


def badge_statement(card: StudyCard) -> Statement | None:
    """The statement of the summary that says what the badge says; None where there is none."""
    found = (s for s in card.parts.quick_summary if (s.rule or "").startswith(BADGE_RULES))
    return next(found, None)


def badge_sentence(card: StudyCard) -> str:
    """What the badge of this card says, in one sentence a patient can read."""
    stated = badge_statement(card)
    told = stated.text if stated else card.badge.why
    return cut(told or BADGES[card.badge.badge].sentence, 400)


def first_screen(card: StudyCard) -> FirstScreen:
    """The summary beside the badge: what the badge has said is not said again."""
    stated = badge_statement(card)
    most = FIRST_SCREEN_WORDS - (len(stated.text.split()) if stated else 0)
    return shortened([one for one in card.parts.quick_summary if one is not stated], most)
