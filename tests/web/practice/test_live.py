"""A real server: no word of a person gets out, and no answer that was taken is lost."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from rapport.knowledge.entry_file import DATA

HERE = Path(__file__).parent
KEY = "only for this test " * 4
MARKER = "zebra7canary"
ITEMS = ("S0", "C1x", "C1a", "C2a", "C3a", "C4b", "C5a", "C6a")
PEOPLE = 2


class Live:
    """A server over a store of its own, and what its people need to come in."""

    def __init__(self, release, folder, url, people=PEOPLE):
        self.release, self.folder, self.url = release, folder, url
        self.log, self.processes, self.phones = folder / "log", [], []
        self.pack = folder / "lakeland.toml"
        made_up = (DATA / "countries" / "evenland.toml").read_text()
        self.pack.write_text(
            made_up.replace('id = "evenland"', 'id = "lakeland"').replace(
                "is_made_up = true", "is_made_up = false"
            )
        )
        self.known = self.run("live.py", people, MARKER)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def run(self, program, *words):
        command = [sys.executable, HERE / program, self.url, KEY, *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def start(self, workers=2):
        words = ["serve", self.release, "--country", self.pack, "--port", self.port]
        command = [sys.executable, "-m", "rapport.cli", *words, "--workers", workers]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [str(word) for word in command],
                env={**os.environ, "DATABASE_URL": self.url, "RAPPORT_SECRET_KEY": KEY},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return process
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def saved(self):
        return self.run("saved.py", self.known["clinic"])

    def end(self):
        for phone in self.phones:
            phone.close()
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


class Person:
    """A patient with a phone. `taken` are the answers that the server said are saved.

    `items` are those that are answered on this phone.
    """

    def __init__(self, live, number, items=ITEMS):
        self.items = items
        self.patient, self.pair, self.token = live.known["patients"][number]
        self.client = httpx.Client(base_url=live.address, timeout=20)
        live.phones.append(self.client)
        self.pages, self.taken = [], {}

    def get(self, path):
        page = self.client.get(path)
        self.pages.append(page)
        return page

    def post(self, path, **fields):
        mark = self.client.cookies.get("csrftoken") or ""
        page = self.client.post(path, data={**fields, "csrfmiddlewaretoken": mark})
        self.pages.append(page)
        return page

    def comes_in(self):
        self.get(f"/practice/link/{self.token}")
        assert self.post(f"/practice/link/{self.token}").status_code == 302
        begin = f"/practice/check-in/with/{self.pair}/"
        self.get(begin)
        draft = self.post(begin, answer="full").headers["Location"]
        self.draft = draft.removesuffix("next")
        return self

    def answers(self, item, value):
        """Sends one answer; it is taken if the server leads on to the next question."""
        self.sending = (item, value)
        sent = self.post(f"{self.draft}{item}", answer=str(value), go="next")
        if sent.status_code == 302:
            self.taken[item] = value
        return sent


@pytest.fixture
def live(release_folder, tmp_path):
    """Makes a store, on SQLite unless another is named, and servers over it."""
    with ExitStack() as open_ones:

        def made(url=None, **more):
            found = Live(
                release_folder, tmp_path, url or f"sqlite:///{tmp_path}/s.sqlite", **more
            )
            open_ones.callback(found.end)
            return found

        yield made


def test_marked_words_get_out_nowhere(live, tmp_path, rapport):
    """The marker is in names, contacts, notes and in what is sent where it does not belong."""
    here = live(people=1)
    here.start(workers=1)
    sam = Person(here, 0).comes_in()
    for item in ITEMS:
        sam.answers(item, 1)
    sam.answers("PICK", MARKER)
    note = sam.post(f"{sam.draft}NOTE", note=f"{MARKER} is what I say", go="next")
    assert note.status_code == 302
    sam.post(f"{sam.draft}NOTE", note=MARKER * 200, go="next")
    for path in (
        "/practice/home",
        "/practice/yours/seen",
        "/practice/yours/consents",
        f"/practice/over-time/{sam.pair}/",
        f"/practice/{MARKER}",
        f"/practice/need/{MARKER}/",
    ):
        sam.get(path)
    sam.post("/practice/yours/consents", kind=MARKER, answer="yes")
    sam.post("/practice/yours/helpers", name=MARKER, relation=MARKER, how=MARKER, days=MARKER)
    helper = {"name": MARKER, "relation": MARKER, "how": "scribe", "days": "9", "yes": "yes"}
    assert sam.post("/practice/yours/helpers", **helper).status_code == 200
    # A fault of the program, while somebody's words are in its hands.
    broken = subprocess.run(
        [sys.executable, "-c", BREAK, here.url, "practice_record"], check=True
    )
    assert broken.returncode == 0
    assert sam.answers("C1a", 2).status_code == 500
    gone = sam.post(f"{sam.draft}NOTE", note=f"{MARKER} again", go="next")
    assert gone.status_code == 500
    assert MARKER not in gone.text
    for page in sam.pages:
        title = page.text.partition("<title>")[2].partition("</title>")[0]
        assert MARKER not in title
        assert MARKER not in str({**page.headers, "x-address": ""})
        asked = str(page.request.url)
        assert MARKER not in asked or f"/{MARKER}" in asked, "only where it was typed in"
        assert "no-store" in page.headers["Cache-Control"]
    log = here.log.read_text()
    assert "OperationalError" in log, "the fault is in the log"
    assert MARKER not in log
    assert sam.token not in log
    for file in tmp_path.rglob("*"):
        assert MARKER not in file.name
        if file.is_file() and file.name != "log":
            assert MARKER.encode() not in file.read_bytes(), file.name
    told = rapport("curate", "audit", "--store", tmp_path / "copy.sqlite")
    assert MARKER not in told.stdout + told.stderr


BREAK = """
import sqlite3, sys
from contextlib import closing
with closing(sqlite3.connect(sys.argv[1].removeprefix("sqlite:///"))) as store:
    store.execute(f"ALTER TABLE {sys.argv[2]} RENAME TO elsewhere")
