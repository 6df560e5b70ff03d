"""`rapport atlas fetch`: publications from Europe PMC or PubMed, politely, to a file."""

import os
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rapport import __version__
from rapport.cli import clock
from rapport.core.errors import InputError
from rapport.evidence.live import europepmc, pubmed
from rapport.evidence.live.asking import Asker, Clock
from rapport.evidence.live.europepmc import EuropePmc
from rapport.evidence.live.fetch import Service, fetch, opened
from rapport.evidence.live.kept_answers import KeptAnswers, Question
from rapport.evidence.live.pubmed import PubMed


class Source(StrEnum):
    """Where publications can be asked for."""

    EUROPEPMC = "europepmc"
    PUBMED = "pubmed"


def atlas_fetch(
    query: Annotated[str, typer.Argument(help="The query, as on the website of the source.")],
    out: Annotated[Path, typer.Option(help="The file to write: JSON Lines.")],
    source: Annotated[Source, typer.Option(help="Who is asked.")] = Source.EUROPEPMC,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Open full texts too, where there are any.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many records, the first ones.")
    ] = None,
    email: Annotated[
        str | None,
        typer.Option(envvar="RAPPORT_EMAIL", help="Told to the server, to reach you."),
    ] = None,
    api_key: Annotated[
        str | None,
        typer.Option(envvar="NCBI_API_KEY", help="A key of NCBI, for ten questions a second."),
    ] = None,
) -> None:
    """Fetch publications from Europe PMC or PubMed into a file that `atlas build` reads.

    Asks slowly, waits when told to, and keeps every answer in OUT.parts. After an interruption
    the same command goes on where it stopped and asks nothing twice.

    Example: rapport atlas fetch '"chronic fatigue syndrome" AND PUB_YEAR:2024' --out new.jsonl
    """
    question = Question(source=source.value, query=query, full_text=full_text, limit=limit)
    try:
        kept = opened(out, question)
        asker = _asker(source, email=email, has_key=api_key is not None)
        try:
            tally = fetch(_service(source, asker, kept, email, api_key), question, out)
        finally:
            asker.close()
    except OSError as error:
        raise InputError(
            "It cannot be written.",
            where=f"{error.filename or out} ({error.strerror or error})",
            fix="Check the folder of --out and the space on the disk.",
        ) from error
    for line in tally.lines():
        _tell(line)
    _tell(f"written: {out}")


def _asker(source: Source, *, email: str | None, has_key: bool) -> Asker:
    pubmed_interval = pubmed.INTERVAL_WITH_KEY if has_key else pubmed.INTERVAL
    return Asker(
        Clock(seconds=time.monotonic, now=clock.now, wait=time.sleep),
        interval=europepmc.INTERVAL if source is Source.EUROPEPMC else pubmed_interval,
        agent=f"rapport/{__version__}" + (f" (mailto:{email})" if email else ""),
        tell=_tell,
    )


def _service(
    source: Source, asker: Asker, kept: KeptAnswers, email: str | None, api_key: str | None
) -> Service:
    """The service, at its own address or at the one the environment names."""
    if source is Source.EUROPEPMC:
        base = os.environ.get("RAPPORT_EUROPEPMC_URL", europepmc.BASE)
        return EuropePmc(base, asker, kept, _tell)
    base = os.environ.get("RAPPORT_PUBMED_URL", pubmed.BASE)
    sender = {"tool": "rapport", "email": email, "api_key": api_key}
    given = {name: value for name, value in sender.items() if value is not None}
    return PubMed(base, asker, kept, _tell, given)


def _tell(words: str) -> None:
    typer.echo(words, err=True)
