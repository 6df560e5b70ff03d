"""Measure how often intervals hold the true value, and write the table of docs/intervals.md.

    python scripts/coverage [--replications 1000] [--draws 1000] [--seed 2013] [--page-only]

One process, about ten minutes of one core for 1,000 replications. What is measured is stored
design by design in measured.jsonl beside this file: a run that was stopped goes on where it
was, and one with other settings starts anew. A design whose draws came from an earlier stream of
random numbers is marked there ("stream") and measured again.
"""

import argparse
import json
import platform
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
import scipy
from designs import imputed_designs, parts_designs, path_designs
from page import page
from simulate import looked_at, measure

STORE = Path(__file__).parent / "measured.jsonl"
PAGE = Path(__file__).parents[2] / "docs" / "intervals.md"


def stored() -> list[dict]:
    if not STORE.exists():
        return []
    return [json.loads(line) for line in STORE.read_text(encoding="utf-8").splitlines()]


def run(replications: int, draws: int, seed: int) -> None:
    """Measure every design that is not stored with these settings."""
    designs = [
        *parts_designs(replications),
        *path_designs(replications),
        *imputed_designs(replications),
    ]
    named = [(looked_at(design)[0], design.name) for design in designs]
    settings = ("people", "replications", "draws", "seed")
    wanted = {
        name: (design.people, design.replications, draws, seed)
        for name, design in zip(named, designs, strict=True)
    }
    kept = [
        one
        for one in stored()
        if wanted.get((one["of"], one["design"])) == tuple(one[name] for name in settings)
        and "stream" not in one
    ]
    done = {(one["of"], one["design"]) for one in kept}
    for number, design in enumerate(designs):
        if named[number] in done:
            continue
        print(f"{number + 1}/{len(designs)} {design.name}", file=sys.stderr, flush=True)
        made = {
            "date": time.strftime("%Y-%m-%d"),
            "versions": {
                "python": platform.python_version(),
                "numpy": np.__version__,
                "scipy": scipy.__version__,
            },
        }
        kept.append({**measure(design, number, draws=draws, seed=seed), **made})
        kept.sort(key=lambda one: named.index((one["of"], one["design"])))
        lines = "".join(json.dumps(one) + "\n" for one in kept)
        STORE.write_text(lines, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2013)
    parser.add_argument("--page-only", action="store_true")
    chosen = parser.parse_args()
    if not chosen.page_only:
        run(chosen.replications, chosen.draws, chosen.seed)
    PAGE.write_text(page(stored()), encoding="utf-8")


if __name__ == "__main__":
    main()
