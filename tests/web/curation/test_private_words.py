"""What is private stays where it belongs, also when the server is killed in the middle of a write."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing

import httpx
import pytest

CARD = "pmid-90000001"
REPORT = f"/report/{CARD}/"
MARKER = "zebra7canary"


@pytest.fixture
def free_port():
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def visit():
    """Opens visitors, and closes them in the end."""
    with ExitStack() as opened:
        yield lambda address: opened.enter_context(Visitor(address, 1))


@pytest.fixture
def server(release_folder, tmp_path, free_port):
    """Starts a site with a store as behind a server with TLS; its words go into a file."""
    started = []

    def start(workers=1):
        command = ["serve", release_folder, "--store", tmp_path / "s.sqlite", "--behind-tls"]
        words = [*map(str, command), "--port", str(free_port), "--workers", str(workers)]
        with (tmp_path / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "rapport.cli", *words],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)
        address = f"http://127.0.0.1:{free_port}"
        for _ in range(600):
            try:
                httpx.get(f"{address}/robots.txt", timeout=1)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        return process, address

    yield start
    for process in started:
        killed(process)


def killed(process):
    """The server and its workers, as if the power had failed."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Visitor:
    """Somebody whose browser the server in front speaks with."""

    def __init__(self, address, number):
        headers = {
            "X-Forwarded-For": f"10.1.{number // 250}.{number % 250}",
            "X-Forwarded-Proto": "https",
            "Origin": address.replace("http:", "https:"),
        }
        self.client = httpx.Client(base_url=address, headers=headers, timeout=20)
        self.pages = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()

    def get(self, path):
        page = self.client.get(path)
        self.pages.append(page)
        return page

    def post(self, path, **fields):
        page = self.client.get(path)
        mark = page.text.partition('name="csrfmiddlewaretoken" value="')[2][:64]
        # The cookie is for TLS only, which the server in front would speak.
        cookie = page.headers["set-cookie"].partition(";")[0]
        sent = self.client.post(
            path, data={**fields, "csrfmiddlewaretoken": mark}, headers={"Cookie": cookie}
        )
        self.pages.append(sent)
        return sent


def test_marked_words_are_in_no_log_no_address_no_title_and_no_error(
    server, visit, rapport, tmp_path
):
    store = tmp_path / "s.sqlite"
    _, address = server()
    visitor = visit(address)
    sent = visitor.post(REPORT, report=f"{MARKER} report", contact=f"{MARKER}@example.org")
    assert sent.status_code == 302
    for path, fields in {
        REPORT: {"report": f"{MARKER} " * 600, "contact": MARKER},  # too long
        "/sign-in": {"name": MARKER, "password": MARKER, "next": f"https://{MARKER}/"},
        "/sign-in?next=/": {"name": "\0" + MARKER, "password": MARKER},
    }.items():
        assert visitor.post(path, **fields).status_code == 400
    for path in (
        "/corrections",
        "/corrections.json",
        "/decisions.jsonl",
        sent.headers["Location"],
    ):
        assert MARKER not in visitor.get(path).text
    # A fault of the program, while somebody's words are in its hands.
    with closing(sqlite3.connect(store)) as broken:
        broken.execute("DROP TABLE curation_sender")
    sent = visitor.post(REPORT, report=f"{MARKER} again", contact=MARKER)
    assert sent.status_code == 500
    assert MARKER not in sent.text
    for page in visitor.pages:
        assert MARKER not in str(page.headers)
        assert MARKER not in page.text.partition("<title>")[2].partition("</title>")[0]
    log = (tmp_path / "log").read_text()
    assert "OperationalError" in log, "the fault is in the log"
    assert MARKER not in log
    for words in (("curate", "audit"), ("curate", "export"), ("people", "list")):
        done = rapport(*words, "--store", store)
        assert MARKER not in done.stdout + done.stderr


def test_a_link_that_lets_somebody_in_is_not_in_the_log_of_a_fault(
    server, visit, rapport, tmp_path
):
    store = tmp_path / "s.sqlite"
    _, address = server()
    link = rapport("people", "add", MARKER, "--store", store).stdout.strip()
    visitor = visit(address)
    assert visitor.get(link).status_code == 200
    with closing(sqlite3.connect(store)) as broken:
        broken.execute("DROP TABLE audit_head")
    assert visitor.post(link, password="seven lamps under a bridge").status_code == 500
    log = (tmp_path / "log").read_text()
    assert "set-up" in log
    for private in (MARKER, link.rpartition("/")[2], "lamps"):
        assert private not in log


def reports(address, numbers, taken):
    """Sends reports until the server is gone; `taken` are those it said it has."""
    for number in numbers:
        try:
            with Visitor(address, number) as visitor:
                sent = visitor.post(REPORT, report="It is wrong.")
        except httpx.TransportError:
            return
        if sent.status_code == 302:
            taken.append(sent.headers["Location"].rpartition("=")[2])


@pytest.mark.parametrize("kills", [1, pytest.param(4, marks=pytest.mark.long)])
def test_what_was_answered_is_kept_and_nothing_is_half_written_when_the_server_is_killed(
    server, rapport, tmp_path, kills
):
    taken = []
    for first in range(1, 40 * kills, 40):  # one server after the other
        process, address = server(workers=2)
        enough = len(taken) + 8
        senders = [
            threading.Thread(target=reports, args=(address, range(at, 40 + first, 3), taken))
            for at in range(first, first + 3)
        ]
        for sender in senders:
            sender.start()
        while len(taken) < enough and any(sender.is_alive() for sender in senders):
            time.sleep(0.01)
        killed(process)
        for sender in senders:
            sender.join()
    _, address = server()
    told = httpx.get(f"{address}/corrections.json", timeout=20).json()["corrections"]
    known = {line["id"] for line in told}
    assert taken
    assert set(taken) <= known
    audit = rapport("curate", "audit", "--store", tmp_path / "s.sqlite")
    assert audit.returncode == 0, audit.stderr
    acts = [json.loads(line)["about"] for line in audit.stdout.splitlines()]
    assert sorted(acts) == sorted(f"{name} {CARD}" for name in known)
