"""Where people are looked after and no country pack is named, the wing is not there at all.

The open pages need neither a store nor its libraries: they are asked for in a program of their own.
"""

import json
import os
import subprocess
import sys

import pytest

from rapport.web.serving import Serving, environment

SCRIPT = """
import json, sys
from rapport.web.wsgi import application
from django.test import RequestFactory
ask = RequestFactory(headers={"host": "localhost"}).get
found = [application.get_response(ask(path)) for path in sys.argv[1:]]
print(json.dumps([[each.status_code, each.content.decode()] for each in found]))
"""
PATHS = (
    "/",
    "/practice/",
    "/practice/help",
    "/practice/solo/",
    "/practice/cards/1.json",
    "/practice/show/",
    "/practice/show/1/1",
    "/practice/sheet/patient/short",
)


@pytest.fixture(
    scope="module",
    params=[(True, ""), (True, "evenland"), (False, "")],
    ids=["store alone", "store and pack", "neither"],
)
def answers(request, release_folder, tmp_path_factory):
    """Whether the wing has to be there, and what the server answers."""
    has_store, named = request.param
    file = tmp_path_factory.mktemp("store") / "clinic.sqlite"
    env = {**os.environ, **environment(Serving(release=release_folder, country=named))}
    if has_store:
        env["DATABASE_URL"] = f"sqlite:///{file}"
        env["RAPPORT_SECRET_KEY"] = "only for this test " * 4
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *PATHS],
        capture_output=True,
        text=True,
        env=env,
        check=True,
        timeout=60,
    )
    return bool(named) or not has_store, json.loads(done.stdout)


def test_where_there_is_a_store_the_wing_is_there_only_with_a_pack(answers):
    is_there, found = answers
    others = [200 if is_there else 404] * (len(PATHS) - 1)
    assert [status for status, _ in found] == [200, *others]
    assert ("I need help now" in found[0][1]) is is_there
