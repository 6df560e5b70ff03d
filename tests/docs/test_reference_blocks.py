"""The page that maps R's results to tests names all of them, and only tests that exist."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference-blocks.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| (.*) \|$", PAGE, flags=re.MULTILINE))
OUT_OF_SCOPE = {"cfa_wai", "invariance"}


def test_every_block_has_one_row():
    assert len(ROWS) == PAGE.count("\n| `") == 37
    kept = set()
    for name in ("results.json", "time.json"):
        text = (ROOT / "tests" / "stats" / "reference" / name).read_text(encoding="utf-8")
        kept |= json.loads(text).keys()
    assert ROWS.keys() - OUT_OF_SCOPE == kept - {"riclpm_missing_rows"}


@pytest.mark.parametrize("block", sorted(ROWS))
def test_every_test_of_a_block_exists(block):
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", ROWS[block])
    assert named or (block in OUT_OF_SCOPE and ROWS[block].startswith("out of scope"))
    for path, test in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert test in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
