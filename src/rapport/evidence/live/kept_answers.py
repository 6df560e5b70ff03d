"""The answers of one retrieval, kept as they came, so that no question is asked twice.

A folder holds the answers, one file each, and `journal.jsonl`, to which a line is added when an
answer is safely on the disk. Whatever moment a kill comes at, an answer is either in the journal
and whole, or is asked for again.
"""

import os
from pathlib import Path

import msgspec

from rapport.core.encoding import to_json, to_pretty_json
from rapport.core.errors import UsageError


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: another question must not continue these answers."""

    source: str
    query: str
    full_text: bool
    limit: int | None = None


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the journal: the step it answers, the answer's file, status and length."""

    step: str
    status: int
    file: str
    length: int


class KeptAnswers:
    """The folder of one retrieval, opened or begun.

    Raises: UsageError if the folder holds the answers to another question.
    """

    def __init__(self, folder: Path, question: Question) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        _check_question(folder, question)
        self._journal = folder / "journal.jsonl"
        lines = self._read_journal()
        self._known = {kept.step: kept for kept in map(_kept, lines) if self._is_there(kept)}
        self._files = len(lines)

    def status(self, step: str) -> int | None:
        """The status with which a step was answered; None if it is still to be asked."""
        kept = self._known.get(step)
        return kept.status if kept is not None else None

    def body(self, step: str) -> bytes:
        """The answer to a step that is known."""
        return self.path(step).read_bytes()

    def path(self, step: str) -> Path:
        """Where the answer to a step that is known lies."""
        return self._folder / self._known[step].file

    def keep(self, step: str, status: int, body: bytes, ending: str) -> None:
        """Put an answer on the disk, then into the journal."""
        self._files += 1
        name = f"{self._files:06d}{ending}"
        write_whole(self._folder / name, body)
        kept = Kept(step=step, status=status, file=name, length=len(body))
        with self._journal.open("ab") as journal:
            journal.write(to_json(kept) + b"\n")
            journal.flush()
            os.fsync(journal.fileno())
        self._known[step] = kept

    def _read_journal(self) -> list[bytes]:
        """Every line that was ever written; one cut by a kill is taken off."""
        if not self._journal.exists():
            return []
        data = self._journal.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            write_whole(self._journal, whole)
        return whole.splitlines()

    def _is_there(self, kept: Kept) -> bool:
        """Whether the answer is on the disk and whole."""
        if not kept.file:
            return False
        path = self._folder / kept.file
        return path.is_file() and path.stat().st_size == kept.length


def _kept(line: bytes) -> Kept:
    """A line of the journal; a damaged one names no file, so that its step is asked again."""
    try:
        return msgspec.json.decode(line, type=Kept)
    except msgspec.MsgspecError:
        return Kept(step="", status=0, file="", length=0)


def _check_question(folder: Path, question: Question) -> None:
    path = folder / "question.json"
    asked = to_pretty_json(question)
    if not path.exists():
        write_whole(path, asked)
    elif path.read_bytes() != asked:
        raise UsageError(
            "This file was begun with another query or other options.",
            where=str(path),
            fix="Choose another --out, or delete the folder to begin anew.",
        )


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that at every moment there is the old one or the new one, whole."""
    begun = path.with_name(f".{path.name}.begun")
    with begun.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    begun.replace(path)
