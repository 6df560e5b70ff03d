"""`make bench`: every speed as a ratio to a limit measured in the same run.

Each module of this folder has `run() -> dict`: names to numbers or text. A module that lacks its
input (the optional folder ../shared, a package's data files, wrk) says what is missing.
`cohort_large` takes a minute and some memory, and runs where it is named.
"""

import importlib
import json
import os
import sys
from pathlib import Path

from rapport.cli.__main__ import ONE_THREAD

sys.path.insert(0, str(Path(__file__).parent))

MODULES = (
    "screening",
    "build",
    "search",
    "serve",
    "reading",
    "cohort",
    "cohort_beside",
    "practice",
)


def main() -> None:
    """Run the modules named on the command line, or all but `cohort_large`."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")] or list(MODULES)
    results = {}
    for name in chosen:
        print(f"== {name}", flush=True)
        results[name] = importlib.import_module(name).run()
        for key, value in results[name].items():
            print(f"{key:44} {value:.4g}" if isinstance(value, float) else f"{key:44} {value}")
    if "--json" in sys.argv:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
