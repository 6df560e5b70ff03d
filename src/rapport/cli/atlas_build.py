"""`rapport atlas build`: publications in, a release out."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.progress import Shown
from rapport.core.encoding import to_pretty_json
from rapport.core.errors import InputError, UsageError
from rapport.evidence.release.manifest import QUARANTINE, REFUSED, Manifest

_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


Sources = Annotated[
    list[Path],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders or archives of publications; “-” is standard input.",
        show_default=False,
    ),
]
Out = Annotated[Path, typer.Option(help="Folder of the release.", show_default=False)]
Topic = Annotated[str, typer.Option(help="What the atlas is about.")]
Reviews = Annotated[Path | None, typer.Option(help="Reviewers' decisions, JSON Lines.")]
Notices = Annotated[
    list[Path] | None,
    typer.Option(
        help="A list of retractions and corrections: the table of Retraction Watch (.csv), or "
        "works from Crossref (.jsonl); may be repeated."
    ),
]
NoticesAsOf = Annotated[
    str | None,
    typer.Option(help="The date of lists that do not state it, such as 2026-01-31."),
]
AsOf = Annotated[
    str | None, typer.Option(help="The date the release speaks for, such as 2026-01-31.")
]
Processes = Annotated[
    int | None, typer.Option(help="Working processes; all cores without it.", min=1)
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Do everything but put the release in place.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the manifest as JSON.")]


def atlas_build(
    sources: Sources,
    out: Out,
    topic: Topic = "me_cfs",
    reviews: Reviews = None,
    notices: Notices = None,
    notices_as_of: NoticesAsOf = None,
    as_of: AsOf = None,
    processes: Processes = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Build a release from publications: read each work once, make its card, put it to the gate.

    A build that was stopped goes on where it was; a later one reads only what is new. The old
    release stays in place until the new one is whole.

    Example: rapport atlas build papers/ pubmed.xml.gz --out my-atlas
    """
    # Imported here: the other commands need not wait for the reader.
    from rapport.evidence.after.lists import lists
    from rapport.evidence.build.pipeline import build
    from rapport.knowledge.load import load

    _demand_date(as_of, "--as-of")
    _demand_date(notices_as_of, "--notices-as-of")
    try:
        with Shown() as shown:
            manifest = build(
                sources,
                out,
                topic=topic,
                knowledge=load(),
                reviews_file=reviews,
                notices=lists(notices or (), checked=notices_as_of),
                as_of=as_of,
                processes=processes,
                dry_run=dry_run,
                progress=lambda step: shown.step(step.stage.value, step.done, step.total),
            )
    except OSError as error:
        raise InputError(
            f"The release cannot be written: {error.strerror or error}.",
            where=str(error.filename or out),
            fix="see that the disk has room and that you may write there, then run it again",
        ) from error
    if as_json:
        sys.stdout.buffer.write(to_pretty_json(manifest))
    else:
        sys.stdout.write(ledger(manifest, out, is_dry=dry_run))


def _demand_date(text: str | None, option: str) -> None:
    """Raises: UsageError for a text that is not a date."""
    if text is not None and not _DATE.fullmatch(text):
        raise UsageError(f"{text!r} is not a date.", where=option, fix="write it as 2026-01-31")


def ledger(manifest: Manifest, out: Path, *, is_dry: bool = False) -> str:
    """What became of every record, in lines for a person."""
    counts = manifest.counts
    lines = [
        f"{counts.records:,} records in = {counts.read:,} read + {counts.off_topic:,} off-topic"
        f" + {counts.duplicate:,} duplicate + {counts.quarantined:,} quarantined",
        f"{counts.cards:,} cards, {counts.refused:,} refused by the gate",
        f"{counts.studies or 0:,} studies: cards on the same people count once",
    ]
    if counts.withdrawn:
        lines.append(f"  {counts.withdrawn:,} quarantined: withdrawn by PubMed")
    lines += [
        f"  notices read: {one.entries:,} of {one.name} ({one.passed_over:,} without identifiers "
        f"passed over; list of {one.checked or 'a date that is not stated'})"
        for one in manifest.inputs.notices
    ]
    lines += [f"  {count:,} refused: {rule}" for rule, count in manifest.refusals.items()]
    lines += [f"  note: {flag}" for flag in manifest.flags]
    if is_dry:
        lines.append("Nothing was put in place (--dry-run).")
    else:
        if counts.quarantined:
            lines.append(f"What could not be read, and why: {out / QUARANTINE}")
        if counts.refused:
            lines.append(f"What was refused, and why: {out / REFUSED}")
        lines.append(f"Release {manifest.release[:12]} is in {out}")
    return "\n".join(lines) + "\n"
