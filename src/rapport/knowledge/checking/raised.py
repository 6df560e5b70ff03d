"""Whether every changed file of the knowledge base also raised its version. Pure.

Git history is not there in every clone, so the committed file VERSIONS beside the data holds for
each file the version it had and a hash of what it said then.
"""

import tomllib
from collections.abc import Mapping

import msgspec

from rapport.core.encoding import content_hash, to_json

VERSIONS = "VERSIONS"
"""The record's name in the folder of the data."""

_NOT_SAID = frozenset({"version", "reviewed_on", "review_by", "checked_by"})
"""Keys of the header that say who looked at a file and when: a look is not a change."""
_HASH_DIGITS = 16


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """What a file was at its version: `content` hashes its values, not its spelling."""

    version: int
    content: str


Stands = Mapping[str, Stand]
"""Path in the folder of the data -> what stands there."""


def stand(data: bytes) -> Stand:
    """What a file says, and under which version; a file without a version has version 0.

    Comments, spaces and the order of keys do not count, nor do the dates and names of reviews.
    """
    values = tomllib.loads(data.decode())
    said = {key: value for key, value in values.items() if key not in _NOT_SAID}
    return Stand(
        version=int(values.get("version", 0)),
        content=content_hash(to_json(said))[:_HASH_DIGITS],
    )


def unraised(recorded: Stands, now: Stands) -> tuple[str, ...]:
    """The files that say something else under a version that is not above the recorded one."""
    return tuple(
        path
        for path, found in sorted(now.items())
        if (old := recorded.get(path)) is not None
        and found.content != old.content
        and found.version <= old.version
    )


def renewed(recorded: Stands, now: Stands) -> dict[str, Stand]:
    """The record as it should be: new, gone and raised files taken over, unraised ones kept."""
    held = {path: recorded[path] for path in unraised(recorded, now)}
    return {**now, **held}


def printed(stands: Stands) -> str:
    """The record as text: a line a file, version, hash and path, in the order of the paths."""
    lines = (f"{one.version} {one.content} {path}\n" for path, one in sorted(stands.items()))
    return "".join(lines)


def read(text: str) -> dict[str, Stand]:
    """The record from its text.

    Raises: ValueError for a line that is not a version, a hash and a path.
    """
    found: dict[str, Stand] = {}
    for line in text.splitlines():
        version, content, path = line.split(" ", 2)
        found[path] = Stand(version=int(version), content=content)
    return found
