"""Names of sources in a release: as short as tells them apart, never a path of this machine."""

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from rapport.evidence.publication import Origin


def source_names(paths: Iterable[Path]) -> dict[str, str]:
    """For each path, as it was given, the name it goes by: its last parts, as few as differ.

    The names depend on the set of paths alone, not on their order. A release is public, and
    the folders above a source are nobody's business.
    """
    given = sorted({str(path) for path in paths})
    parts = {path: _parts(path) for path in given}
    return {path: _shortest(path, parts) for path in given}


def _parts(path: str) -> tuple[str, ...]:
    if path == "-":
        return ("stdin",)
    found = PurePath(path).parts
    return tuple(part for part in found if part not in ("/", ".", "..")) or (
        Path(path).resolve().name,
    )


def _shortest(path: str, parts: dict[str, tuple[str, ...]]) -> str:
    own = parts[path]
    for length in range(1, len(own) + 1):
        ending = own[-length:]
        if sum(other[-length:] == ending for other in parts.values()) == 1:
            return "/".join(ending)
    return "/".join(own)


class Renamed:
    """Gives origins the names of their sources; the longest path that fits is the source."""

    def __init__(self, paths: Sequence[Path]) -> None:
        names = source_names(paths)
        self.sources = tuple(sorted(set(names.values())))
        self._names = sorted(names.items(), key=lambda item: -len(item[0]))

    def file(self, file: str) -> str:
        """The name of a file: that of its source, then its place inside it."""
        for path, name in self._names:
            rest = file[len(path) :]
            if file.startswith(path) and (
                rest[:1] in ("", "/", ":", "!") or path.endswith("/")
            ):
                return f"{name}/{rest.lstrip('/')}" if path.endswith("/") else name + rest
        return file

    def origin(self, origin: Origin) -> Origin:
        """The origin with the name of its file."""
        return Origin(
            file=self.file(origin.file), position=origin.position, format=origin.format
        )
