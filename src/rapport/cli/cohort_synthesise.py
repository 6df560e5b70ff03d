"""`rapport cohort synthesise`: several cohorts or studies put together, by badge."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rapport.cohort.folder import Folder
from rapport.cohort.synthesis.page import Account, summary, synthesis_files
from rapport.cohort.synthesis.sources import common_estimands, read_studies
from rapport.core.encoding import to_pretty_json
from rapport.core.errors import UsageError
from rapport.stats.meta.studies import together
from rapport.stats.meta.synthesis import Between


def cohort_synthesise(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="results.json files, folders that hold them, or tables of studies: study, "
            "estimate, se (or low and high), badge, definition.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder for page, numbers and forest plots.")
    ] = None,
    estimand: Annotated[
        str | None,
        typer.Option(help="What of the results is put together: see --list."),
    ] = None,
    method: Annotated[
        Between, typer.Option(help="How the variance between studies is estimated.")
    ] = Between.REML,
    normal: Annotated[
        bool,
        typer.Option("--normal", help="Normal intervals instead of Knapp and Hartung's."),
    ] = False,
    title: Annotated[str, typer.Option(help="Title of the page.")] = "Studies put together",
    list_: Annotated[
        bool, typer.Option("--list", help="List the estimands that all cohorts have; no more.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
) -> None:
    """Put results of several cohorts or studies together: all, and those that required PEM.

    Random effects with groups by badge and case definition, prediction interval and forest
    plots. A study counts once.

    Example: rapport cohort synthesise reports/ --estimand partition.common --out together
    """
    if list_:
        for name in common_estimands(sources):
            typer.echo(name)
        return
    if out is None and not as_json:
        raise UsageError("nowhere to write to", where="--out", fix="name a folder, or --json")
    read = read_studies(sources, estimand)
    found = together(read.studies, method=method, knapp_hartung=not normal)
    account = Account(title=title, estimand=estimand, notes=read.notes, result=found)
    if out is not None:
        Folder(out, "synthesis").finish(synthesis_files(account))
    if as_json:
        sys.stdout.buffer.write(to_pretty_json(account))
        return
    for line in summary(account):
        typer.echo(line)
    typer.echo(f"The synthesis is in {out}", err=True)
