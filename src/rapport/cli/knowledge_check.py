"""`rapport knowledge check`: everything that is wrong with the knowledge base."""

import sys
from typing import Annotated

import typer

from rapport.cli.clock import day
from rapport.cli.wing_sources import modules, templates
from rapport.core.encoding import to_json_lines
from rapport.core.errors import UsageError
from rapport.knowledge.checking.problem import Problem, Severity
from rapport.knowledge.checking.whole import has_errors, in_order, problems
from rapport.knowledge.entries import entries
from rapport.knowledge.load import everything
from rapport.practice.check import wing_problems


def knowledge_check(
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The day asked about; today if left out."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Problems as JSON Lines, none if all is well.")
    ] = False,
) -> None:
    """Check the knowledge base: ids, examples, patterns, logic, plain words, reviews that are due.

    Exit 1 if there are errors; warnings alone exit 0.

    Example: rapport knowledge check --as-of 2026-12-01
    """
    try:
        on = day(as_of)
    except ValueError:
        raise UsageError(
            f"'{as_of}' is not a date", where="--as-of", fix="write it as 2026-12-01"
        ) from None
    knowledge = everything()
    of_wing = wing_problems(knowledge, templates(), modules())
    found = in_order((*problems(knowledge, as_of=on), *of_wing))
    if as_json:
        sys.stdout.write(to_json_lines(found).decode())
    else:
        for problem in found:
            sys.stdout.write(_line(problem))
    count = sum(1 for _ in entries(knowledge))
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    sys.stderr.write(
        f"{count} entries, knowledge {knowledge.version}, as of {on}: "
        f"{errors} errors, {len(found) - errors} warnings\n"
    )
    if has_errors(found):
        raise typer.Exit(1)


def _line(problem: Problem) -> str:
    return (
        f"{problem.severity.value}: {problem.entry}: {problem.message}\n  fix: {problem.fix}\n"
    )
