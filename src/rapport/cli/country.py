"""The country pack of a server: read at the start, so that nobody finds a broken page of help."""

import sys
from pathlib import Path

from rapport.core.errors import UsageError
from rapport.knowledge.load_practice import country, own
from rapport.practice.safety.effects import Effect
from rapport.practice.safety.rules import moment


def named_pack(name: str | None, *, has_store: bool) -> str:
    """The id or the whole path of a pack that can be read; empty where none is named.

    Where people are looked after (a store) and none is named, it says on stderr that the practice
    part does not start: safety rule SR1.
    Raises: InputError for a pack that cannot be read; UsageError for a made-up one where people
        are looked after. The demo clinic is no store of theirs.
    """
    if not name:
        if has_store:
            _say_what_is_missing()
        return ""
    pack = country(name)
    if pack.is_made_up and has_store:
        raise UsageError(
            f"The country pack {pack.id} is made up: its numbers lead nowhere.",
            where=f"--country {name}",
            fix="name a pack with the numbers of your country",
        )
    return pack.id if name == pack.id else str(Path(name).resolve())


def _say_what_is_missing() -> None:
    facts = {"country_pack": "missing", "server": "production"}
    told = moment(facts, own().safety_rules).practitioner(Effect.REFUSE_TO_START)
    if told:
        sys.stderr.write(f"{' '.join(told)} Name one with --country.\n")
