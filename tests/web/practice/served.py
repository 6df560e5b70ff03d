"""A real server over a store of its own, and people who answer on it while something happens."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import httpx

from rapport.knowledge.entry_file import DATA

HERE = Path(__file__).parent
KEY = "only for this test " * 4
MARKER = "zebra7canary"
ITEMS = ("C1a", "C1b", "C2a", "C3a", "C4b", "C5a", "C6a", "C6b")
ANSWERS = 4
"""How many different answers each of them has at least."""


class Live:
    """A server over a store of its own, and what its people need to come in."""

    def __init__(self, release, folder, url, people=2, key=KEY):
        self.release, self.folder, self.url, self.key = release, folder, url, key
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
        command = [sys.executable, HERE / program, self.url, self.key, *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def start(self, workers=2, **environment):
        words = ["serve", self.release, "--country", self.pack, "--port", self.port]
        command = [sys.executable, "-m", "rapport.cli", *words, "--workers", workers]
        told = {"DATABASE_URL": self.url, "RAPPORT_SECRET_KEY": self.key, **environment}
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [str(word) for word in command],
                env={**os.environ, **told},
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

    def phone(self, number, items=ITEMS):
        return Person(self, number, items).comes_in()

    def people(self, number):
        """So many people, each with a phone of their own."""
        return [self.phone(each) for each in range(number)]

    def end(self):
        for phone in self.phones:
            phone.close()
        for process in self.processes:
            if process.poll() is None:
                killed(process)


class Person:
    """A patient with a phone. `taken` are the answers that the server said are saved.

    `items` are those that are answered on this phone. `unheard` are answers that were sent and
    of which no word came back, or that they cannot be saved now: they may be there or not.
    """

    def __init__(self, live, number, items):
        self.items, self.statuses = items, Counter()
        self.patient, self.pair, self.token = live.known["patients"][number]
        self.client = httpx.Client(base_url=live.address, timeout=30)
        live.phones.append(self.client)
        self.pages, self.taken, self.unheard = [], {}, {}

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
        self.unheard.setdefault(item, set()).add(value)
        sent = self.post(f"{self.draft}{item}", answer=str(value), go="next")
        self.statuses[sent.status_code] += 1
        if sent.status_code == 302:
            self.taken[item] = value
            self.unheard.pop(item)
        return sent

    def goes_on(self, until):
        """One question after the other, with ever new answers, until it is told to end.

        After each round through the questions all answers are others than before.
        """
        n = 0
        while not until.is_set():
            turn, at = divmod(n, len(self.items))
            n += 1
            try:
                self.answers(self.items[at], turn % ANSWERS)
            except httpx.TransportError:
                self.statuses["no word"] += 1
                time.sleep(0.05)


def lost(people, saved):
    """The last answers that were taken and are not there."""
    found = {}
    for each in people:
        kept = saved["answers"][each.patient]
        for item, value in each.taken.items():
            here = kept.get(item)
            if here != value and here not in each.unheard.get(item, ()):
                found[each.patient, item] = (value, here)
    return found


def heard(people):
    """How often each status came, so far."""
    return sum((Counter(each.statuses) for each in people), Counter())


def wait_for(people, more, status=302, seconds=120):
    """Wait until so many more answers have had a status; a busy machine takes longer."""
    aim, until = heard(people)[status] + more, time.monotonic() + seconds
    while heard(people)[status] < aim:
        assert time.monotonic() < until, heard(people)
        time.sleep(0.02)


def disturbed(people, disturb, before=20):
    """Everybody answers; when so many answers are saved something happens.

    How often each status came.
    """
    until = threading.Event()
    threads = [threading.Thread(target=each.goes_on, args=(until,)) for each in people]
    for thread in threads:
        thread.start()
    try:
        wait_for(people, before)
        disturb()
    finally:
        until.set()
        for thread in threads:
            thread.join()
    return heard(people)


def killed(process):
    """Kill a server with all its processes, which get no word of it."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
