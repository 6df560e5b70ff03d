"""Whether every changed file of the knowledge base also raised its version. Pure.

Git history is not there in every clone, so the line of the version ends in a fingerprint of what
the file said when it got that version: `version = 3  # 5090955b69dea57f`. Each file is its own
record: changes to different files never meet.
"""

import re
import tomllib

from rapport.core.encoding import content_hash, to_json

_NOT_SAID = frozenset({"version", "reviewed_on", "review_by", "checked_by"})
"""Keys of the header that say who looked at a file and when: a look is not a change."""
_VERSION_LINE = re.compile(r"^version = (\d+)(?:  # ([0-9a-f]{16}))?$", re.MULTILINE)


def fingerprint(text: str) -> str:
    """What a file says, in 16 hexadecimal digits.

    Comments, spaces and the order of keys do not count, nor do the dates and names of reviews.
    """
    said = {key: value for key, value in tomllib.loads(text).items() if key not in _NOT_SAID}
    return content_hash(to_json(said))[:16]


def raised(text: str) -> str:
    """The file as it should be: with the next version, if it says something else than at its own.

    A file without a fingerprint is new, and keeps its version.

    Raises: ValueError for a file without a line `version = NUMBER`.
    """
    line = _VERSION_LINE.search(text)
    if line is None:
        raise ValueError("there is no line: version = 1")
    now, then = fingerprint(text), line[2]
    version = int(line[1]) + (then not in (None, now))
    return f"{text[: line.start()]}version = {version}  # {now}{text[line.end() :]}"
