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
"$1/postgres" -D "$data/db" -c listen_addresses= -c unix_socket_directories="$data" -c fsync=off \
    >>"$data/log" 2>&1 &
cat >/dev/null
kill -QUIT $!
wait
rm -rf "$data"
"""
SECONDS_TO_START = 60


@contextmanager
def running():
    """The address of a new server on a socket in a folder of its own."""
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
        ["/bin/sh", "-c", SERVE, "serve", folder, data],
        stdin=subprocess.PIPE,
        user=user,
        start_new_session=True,  # an interrupt at the keyboard is for the tests alone
    )
    try:
        assert _is_up(folder, data), (data / "log").read_text()
        yield f"postgresql://rapport@/rapport?host={data}"
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
