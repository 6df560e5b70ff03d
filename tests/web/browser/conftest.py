"""The site as `rapport serve` starts it, and an installed Chromium to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time

import httpx
import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
START_SECONDS = 60


def free_port():
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def serving():
    """Starts `rapport serve` with these words and tells the address; ended with the tests."""
    started = []

    def started_with(*words):
        port = free_port()
        command = [sys.executable, "-m", "rapport.cli", "serve", *words, "--port", port]
        process = subprocess.Popen(
            [str(word) for word in command],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        address = f"http://127.0.0.1:{port}"
        for _ in range(START_SECONDS * 10):
            try:
                httpx.get(f"{address}/robots.txt", timeout=1)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        return address

    yield started_with
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def address(release_folder, earlier_folder, serving):
    """The address of a running site over the made-up release and the one before it."""
    return serving(release_folder, "--workers", 1, "--before", earlier_folder)


@pytest.fixture(scope="module")
def chromium():
    """The installed browser, without a window.

    It is closed with each module: as long as it runs, so does its event loop, and Django would
    refuse the database to every other test of the process.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


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
