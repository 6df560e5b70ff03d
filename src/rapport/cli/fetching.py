"""Putting a retrieval together: the clock, the addresses, who asks, and what a person is told."""

import os
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import typer

from rapport import __version__
from rapport.cli import clock
from rapport.core.errors import InputError, UsageError
from rapport.evidence.live import europepmc, pubmed
from rapport.evidence.live.asking import Asker, Clock
from rapport.evidence.live.europepmc import EuropePmc
from rapport.evidence.live.fetch import Service, fetch, locked, opened
from rapport.evidence.live.kept_answers import KeptAnswers, Question
from rapport.evidence.live.pubmed import PubMed


class Options(NamedTuple):
    """How `rapport atlas fetch` was called."""

    source: str
    full_text: bool = False
    limit: int | None = None
    email: str | None = None
    api_key: str | None = None


def run(query: str, out: Path, options: Options) -> None:
    """Retrieve and write `out`, and tell what came of it.

    Raises: InputError if nothing can be written there; UsageError; FetchError.
    """
    if not query.strip():
        raise UsageError(
            "The query is empty.", where="QUERY", fix="Say what to look for, as on the website."
        )
    question = Question(
        source=options.source, query=query, full_text=options.full_text, limit=options.limit
    )
    try:
        with locked(out), closing(_asker(options)) as asker:
            kept = opened(out, question)
            tally = fetch(_service(options, asker, kept), question, out)
    except OSError as error:
        raise InputError(
            "It cannot be written.",
            where=f"{error.filename or out} ({error.strerror or error})",
            fix="Check the folder of --out and the space on the disk.",
        ) from error
    for line in tally.lines():
        _tell(line)
    _tell(f"written: {out}")


def _asker(options: Options) -> Asker:
    return Asker(
        Clock(seconds=time.monotonic, now=clock.now, wait=time.sleep),
        interval=_interval(options),
        agent=f"rapport/{__version__}"
        + (f" (mailto:{options.email})" if options.email else ""),
        tell=_tell,
    )


def _interval(options: Options) -> float:
    if options.source == "europepmc":
        return europepmc.INTERVAL
    return pubmed.INTERVAL if options.api_key is None else pubmed.INTERVAL_WITH_KEY


def _service(options: Options, asker: Asker, kept: KeptAnswers) -> Service:
    """The service, at its own address or at the one the environment names."""
    if options.source == "europepmc":
        base = os.environ.get("RAPPORT_EUROPEPMC_URL", europepmc.BASE)
        return EuropePmc(base, asker, kept, _tell)
    base = os.environ.get("RAPPORT_PUBMED_URL", pubmed.BASE)
    sender = {"tool": "rapport", "email": options.email, "api_key": options.api_key}
    given = {name: value for name, value in sender.items() if value is not None}
    return PubMed(base, asker, kept, _tell, given)


def _tell(words: str) -> None:
    typer.echo(words, err=True)
