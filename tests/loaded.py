"""The program, loaded once: runs each command it is told of in a fork of itself.

Started by the fixture `rapport`, so that tests run commands as people do - a process with its own
arguments, environment, folder and streams - without loading the program each time.
Each line on standard input is JSON: the words of the command, its environment, its folder, and
the files that stand for its three streams. Each line on standard output is the exit status.
"""

import gc
import io
import json
import os
import signal
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module

import pyarrow.parquet  # noqa: F401  # loaded before the forks, as is all that follows

from rapport.cli import app
from rapport.cli.__main__ import main
from rapport.evidence.build import pipeline  # noqa: F401
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

SECONDS = 120
MODES = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
OF_THE_STORE = (
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "django.contrib.sessions.backends.db",
    "django.views.debug",
    "django_otp.oath",
    "segno",
)
"""What can be loaded before it is known where the store is."""
TRIED = ("atlas build --help", "atlas text no-such-file", "serve no-such-folder")


def warm():
    """Load what commands load when they run, and compile the rules of reading."""
    for group in (app.Top, app.Atlas, app.Curate, app.People, app.Knowledge):
        for name in group.names:
            import_module(f"rapport.cli.{group.prefix}{name}")
    for name in OF_THE_STORE:
        import_module(name)
    origin = Origin(file="made-up", position=1, format="text")
    Reader(load()).read(Publication(origin=origin, title="T", text="We asked ten patients."))
    for words in TRIED:
        sys.argv = ["rapport", *words.split()]
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            status_of(main)
    gc.collect()
    gc.freeze()  # what is loaded is never looked through again, so that forks share it


def become(words, environment, folder, files):
    """Turn this process into a command that has just started."""
    signal.alarm(SECONDS)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, (name, mode) in enumerate(zip(files, MODES, strict=True)):
        os.dup2(os.open(name, mode, 0o600), number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  # a stream, no path
    sys.stdout, sys.stderr = (open(one, "w", closefd=False) for one in (1, 2))  # noqa: SIM115
    sys.argv = ["rapport", *words]


def status_of(command):
    """Run it: the exit status, as the interpreter would give it."""
    try:
        command()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # told as the interpreter tells it
        traceback.print_exc()
        return 1
    return 0


def run(asked):
    """Do what is asked for in a fork, and wait for it."""
    child = os.fork()
    if child == 0:
        become(**asked)
        status = status_of(main)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    warm()
    for line in sys.stdin:
        print(run(json.loads(line)), flush=True)
