"""`rapport atlas diff`: what changed from one release to another, card by card, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from rapport.core.encoding import to_json
from rapport.evidence.release.compared import Compared
from rapport.evidence.release.difference import CardChange, Fate
from rapport.evidence.release.opened import Release

_LONGEST = 80


def atlas_diff(
    before: Annotated[Path, typer.Argument(help="Folder of the older release.")],
    after: Annotated[Path, typer.Argument(help="Folder of the newer release.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON Lines, one changed card each.")
    ] = False,
) -> None:
    """Tell what changed between two releases, card by card, and why.

    The causes are new text, a new rule, a new decision, new knowledge, new relations to other
    works and new notices about the work. Where several can have brought a change about, all are
    named. Ends with exit status 0 whether or not anything changed.

    Example: rapport atlas diff atlas-may atlas-june
    """
    compared = Compared(Release(before), Release(after))
    counts: Counter[Fate] = Counter()
    for change in compared.all():
        counts[change.fate] += 1
        typer.echo(to_json(change).decode() if as_json else "\n".join(told(change)))
    listed = ", ".join(f"{counts[fate]:,} {fate.value}" for fate in Fate)
    typer.echo(f"{listed}, {compared.unchanged(counts):,} unchanged", err=True)


def told(change: CardChange) -> Iterator[str]:
    """The change in lines for a person."""
    causes = " or ".join(cause.value for cause in change.causes) or "not known"
    yield f"{change.card}: {change.fate.value} ({causes})"
    if change.now is not None:
        yield f"  now: {change.now}"
    for field in change.fields:
        listed = (_texts(field.before), _texts(field.after))
        if listed == ({}, {}):
            yield f"  {field.field}: {_value(field.before)} -> {_value(field.after)}"
        else:
            yield from _list_change(field.field, *listed)


def _list_change(
    name: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[str]:
    """What came into a list of sentences, what went and what is told otherwise, by its words."""
    yield f"  {name}:"
    yield from (f"    gone: {_value(text)}" for text in before if text not in after)
    yield from (f"    new:  {_value(text)}" for text in after if text not in before)
    both = (text for text in before if text in after and before[text] != after[text])
    yield from (f"    same words, other notes or places: {_value(text)}" for text in both)


def _texts(value: object) -> dict[str, object]:
    """Sentences by their words, from a list of statements or places; empty for anything else."""
    try:
        items = msgspec.convert(value, list[dict[str, object]])
    except msgspec.ValidationError:
        return {}
    found: dict[str, object] = {}
    for item in items:
        words = item.get("text") or item.get("quote")
        if isinstance(words, str):
            found[words] = item
    return found


def _value(value: object) -> str:
    """A value, or the beginning of a long one."""
    if value is None:
        return "not stated"
    text = " ".join(value.split()) if isinstance(value, str) else to_json(value).decode()
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."
