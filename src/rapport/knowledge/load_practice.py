"""What the practice wing says, from its files; and the country pack that a clinic names."""

import functools
from pathlib import Path
from typing import TypeVar

from rapport.core.errors import InputError
from rapport.knowledge.entry_file import DATA, entries_in, read_entry
from rapport.knowledge.practice import (
    Challenges,
    Consent,
    CountryPack,
    InterventionCard,
    Practice,
    PracticeText,
    RedFlags,
    RegisterEntry,
    SafetyRule,
    ThresholdSet,
)

CHALLENGES = "challenges.toml"
RED_FLAGS = "red_flags.toml"
DEFAULT_THRESHOLDS = "scc-0.1-default"
MADE_UP_COUNTRY = "evenland"
"""The pack of a country that does not exist, for the demo."""

_E = TypeVar("_E", Challenges, RedFlags)


def practice(directory: Path = DATA) -> Practice | None:
    """All that the practice wing says; None for a knowledge base without it.

    The package's own is read once and kept.
    Raises: InputError for a file that does not have its shape, with the file and the key.
    """
    return _packaged() if directory == DATA else _read(directory)


def own() -> Practice:
    """What the package's own practice wing says, read once and kept."""
    return _packaged()


def country(name: str) -> CountryPack:
    """The country pack of this id, or in this TOML file.

    Raises: InputError where there is neither, or where the file does not have the shape of a
        pack, with the file and the key.
    """
    packs = entries_in(DATA / "countries", CountryPack)
    if name in packs:
        return packs[name]
    path = Path(name)
    if not path.is_file():
        raise InputError(
            "there is no such country pack",
            where=name,
            fix=f"name a TOML file, or one that comes with Rapport: {', '.join(packs)}. "
            f"“rapport knowledge show {MADE_UP_COUNTRY} --json” shows what a pack holds",
        )
    return read_entry(path, path.read_bytes(), CountryPack)


def thresholds(name: str = DEFAULT_THRESHOLDS) -> ThresholdSet:
    """The set of thresholds of this id, or in this TOML file. Raises: InputError as `country`."""
    sets = own().thresholds
    if name in sets:
        return sets[name]
    path = Path(name)
    if not path.is_file():
        raise InputError(
            "there is no such set of thresholds",
            where=name,
            fix=f"name a TOML file, or one that comes with Rapport: {', '.join(sets)}",
        )
    return read_entry(path, path.read_bytes(), ThresholdSet)


@functools.cache
def _packaged() -> Practice:
    found = _read(DATA)
    if found is None:
        raise InputError(
            "the texts of the practice wing are missing",
            where=str(DATA / "practice_texts"),
            fix="install Rapport anew",
        )
    return found


def _read(directory: Path) -> Practice | None:
    texts = directory / "practice_texts"
    if not texts.is_dir():
        return None
    return Practice(
        consents=entries_in(texts / "consents", Consent),
        challenges=_one(texts / CHALLENGES, Challenges),
        texts=entries_in(texts / "screens", PracticeText),
        thresholds=entries_in(directory / "thresholds", ThresholdSet),
        register=entries_in(directory / "evidence_register", RegisterEntry),
        cards=entries_in(directory / "intervention_cards", InterventionCard),
        safety_rules=entries_in(directory / "safety_rules", SafetyRule),
        red_flags=_one(texts / RED_FLAGS, RedFlags),
        countries=entries_in(directory / "countries", CountryPack),
    )


def _one(path: Path, kind: type[_E]) -> _E:
    return read_entry(path, path.read_bytes(), kind)
