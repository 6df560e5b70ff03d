"""The door for lists of notices: files in, what they say out, each kind known by its content."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import msgspec

from rapport.core.encoding import content_hash, to_json
from rapport.core.errors import InputError
from rapport.evidence.after import crossref, retraction_watch
from rapport.evidence.after.listed import Listed, ListRead, Lists
from rapport.evidence.sources.opening.archives import Peeked, unpacked
from rapport.evidence.sources.opening.stream import decoded, whole

_MOST_BYTES = 1 << 30
_FIX = (
    "give the table of Retraction Watch (.csv) or works from Crossref (.jsonl); .gz and .xz too"
)


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one file holds."""

    format: str
    listed: tuple[Listed, ...]
    passed_over: int
    checked: str | None = None


def lists(files: Sequence[Path], *, checked: str | None = None) -> Lists:
    """What the files say, each notice once, whatever the order of the files.

    `checked` is the ISO date of lists that do not say themselves when they were looked at. A file
    that is given twice counts once.
    Raises: InputError for a file that cannot be opened or is no such list, naming file and line.
    """
    read: dict[str, ListRead] = {}
    listed: dict[Listed, None] = {}
    for path in files:
        data = _bytes(path)
        found = _found(path, data)
        listed.update(dict.fromkeys(found.listed))
        digest = content_hash(data)
        read[digest] = ListRead(
            name=path.name,
            format=found.format,
            sha256=digest,
            entries=len(found.listed),
            passed_over=found.passed_over,
            checked=found.checked or checked,
        )
    return Lists(
        listed=tuple(sorted(listed, key=to_json)),
        read=tuple(sorted(read.values(), key=to_json)),
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The list of notices cannot be read: {error.strerror or error}.",
            where=str(path),
            fix="name a readable file with --notices",
        ) from error


def _found(path: Path, data: bytes) -> _Found:
    _, stream = unpacked(str(path), Peeked(io.BytesIO(data)))
    content = whole(stream, _MOST_BYTES)
    if content.fault is not None:
        raise InputError(
            f"The list of notices breaks off: {content.fault}.",
            where=str(path),
            fix="fetch it again",
        )
    if content.data.lstrip()[:1] == b"{":
        return _crossref(path, content.data)
    text = decoded(content.data)
    if retraction_watch.is_table(text):
        return _table(path, text)
    raise InputError("This is no list of notices that is known.", where=str(path), fix=_FIX)


def _table(path: Path, text: str) -> _Found:
    try:
        listed, passed_over = retraction_watch.table(text)
    except csv.Error as error:
        raise InputError(
            f"The table cannot be read: {error}.", where=str(path), fix=_FIX
        ) from error
    return _Found(format=retraction_watch.FORMAT, listed=tuple(listed), passed_over=passed_over)


def _crossref(path: Path, data: bytes) -> _Found:
    lines: list[crossref.Line] = []
    for number, line in enumerate(data.splitlines(), start=1):
        if line.strip():
            try:
                lines.append(crossref.line(line))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise InputError(
                    f"This line is not a work as Crossref gives it: {error}.",
                    where=f"{path}, line {number}",
                    fix="write one work, or one answer of the API, on each line",
                ) from error
    return _Found(
        format=crossref.FORMAT,
        listed=tuple(one for line in lines for one in line.listed),
        passed_over=sum(line.passed_over for line in lines),
        checked=max((line.indexed for line in lines if line.indexed), default=None),
    )
