"""`rapport gate`: any text, clause by clause, against what a design allows to be said."""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from rapport.cards.facts import DesignRecord
from rapport.cards.verdicts import Verdict
from rapport.cards.wording import ABOVE_LIMIT, Finding, findings
from rapport.core.encoding import to_json
from rapport.core.errors import InputError
from rapport.core.vocabulary import Badge, Design, DesignKind
from rapport.evidence.read.pasted import pasted
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

_WIDTH = 9
_COLOURS = {Verdict.OK: None, Verdict.WARNING: "yellow", Verdict.REFUSAL: "red"}


DesignOf = Annotated[Design, typer.Option(help="The design of the study the text is about.")]
TextFile = Annotated[
    Path | None, typer.Argument(help="A text file. Without it, standard input is read.")
]
Pem = Annotated[
    Badge | None,
    typer.Option(help="Whether the study required post-exertional malaise (PEM)."),
]
Blinded = Annotated[
    bool | None,
    typer.Option("--blinded/--not-blinded", help="Whether treatments were hidden."),
]
Kinds = Annotated[
    list[DesignKind] | None,
    typer.Option(help="What else the study is; may be given several times."),
]
People = Annotated[int | None, typer.Option(min=0, help="How many people were studied.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print findings as JSON Lines, one a clause.")
]


def gate(
    design: DesignOf,
    file: TextFile = None,
    pem: Pem = None,
    blinded: Blinded = None,
    kind: Kinds = None,
    people: People = None,
    json: AsJson = False,
) -> None:
    """Check a text clause by clause against what the study's design allows.

    Nothing is changed: each clause is shown with its verdict, the reason and, where one is
    known, a weaker wording. A first line without a full stop is read as the title; titles and
    conclusions are compared with the results. Only what the text claims itself is refused, in
    its title, its conclusion or words that conclude: what it tells of others, of its aims,
    methods and results and of what is open is at most warned of.
    Ends with exit status 1 if a clause is refused.

    Example: rapport gate --design cross_sectional --pem not_required press-release.txt
    """
    text, knowledge = _text(file), load()
    read = pasted(text, Reader(knowledge))
    found = findings(
        text,
        design=DesignRecord(value=design, blinded=blinded, kinds=tuple(kind or ())),
        badge=pem,
        knowledge=knowledge,
        people=read.people if people is None else people,
        read=read.sentences,
    )
    for finding in found:
        typer.echo(to_json(finding).decode() if json else marked(finding), color=_colour())
    typer.echo(summary(found), err=True)
    if any(finding.verdict is Verdict.REFUSAL for finding in found):
        raise typer.Exit(1)


def marked(finding: Finding) -> str:
    """A finding for a person: the verdict in words, the clause, and below it why.

    The colour only repeats the word, and is left out where no terminal shows it.
    """
    word = typer.style(f"{finding.verdict.value:<{_WIDTH}}", fg=_COLOURS[finding.verdict])
    lines = [word + " ".join(finding.clause.split())]
    if finding.verdict is not Verdict.OK:
        lines.append(_line("", f"why: {finding.reason}"))
        lines += [_line("", f"also: {remark.reason}") for remark in finding.also]
        if finding.limit_from and finding.rule == ABOVE_LIMIT:
            lines.append(_line("", f"limit from: {', '.join(finding.limit_from)}"))
        if finding.grounds:
            word = "rests on" if finding.rests_on else "only warned"
            lines.append(_line("", f"{word}: {' '.join(finding.grounds)}"))
        if finding.weaker:
            lines.append(_line("", f"weaker: {finding.weaker}"))
    return "\n".join(lines)


def summary(found: tuple[Finding, ...]) -> str:
    """How many clauses got which verdict."""
    counted = Counter(finding.verdict for finding in found)
    noun = "clause" if len(found) == 1 else "clauses"
    return (
        f"{len(found)} {noun}: {counted[Verdict.REFUSAL]} refused, "
        f"{counted[Verdict.WARNING]} with a warning, {counted[Verdict.OK]} ok"
    )


def _colour() -> bool | None:
    """No colour where NO_COLOR is set; None: only on a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def _line(mark: str, text: str) -> str:
    return f"{mark:<{_WIDTH}}{' '.join(text.split())}".rstrip()


def _text(file: Path | None) -> str:
    """The text of the file, or of standard input.

    Raises: InputError for a file that cannot be read, is not text in UTF-8, or holds nothing.
    """
    where = str(file) if file else "standard input"
    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
        text = data.decode("utf-8-sig")
    except OSError as error:
        problem = f"the file cannot be read: {error.strerror or error}"
        raise InputError(problem, where=where, fix="name a text file that exists") from error
    except UnicodeDecodeError as error:
        raise InputError(
            "the text is not UTF-8",
            where=f"{where}, byte {error.start}",
            fix="save it as UTF-8",
        ) from error
    if "\0" in text:
        raise InputError("this is no text", where=where, fix="name a file of plain text")
    if not text.strip():
        raise InputError(
            "there is no text", where=where, fix="name a file with text, or pipe text in"
        )
    return text
