"""How the parts of an abstract or a press release are told, typed: reading/strength/parts.toml."""

from functools import cache

import msgspec

from rapport.knowledge.model import Entry
from rapport.knowledge.rule_files import rule_file


class PartExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text of our own and the part of each of its sentences, in order."""

    text: str
    parts: tuple[str, ...]


class TextParts(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels and cues by part, RE2 with case ignored.

    A label opens a part that reaches to the next label. In a text without labels a sentence
    belongs to the first part of which it has a cue; what stands before the first sentence with
    one of `aims` is background, what follows it up to the first result is method.
    """

    labels: dict[str, tuple[str, ...]]
    cues: dict[str, tuple[str, ...]]
    aims: tuple[str, ...]
    examples: tuple[PartExample, ...]


@cache
def text_parts() -> TextParts:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file("strength/parts.toml", TextParts)
