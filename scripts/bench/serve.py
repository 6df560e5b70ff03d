"""Card pages a second over HTTP, beside a server that says hello with as many bytes.

Both run on granian with the same number of processes and are asked by wrk for the same time. Every
card of the demo atlas is asked for in turn: once so that each page is made anew (the address is
never the same twice), and once so that pages which were made before may be sent again.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

WORKERS = 2
CONNECTIONS = 8
WARM_SECONDS = 3
SECONDS = 8

HELLO = """
BODY = b"x" * {size}
HEADERS = [("content-type", "text/html; charset=utf-8"), ("content-length", "{size}")]
def app(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
"""
START_HELLO = """
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
if __name__ == "__main__":
    Granian("hello:app", address="127.0.0.1", port={port}, interface=Interfaces.WSGI,
            workers={workers}, blocking_threads=1, websockets=False,
            log_level=LogLevels.error).serve()
"""
ROUND = """
local paths = {{ {paths} }}
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", paths[n % #paths + 1]{suffix})
end
"""


def run() -> dict[str, float | str]:
    """Requests a second and the slowest of a hundred (ms), for cards and for the limit."""
    if shutil.which("wrk") is None:
        return {"skipped": "wrk is not installed (Debian: apt install wrk)"}
    from rapport.cli.demo import demo_release
    from rapport.evidence.release.opened import Release

    release = demo_release()
    paths = [f"/cards/{card_id}/" for card_id in Release(release).ids()]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "rapport.cli", "serve", str(release.resolve())]
        site = _measured(command, paths, Path(folder), suffix=' .. "?n=" .. n')
        again = _measured(command, paths, Path(folder))
        size = int(site["bytes a page"])
        Path(folder, "hello.py").write_text(HELLO.format(size=size))
        hello = _measured([sys.executable, "start.py"], paths, Path(folder))
    return {
        "card pages a second, each made anew": site["rate"],
        "card page made anew, 99th percentile (ms)": site["p99"],
        "card pages a second, made before": again["rate"],
        "card page made before, 99th percentile (ms)": again["p99"],
        "bytes a page (mean)": site["bytes a page"],
        "limit: hello of as many bytes a second": hello["rate"],
        "limit, 99th percentile (ms)": hello["p99"],
        "ratio to the limit, made anew": site["rate"] / hello["rate"],
        "ratio to the limit, made before": again["rate"] / hello["rate"],
    }


def _measured(
    command: list[str], paths: list[str], folder: Path, suffix: str = ""
) -> dict[str, float]:
    """Start a server, warm it up, and ask it for every path in turn."""
    port = _free_port()
    if command[-1] == "start.py":
        (folder / "start.py").write_text(START_HELLO.format(port=port, workers=WORKERS))
    else:
        command = [*command, "--port", str(port), "--workers", str(WORKERS)]
    script = folder / "round.lua"
    listed = ", ".join(f'"{path}"' for path in paths)
    script.write_text(ROUND.format(paths=listed, suffix=suffix))
    env = {**os.environ, "PYTHONPATH": str(folder)}
    process = subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        size = _wait(f"{address}{paths[0]}")
        _wrk(address, script, WARM_SECONDS)
        told = _wrk(address, script, SECONDS)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return {"rate": _rate(told), "p99": _p99(told), "bytes a page": float(size)}


def _wait(url: str) -> int:
    """The size of the first page, once there is one."""
    for _ in range(600):
        try:
            return len(httpx.get(url).content)
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {url}")


def _wrk(address: str, script: Path, seconds: int) -> str:
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--latency",
        "-s",
        str(script),
    ]
    return subprocess.run(
        [*command, address], capture_output=True, text=True, check=True
    ).stdout


def _rate(told: str) -> float:
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def _p99(told: str) -> float:
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", told).groups()
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:44} {value:.4g}" if isinstance(value, float) else f"{name:44} {value}")
