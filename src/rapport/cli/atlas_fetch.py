"""`rapport atlas fetch`: publications from Europe PMC or PubMed, politely, to a file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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
    # Only this command needs the network, whose library takes longest to load of all.
    from rapport.cli.fetching import Options, run

    run(
        query,
        out,
        Options(
            source=source.value, full_text=full_text, limit=limit, email=email, api_key=api_key
        ),
    )