"""


def phones(live):
    """Two phones of each of two people, which answer one draft at the same time."""
    return [Person(live, n // 2, ITEMS[n % 2 :: 2]).comes_in() for n in range(4)]


def goes_on(person, until):
    """Answers one question after the other, with ever new answers, until it is told to end."""
    n = 0
    while not until.is_set():
        n += 1
        try:
            person.answers(person.items[n % len(person.items)], n // len(person.items) % 2)
        except httpx.TransportError:
            return


def lost(people, saved):
    """The last answers that were taken and are not there.

    One that was saved while its word got lost may stand in the place of an earlier one.
    """
    found = {}
    for each in people:
        kept = saved["answers"][each.patient]
        for item, value in each.taken.items():
            if kept.get(item) != value and each.sending != (item, kept.get(item)):
                found[each.patient, item] = (value, kept.get(item))
    return found


def disturbed(here, people, disturb, seconds):
    """Everybody answers; in the midst of it something happens."""
    until = threading.Event()
    threads = [threading.Thread(target=goes_on, args=(each, until)) for each in people]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    disturb()
    time.sleep(seconds)
    until.set()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("rounds", [1, pytest.param(6, marks=pytest.mark.long)])
def test_no_answer_that_was_taken_is_lost_when_the_server_is_killed(live, rounds):
    here = live()
    for _ in range(rounds):
        process = here.start()
        people = phones(here)
        disturbed(here, people, lambda p=process: os.killpg(p.pid, signal.SIGKILL), 1)
        process.wait()
        assert sum(len(each.taken) for each in people) > len(people)
        saved = here.saved()
        assert lost(people, saved) == {}
        assert saved["broken_at"] is None


@pytest.fixture
def database(postgresql):
    """The address of a new database on a PostgreSQL server."""
    parts = urlsplit(postgresql)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as made:
        made.execute("CREATE DATABASE rapport_live")
    return parts._replace(path="/rapport_live").geturl()


PULL = """
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as other:
    other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
"""


@pytest.mark.parametrize("pulls", [2, pytest.param(20, marks=pytest.mark.long)])
def test_no_answer_that_was_taken_is_lost_when_the_database_goes_away(live, database, pulls):
    here = live(database)
    here.start()
    people = phones(here)

    def pulled():
        for _ in range(pulls):
            subprocess.run([sys.executable, "-c", PULL, database], check=True)

    disturbed(here, people, pulled, 1)
    for each in people:
        assert each.answers(each.items[-1], 3).status_code == 302, "it goes on by itself"
    saved = here.saved()
    assert lost(people, saved) == {}
    assert saved["broken_at"] is None


@pytest.mark.long
def test_on_postgresql_too_a_killed_server_loses_no_answer_that_was_taken(live, database):
    here = live(database)
    process = here.start()
    people = phones(here)
    disturbed(here, people, lambda: os.killpg(process.pid, signal.SIGKILL), 2)
    saved = here.saved()
    assert lost(people, saved) == {}
    assert saved["broken_at"] is None
