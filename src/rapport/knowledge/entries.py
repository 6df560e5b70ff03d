"""All entries of the knowledge base, whatever their kind, and what every reader is told of them."""

import difflib
from collections.abc import Iterator
from typing import cast

import msgspec

from rapport.knowledge.model import Entry, Knowledge, Verification
from rapport.knowledge.practice import Practice

NOT_CHECKED = "not yet checked by a second person"

VERIFICATION_IN_WORDS = {
    Verification.PRIMARY_READ: "checked against the full primary text",
    Verification.PRIMARY_READ_IN_PART: "checked against a part of the primary text",
    Verification.PRIMARY_USE_READ: "checked against the methods of a paper that uses it",
    Verification.SECONDARY_READ: "checked against one restatement by others",
    Verification.SECONDARY_READ_AGREEING: "checked against several restatements that agree",
    Verification.EXISTENCE_ONLY: "only known to exist; its wording is not verified",
    Verification.UNVERIFIED: "general knowledge that was not checked against any source",
    Verification.PRINCIPLE: "a rule of this project, not a published definition",
}

KIND_IN_WORDS = {
    "definitions": "case definition",
    "entry_rules": "entry rule",
    "designs": "design",
    "wording_levels": "wording level",
    "wording_guards": "words that change what is claimed",
    "wording_rules": "way of saying too much",
    "topics": "topic",
    "collisions": "words that look like a definition's name",
    "plain_names": "names for people",
    "card_sentences": "sentence of a card",
    "rule_files": "rules for reading",
    "instruments": "questionnaire",
    "consents": "consent text",
    "challenges": "the six challenges",
    "texts": "text of the practice wing",
    "thresholds": "set of thresholds",
    "register": "entry of the evidence register",
    "cards": "intervention card",
    "safety_rules": "safety rule",
    "red_flags": "warning signs",
    "countries": "country pack",
}


def entries(knowledge: Knowledge) -> Iterator[tuple[str, Entry]]:
    """Every entry with the name of its kind, in the order of the kinds and then of the ids.

    A kind that is added to Knowledge is in here without further ado.
    """
    yield from _entries_in(knowledge)


def _entries_in(holder: msgspec.Struct) -> Iterator[tuple[str, Entry]]:
    for field in msgspec.structs.fields(holder):
        value: object = getattr(holder, field.name)
        if isinstance(value, Entry):
            yield field.name, value
        elif isinstance(value, Practice):
            yield from _entries_in(value)
        elif isinstance(value, dict):
            for entry in cast("dict[object, object]", value).values():
                if isinstance(entry, Entry):
                    yield field.name, entry


def near_matches(word: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Up to five ids that look like the word, the likeliest first; also by a definition's alias."""
    wanted = word.casefold()
    by_alias = [
        definition.id
        for definition in knowledge.definitions.values()
        if any(wanted == alias.casefold() for alias in definition.aliases)
    ]
    ids = [entry.id for _, entry in entries(knowledge)]
    begins = [each for each in ids if each.casefold().startswith(wanted)] if wanted else []
    close = difflib.get_close_matches(wanted, ids, n=5, cutoff=0.5)
    return tuple(dict.fromkeys([*by_alias, *begins, *close]))[:5]


def verification_words(entry: Entry) -> str:
    """How sure the entry is, in words, with the detail where there is one."""
    words = VERIFICATION_IN_WORDS[entry.verification]
    return f"{words} ({entry.verification_detail})" if entry.verification_detail else words


def checked_words(entry: Entry) -> str:
    """Who checked the entry, or that nobody but its author has."""
    return f"checked by {entry.checked_by}" if entry.checked_by else NOT_CHECKED


def warning_words(entry: Entry) -> str | None:
    """What must be said before anything else of an entry that is not verified; else None."""
    if entry.is_verified:
        return None
    return f"NOT VERIFIED: {VERIFICATION_IN_WORDS[entry.verification]}. Check it before you rely on it."
