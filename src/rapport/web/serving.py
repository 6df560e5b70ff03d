"""Starting the server: a free port, the environment of the workers, and a word when it is up."""

import errno
import gc
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import msgspec
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from rapport.core.errors import InputError, UsageError
from rapport.store.home import Home
from rapport.store.tables import demand_key, renew

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104  # compared with, not bound to
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PATIENCE_SECONDS = 30.0
PAUSE_SECONDS = 0.05
STOP_SECONDS = 5
"""A worker that is told to stop while it is still starting would never hear of it."""


class Serving(msgspec.Struct, frozen=True, kw_only=True):
    """What to serve and where. `names` are further host names that people may use.

    `before` is an earlier release, for the page of what changed; `cohort` the folder of the
    report of a cohort.

    `country` is the id or the file of the pack that says where help is. With a store and without
    it the practice wing is not there.

    Without a `store` nobody can sign in. `is_demo`: it is that of the demo clinic, up to date,
    and on this machine anybody may be anybody in it. `behind_tls`: people reach it through a server that
    speaks TLS, so cookies are sent that way only.
    """

    release: Path
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    names: tuple[str, ...] = ()
    evaluations: tuple[Path, ...] = ()
    before: Path | None = None
    cohort: Path | None = None
    store: Home | None = None
    is_demo: bool = False
    behind_tls: bool = False
    country: str = ""

    @property
    def address(self) -> str:
        """The address to open on this machine."""
        host = "127.0.0.1" if self.host in EVERY_ADDRESS else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def serve(serving: Serving, greeting: str) -> None:
    """Serve until interrupted; `greeting` is told on stderr once the first page is there.

    Raises: UsageError for a port that cannot be had, InputError if the workers cannot start;
        UserError for a store that was sealed with another key.
    """
    check_port(serving.host, serving.port)
    os.environ.update(environment(serving))
    if serving.store is not None and not serving.is_demo:
        renew(serving.store)
        demand_key()
    if multiprocessing.get_start_method() == "fork":
        load_for_workers()
    up = threading.Event()
    threading.Thread(target=_greet, args=(serving, greeting, up), daemon=True).start()
    server = Granian(
        "rapport.web.wsgi:application",
        address=serving.host,
        port=serving.port,
        interface=Interfaces.WSGI,
        workers=serving.workers,
        blocking_threads=1,
        backlog=2048,
        websockets=False,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
    )
    server.serve()
    if not up.is_set():
        raise InputError(
            "The site did not start.",
            where=str(serving.release),
            fix="read the lines above; if they do not help, report them",
        )


def load_for_workers() -> None:
    """Load here what every worker needs, so that those made from this process share it.

    Nothing is opened: workers would move one another's places in the files of the release. What
    `environment` tells has to stand in the environment before.
    """
    gc.disable()  # what is loaded now stays; the workers turn it on again
    # Imported here: the settings are read once, and now.
    from rapport.knowledge.load import load
    from rapport.web import middleware, render, urls

    del middleware, urls  # loaded, which is all that is wanted of them
    load()
    render.environment()
    gc.freeze()  # else the collector would look at all this, and each worker get a copy of its own


def environment(serving: Serving) -> dict[str, str]:
    """What the workers are told, for `rapport.web.settings`."""
    return {
        "DJANGO_SETTINGS_MODULE": "rapport.web.settings",
        "RAPPORT_RELEASE": str(serving.release.resolve()),
        "RAPPORT_BEFORE": str(serving.before.resolve()) if serving.before else "",
        "RAPPORT_COHORT": str(serving.cohort.resolve()) if serving.cohort else "",
        "RAPPORT_EVALUATIONS": os.pathsep.join(str(p.resolve()) for p in serving.evaluations),
        "RAPPORT_COUNTRY": serving.country,
        "RAPPORT_HOSTS": ",".join(hosts(serving.host, serving.names)),
        "RAPPORT_DEMO": "1" if serving.is_demo and serving.host in LOOPBACK else "",
        "RAPPORT_BEHIND_TLS": "1" if serving.behind_tls else "",
        **(serving.store.environment() if serving.store else {"DATABASE_URL": ""}),
    }


def hosts(host: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names the server answers to beside localhost.

    Where it listens on every address of the machine, these are the machine's own names and
    addresses. Other names have to be given, so that no foreign page can pose as this one.
    """
    if host not in EVERY_ADDRESS:
        return tuple(dict.fromkeys([_bracketed(host), *names]))
    found = [*names, socket.gethostname(), socket.getfqdn()]
    try:
        _, aliases, numbers = socket.gethostbyname_ex(socket.gethostname())
        found += [*aliases, *numbers]
    except OSError:  # a machine that cannot look up its own name has only the others
        pass
    return tuple(dict.fromkeys(found))


def check_port(host: str, port: int) -> None:
    """Raises: UsageError, with the cure, for a port or an address that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError as error:
        raise UsageError(
            f"Port {port} needs more rights than you have.",
            where=f"--port {port}",
            fix="use a port above 1023, such as --port 8000",
        ) from error
    except OSError as error:
        raise _no_port(host, port, error) from error


def _no_port(host: str, port: int, error: OSError) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65_535 else 8000
        return UsageError(
            f"Port {port} is in use by another program.",
            where=f"--port {port}",
            fix=f"stop that program, or use another port: --port {other}",
        )
    return UsageError(
        f"This machine has no address {host}.",
        where=f"--host {host}",
        fix="use --host 127.0.0.1 for this machine only, or --host 0.0.0.0 for your network",
    )


def _greet(serving: Serving, greeting: str, up: threading.Event) -> None:
    """Tell where the site is, once it answers."""
    host = "127.0.0.1" if serving.host in EVERY_ADDRESS else serving.host
    for _ in range(int(PATIENCE_SECONDS / PAUSE_SECONDS)):
        if _answers(host, serving.port):
            up.set()
            sys.stderr.write(greeting)
            sys.stderr.flush()
            return
        time.sleep(PAUSE_SECONDS)


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/robots.txt")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
