"""`rapport atlas why`: what a badge rests on, and each sentence that was set aside, with the reason."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from rapport.cards.badge_words import BADGES
from rapport.cards.facts import PemRecord
from rapport.cli.records import Files, each_read
from rapport.core.encoding import plain, to_json
from rapport.evidence.publication import Publication
from rapport.evidence.read.reader import Reader
from rapport.evidence.read.set_aside import ROLE_WORDS, SetAside
from rapport.knowledge.load import load

WIDTH = 96
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON line a publication.")]


def atlas_why(files: Files, json: AsJson = False) -> None:
    """Say why each publication has its PEM badge, and which sentences do not count, and why.

    Shown are the sentences that decide, and every other one that names a case definition or
    asks for PEM, with the reason for which it was set aside. So a badge can be disputed sentence
    by sentence.

    Example: rapport atlas why paper.xml
    """
    knowledge = load()
    reader = Reader(knowledge)
    names = {each.id: each.short_name for each in knowledge.definitions.values()}
    for publication in each_read(files):
        reading, aside = reader.explain(publication)
        record = reading.pem
        if json:
            line = {"id": publication.id, "pem": plain(record), "set_aside": plain(aside)}
            typer.echo(to_json(line).decode())
        else:
            typer.echo("\n".join(_told(publication, record, aside, names)))


def _told(
    publication: Publication,
    record: PemRecord,
    aside: tuple[SetAside, ...],
    names: Mapping[str, str],
) -> Iterator[str]:
    yield publication.title or publication.id
    yield f"{BADGES[record.badge].label}. {record.why or ''}".rstrip()
    if record.evidence:
        yield "It rests on:"
    for span in record.evidence:
        yield _quoted(span.quote)
    if aside:
        yield "Set aside:"
    for each in aside:
        yield _quoted(each.span.quote)
        named = ", ".join(names.get(n or "", "an open name") for n in each.definitions) or "PEM"
        rule = f"; rule {each.rule}" if each.rule else ""
        yield f"      names {named}; {ROLE_WORDS[each.role]} ({each.section}{rule})"
    if not record.evidence and not aside:
        yield "No sentence names a case definition or PEM."
    yield ""


def _quoted(quote: str) -> str:
    even = " ".join(quote.split())
    return textwrap.fill(f'"{even}"', WIDTH, initial_indent="  - ", subsequent_indent="    ")
