"""`rapport serve`: up within seconds, and one clear sentence for whatever stands in its way."""

import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

from rapport.cli import demo
from rapport.core.errors import InputError, UsageError
from rapport.web.serving import STOP_SECONDS, Serving, check_port, environment, hosts


@pytest.fixture
def taken_port():
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(*arguments):
    return [sys.executable, "-m", "rapport.cli", "serve", *map(str, arguments)]


@pytest.fixture
def refused(rapport):
    """Runs a command that should end at once: its status and what it said."""

    def run(*arguments):
        done = rapport("serve", *arguments)
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
        return done.returncode, done.stderr

    return run


def test_a_port_in_use_is_named_with_the_cure(refused, taken_port):
    status, said = refused("--port", taken_port)
    assert status == 2
    assert f"Port {taken_port} is in use by another program." in said
    assert f"--port {taken_port + 1}" in said


def test_a_folder_that_is_no_release_is_named(refused, tmp_path, free_port):
    for folder in (tmp_path, tmp_path / "nothing"):
        status, said = refused(folder, "--port", free_port)
        assert status == 2
        assert "This folder is not a release" in said
        assert str(folder) in said


def test_an_address_this_machine_does_not_have_is_named():
    with pytest.raises(UsageError, match=r"no address 192\.0\.2\.1"):
        check_port("192.0.2.1", 8000)


def test_a_port_that_needs_more_rights_is_named(monkeypatch):
    def bind(self, address):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(socket.socket, "bind", bind)
    with pytest.raises(UsageError, match="Port 80 needs more rights"):
        check_port("127.0.0.1", 80)


@pytest.mark.parametrize(
    ("host", "names", "expected"),
    [
        ("127.0.0.1", (), ("127.0.0.1",)),
        ("::1", (), ("[::1]",)),
        ("10.0.0.5", ("atlas.example",), ("10.0.0.5", "atlas.example")),
    ],
)
def test_the_server_answers_to_the_names_it_was_given(host, names, expected):
    assert hosts(host, names) == expected


def test_a_server_for_the_whole_network_answers_to_the_names_of_its_machine():
    assert socket.gethostname() in hosts("0.0.0.0", ())
    assert "*" not in hosts("0.0.0.0", ())


def test_workers_are_told_what_to_serve(tmp_path):
    told = environment(Serving(release=tmp_path, evaluations=(tmp_path / "a.json",)))
    assert told["RAPPORT_RELEASE"] == str(tmp_path.resolve())
    assert told["RAPPORT_EVALUATIONS"] == str((tmp_path / "a.json").resolve())


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_address_can_be_opened_as_it_is_printed(tmp_path, host, address):
    assert Serving(release=tmp_path, host=host).address == address


def test_the_demo_is_served_with_its_address_and_what_to_try(tmp_path, free_port):
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    process = subprocess.Popen(
        command("--port", free_port, "--workers", 1),
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        cwd=tmp_path,
        start_new_session=True,
    )
    try:
        told = ""
        while "Ctrl+C" not in told:
            line = process.stderr.readline()
            assert line, told
            told += line
        assert told.startswith("Building the demo atlas.")
        assert f"The site is up: http://127.0.0.1:{free_port}\n" in told
        page = httpx.get(f"http://127.0.0.1:{free_port}/search?q=Fukuda")
        assert page.status_code == 200
        assert "Fukuda" in page.text
        for path in ("/", "/definitions/", "/index.json"):
            assert httpx.get(f"http://127.0.0.1:{free_port}{path}").status_code == 200
        head = httpx.head(f"http://127.0.0.1:{free_port}/")
        assert (head.status_code, head.content) == (200, b"")
        assert b"Traceback" not in _raw(
            free_port, b"GET /\xff\xfe%zz HTTP/1.1\r\nHost: x\r\n\r\n"
        )
    finally:
        os.killpg(process.pid, signal.SIGINT)  # what Ctrl+C sends: to every process there is
        pressed = time.monotonic()
        assert process.wait(timeout=20) == 0
        assert time.monotonic() - pressed < STOP_SECONDS
        process.stderr.close()


def _raw(port, request):
    """What the server answers to bytes that no client would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        try:
            return connection.recv(4096)
        except TimeoutError:
            return b""


def test_a_fresh_demo_is_not_built_again_and_a_stale_one_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = demo.demo_release()
    assert "Building the demo atlas." in capsys.readouterr().err
    assert demo.demo_release() == first
    assert capsys.readouterr().err == ""
    (tmp_path / "rapport" / "demo.key").write_text("of an older program")
    assert demo.demo_release() == first
    assert "Building the demo atlas." in capsys.readouterr().err
    (first / "manifest.json").write_text("damaged")
    start = time.monotonic()
    assert demo.demo_release() == first
    assert time.monotonic() - start < 60


def test_without_a_cache_the_demo_is_kept_here(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.chdir(tmp_path)
    assert demo.demo_release().resolve() == tmp_path / "rapport-demo" / "demo"


def test_without_any_folder_to_write_to_the_cure_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    (tmp_path / "rapport-demo").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no folder in which the demo atlas can be kept"):
        demo.demo_release()


def test_the_report_of_a_made_up_clinic_is_computed_once(tmp_path, monkeypatch, capsys):
    """Beside the demo release, and again when the program has changed."""
    written = []

    def write(folder, knowledge):
        folder.mkdir(exist_ok=True)
        (folder / "report.html").write_text("a report")
        written.append(folder)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("rapport.cohort.demo.write_demo", write)
    monkeypatch.chdir(tmp_path)
    assert demo.demo_report() is None
    assert written == []
    (tmp_path / "rapport").mkdir()
    (tmp_path / "rapport" / "demo.key").write_text("made")
    first = demo.demo_report()
    assert demo.demo_report() == first
    assert written == [first]
    assert "This is done once." in capsys.readouterr().err
    (tmp_path / "rapport" / "demo-report.key").write_text("of an older program")
    assert demo.demo_report() == first
    assert len(written) == 2


def test_where_the_report_cannot_be_kept_the_atlas_is_served_without_it(
    tmp_path, monkeypatch, capsys
):
    def refuse(folder, knowledge):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("rapport.cohort.demo.write_demo", refuse)
    (tmp_path / "rapport").mkdir()
    (tmp_path / "rapport" / "demo.key").write_text("made")
    assert demo.demo_report() is None
    assert "cannot be kept" in capsys.readouterr().err
