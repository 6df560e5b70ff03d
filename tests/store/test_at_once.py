"""Several at once, with real commits: one wins, the others are told, and the audit stays whole."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

WORKERS = 4
PROGRAM = Path(__file__).with_name("at_once.py")


def database_of_its_own():
    """The address of a new database where RAPPORT_TEST_DATABASE says; None without it."""
    server = os.environ.get("RAPPORT_TEST_DATABASE")
    if server is None:
        return None
    import psycopg

    parts = urlsplit(server)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as made:
        made.execute("DROP DATABASE IF EXISTS rapport_at_once")
        made.execute("CREATE DATABASE rapport_at_once")
    return parts._replace(path="/rapport_at_once").geturl()


def test_of_several_who_act_at_once_one_wins_and_nothing_is_lost(tmp_path):
    url = database_of_its_own() or f"sqlite:///{tmp_path}/s.sqlite"
    done = subprocess.run(
        [sys.executable, PROGRAM, tmp_path, str(WORKERS)],
        env={**os.environ, "DATABASE_URL": url, "RAPPORT_SECRET_KEY": "k" * 64},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    told = [(tmp_path / f"told-{n}").read_text().splitlines() for n in range(WORKERS)]
    for step, said in ((0, "Somebody else changed it"), (1, "Somebody else answered it")):
        answers = [lines[step] for lines in told]
        assert answers.count("won") == 1
        assert sum(said in line for line in answers) == WORKERS - 1
    assert sum(lines.count("limited") for lines in told) == 3 * WORKERS - 5
    audit, question, reports, locks, tries = done.stdout.splitlines()
    assert audit.startswith("None ")
    assert question == "decided 2 2"
    assert reports == "5 6"
    assert locks == "1"
    assert int(tries) >= 5
