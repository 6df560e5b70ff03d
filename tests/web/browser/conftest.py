"""The site as `rapport serve` starts it, and pages of it in a browser."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

START_SECONDS = 60


def free_port():
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def started():
    """Starts a Python program that serves on the port given last, and tells the address.

    Ended with the tests.
    """
    processes = []

    def started_with(*words):
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, *map(str, words), str(port)],
            stderr=subprocess.DEVNULL,
        )
        processes.append(process)
        address = f"http://127.0.0.1:{port}"
        for _ in range(START_SECONDS * 10):
            try:
                httpx.get(f"{address}/robots.txt", timeout=1)
                return address
            except httpx.TransportError:
                assert process.poll() is None, "the server has ended"
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    yield started_with
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def serving(started):
    """Starts `rapport serve` with these words, and tells the address."""
    return lambda *words: started("-m", "rapport.cli", "serve", *words, "--port")


@pytest.fixture(scope="session")
def address(release_folder, earlier_folder, serving):
    """The address of a running site over the made-up release and the one before it."""
    return serving(release_folder, "--workers", 1, "--before", earlier_folder)


@pytest.fixture(scope="session")
def demo_clinic(release_folder, tmp_path_factory, started):
    """The address of a running site with a demo clinic."""
    store = tmp_path_factory.mktemp("clinic") / "s.sqlite"
    return started(Path(__file__).with_name("demo_clinic.py"), release_folder, store)


@pytest.fixture
def open_page(chromium, address):
    """Opens a page: `look`, `size`, and whatever else a browser context takes."""
    contexts = []

    def opened(path="/", *, look=None, size=(1280, 800), **options):
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=address, **options
        )
        contexts.append(context)
        if look is not None:
            context.add_cookies([{"name": "look", "value": look, "url": address}])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
