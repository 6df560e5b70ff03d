"""Runs of a retrieval against the server of a test, and what that server sends."""

from datetime import UTC, datetime

from rapport.evidence.live.asking import Asker, Clock
from rapport.evidence.live.europepmc import EuropePmc
from rapport.evidence.live.fetch import fetch, opened
from rapport.evidence.live.kept_answers import Question
from rapport.evidence.live.pubmed import PubMed
from rapport.evidence.publication import Publication
from rapport.evidence.sources.files import publications

NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


class Waiting:
    """A clock that a test can look at: waiting takes no time and is written down."""

    def __init__(self):
        self.time = 0.0
        self.waits = []

    def wait(self, seconds):
        self.waits.append(round(seconds, 3))
        self.time += seconds

    def clock(self):
        return Clock(seconds=lambda: self.time, now=lambda: NOW, wait=self.wait)


def asker(waiting, *, interval=0.0, timeout=5.0, told=None):
    """An asker that waits only on paper."""
    told = [] if told is None else told
    return Asker(
        waiting.clock(), interval=interval, agent="test", timeout=timeout, tell=told.append
    )


def result(number, **more):
    """A result of Europe PMC's search."""
    return {
        "id": str(number),
        "source": "MED",
        "pmid": str(number),
        "pmcid": f"PMC{number}",
        "title": f"About <i>example</i> {number}.",
        "authorList": {"author": [{"lastName": "Roe", "firstName": "Jane"}]},
        "journalInfo": {"volume": "1", "journal": {"title": "Journal of Examples"}},
        "pubYear": "2024",
        "abstractText": "<h4>Background</h4>Why &lt; how.<h4>Results: </h4>H<sub>2</sub>O.",
        "isOpenAccess": "N",
        "license": "cc by",
        **more,
    }


def full_text(number):
    """A full text as JATS."""
    return (
        f"<article><front><article-meta><article-id pub-id-type='pmcid'>PMC{number}"
        f"</article-id><title-group><article-title>Full {number}</article-title></title-group>"
        "</article-meta></front><body><p>The whole text.</p></body></article>"
    ).encode()


def medline(number):
    """A record of PubMed."""
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><ArticleTitle>On"
        f" {number}.</ArticleTitle></Article></MedlineCitation><PubmedData><ArticleIdList>"
        f"<ArticleId IdType='pmc'>PMC{number}</ArticleId></ArticleIdList></PubmedData>"
        "</PubmedArticle>"
    ).encode()


def ask_europepmc(
    service, out, *, waiting=None, told=None, full=False, limit=None, query="pem"
):
    """One run of a retrieval from Europe PMC."""
    question = Question(source="europepmc", query=query, full_text=full, limit=limit)
    kept = opened(out, question)
    one = asker(waiting or Waiting(), told=told)
    try:
        return fetch(EuropePmc(service.url, one, kept, lambda _: None), question, out)
    finally:
        one.close()


def ask_pubmed(service, out, *, full=False, limit=None):
    """One run of a retrieval from PubMed."""
    question = Question(source="pubmed", query="pem", full_text=full, limit=limit)
    kept = opened(out, question)
    one = asker(Waiting())
    try:
        who = {"tool": "rapport", "email": "a@example.org"}
        return fetch(PubMed(service.url, one, kept, lambda _: None, who), question, out)
    finally:
        one.close()


def read(out):
    """The file as every other command reads it."""
    found = list(publications([out]))
    assert all(isinstance(each, Publication) for each in found)
    return found
