"""The tree of commands: one module a command, loaded only when it is asked for.

A command's module is named after the command: `rapport atlas build` is the function
`atlas_build` in `rapport.cli.atlas_build`.
"""

from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup


class Commands(TyperGroup):
    """A group whose commands are imported by name, so that none waits for another's libraries."""

    names: ClassVar[tuple[str, ...]] = ()
    prefix: ClassVar[str] = ""

    # typer keeps the types of its contexts and commands private, hence the two exemptions.

    def list_commands(self, ctx: Any) -> list[str]:
        """The groups that were added, then the commands of this group."""
        return [*super().list_commands(ctx), *self.names]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, imported now; None if there is none of that name."""
        if cmd_name not in self.names:
            return super().get_command(ctx, cmd_name)
        module = f"{self.prefix}{cmd_name}"
        single = typer.Typer(add_completion=False)
        single.command(cmd_name)(getattr(import_module(f"rapport.cli.{module}"), module))
        return typer.main.get_command(single)


class Top(Commands):
    """`rapport ...`"""

    names = ("gate", "score", "serve")


class Atlas(Commands):
    """`rapport atlas ...`"""

    names = ("build", "card", "diff", "evaluate", "fetch", "read", "text", "why")
    prefix = "atlas_"


class Cohort(Commands):
    """`rapport cohort ...`"""

    names = ("analyse", "batch", "plan", "synthesise")
    prefix = "cohort_"


class Clinic(Commands):
    """`rapport clinic ...`"""

    names = ("add", "export", "list", "member", "rekey")
    prefix = "clinic_"


class Curate(Commands):
    """`rapport curate ...`"""

    names = ("audit", "export", "forget")
    prefix = "curate_"


class People(Commands):
    """`rapport people ...`"""

    names = ("add", "list", "set")
    prefix = "people_"


class Knowledge(Commands):
    """`rapport knowledge ...`"""

    names = ("check", "show")
    prefix = "knowledge_"


def _group(cls: type[Commands], help_text: str) -> typer.Typer:
    group = typer.Typer(cls=cls, no_args_is_help=True, add_completion=False, help=help_text)
    group.callback()(_nothing)
    return group


def _nothing() -> None:
    """A group does nothing itself."""


app = _group(Top, "Study cards for ME/CFS.")
app.add_typer(_group(Atlas, "From publications to an atlas of study cards."), name="atlas")
app.add_typer(_group(Knowledge, "What Rapport holds true, with its sources."), name="knowledge")
app.add_typer(_group(Cohort, "From a clinic's measurements to a report."), name="cohort")
app.add_typer(_group(Clinic, "Clinics of the practice wing."), name="clinic")
app.add_typer(_group(Curate, "What people decided about cards."), name="curate")
app.add_typer(_group(People, "Accounts of those who read and decide."), name="people")
