"""For every test: Hypothesis the same way each time in CI, and what is not installed."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "here")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_runtest_setup(item):
    """Skip browser tests without a browser, with the reason; fail them in CI."""
    if item.get_closest_marker("browser") and CHROMIUM is None:
        reason = "Chromium is not installed (Debian, Ubuntu: apt install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
