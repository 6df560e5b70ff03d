"""A real HTTP server on the loopback that behaves, and misbehaves, like Europe PMC and PubMed."""

import json
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Service:
    """What the server knows, what it was asked, and what goes wrong with which question.

    `trouble` maps a part of the address (or of the form sent to it) to a list of misbehaviours,
    one used up by each question: a status, (status, headers), "cut", "slow", or bytes that are
    answered instead. `hits` may be changed while it runs.
    """

    def __init__(self):
        self.asked = []
        self.times = []
        self.trouble = {}
        self.delay = 0.0
        self.results = []
        self.page_size = None
        self.full_texts = {}
        self.hit_counts = None
        self.records = {}
        self.days = {}
        self.url = ""

    def questions(self, part):
        """The questions in which this part occurs, in order."""
        return [each for each in self.asked if part in each]

    def misbehaviour(self, question):
        """The next thing that is to go wrong with this question."""
        for part, troubles in self.trouble.items():
            if part in question and troubles:
                return troubles.pop(0)
        return None

    def answer(self, path, parameters):
        """Status and body of a well-behaved answer."""
        if path == "/search":
            return 200, self.page(parameters)
        if path.endswith("/fullTextXML"):
            text = self.full_texts.get(path.split("/")[1])
            return (200, text) if text is not None else (404, b"<error>not there</error>")
        if path == "/esearch.fcgi":
            return 200, self.numbers(parameters)
        if path == "/efetch.fcgi":
            return 200, self.batch(parameters)
        return 404, b"no such thing"

    def page(self, parameters):
        """A page of results as Europe PMC gives it."""
        size = self.page_size or int(parameters["pageSize"])
        cursor = parameters["cursorMark"]
        start = 0 if cursor == "*" else int(cursor.removeprefix("from-"))
        page = self.results[start : start + size]
        hits = self.hit_counts.pop(0) if self.hit_counts else len(self.results)
        following = f"from-{start + len(page)}"
        told = {"version": "6.9", "hitCount": hits, "resultList": {"result": page}}
        if page:
            told["nextCursorMark"] = following
        return json.dumps(told).encode()

    def numbers(self, parameters):
        """The numbers of the hits as ESearch gives them."""
        first = parameters.get("mindate", "").replace("/", "-")
        last = parameters.get("maxdate", "9").replace("/", "-")
        hits = [
            each for each in self.records if first <= self.days.get(each, "2001-01-01") <= last
        ]
        ids = hits[: int(parameters["retmax"])]
        found = {"count": str(len(hits)), "retmax": str(len(ids)), "idlist": ids}
        return json.dumps({"header": {}, "esearchresult": found}).encode()

    def batch(self, parameters):
        """Records as EFetch gives them."""
        ids = parameters["id"].split(",")
        if parameters["db"] == "pmc":
            inner = self.full_texts.get(f"PMC{ids[0]}", b"")
            return b"<pmc-articleset>" + inner + b"</pmc-articleset>"
        return (
            b'<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "x.dtd">\n'
            b"<PubmedArticleSet>"
            + b"\n".join(self.records[each] for each in ids)
            + b"</PubmedArticleSet>"
        )


class Handler(BaseHTTPRequestHandler):
    """Speaks for the service."""

    service: Service
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Answer a question in the address."""
        address = urllib.parse.urlsplit(self.path)
        self.respond(self.path, address.path, address.query)

    def do_POST(self):
        """Answer a question in a form."""
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.respond(f"{self.path}?{form}", self.path, form)

    def respond(self, question, path, query):
        """Answer, or do what goes wrong this time."""
        service = self.service
        service.asked.append(urllib.parse.unquote_plus(question))
        service.times.append(time.monotonic())
        time.sleep(service.delay)
        wrong = service.misbehaviour(service.asked[-1])
        parameters = dict(urllib.parse.parse_qsl(query))
        if isinstance(wrong, bytes):
            self.send(200, wrong)
        elif wrong is None:
            self.send(*service.answer(path, parameters))
        elif wrong == "cut":
            _, body = service.answer(path, parameters)
            self.send(200, body[: len(body) // 2], length=len(body))
            self.close_connection = True
        elif wrong == "slow":
            time.sleep(2)
        else:
            status, headers = wrong if isinstance(wrong, tuple) else (wrong, {})
            self.send(status, b"trouble", **headers)

    def send(self, status, body, *, length=None, **headers):
        """One answer; a `length` that is not the body's is a lie."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def service():
    """A service that runs for one test."""
    one = Service()
    handler = type("OneHandler", (Handler,), {"service": one})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    one.url = f"http://127.0.0.1:{server.server_port}"
    yield one
    server.shutdown()
    server.server_close()
    thread.join()
