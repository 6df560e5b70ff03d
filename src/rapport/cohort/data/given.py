"""Files that fix what is otherwise drawn: resampling rows."""

import gzip
from pathlib import Path

import numpy as np

from rapport.core.errors import InputError
from rapport.stats.arrays import Whole


def read_indices(path: Path) -> Whole:
    """Resampled rows, draws x people, counted from 0; the file counts people from 1.

    Text with a line a draw and whole numbers parted by commas; .gz is unpacked.
    Errors: InputError for a file that cannot be read, lines of unequal length, anything but
    whole numbers, and a number below 1.
    """
    try:
        data = path.read_bytes()
        text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise InputError(
            f"the file cannot be read: {reason}", where=str(path), fix="name a file that exists"
        ) from None
    lines = [line.split(b",") for line in text.split()]
    if len({len(line) for line in lines}) != 1:
        raise InputError(
            "the lines have different lengths, or there are none",
            where=str(path),
            fix="write one line a draw, each with as many numbers as there are people",
        )
    try:
        rows = np.array(lines).astype(np.intp)
    except ValueError:
        raise InputError(
            "there is something else than a whole number",
            where=str(path),
            fix="write the numbers of people, parted by commas, without a header",
        ) from None
    if rows.min() < 1:
        raise InputError(
            "people are counted from 0", where=str(path), fix="count them from 1, as R does"
        )
    return rows - 1
