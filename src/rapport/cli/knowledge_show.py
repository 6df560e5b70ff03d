"""`rapport knowledge show`: one entry of the knowledge base, and how far it can be trusted."""

import sys
from typing import Annotated

import typer

from rapport.core.encoding import plain, to_pretty_json
from rapport.core.errors import UsageError
from rapport.knowledge.entries import (
    checked_words,
    entries,
    near_matches,
    verification_words,
    warning_words,
)
from rapport.knowledge.load import everything
from rapport.knowledge.model import Entry, Knowledge
from rapport.knowledge.pages.entry import entry_text


def knowledge_show(
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="An entry's id: fukuda_1994, P011, rct_blinded.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="The entry as JSON.")] = False,
) -> None:
    """Show one entry of the knowledge base: what it says, its source, how sure it is.

    Example: rapport knowledge show fukuda_1994
    """
    knowledge = everything()
    kind, entry = _entry(knowledge, entry_id)
    if as_json:
        sys.stdout.write(to_pretty_json(_data(kind, entry, knowledge)).decode())
    else:
        sys.stdout.write(entry_text(kind, entry))


def _entry(knowledge: Knowledge, entry_id: str) -> tuple[str, Entry]:
    for kind, entry in entries(knowledge):
        if entry.id == entry_id:
            return kind, entry
    near = near_matches(entry_id, knowledge)
    raise UsageError(
        f"there is no entry '{entry_id}'",
        where="the knowledge base",
        fix=f"did you mean {' or '.join(near)}?" if near else "try an id such as fukuda_1994",
    )


def _data(kind: str, entry: Entry, knowledge: Knowledge) -> dict[str, object]:
    """The entry's fields, and beside them what a reader must be told of it in words."""
    return {
        "kind": kind,
        "verified": entry.is_verified,
        "warning": warning_words(entry),
        "verification_in_words": verification_words(entry),
        "checked": checked_words(entry),
        "knowledge": knowledge.version,
        "entry": plain(entry),
    }
