"""A release, opened to be read."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from rapport.cards.study_card import StudyCard
from rapport.core.errors import InputError
from rapport.evidence.release import offsets
from rapport.evidence.release.card_ids import alias_keys
from rapport.evidence.release.lines import SortedLines
from rapport.evidence.release.manifest import (
    ALIASES,
    CARDS,
    FORMAT,
    INDEX,
    MANIFEST,
    QUARANTINE,
    REFUSED,
    WORKS,
    Alias,
    Manifest,
    RefusedCard,
    Work,
)
from rapport.evidence.release.swap import work_folder
from rapport.evidence.sources.record import Quarantined

T = TypeVar("T")


class Release:
    """The release in a folder, read-only; any number of threads may use it.

    Memory does not grow with the number of cards: files are mapped and lines decoded when they
    are asked for. A release that is replaced on disk stays readable through an open one.

    Raises: InputError, when opened, for a folder that is not a release, is from a newer version
        or has files that are missing or of another size; later, for a line that cannot be read.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = _home(Path(path))
        self.manifest = _manifest(self.path)
        _check_sizes(self.path, self.manifest)
        cards = self.manifest.files[CARDS]
        places = offsets.read(self.path, cards.sha256, cards.bytes)
        self._cards = SortedLines(self.path / CARDS, places)
        self._works = SortedLines(self.path / WORKS)
        self._aliases = SortedLines(self.path / ALIASES)

    def __len__(self) -> int:
        """The number of cards."""
        return len(self._cards)

    @property
    def index_folder(self) -> Path:
        """Where the search index is; it is derived and may be missing."""
        return self.path / INDEX

    def ids(self) -> Iterator[str]:
        """The ids of the cards, in their order in the release (by id)."""
        return self._cards.ids()

    def resolve(self, name: str) -> str | None:
        """The card that `name` means: a card's id, a PMID, PMCID, DOI or a record's own id."""
        for key in (name, *alias_keys(name)):
            if self._cards.find(key) is not None:
                return key
            line = self._aliases.find(key)
            if line is not None:
                return self._decoded(line, Alias, ALIASES).card
        return None

    def card(self, card_id: str) -> StudyCard | None:
        """The card, or None where no card goes by this id or identifier."""
        line = self.card_json(card_id)
        return None if line is None else self._decoded(line, StudyCard, CARDS)

    def card_json(self, card_id: str) -> bytes | None:
        """The card as one line of JSON, as the release holds it; None if there is none."""
        line = self._cards.find(card_id)
        if line is not None:
            return line
        resolved = self.resolve(card_id)
        return None if resolved is None else self._cards.find(resolved)

    def cards(self) -> Iterator[StudyCard]:
        """Every card, in order of id."""
        return (self._decoded(line, StudyCard, CARDS) for line in self._cards)

    def work(self, card_id: str) -> Work | None:
        """The records the card was put together from, and the works it belongs to."""
        line = self._works.find(card_id)
        return None if line is None else self._decoded(line, Work, WORKS)

    def works(self) -> Iterator[Work]:
        """Every work, those with a refused card too, in order of id."""
        return (self._decoded(line, Work, WORKS) for line in self._works)

    def quarantine(self) -> Iterator[Quarantined]:
        """The records that could not be read, with place and reason."""
        return self._lines(QUARANTINE, Quarantined)

    def refused(self) -> Iterator[RefusedCard]:
        """The cards that the gate refused, with every reason."""
        return self._lines(REFUSED, RefusedCard)

    def verify(self) -> None:
        """Read every file and compare its hash with the manifest's.

        Raises: InputError naming the first file that differs.
        """
        for name, entry in sorted(self.manifest.files.items()):
            with (self.path / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != entry.sha256:
                    raise _damaged(self.path / name, "is not what the manifest says")

    def _lines(self, name: str, kind: type[T]) -> Iterator[T]:
        with (self.path / name).open("rb") as file:
            for line in file:
                yield self._decoded(line, kind, name)

    def _decoded(self, line: bytes, kind: type[T], name: str) -> T:
        try:
            return msgspec.json.decode(line, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _damaged(
                self.path / name, f"has a line that cannot be read: {error}"
            ) from error


def _home(path: Path) -> Path:
    """The folder, or the work folder's copy where a build was killed between two renames."""
    kept = work_folder(path) / "old"
    return kept if not path.exists() and (kept / MANIFEST).is_file() else path


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            "This folder is not a release: it has no manifest.json that can be read.",
            where=str(folder),
            fix="name the folder that `rapport atlas build SOURCE... --out FOLDER` wrote",
        ) from error
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, f"cannot be read: {error}") from error
    if found.format != FORMAT:
        raise InputError(
            f"This release has format {found.format}; this version reads format {FORMAT}.",
            where=str(path),
            fix="build it again with this version, or use the version that built it",
        )
    return found


def _check_sizes(folder: Path, manifest: Manifest) -> None:
    for name in (ALIASES, CARDS, QUARANTINE, REFUSED, WORKS):
        entry = manifest.files.get(name)
        if entry is None:
            raise _damaged(folder / MANIFEST, f"does not name {name}")
        try:
            size = (folder / name).stat().st_size
        except OSError as error:
            raise _damaged(folder / name, "is missing") from error
        if size != entry.bytes:
            raise _damaged(folder / name, f"has {size} bytes instead of {entry.bytes}")


def _damaged(path: Path, what: str) -> InputError:
    return InputError(
        f"This release is damaged: {path.name} {what}.",
        where=str(path),
        fix="build the release again, or fetch it again from where it came",
    )
