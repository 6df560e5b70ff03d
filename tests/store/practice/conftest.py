"""Every test here has a store."""

import pytest


@pytest.fixture(autouse=True)
def _with_a_store(store):
    """Every test here may write, and what it writes is undone."""
