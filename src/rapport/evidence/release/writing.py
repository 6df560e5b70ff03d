"""Writing the files of a release into a new folder."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from rapport.cards.study_card import StudyCard
from rapport.core.encoding import content_hash, to_json, to_pretty_json
from rapport.evidence.release import offsets
from rapport.evidence.release.card_ids import aliases
from rapport.evidence.release.manifest import (
    ALIASES,
    CARDS,
    CARDS_PARQUET,
    FILES,
    FORMAT,
    MANIFEST,
    QUARANTINE,
    REFUSED,
    WORKS,
    Alias,
    Counts,
    FileEntry,
    Inputs,
    Makers,
    Manifest,
    RefusedCard,
    Work,
)
from rapport.evidence.release.table import TableWriter
from rapport.evidence.sources.record import Quarantined


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What the manifest says beside the files: where the release came from and its ledger."""

    topic: str
    as_of: str | None
    inputs: Inputs
    reviews: str | None
    makers: Makers
    counts: Counts
    refusals: dict[str, int]
    topics: dict[str, int]
    flags: tuple[str, ...] = ()


def write_lines(path: Path, values: Iterable[object]) -> None:
    """Write values as JSON Lines, one after the other."""
    with path.open("wb") as file:
        file.writelines(to_json(value) + b"\n" for value in values)


def write_cards(folder: Path, cards: Iterable[StudyCard]) -> None:
    """Write the cards, which come in the order of their ids, as JSON Lines and as a table."""
    with (folder / CARDS).open("wb") as lines, TableWriter(folder / CARDS_PARQUET) as table:
        for card in cards:
            lines.write(to_json(card) + b"\n")
            table.add(card)


def write_aside(
    folder: Path, quarantined: Iterable[Quarantined], refused: Iterable[RefusedCard]
) -> None:
    """Write what did not become a card, each with its reasons, in a settled order."""
    by_place = sorted(quarantined, key=_place)
    by_id = sorted(refused, key=_id)
    write_lines(folder / QUARANTINE, by_place)
    write_lines(folder / REFUSED, by_id)


def _place(record: Quarantined) -> tuple[str, int, str]:
    return (record.origin.file, record.origin.position, record.reason)


def _id(card: RefusedCard) -> str:
    return card.id


def write_works(folder: Path, works: Iterable[Work]) -> None:
    """Write the works, which come in the order of their ids."""
    write_lines(folder / WORKS, works)


def write_aliases(folder: Path, works: Iterable[Work], cards: frozenset[str]) -> None:
    """Write the other names of each card; a name that several cards have leads to the first."""
    found: dict[str, str] = {}
    for work in works:
        if work.id in cards:
            for name in _names(work):
                found.setdefault(name, work.id)
    names = sorted(name for name in found if name not in cards)
    write_lines(folder / ALIASES, (Alias(id=name, card=found[name]) for name in names))


def _names(work: Work) -> tuple[str, ...]:
    return aliases(
        (member.identifiers for member in work.members),
        titles=work.titles,
        given_ids=(member.given_id for member in work.members if member.given_id),
    )


def seal(folder: Path, about: About) -> Manifest:
    """Write the manifest over the files in the folder, and the places of the cards."""
    files = {name: _entry(folder / name) for name in FILES}
    told = msgspec.structs.asdict(about)
    manifest = Manifest(
        format=FORMAT,
        release=content_hash(to_json(about), to_json(files)),
        files=files,
        **told,
    )
    (folder / MANIFEST).write_bytes(to_pretty_json(manifest))
    offsets.write(folder, files[CARDS].sha256)
    return manifest


def _entry(path: Path) -> FileEntry:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(bytes=path.stat().st_size, sha256=digest)
