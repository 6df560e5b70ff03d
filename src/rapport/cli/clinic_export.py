"""`rapport clinic export`: the export for research of a clinic, as a folder."""

from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.clock import now
from rapport.cli.store import StoreFile, open_store
from rapport.core.errors import InputError, UsageError
from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer


def clinic_export(
    clinic: Annotated[str, typer.Argument(help="The name of the clinic.", show_default=False)],
    name: Annotated[
        str, typer.Argument(help="The name the researcher signs in with.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="A folder that does not exist yet.")],
    store: StoreFile = None,
) -> None:
    """Export the check-ins of people who agreed to research: data, codebook and dictionaries.

    Made-up names, days instead of dates, no free text, small groups hidden; refused where fewer
    people have agreed than the smallest group. `rapport cohort analyse FOLDER` reads it.

    Example: rapport clinic export "Lakeside" rae --out export --store practice.sqlite
    """
    if out.exists():
        raise UsageError("the folder is there already", where=str(out), fix="name another")
    open_store(store)
    # Imported here: clinics need an open store.
    from rapport.store.practice import clinics
    from rapport.store.practice.asking import asking
    from rapport.store.practice.giving import for_research

    there = clinics.named(clinic)
    viewer = _researcher(there.id, name)
    with asking(at=now(), why="rapport clinic export"):
        made = for_research(viewer)
    _write(out, made.files)
    hidden = (
        ", ".join(f"{column} {count}" for column, count in made.hidden.items()) or "nothing"
    )
    beside = "".join(f" {name}: {count} rows." for name, count in made.events.items())
    typer.echo(f"{made.people} people, {made.rows} rows. Hidden: {hidden}.{beside}", err=True)


def _researcher(clinic: str, name: str) -> Viewer:
    """The researcher of this name. Raises: UsageError for anybody else."""
    from rapport.store.practice import clinics

    for member in clinics.members(clinic):
        if member.name == name and member.role is Role.RESEARCHER and member.is_open:
            return Viewer(clinic=clinic, role=member.role, id=member.id)
    raise UsageError(
        "nobody of that name is a researcher of the clinic",
        where="NAME",
        fix="give somebody the role: rapport clinic member CLINIC NAME --role researcher",
    )


def _write(out: Path, files: dict[str, bytes]) -> None:
    try:
        out.mkdir(parents=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise InputError(
            f"the folder cannot be written to: {error.strerror}",
            where=str(out),
            fix="name another with --out",
        ) from None
