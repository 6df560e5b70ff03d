"""A topic's screen, for raw bytes and for parsed publications."""

from collections.abc import Iterator

from rapport.evidence.publication import Publication
from rapport.evidence.screen.raw_pattern import raw_pattern
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.knowledge.model import Topic, TopicClass
from rapport.knowledge.patterns import TextPattern


class Screen:
    """Says which class of a topic a publication belongs to; patterns are compiled once.

    `raw_pattern` is found in the bytes of every PubMed XML record to whose publication
    `topic_class` gives a class; it may be found in others too.
    """

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        heads = {each.id: TextPattern(each.any_of, ignore_case=True) for each in topic.classes}
        self._classes = [_ClassScreen(each, heads) for each in topic.classes]
        self.raw_pattern = BytesPattern(raw_pattern(_needed(topic)))

    def topic_class(self, publication: Publication) -> str | None:
        """The id of the first class, in the topic's order, that takes it; None if off-topic."""
        about = tuple(_about(publication))
        return next((each.id for each in self._classes if each.takes(publication, about)), None)


class _ClassScreen:
    """One class, its patterns compiled."""

    def __init__(self, of: TopicClass, heads: dict[str, TextPattern]) -> None:
        self.id = of.id
        self._names = heads[of.id]
        self._also = TextPattern(of.and_any_of, ignore_case=True) if of.and_any_of else None
        self._unless = heads[of.unless_headed_by] if of.unless_headed_by else None

    def takes(self, publication: Publication, about: tuple[str, ...]) -> bool:
        """Whether the class takes a publication that is `about` these texts."""
        if not _occurs(self._names, about):
            return False
        if self._unless is not None and _occurs(self._unless, _head(publication)):
            return False
        if self._also is None or _occurs(self._also, about):
            return True
        return _occurs(self._also, _body(publication))


def _occurs(pattern: TextPattern, texts: Iterator[str] | tuple[str, ...]) -> bool:
    return any(pattern.occurs_in(text) for text in texts)


def _needed(topic: Topic) -> Iterator[str]:
    """Patterns of which one must occur in whatever the topic takes: the rarer of two lists."""
    for each in topic.classes:
        yield from each.and_any_of or each.any_of


def _head(publication: Publication) -> Iterator[str]:
    """What names the subject of the publication: title, keywords, subject headings."""
    if publication.title:
        yield publication.title
    yield from publication.keywords
    yield from publication.mesh


def _about(publication: Publication) -> Iterator[str]:
    """What says what the publication is about: the head, the abstract, text without parts.

    The body counts only where there is no abstract: it speaks of much in passing.
    """
    yield from _head(publication)
    for part in publication.abstract:
        yield part.text
    if publication.text:
        yield publication.text
    if not publication.abstract:
        yield from _body(publication)


def _body(publication: Publication) -> Iterator[str]:
    for section in publication.sections:
        if section.title:
            yield section.title
        yield from section.paragraphs
