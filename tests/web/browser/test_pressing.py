"""A press that leads on waits for the whole next page; no test of a page presses without it."""

import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.pressing import enter, follow

BARE = re.compile(r"\.(click|dblclick|tap)\(|press\(\"Enter\"\)")
PAUSE = 0.5


class _Halting(BaseHTTPRequestHandler):
    """A page with a link; its second half comes late."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<p>{self.path}</p>".encode() + b" " * 4096)
        self.wfile.flush()
        time.sleep(PAUSE if self.path == "/next" else 0)
        self.wfile.write(b"<a href=/next>On</a><p id=end>end</p>")

    def log_message(self, *words):
        """Says nothing."""


@pytest.fixture
def halting():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Halting)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("by", ["selector", "element", "keyboard"])
def test_what_is_asked_after_a_press_is_asked_of_the_whole_next_page(chromium, halting, by):
    page = chromium.new_page(java_script_enabled=False)
    page.goto(halting)
    if by == "keyboard":
        page.locator("a").focus()
        enter(page)
    else:
        follow(page, "a" if by == "selector" else page.locator("a"))
    assert (page.url, page.locator("#end").count()) == (f"{halting}next", 1)
    page.close()


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parent.glob("test_*.py")), ids=lambda path: path.name
)
def test_no_test_presses_without_saying_whether_it_leads_on(path):
    lines = path.read_text().splitlines()
    assert [line for line in lines if BARE.search(line) and "BARE" not in line] == []
