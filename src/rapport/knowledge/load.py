"""The knowledge base from its files: typed at this border, once, and named when it is broken."""

import functools
from pathlib import Path
from typing import TypeVar

import msgspec

from rapport.core.encoding import content_hash
from rapport.core.errors import InputError
from rapport.knowledge.entry_file import DATA, read_entry
from rapport.knowledge.instrument import Instrument
from rapport.knowledge.load_practice import practice
from rapport.knowledge.model import (
    CardSentence,
    CaseDefinition,
    Collisions,
    DesignLimit,
    Entry,
    EntryRule,
    Knowledge,
    PlainNames,
    RuleFile,
    Topic,
    WordingGuard,
    WordingLevel,
    WordingRule,
)

COLLISIONS = "collisions.toml"
PLAIN_NAMES = "plain_names.toml"

_E = TypeVar("_E", bound=Entry)


def load(directory: Path | None = None) -> Knowledge:
    """The knowledge base of the package, or that of another folder of the same shape.

    The package's own is read once and kept. `version` is the first 12 hexadecimal digits of a
    hash over the files' paths and bytes, so any change to any file changes it.
    Missing: a folder of a kind that is absent or empty gives no entries of that kind.
    Raises: InputError for a folder that is absent, a file that is not TOML, or a value of the
        wrong type, with the file and the key.
    """
    return _packaged() if directory is None else _read(directory)


def with_rule_files(knowledge: Knowledge, directory: Path = DATA) -> Knowledge:
    """The same with the headers of the files of reading rules, in whatever folder of reading/.

    Apart from `load`, because reading a paper needs the rules, not their headers.
    Raises: InputError as `load`.
    """
    headers = (
        msgspec.structs.replace(
            read_entry(path, path.read_bytes(), RuleFile),
            file=path.relative_to(directory).as_posix(),
        )
        for path in sorted((directory / "reading").rglob("*.toml"))
    )
    return msgspec.structs.replace(
        knowledge, rule_files={header.id: header for header in headers}
    )


def with_instruments(knowledge: Knowledge, directory: Path = DATA) -> Knowledge:
    """The same with the keys of the questionnaires, which only scoring needs.

    Raises: InputError as `load`.
    """
    return msgspec.structs.replace(knowledge, instruments=instruments(directory))


def instruments(directory: Path = DATA) -> dict[str, Instrument]:
    """The keys of all questionnaires, by id. Raises: InputError as `load`."""
    files = sorted((directory / "instruments").glob("*.toml"))
    keys = (read_entry(path, path.read_bytes(), Instrument) for path in files)
    return {key.id: key for key in keys}


def instrument(name: str, directory: Path = DATA) -> Instrument | None:
    """The key of one questionnaire, without reading the others; None if there is none.

    Raises: InputError as `load`.
    """
    paths = {path.stem: path for path in (directory / "instruments").glob("*.toml")}
    path = paths.get(name)
    return None if path is None else read_entry(path, path.read_bytes(), Instrument)


def everything(directory: Path = DATA) -> Knowledge:
    """All that there is to check and to show. Raises: InputError as `load`."""
    knowledge = load(None if directory == DATA else directory)
    whole = with_instruments(with_rule_files(knowledge, directory), directory)
    return msgspec.structs.replace(whole, practice=practice(directory))


@functools.cache
def _packaged() -> Knowledge:
    return _read(DATA)


def _read(directory: Path) -> Knowledge:
    if not directory.is_dir():
        raise InputError(
            "there is no knowledge base",
            where=str(directory),
            fix="name a folder with definitions/, entry_rules/ and the other kinds",
        )
    files = {path: path.read_bytes() for path in sorted(directory.rglob("*.toml"))}
    levels = _entries(files, directory / "wording_levels", WordingLevel)
    return Knowledge(
        definitions=_entries(files, directory / "definitions", CaseDefinition),
        entry_rules=_entries(files, directory / "entry_rules", EntryRule),
        designs=_entries(files, directory / "designs", DesignLimit),
        wording_levels={level.level: level for level in levels.values()},
        wording_guards=_entries(files, directory / "wording_guards", WordingGuard),
        topics=_entries(files, directory / "topics", Topic),
        collisions=_single(files, directory / COLLISIONS, Collisions),
        plain_names=_single(files, directory / PLAIN_NAMES, PlainNames),
        card_sentences=_entries(files, directory / "card_sentences", CardSentence),
        wording_rules=_entries(files, directory / "wording_rules", WordingRule),
        version=_version(files, directory),
    )


def _version(files: dict[Path, bytes], directory: Path) -> str:
    parts = (
        part
        for path, data in files.items()
        for part in (path.relative_to(directory).as_posix().encode(), data)
    )
    return content_hash(*parts)[:12]


def _entries(files: dict[Path, bytes], folder: Path, kind: type[_E]) -> dict[str, _E]:
    found: dict[str, _E] = {}
    for path, data in files.items():
        if path.parent == folder:
            entry = read_entry(path, data, kind)
            found[entry.id] = entry
    return found


def _single(files: dict[Path, bytes], path: Path, kind: type[_E]) -> _E | None:
    return read_entry(path, files[path], kind) if path in files else None
