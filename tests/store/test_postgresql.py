"""The tests of the store once more, on a PostgreSQL of their own that is gone afterwards."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_the_store_passes_its_tests_on_postgresql(postgresql):
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", HERE, f"--ignore={__file__}"],
        env={**os.environ, "RAPPORT_TEST_DATABASE": postgresql},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
    assert " passed" in ran.stdout
