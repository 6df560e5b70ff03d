"""The search index: what of a card is searched, and the folder it is kept in.

This is the only module that builds tantivy's schema. The index is derived from the cards; the
engine's files differ from run to run, which is why they stand apart from the release.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path

import msgspec
import tantivy

from rapport.cards.study_card import Parts, StudyCard
from rapport.core.encoding import to_json
from rapport.core.vocabulary import Badge, Design, ReadScope

VERSION = 4
"""Raised when the schema changes, so that an older index is built again."""

FACETS = ("badge", "definition", "design", "read", "topic_class")
COLUMNS = {
    "badge_read_topic": ("badge", "read", "topic_class"),
    "designs": ("design",),
    "definition_sets": ("definition",),
}
"""Column -> facets that are counted in one. A column costs time for each card that is found, and
each of its values costs time once: facets of few values stand together."""
EVERYTHING = "everything"
"""One field with all words: a query then walks one list of cards per word, not one per field."""
TEXT_FIELDS = (EVERYTHING, "title", "author", "journal", "definition_words")
_WEIGHTS = {"title": 3, "author": 2, "journal": 1, "definition_words": 2, "text": 1}
"""How often each part is written into that field, which is how much it counts for the order."""
_FACET_END, _VALUE_END = "\x1e", "\x1f"
LACKS = "lacks"
"""The words of nearly every card that this one does not have: counting the few that lack a word is
quicker than counting the many that have it."""
_MARK = "index.json"
_HEAP = 128_000_000
_MANY_CARDS = 50_000
_SAMPLE = 20_000
"""So many cards tell which words nearly every card has. Where they mislead, it costs but time."""
_KEPT_WORDS = 100_000


class Hit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One card in the list of results; `text_origin` is that of the card's source."""

    id: str
    title: str
    citation: str
    badge: Badge
    design: Design
    read: ReadScope
    year: int | None = None
    retracted: bool = False
    n_cases: int | None = None
    text_origin: str = "source"


class IndexedCard(Hit, frozen=True, kw_only=True, omit_defaults=True):
    """What the index holds of a card: what a hit shows, and what is only searched."""

    authors: str = ""
    journal: str = ""
    definitions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    text: str = ""


class IndexMark(msgspec.Struct, frozen=True, kw_only=True):
    """Which cards an index was made from, by which schema, and the words whose lack it knows."""

    version: int
    cards: str
    lacked: tuple[str, ...] = ()


class Counted:
    """The facet counts of the queries asked last: the index never changes, so they stay true.

    Most people ask for the same words, and turn pages; counting is half the work of a search.
    """

    def __init__(self, most: int = 1024) -> None:
        self._most = most
        self._found: dict[msgspec.Struct, dict[str, dict[str, int]]] = {}

    def get(self, query: msgspec.Struct) -> dict[str, dict[str, int]] | None:
        """The counts, or None where they were not counted lately."""
        return self._found.get(query)

    def put(
        self, query: msgspec.Struct, facets: dict[str, dict[str, int]]
    ) -> dict[str, dict[str, int]]:
        """Keep the counts, and give them back; the oldest make room."""
        while len(self._found) >= self._most:
            # Another thread may have removed it already.
            self._found.pop(next(iter(self._found), query), None)
        self._found[query] = facets
        return facets


class SearchIndex:
    """An index that is open to be searched, by any number of threads."""

    def __init__(self, index: tantivy.Index, lacked: frozenset[str] = frozenset()) -> None:
        self.index = index
        self.lacked = lacked
        """Words, as analysed, of which the index knows the cards that lack them."""
        self.schema = index.schema
        self.analyser = _analyser()
        self.searcher = index.searcher()
        self.counted = Counted()
        many = len(self) > _MANY_CARDS
        self.beside = ThreadPoolExecutor(1, "facets") if many else None
        """A thread that counts while hits are found; None where few cards make it not pay."""
        self.common_from = len(self) // 2 if many else len(self)
        """A word that more cards have is common. Few cards have no common words."""

    def __len__(self) -> int:
        """The number of cards."""
        return self.searcher.num_docs

    def is_common(self, field: str, words: Sequence[str]) -> bool:
        """Whether this is one word, as analysed, and so many have it that it tells none apart."""
        return len(words) == 1 and self.searcher.doc_freq(field, words[0]) > self.common_from


def indexed(card: StudyCard) -> IndexedCard:
    """What of a card is searched and listed."""
    citation = card.citation
    return IndexedCard(
        id=card.id,
        title=citation.title or citation.text,
        citation=citation.text,
        badge=card.badge.badge,
        design=card.design.value,
        read=card.read,
        year=citation.year,
        retracted=card.retracted,
        n_cases=card.participants.n_cases,
        text_origin=card.source.text_origin,
        authors="; ".join(citation.authors),
        journal=citation.journal or "",
        definitions=card.badge.definitions,
        topics=card.topics,
        text="\n".join(_texts(card.parts)),
    )


