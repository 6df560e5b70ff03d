"""Where people are looked after and no country pack is named, the wing is not there at all."""

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
PATHS = ("/", "/practice/", "/practice/help", "/practice/solo/", "/practice/cards/1.json")


@pytest.fixture(scope="module", params=["", "evenland"])
def answers(request, release_folder, tmp_path_factory):
    """The pack that was named, and what a server with a store answers."""
    file = tmp_path_factory.mktemp("store") / "clinic.sqlite"
    env = {
        **os.environ,
        **environment(Serving(release=release_folder, country=request.param)),
        "DATABASE_URL": f"sqlite:///{file}",
        "RAPPORT_SECRET_KEY": "only for this test " * 4,
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *PATHS],
        capture_output=True,
        text=True,
        env=env,
        check=True,
        timeout=60,
    )
    return request.param, json.loads(done.stdout)


def test_the_wing_is_there_only_with_a_pack(answers):
    named, found = answers
    assert [status for status, _ in found] == ([200] * 5 if named else [200] + [404] * 4)
    assert ("I need help now" in found[0][1]) is bool(named)
