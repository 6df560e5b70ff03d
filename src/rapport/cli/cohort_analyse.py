"""`rapport cohort analyse`: from a clinic's measurements to an honest report."""

from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.attention import listed
from rapport.cli.progress import Shown
from rapport.cohort.data.source import check_apart
from rapport.cohort.folder import Folder
from rapport.cohort.report.files import outcome_files
from rapport.cohort.run import Asked, ready
from rapport.knowledge.load import load


def cohort_analyse(
    data: Annotated[
        Path,
        typer.Argument(
            help="CSV, Parquet, SPSS (.sav) or Stata (.dta), or a folder: a research export."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder for the results.")],
    plan: Annotated[
        Path | None,
        typer.Option(
            help="The plan, a TOML file: see rapport cohort plan. A folder may hold its own."
        ),
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the plan's seed.")] = None,
    draws: Annotated[
        int | None, typer.Option(min=100, help="Instead of the plan's number of draws.")
    ] = None,
    indices: Annotated[
        Path | None,
        typer.Option(help="Resampling rows: a line a draw, people counted from 1."),
    ] = None,
    imputed: Annotated[
        Path | None,
        typer.Option(help="Completed data sets, numbered in a column .imp."),
    ] = None,
) -> None:
    """Analyse a cohort as its plan says, and write what may be said of it.

    The folder gets results.json, report.html, card.json, the codebook and the reporting
    checklist. The same
    data, plan and seed give the same results.json. An interrupted run goes on where it stopped
    when it is started again.

    Example: rapport cohort analyse clinic.csv --plan plan.toml --out report
    """
    check_apart(data, out)
    asked = Asked(
        data=data, plan=plan, seed=seed, draws=draws, indices=indices, imputed=imputed
    )
    knowledge = load()
    found = ready(asked, knowledge)
    for cell in listed(found.attention):
        typer.echo(cell, err=True)
    folder = Folder(out, found.made_from)
    with Shown() as shown:
        results = found.results(progress=shown.step, keep=folder.keep)
    made, files = outcome_files(results, knowledge)
    folder.finish(files)
    if folder.taken_up:
        typer.echo(f"Taken up from before: {', '.join(folder.taken_up)}", err=True)
    for deviation in results.deviations:
        typer.echo(f"not as planned: {deviation}", err=True)
    for refusal in made.refusals:
        typer.echo(f"the card is refused: {refusal.reason} ({refusal.where})", err=True)
    typer.echo(f"The results are in {out}", err=True)
    if made.refusals:
        raise typer.Exit(1)
