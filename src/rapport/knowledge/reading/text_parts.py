"""How the parts of an abstract or a press release are told, typed: reading/strength/parts.toml."""

from functools import cache

import msgspec

from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file


class PartExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text of our own and the part of each of its sentences, in order."""

    text: str
    parts: tuple[str, ...]


class TextParts(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels by part, RE2 with case ignored: a label opens a part that reaches to the next.

    Those of `weighing` are among them: below them a text weighs what it and others found.
    """

    weighing: tuple[str, ...]
    labels: dict[str, tuple[str, ...]]
    examples: tuple[PartExample, ...]


@cache
def text_parts() -> TextParts:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file("strength/parts.toml", TextParts)
