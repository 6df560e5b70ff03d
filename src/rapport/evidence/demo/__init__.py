"""The demo records: true bibliographic facts of real studies, with digests in our own words.

A digest states facts of the published abstract, or of the paper where it was read, and is
marked as such on the card. Digests are under CC BY 4.0 (LICENSE-DATA).
"""

from importlib.resources import as_file, files
from pathlib import Path


def records_path() -> Path:
    """The JSON Lines file of the demo records, as a path that `rapport atlas build` reads."""
    with as_file(files("rapport.evidence.demo") / "records.jsonl") as path:
        return Path(path)
