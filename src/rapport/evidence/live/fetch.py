"""A retrieval from question to file: ask what is missing, then put the answers together."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from rapport.core.encoding import plain, to_json
from rapport.core.errors import UsageError
from rapport.evidence.live.kept_answers import KeptAnswers, Question
from rapport.evidence.live.tally import Tally
from rapport.evidence.publication import Publication


class Service(Protocol):
    """A source that can be asked."""

    def retrieve(self, question: Question) -> None:
        """Ask for everything that is not kept yet."""
        ...

    def records(self, question: Question, tally: Tally) -> Iterator[Publication]:
        """The publications, from what is kept alone."""
        ...


def parts_folder(out: Path) -> Path:
    """Where the answers for `out` are kept."""
    return out.with_name(f"{out.name}.parts")


def opened(out: Path, question: Question) -> KeptAnswers:
    """The answers kept for `out`, or a folder for them.

    Raises: UsageError if `out` exists but was not made by a retrieval, or was begun with
        another question.
    """
    parts = parts_folder(out)
    if out.exists() and not parts.exists():
        raise UsageError(
            "The file exists and was not made by this command.",
            where=str(out),
            fix="Choose another --out.",
        )
    return KeptAnswers(parts, question)


def fetch(service: Service, question: Question, out: Path) -> Tally:
    """Retrieve and write `out`, JSON Lines that every command reads; what came of it.

    `out` appears whole or not at all, and only when everything has been answered.
    """
    service.retrieve(question)
    tally = Tally()
    _write(out, (_line(record) for record in service.records(question, tally)))
    return tally


def _line(record: Publication) -> bytes:
    """The publication as JSON without its origin, which is this file from now on."""
    fields = plain(record)
    del fields["origin"]
    return to_json(fields) + b"\n"


def _write(out: Path, lines: Iterable[bytes]) -> None:
    begun = out.with_name(f".{out.name}.begun")
    with begun.open("wb") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    begun.replace(out)
