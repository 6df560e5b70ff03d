"""The command that retrieves: killed, kept to a pace, given a folder that is not there."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from tests.evidence.live.asking import full_text, medline, read, result

from rapport.core.errors import UsageError
from rapport.evidence.live.fetch import locked, parts_folder


@pytest.fixture
def command(service, rapport):
    """Runs `rapport atlas fetch` against the server of the test."""

    def run(out, *more, source="europepmc"):
        words = ("atlas", "fetch", "pem", "--out", out, "--source", source, *more)
        return rapport(*words, environment=environment(service))

    return run


def environment(service):
    return os.environ | {
        "RAPPORT_EUROPEPMC_URL": service.url,
        "RAPPORT_PUBMED_URL": service.url,
        "NO_PROXY": "*",
    }


def wait_until(true, seconds=60.0):
    """Wait for something to become true."""
    for _ in itertools.takewhile(lambda _: not true(), range(int(seconds / 0.02))):
        time.sleep(0.02)
    assert true()


def test_a_killed_retrieval_goes_on_where_it_stopped(service, command, tmp_path):
    service.results = [result(number, isOpenAccess="Y") for number in range(1, 13)]
    service.full_texts = {f"PMC{number}": full_text(number) for number in range(1, 13)}
    service.page_size = 4
    service.delay = 0.05
    out = tmp_path / "new.jsonl"
    journal = parts_folder(out) / "journal.jsonl"

    words = ["atlas", "fetch", "pem", "--out", str(out), "--full-text"]
    first = subprocess.Popen(
        [sys.executable, "-m", "rapport.cli", *words],
        env=environment(service),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: len(service.questions("fullTextXML")) >= 3)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not out.exists()
    finished = [json.loads(line)["step"] for line in journal.read_bytes().splitlines()]
    assert len(finished) >= 6  # three pages, the empty last one, two full texts
    asked = len(service.asked)

    second = command(out, "--full-text")
    assert second.returncode == 0, second.stderr
    assert "12 hits, 12 records, 12 full texts" in second.stderr
    assert len(read(out)) == 12
    again = service.asked[asked:]
    for step in finished:
        part = step.removeprefix("full text ").replace("page ", "cursorMark=")
        assert not any(each.endswith(part) or f"/{part}/" in each for each in again), step
    asked_at_all = set(service.questions("fullTextXML"))
    assert len(asked_at_all) == 12


def test_the_command_keeps_the_pace_of_ncbi_and_never_shows_the_key(service, command, tmp_path):
    service.records = {str(number): medline(number) for number in range(1, 601)}
    out = tmp_path / "new.jsonl"
    done = command(out, "--api-key", "SECRETKEY", source="pubmed")
    assert done.returncode == 0, done.stderr
    gaps = [after - before for before, after in itertools.pairwise(service.times)]
    assert len(gaps) == 3
    assert sum(gaps) > 0.2  # the first may come late on a machine that is busy
    assert "SECRETKEY" in service.asked[0]
    assert "SECRETKEY" not in done.stdout + done.stderr
    kept = b"".join(path.read_bytes() for path in parts_folder(out).iterdir())
    assert b"SECRETKEY" not in kept


def test_a_folder_that_is_not_there_is_exit_2_or_made(service, command, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    done = command(blocked / "new.jsonl")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert service.asked == []


def test_two_retrievals_never_write_to_one_file(tmp_path):
    out = tmp_path / "new.jsonl"
    with locked(out), pytest.raises(UsageError, match="Another retrieval"), locked(out):
        pass
    with locked(out):  # the lock is free again
        pass
