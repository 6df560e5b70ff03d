"""The tests of the store once more, on a PostgreSQL of their own that is gone afterwards."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def programs():
    """The folder of PostgreSQL's programs; Debian keeps them off the path."""
    found = shutil.which("pg_ctl")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else Path(found).parent if found else None


@pytest.fixture
def server(tmp_path_factory):
    """The address of a new server on a socket in a folder of its own."""
    folder = programs()
    if folder is None:
        reason = "PostgreSQL is not installed (Debian, Ubuntu: apt install postgresql)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    # The server refuses to run as root: then it runs as the account Debian made for it.
    user = "postgres" if os.geteuid() == 0 else None
    data = Path(f"/tmp/rapport-pg-{os.getpid()}")  # sockets need a short path
    data.mkdir(mode=0o700)
    if user:
        os.chown(data, pwd.getpwnam(user).pw_uid, -1)
    ran = {"user": user, "check": True, "capture_output": True, "cwd": "/"}
    options = f"-c listen_addresses='' -c unix_socket_directories={data} -c fsync=off"
    try:
        subprocess.run(
            [folder / "initdb", "-D", data / "db", "-A", "trust", "-U", "rapport"], **ran
        )
        start = [folder / "pg_ctl", "-D", data / "db", "-w", "-o", options]
        subprocess.run([*start, "-l", data / "log", "start"], **ran)
        try:
            data.chmod(0o711)  # the tests may run as somebody else
            yield f"postgresql://rapport@/rapport?host={data}"
        finally:
            subprocess.run([*start, "-m", "immediate", "stop"], **ran)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def test_the_store_passes_its_tests_on_postgresql(server):
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", HERE, f"--ignore={__file__}"],
        env={**os.environ, "RAPPORT_TEST_DATABASE": server},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
    assert " passed" in ran.stdout