def write_index(
    cards: Iterable[IndexedCard], folder: Path, *, mark: str, sample: int = _SAMPLE
) -> None:
    """Write the index of `cards` into `folder`, in place of an index that was there.

    `mark` is the hash of the cards, by which `open_index` knows that the index belongs to them.
    The first `sample` cards tell which words are common; fewer cards have none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    lacked = _fill(tantivy.Index(_schema(), str(folder)), cards, sample)
    found = IndexMark(version=VERSION, cards=mark, lacked=tuple(sorted(lacked)))
    (folder / _MARK).write_bytes(to_json(found))


def open_index(folder: Path, *, mark: str) -> SearchIndex | None:
    """The index in `folder`; None where there is none that belongs to these cards."""
    try:
        found = msgspec.json.decode((folder / _MARK).read_bytes(), type=IndexMark)
        if (found.version, found.cards) != (VERSION, mark):
            return None
        index = tantivy.Index.open(str(folder))
        index.register_tokenizer("words", _analyser())
        return SearchIndex(index, frozenset(found.lacked))
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def index_in_memory(cards: Iterable[IndexedCard], *, sample: int = _SAMPLE) -> SearchIndex:
    """An index that lives as long as the process: for a release folder that is read-only."""
    index = tantivy.Index(_schema())
    return SearchIndex(index, _fill(index, cards, sample))


def _texts(parts: Parts) -> Iterator[str]:
    for part in (
        parts.quick_summary,
        parts.why_it_matters,
        parts.observed,
        parts.inferred,
        parts.remaining_questions,
    ):
        for statement in part:
            yield statement.text


def _fill(index: tantivy.Index, cards: Iterable[IndexedCard], sample: int) -> frozenset[str]:
    """Write the cards; the words whose lack the index knows."""
    analyser = _analyser()
    index.register_tokenizer("words", analyser)
    rest = iter(cards)
    first = list(islice(rest, sample))
    lacked = frozenset[str]()
    if len(first) == sample:
        lacked = _common_words(_Words(analyser), first)
    words = _Words(analyser, lacked)
    # One thread keeps the cards in their order, so that equal scores list in the same order.
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for card in chain(first, rest):
        lacks = lacked - words.of(card) if lacked else lacked
        writer.add_document(_document(card, lacks))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return lacked


def _common_words(words: "_Words", cards: Sequence[IndexedCard]) -> frozenset[str]:
    """The words, as analysed, that more than half of the cards have."""
    counts = Counter(word for card in cards for word in words.of(card))
    return frozenset(word for word, count in counts.items() if count > len(cards) / 2)


class _Words(dict[str, list[str]]):
    """What is written between spaces -> its words, as analysed, once for all cards.

    With `only`, those of its words that are among them.
    """

    def __init__(
        self, analyser: tantivy.TextAnalyzer, only: frozenset[str] | None = None
    ) -> None:
        super().__init__()
        self._analyser, self._only = analyser, only

    def __missing__(self, written: str) -> list[str]:
        if len(self) >= _KEPT_WORDS:
            self.clear()
        words = self._analyser.analyze(written)
        if self._only is not None:
            words = [word for word in words if word in self._only]
        self[written] = words
        return words

    def of(self, card: IndexedCard) -> set[str]:
        """Every word of a card, each once."""
        texts = _texts_of(card)
        written = set(" ".join(texts[field] for field in _WEIGHTS).split())
        return set(chain.from_iterable(map(self.__getitem__, written)))


def _document(card: IndexedCard, lacks: Iterable[str]) -> tantivy.Document:
    document = tantivy.Document()
    listed = msgspec.structs.replace(card, text="", authors="", definitions=(), topics=())
    document.add_bytes("card", to_json(listed))
    document.add_text("id", card.id)
    texts = _texts_of(card)
    for field in TEXT_FIELDS[1:]:
        document.add_text(field, texts[field])
    for field, weight in _WEIGHTS.items():
        for _ in range(weight):
            document.add_text(EVERYTHING, texts[field])
    for word in lacks:
        document.add_text(LACKS, word)
    values = _facet_values(card)
    for facet in FACETS:
        for value in values[facet]:
            document.add_text(facet, value)
    for column, facets in COLUMNS.items():
        document.add_text(column, _FACET_END.join(_VALUE_END.join(values[f]) for f in facets))
    document.add_unsigned("year", card.year or 0)
    return document


def values_in(column: str, key: str) -> Iterator[tuple[str, str]]:
    """Facet and value for each that stands in a value of a column."""
    for facet, values in zip(COLUMNS[column], key.split(_FACET_END), strict=True):
        for value in values.split(_VALUE_END) if values else ():
            yield facet, value


def _facet_values(card: IndexedCard) -> dict[str, tuple[str, ...]]:
    """The values of each facet, each once, so that no card counts twice."""
    return {
        "badge": (card.badge.value,),
        "definition": tuple(sorted(set(card.definitions))),
        "design": (card.design.value,),
        "read": (card.read.value,),
        "topic_class": tuple(sorted(set(card.topics))),
    }


def _texts_of(card: IndexedCard) -> dict[str, str]:
    return {
        "title": card.title,
        "author": card.authors,
        "journal": card.journal,
        "definition_words": " ".join(card.definitions).replace("_", " "),
        "text": card.text,
    }


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("card", stored=True)
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    for field in TEXT_FIELDS:
        builder.add_text_field(field, tokenizer_name="words", index_option="position")
    for facet in (*FACETS, LACKS):
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic")
    for column in COLUMNS:
        builder.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True)
    return builder.build()


def _analyser() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _clear(folder: Path) -> None:
    """Remove an index that was there; files of others (the offsets of the cards) stay."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix != ".offsets":
            path.unlink()
