"""Measures dedupe on the labelled references and hard pairs of ../shared, if that is there.

The labelled set says of each reference whether it is the one to keep of its cluster (unique) or
a duplicate. Which member of a cluster is kept does not matter, so a work of ours with a unique
record and d duplicates scores d hits; each further unique record in it is a false duplicate; a
work of duplicates alone is missing its unique record, and one of them counts as missed.

Usage: python scripts/evaluate_dedupe.py [FOLDER]
"""

import csv
import gzip
import io
import json
import math
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers, normalise_doi
from rapport.evidence.dedupe.entry import Entry, entry
from rapport.evidence.dedupe.match import verdict
from rapport.evidence.dedupe.works import works
from rapport.evidence.publication import Author, Origin, Publication
from rapport.evidence.sources.files import publications

FOLDER = Path(__file__).parent.parent.parent / "shared" / "data" / "duplicates"

# One work to the labels and two works to us; docs/one-work-one-card.md.
EXPLAINED = {
    "tan_2004_2005_pub2_vs_pub3": "editions of a Cochrane review are works that update each other"
}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not folder.is_dir():
        print(f"Nothing to measure with: {folder} is not there.")
        return
    references(folder / "labelled_test_set.csv.gz")
    hard_pairs(folder / "hard_pairs.json")


def references(path: Path) -> None:
    with gzip.open(path) as packed:
        rows = list(csv.DictReader(io.TextIOWrapper(packed, encoding="latin-1", newline="")))
    # Read as a build reads them, by the parser for tables of reference managers.
    read = [one for one in publications([path]) if isinstance(one, Publication)]
    entries = [entry(one, f"{one.origin.position - 1:06d}") for one in read]
    began = time.perf_counter()
    found = works(entries)
    seconds = time.perf_counter() - began
    hits = wrong = missed = 0
    for work in found.works:
        labels = [rows[int(key)]["source"] for key in work.keys]
        unique, duplicate = labels.count("unique"), labels.count("duplicate")
        hits += duplicate if unique else duplicate - 1
        wrong += max(unique - 1, 0)
        missed += 0 if unique else 1
    print(f"{len(rows)} references, {len(found.works)} works, {seconds:.2f} s")
    print(f"precision {_share(hits, hits + wrong)}")
    print(f"recall    {_share(hits, hits + missed)}")


def hard_pairs(path: Path) -> None:
    right = explained = 0
    cases = json.loads(path.read_text())["cases"]
    for case in cases:
        pair = [_entry(case["record_a"], "a"), _entry(case["record_b"], "b")]
        is_one = len(works(pair).works) == 1
        if is_one == case["expected_duplicate"]:
            right += 1
            continue
        decided = verdict(*pair)
        reason = EXPLAINED.get(case["id"])
        explained += reason is not None
        print(f"  {case['id']}: {decided.bond.value} ({decided.rule}); {reason or 'WRONG'}")
    print(f"hard pairs: {right} right, {explained} explained, of {len(cases)}")


def _entry(row: Mapping[str, str | None], key: str) -> Entry:
    values = {name: value for name, value in row.items() if value not in (None, "", "NA")}
    year = values.get("year")
    publication = Publication(
        origin=Origin(file="references", position=1, format="csv"),
        identifiers=Identifiers(doi=normalise_doi(values.get("doi"))),
        title=values.get("title"),
        authors=_authors(values.get("author") or ""),
        journal=values.get("journal") or values.get("booktitle"),
        volume=values.get("volume"),
        issue=values.get("number"),
        pages=values.get("pages"),
        date=PartialDate(year=int(year)) if year else None,
    )
    return entry(publication, key)


def _authors(text: str) -> tuple[Author, ...]:
    """Names as these files write them: "Roe K.Doe G. F.", "Roe, K. and Doe, G.", "K. Roe; ..."."""
    if " and " in text or ";" in text or "," in text:
        names = [name.split(",")[0] for name in re.split(r" and |;", text)]
    else:
        names = re.split(r"(?<=\.)(?=[A-Z][a-z])", text)
    return tuple(Author(family=name.strip()) for name in names if name.strip())


def _share(part: int, whole: int) -> str:
    low, high = _wilson(part, whole)
    return f"{part / whole:.4f} ({part} of {whole}; 95 % interval {low:.4f} to {high:.4f})"


def _wilson(part: int, whole: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's score interval (1927), which stays sensible at 0 and 1."""
    share = part / whole
    centre = share + z * z / (2 * whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return (centre - half) / scale, (centre + half) / scale


if __name__ == "__main__":
    main()
