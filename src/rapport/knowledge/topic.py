"""What an atlas is about, words that look like the name of a definition, and plain names."""

import msgspec

from rapport.knowledge.header import Entry


class TopicClass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One class of studies in a topic: in if any of `any_of` and, where given, any of `and_any_of`.

    `unless_headed_by` names a class whose `any_of` in title, keywords or subject headings makes
    the publication that class's own, whatever else it speaks of.
    """

    id: str
    name: str
    any_of: tuple[str, ...]
    and_any_of: tuple[str, ...] = ()
    unless_headed_by: str | None = None


class TopicExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A title or sentence of our own and the class it falls in; None means off-topic."""

    text: str
    topic_class: str | None = None


class Topic(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an atlas is about; patterns are RE2, case ignored unless they say otherwise."""

    classes: tuple[TopicClass, ...]
    examples: tuple[TopicExample, ...]


class CollisionSentence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence of our own with words that look like a definition's name and are not one."""

    text: str
    looks_like: tuple[str, ...]
    why: str


class Collisions(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sentences in which no pattern of a definition may find a mention."""

    sentences: tuple[CollisionSentence, ...]


class PlainNames(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What each case definition is called in a sentence for a patient, by its id."""

    names: dict[str, str]
