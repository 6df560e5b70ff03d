"""`rapport cohort plan`: a plan to edit and register."""

from pathlib import Path
from typing import Annotated

import typer

from rapport.cohort.plan import like as plans
from rapport.core.errors import UsageError


def cohort_plan(
    like: Annotated[str, typer.Option(help="The plan to start from, such as heins-2013.")],
    out: Annotated[
        Path | None, typer.Option(help="File to write. Without it, the plan is printed.")
    ] = None,
) -> None:
    """Write a plan of an analysis, to edit and to register before the data are seen.

    A file that is there already is not overwritten.

    Example: rapport cohort plan --like heins-2013 --out plan.toml
    """
    text = plans.text(like)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            "the file is there already", where=str(out), fix="name another, or take it away"
        ) from None
    except OSError as error:
        raise UsageError(
            f"the file cannot be written: {error.strerror or error}",
            where=str(out),
            fix="name a file in a folder that exists",
        ) from None
    typer.echo(f"The plan is in {out}: edit it, then register it.", err=True)
