"""A PostgreSQL of the tests' own, on a socket in a folder that is gone afterwards."""

import os
import pwd
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest


def programs():
    """The folder of PostgreSQL's programs; Debian keeps them off the path."""
    found = shutil.which("pg_ctl")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else Path(found).parent if found else None


# The server lives as long as its standard input: however the tests end, it ends and its folder
# goes with it.
SERVE = """
data=$2; cd /
"$1/initdb" -D "$data/db" -A trust -U rapport >"$data/log" 2>&1
cat >>"$data/db/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$data'
fsync = $3
SETTINGS
"$1/pg_ctl" -D "$data/db" -l "$data/log" -W start >/dev/null
cat >/dev/null
"$1/pg_ctl" -D "$data/db" -m immediate stop >/dev/null 2>&1
rm -rf "$data"
"""
SECONDS_TO_START = 60


class Server:
    """A running server. `address` is that of the database `rapport`, which is not made yet."""

    def __init__(self, programs, data, user):
        self._pg_ctl = [programs / "pg_ctl", "-D", data / "db", "-l", data / "log", "-w"]
        self._user, self.address = user, f"postgresql://rapport@/rapport?host={data}"

    def stop_at_once(self):
        """As in a crash: nothing is written any more; it recovers when it starts."""
        self._told("-m", "immediate", "stop")

    def start(self):
        self._told("start")

    def _told(self, *words):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*self._pg_ctl, *words], user=self._user, cwd="/", check=True, **quiet)


@contextmanager
def running(fsync="off"):
    """A new server on a socket in a folder of its own."""
    folder = programs()
    if folder is None:
        reason = "PostgreSQL is not installed (Debian, Ubuntu: apt install postgresql)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    # The server refuses to run as root: then it runs as the account Debian made for it.
    user = "postgres" if os.geteuid() == 0 else None
    data = Path(mkdtemp(prefix="rapport-pg-", dir="/tmp"))  # sockets need a short path
    data.chmod(0o711)  # the tests may run as somebody else
    if user:
        os.chown(data, pwd.getpwnam(user).pw_uid, -1)
    process = subprocess.Popen(
        ["/bin/sh", "-c", SERVE, "serve", folder, data, fsync],
        stdin=subprocess.PIPE,
        user=user,
        start_new_session=True,  # an interrupt at the keyboard is for the tests alone
    )
    try:
        assert _is_up(folder, data), (data / "log").read_text()
        yield Server(folder, data, user)
    finally:
        process.stdin.close()
        process.wait(timeout=60)
        assert not data.exists()


def _is_up(folder, data):
    asked = [folder / "pg_isready", "-q", "-h", data, "-U", "rapport"]
    for _ in range(SECONDS_TO_START * 5):
        if subprocess.run(asked, check=False).returncode == 0:
            return True
        time.sleep(0.2)
    return False
