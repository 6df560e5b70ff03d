"""Saved answers of a check-in over HTTP: many people at once, and where it saturates.

`PEOPLE` patients answer a check-in on a server with two processes over a new store, on SQLite and
then on a PostgreSQL of its own (if it is installed), one answer every `EVERY` seconds each. Measured is from sending the answer to the word that it is saved
(a redirect to the next question, which is then read too). At the end every answer that was said to
be saved is looked up. Then the same people answer as fast as they can: that is the rate at which
it saturates. The client runs on the same machine.
"""

import asyncio
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import httpx

PEOPLE = 200
EVERY = 10.0
SECONDS = 30
FLAT_OUT_SECONDS = 8
AT_ONCE = 16
"""How many answer without a pause when it saturates."""
WORKERS = 2
KEY = "only for this measurement " * 4
LIVE = Path(__file__).parents[2] / "tests" / "web" / "practice"
ITEMS = ("S0", "C1x", "C1a", "C1b", "C2a", "C2b", "C3a", "C3b", "C4a", "C4b", "C5a", "C5b")


def run() -> dict[str, float | str]:
    """Milliseconds and answers a second on each kind of store; how many answers were lost."""
    found = _on_a_store("SQLite")
    postgresql = _postgresql()
    if postgresql.programs() is None:
        return {**found, "PostgreSQL": "not installed (Debian: apt install postgresql)"}
    with postgresql.running(fsync="on") as server:
        return {**found, **_on_a_store("PostgreSQL", _database(server.address))}


def _on_a_store(kind: str, url: str = "") -> dict[str, float | str]:
    from rapport.cli.demo import demo_release
    from rapport.knowledge.entry_file import DATA

    release = demo_release().resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = url or f"sqlite:///{folder}/s.sqlite"
        pack = (DATA / "countries" / "evenland.toml").read_text()
        pack = pack.replace('id = "evenland"', 'id = "lakeland"')
        (folder / "lakeland.toml").write_text(
            pack.replace("is_made_up = true", "is_made_up = false")
        )
        known = _told("live.py", url, str(PEOPLE), "Someone")
        port = _free_port()
        server = _started(release, folder, url, port)
        try:
            found = asyncio.run(_measured(known, f"http://127.0.0.1:{port}"))
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)
        saved = _told("saved.py", url, known["clinic"])
    lost: float = sum(
        saved["answers"][patient].get(item) != value
        for patient, taken in found.pop("taken").items()
        for item, value in taken.items()
    )
    return {
        f"{kind}: {name}": value for name, value in [*found.items(), ("answers lost", lost)]
    }


def _postgresql() -> ModuleType:
    """What starts a server for the tests."""
    file = LIVE.parents[1] / "postgresql.py"
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _database(address: str) -> str:
    """A new database on a server."""
    import psycopg

    of_server = urlsplit(address)._replace(path="/postgres").geturl()
    with psycopg.connect(of_server, autocommit=True) as made:
        made.execute("CREATE DATABASE rapport")
    return address


async def _measured(known: dict, address: str) -> dict:
    limits = httpx.Limits(max_connections=PEOPLE, max_keepalive_connections=PEOPLE)
    transport = httpx.AsyncHTTPTransport(limits=limits)
    people = [_Person(address, transport, *each) for each in known["patients"]]
    for each in people:  # one by one: it is not what is measured
        await each.comes_in()
    times: list[float] = []
    begun = time.perf_counter()
    await asyncio.gather(
        *(_calm(each, n * EVERY / PEOPLE, begun, times) for n, each in enumerate(people))
    )
    calm_rate = len(times) / (time.perf_counter() - begun)
    fast: list[float] = []
    begun = time.perf_counter()
    until = begun + FLAT_OUT_SECONDS
    await asyncio.gather(*(_fast(each, until, fast) for each in people[:AT_ONCE]))
    fast_rate = len(fast) / (time.perf_counter() - begun)
    return {
        "people answering": float(PEOPLE),
        "answers a second (one each 10 s)": calm_rate,
        "a saved answer, median (ms)": _of(times, 0.5),
        "a saved answer, 99th percentile (ms)": _of(times, 0.99),
        "a saved answer, slowest (ms)": times[-1] * 1000,
        "saturates at answers a second": fast_rate,
        "then 99th percentile (ms)": _of(fast, 0.99),
        "taken": {each.patient: each.taken for each in people},
    }


async def _calm(person: "_Person", wait: float, begun: float, times: list[float]) -> None:
    """One answer every `EVERY` seconds, each person at a moment of their own."""
    n = 0
    while (at := wait + n * EVERY) < SECONDS:
        await asyncio.sleep(max(begun + at - time.perf_counter(), 0))
        times.append(await person.answers(n))
        n += 1


async def _fast(person: "_Person", until: float, times: list[float]) -> None:
    n = 0
    while time.perf_counter() < until:
        times.append(await person.answers(n))
        n += 1


class _Person:
    """A patient with a phone. `taken` are the last answers said to be saved."""

    def __init__(self, address: str, transport: object, patient: str, pair: str, token: str):
        self.client = httpx.AsyncClient(base_url=address, transport=transport, timeout=60)
        self.patient, self.pair, self.token = patient, pair, token
        self.taken: dict[str, int] = {}

    async def _post(self, path: str, **fields: str) -> httpx.Response:
        mark = self.client.cookies.get("csrftoken") or ""
        return await self.client.post(path, data={**fields, "csrfmiddlewaretoken": mark})

    async def comes_in(self) -> None:
        await self.client.get(f"/practice/link/{self.token}")
        await self._post(f"/practice/link/{self.token}")
        begin = f"/practice/check-in/with/{self.pair}/"
        await self.client.get(begin)
        draft = await self._post(begin, answer="full")
        self.draft = draft.headers["Location"].removesuffix("next")

    async def answers(self, n: int) -> float:
        """Seconds until the word that it is saved; the next question is read as well."""
        item, value = ITEMS[n % len(ITEMS)], n // len(ITEMS) % 2
        begun = time.perf_counter()
        sent = await self._post(f"{self.draft}{item}", answer=str(value), go="next")
        took = time.perf_counter() - begun
        if sent.status_code != 302:
            raise RuntimeError(f"{sent.status_code} for an answer")
        self.taken[item] = value
        await self.client.get(sent.headers["Location"])
        return took


def _of(times: list[float], share: float) -> float:
    """A percentile in milliseconds."""
    times.sort()
    return times[min(int(len(times) * share), len(times) - 1)] * 1000


def _told(program: str, url: str, *words: str) -> dict:
    command = [sys.executable, str(LIVE / program), url, KEY, *words]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def _started(release: Path, folder: Path, url: str, port: int) -> subprocess.Popen:
    words = ["serve", str(release), "--country", str(folder / "lakeland.toml")]
    command = [sys.executable, "-m", "rapport.cli", *words, "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--workers", str(WORKERS)],
        env={**os.environ, "DATABASE_URL": url, "RAPPORT_SECRET_KEY": KEY},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:56} {value:.4g}" if isinstance(value, float) else f"{name:56} {value}")
