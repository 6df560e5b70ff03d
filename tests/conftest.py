"""For every test: Hypothesis the same way each time in CI, what is not installed, and Django."""

import os
import shutil
from unittest.mock import patch

import django
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Django is set up once a process, with a store: the settings are read while its address stands in
# the environment, and the address is gone again before any test starts a program.
STORE = {
    "DATABASE_URL": os.environ.get("RAPPORT_TEST_DATABASE", "sqlite://:memory:"),
    "DJANGO_SETTINGS_MODULE": "rapport.web.settings",
}
with patch.dict(os.environ, STORE):
    django.setup()

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_runtest_setup(item):
    """Skip browser tests without a browser, with the reason; fail them in CI."""
    if item.get_closest_marker("browser") and CHROMIUM is None:
        reason = "Chromium is not installed (Debian, Ubuntu: apt install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
