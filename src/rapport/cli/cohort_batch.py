"""`rapport cohort batch`: many cohorts at once, each with a folder of results."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.attention import listed
from rapport.cli.progress import Shown
from rapport.cohort.many import Outcome, State, analyse_all, counted, jobs
from rapport.core.encoding import to_json_lines


def cohort_batch(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Folders of cohorts (each a folder with data.csv and plan.toml, or a file of "
            "measurements with a plan of the same name), or single cohorts.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder for the folders of results.")],
    plan: Annotated[
        Path | None, typer.Option(help="The plan of cohorts that have none of their own.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(help="Working processes; all cores without it.", min=1)
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="The Dask cluster that is to work, such as tcp://10.0.0.1:8786."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what became of each cohort as JSON Lines.")
    ] = False,
) -> None:
    """Analyse many cohorts, each as its plan says, in processes or on a Dask cluster.

    Each cohort gets a folder of results of its own, as from rapport cohort analyse. One that
    cannot be analysed is told and stops no other. Finished cohorts are kept: a run that was
    stopped goes on with the rest. Exit 1 if any cohort failed or its card is refused.

    Example: rapport cohort batch clinics/ --out reports --processes 4
    """
    cohorts = jobs(sources, plan)
    with Shown() as shown:

        def told(done: int, of: int, last: Outcome | None) -> None:
            shown.step("cohorts", done, of)
            if last is not None:
                _tell(last)

        found = analyse_all(cohorts, out, processes=processes, scheduler=scheduler, told=told)
    if as_json:
        sys.stdout.buffer.write(to_json_lines(found))
    else:
        parts = [f"{count} {state.value}" for state, count in counted(found).items()]
        typer.echo(f"{len(found)} cohorts = {' + '.join(parts)}; the results are in {out}")
    if any(one.state in {State.FAILED, State.REFUSED} for one in found):
        raise typer.Exit(1)


def _tell(one: Outcome) -> None:
    for cell in listed(one.attention):
        typer.echo(f"{one.cohort}: {cell}", err=True)
    if one.problem is not None:
        typer.echo(f"{one.cohort}: {one.state.value}: {one.problem}", err=True)
