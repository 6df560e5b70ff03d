"""What a server loads before its first page: no reader, no library of another part of the site."""

import json
import os
import subprocess
import sys

import pytest

from rapport.web.serving import Serving, environment

WITHOUT = {
    "rapport.evidence.read",
    "rapport.evidence.screen",
    "rapport.cards.wording",
    "rapport.practice.cards",
    "rapport.web.api",
    "rapport.store.practice.models",
    "rapport.web.curation.urls",
    "rapport.web.practice.urls",
    "rapport.web.views.gate",
    "cryptography",
    "django.contrib.auth.models",
    "django.contrib.sessions.models",
    "django.db.backends.sqlite3",
    "httpx",
    "lxml",
    "ninja",
    "numpy",
    "nupunkt",
    "pyarrow",
    "pydantic",
    "rapidfuzz",
    "re2",
    "scipy",
    "segno",
}
SCRIPT = """
import json, sys
import rapport.cli.app, rapport.cli.serve
from rapport.web.serving import load_for_workers
load_for_workers()
from rapport.web.wsgi import application
from django.test import RequestFactory
ask = RequestFactory(headers={"host": "localhost"}).get
asked = lambda path: application.get_response(ask(path)).status_code
told = [[asked(path) for path in sys.argv[1:]], list(sys.modules)]
told += [[asked(path) for path in ("/gate", "/index.json", "/api/")], list(sys.modules)]
print(json.dumps(told))
"""
PAGES = ("/", "/search?q=rest", "/cards/pmid-90000001/", "/definitions/", "/nothing-here")


@pytest.fixture(scope="module", params=["", "sqlite:///{}/store.sqlite"], ids=["open", "store"])
def started(request, release_folder, tmp_path_factory):
    """Statuses and modules after the pages of readers, and again after the later ones.

    With and without a store: who reads cards does not wait for what speaks to a database.
    """
    url = request.param.format(tmp_path_factory.mktemp("store"))
    env = {**os.environ, **environment(Serving(release=release_folder)), "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *PAGES],
        capture_output=True,
        text=True,
        env=env,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def test_pages_are_read_without_what_only_others_need(started):
    statuses, modules, *_ = started
    assert statuses == [200, 200, 200, 200, 404]
    assert WITHOUT & set(modules) == set()


def test_the_gate_and_the_data_are_loaded_when_they_are_asked_for(started):
    *_, statuses, modules = started
    assert statuses == [200, 200, 200]
    assert {"ninja", "rapport.web.views.gate"} <= set(modules)


def test_even_the_gate_is_there_before_the_reader(started):
    """Only a text has to wait for it."""
    assert "rapport.evidence.read.reader" not in started[-1]
