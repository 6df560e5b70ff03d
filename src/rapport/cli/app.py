"""The tree of commands: one module a command, put together here."""

import typer

from rapport.cli.atlas_build import atlas_build
from rapport.cli.atlas_card import atlas_card
from rapport.cli.atlas_evaluate import atlas_evaluate
from rapport.cli.atlas_fetch import atlas_fetch
from rapport.cli.atlas_read import atlas_read
from rapport.cli.atlas_text import atlas_text
from rapport.cli.gate import gate
from rapport.cli.knowledge_check import knowledge_check
from rapport.cli.knowledge_show import knowledge_show
from rapport.cli.serve import serve

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Study cards for ME/CFS.")
atlas = typer.Typer(no_args_is_help=True, help="From publications to an atlas of study cards.")
knowledge = typer.Typer(no_args_is_help=True, help="What Rapport holds true, with its sources.")
app.add_typer(atlas, name="atlas")
app.add_typer(knowledge, name="knowledge")
app.command("gate")(gate)
app.command("serve")(serve)
atlas.command("build")(atlas_build)
atlas.command("card")(atlas_card)
atlas.command("evaluate")(atlas_evaluate)
atlas.command("fetch")(atlas_fetch)
atlas.command("read")(atlas_read)
atlas.command("text")(atlas_text)
knowledge.command("check")(knowledge_check)
knowledge.command("show")(knowledge_show)
