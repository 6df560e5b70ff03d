"""A retrieval from question to file: ask what is missing, then put the answers together."""

import fcntl
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
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


@contextmanager
def locked(out: Path) -> Generator[None, None, None]:
    """The answers kept for `out`, locked against other retrievals until the block ends.

    Raises: UsageError if another retrieval is writing there. A kill frees the lock.
    """
    parts = parts_folder(out)
    if out.exists() and not parts.exists():
        raise _not_ours(out)
    parts.mkdir(parents=True, exist_ok=True)
    with (parts / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                "Another retrieval is writing to this file.",
                where=str(out),
                fix="Wait until it has ended, or choose another --out.",
            ) from error
        yield


def opened(out: Path, question: Question) -> KeptAnswers:
    """The answers kept for `out`, or a folder for them.

    Raises: UsageError if `out` exists but was not made by a retrieval, or was begun with
        another question.
    """
    parts = parts_folder(out)
    if out.exists() and not parts.exists():
        raise _not_ours(out)
    return KeptAnswers(parts, question)


def _not_ours(out: Path) -> UsageError:
    return UsageError(
        "The file exists and was not made by this command.",
        where=str(out),
        fix="Choose another --out.",
    )


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
