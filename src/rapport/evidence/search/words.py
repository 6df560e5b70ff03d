"""What a person typed into the search box, as clauses; every text is a valid query."""

import re
from enum import StrEnum

import msgspec

MAX_LENGTH = 400
"""Characters of a query that are read; the rest is ignored."""
MAX_CLAUSES = 24

_CLAUSE = re.compile(r'(-)?(?:([A-Za-z_]{2,12}):)?(?:"([^"]*)"?|([^\s"]+))')


class Field(StrEnum):
    """The fields that words are looked for in; ALL stands for every one of them."""

    ALL = "all"
    TITLE = "title"
    AUTHOR = "author"
    JOURNAL = "journal"
    DEFINITION = "definition"


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """Words that stand next to each other (`phrase`) or one word, wanted or excluded."""

    text: str
    field: Field = Field.ALL
    phrase: bool = False
    excluded: bool = False


def clauses(query: str) -> tuple[Clause, ...]:
    """The clauses of a query: words, "phrases", `author:heins`, `-word`; empty for no words.

    An unknown field name and a stray sign are read as words; an open quotation mark closes at
    the end. A query that only excludes is a valid one.
    """
    found = (_clause(match) for match in _CLAUSE.finditer(query[:MAX_LENGTH]))
    return tuple(clause for clause in found if clause is not None)[:MAX_CLAUSES]


def _clause(match: "re.Match[str]") -> Clause | None:
    minus, name, quoted, word = match.groups()
    text = quoted if quoted is not None else word
    field = Field.ALL
    if name is not None:
        try:
            field = Field(name.lower())
        except ValueError:
            text = f"{name} {text}"
    if not any(character.isalnum() for character in text):
        return None
    return Clause(
        text=text,
        field=field,
        phrase=quoted is not None or field is not Field.ALL or " " in text,
        excluded=minus is not None,
    )
