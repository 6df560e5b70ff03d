"""Retrieval from servers that behave and misbehave: nothing asked twice, nothing lost unsaid."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from rapport.core.errors import UsageError
from rapport.evidence.live import pubmed
from rapport.evidence.live.asking import Asker, Clock, FetchError
from rapport.evidence.live.europepmc import EuropePmc
from rapport.evidence.live.fetch import fetch, locked, opened, parts_folder
from rapport.evidence.live.kept_answers import Question
from rapport.evidence.live.pubmed import PubMed
from rapport.evidence.publication import Publication, RelationKind
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


def test_all_pages_are_asked_for_once_and_the_file_can_be_read(service, tmp_path):
    service.results = [result(number) for number in range(1, 251)]
    out = tmp_path / "new.jsonl"
    tally = ask_europepmc(service, out)
    assert [each.id for each in read(out)] == [f"PMC{number}" for number in range(1, 251)]
    assert tally.lines() == ["250 hits, 250 records"]
    cursors = [each.split("cursorMark=")[1].split("&")[0] for each in service.asked]
    assert cursors == ["*", "from-100", "from-200", "from-250"]


def test_a_record_says_what_europe_pmc_says(service, tmp_path):
    corrections = [
        {"id": "9", "source": "MED", "type": "Retraction in"},
        {"id": "PPR8", "source": "PPR", "type": "Preprint in"},
    ]
    service.results = [
        result(
            1,
            commentCorrectionList={"commentCorrection": corrections},
            pubTypeList={"pubType": ["Randomized Controlled Trial"]},
            meshHeadingList={"meshHeading": [{"descriptorName": "Fatigue"}]},
            keywordList={"keyword": ["ME/CFS"]},
            firstPublicationDate="2024-03-02",
            language="eng",
            newFieldOfTomorrow={"a": 1},
        )
    ]
    out = tmp_path / "new.jsonl"
    ask_europepmc(service, out)
    (found,) = read(out)
    assert found.title == "About example 1."
    assert [(part.label, part.text) for part in found.abstract] == [
        ("Background", "Why < how."),
        ("Results", "H2O."),
    ]
    assert str(found.date) == "2024-03-02"
    assert found.licence == "CC BY"
    assert found.mesh == ("Fatigue",)
    assert [each.kind for each in found.relations] == [
        RelationKind.RETRACTED_BY,
        RelationKind.UPDATE_OF,
    ]


def test_full_texts_are_joined_to_their_records(service, tmp_path):
    service.results = [
        result(1, isOpenAccess="Y", meshHeadingList={"meshHeading": [{"descriptorName": "F"}]}),
        result(2, isOpenAccess="Y"),  # has none after all: 404
        result(3),  # not open: not asked for
    ]
    service.full_texts = {"PMC1": full_text(1)}
    out = tmp_path / "new.jsonl"
    tally = ask_europepmc(service, out, full=True)
    first, second, third = read(out)
    assert (first.title, first.sections[0].paragraphs) == ("Full 1", ("The whole text.",))
    assert first.mesh == ("F",)
    assert first.abstract[0].text == "Why < how."
    assert not second.sections
    assert not third.sections
    assert tally.lines() == ["3 hits, 3 records, 1 full texts, 1 without full text"]
    assert len(service.questions("fullTextXML")) == 2
    ask_europepmc(service, out, full=True)
    assert len(service.questions("fullTextXML")) == 2  # that there is none is an answer too


def test_a_limit_is_kept(service, tmp_path):
    service.results = [result(number) for number in range(1, 251)]
    out = tmp_path / "new.jsonl"
    tally = ask_europepmc(service, out, limit=130)
    assert len(read(out)) == 130
    assert tally.problems == []
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    ("troubles", "waits"),
    [
        ([500], [1]),
        ([503, 502, 504], [1, 2, 4]),
        ([(429, {"Retry-After": "7"})], [7]),
        ([(429, {"Retry-After": "Thu, 01 Jan 2026 12:00:30 GMT"})], [30]),
        ([(429, {"Retry-After": "soon"}), 500], [1, 2]),
        (["cut"], [1]),
        (["cut", 500, "cut"], [1, 2, 4]),
        ([b"<html>Maintenance</html>"], [1]),  # an error dressed as an answer
        ([b'{"hitCount": 1, "resultList"'], [1]),
    ],
)
def test_trouble_that_passes_is_waited_for(troubles, waits, service, tmp_path):
    service.results = [result(1)]
    service.trouble = {"/search": list(troubles)}
    waiting, told = Waiting(), []
    ask_europepmc(service, tmp_path / "new.jsonl", waiting=waiting, told=told)
    assert waiting.waits == waits
    assert len(told) == len(waits)
    assert len(read(tmp_path / "new.jsonl")) == 1


def test_a_server_that_says_nothing_is_asked_again(service):
    service.results = [result(1)]
    service.trouble = {"/search": ["slow"]}
    waiting = Waiting()
    one = asker(waiting, timeout=0.3)
    answer = one.ask(f"{service.url}/search", {"pageSize": "1", "cursorMark": "*"})
    one.close()
    assert answer.status == 200
    assert waiting.waits == [1]


def test_trouble_that_stays_ends_with_one_clear_message_and_keeps_what_came(service, tmp_path):
    service.results = [result(number) for number in range(1, 251)]
    service.trouble = {"from-100": [500] * 6}
    out = tmp_path / "new.jsonl"
    with pytest.raises(FetchError) as caught:
        ask_europepmc(service, out)
    assert caught.value.exit_status == 1
    assert "6 tries" in caught.value.problem
    assert not out.exists()
    asked = len(service.asked)
    ask_europepmc(service, out)
    assert len(read(out)) == 250
    assert not any("cursorMark=*" in each for each in service.asked[asked:])


def test_a_server_that_asks_for_an_hour_is_left_in_peace(service, tmp_path):
    service.trouble = {"/search": [(429, {"Retry-After": "3600"})]}
    waiting = Waiting()
    with pytest.raises(FetchError, match="3600 seconds"):
        ask_europepmc(service, tmp_path / "new.jsonl", waiting=waiting)
    assert waiting.waits == []


def test_a_refused_query_is_not_asked_again(service, tmp_path):
    service.trouble = {"/search": [b'{"errCode": 400, "errMsg": "bad field"}']}
    with pytest.raises(FetchError, match="bad field"):
        ask_europepmc(service, tmp_path / "new.jsonl")
    assert len(service.asked) == 1


def test_the_pace_is_kept(service):
    service.results = [result(1)]
    waiting = Waiting()
    one = asker(waiting, interval=0.34)
    for _ in range(4):
        one.ask(f"{service.url}/search", {"pageSize": "1", "cursorMark": "*"})
    one.close()
    assert waiting.waits == [0.34, 0.34, 0.34]


@pytest.mark.parametrize("body", [b"<article><front></article>", b"", b"\x00\x01", b"<html/>"])
def test_a_malformed_full_text_is_kept_raw_and_told(body, service, tmp_path):
    service.results = [result(1, isOpenAccess="Y")]
    service.full_texts = {"PMC1": body}
    out = tmp_path / "new.jsonl"
    tally = ask_europepmc(service, out, full=True)
    (found,) = read(out)
    assert found.abstract  # the record is still there
    (problem,) = tally.problems
    raw = next(parts_folder(out).glob("*.xml"))
    assert raw.read_bytes() == body
    assert str(raw) in problem


def test_hits_that_change_on_the_way_are_told_and_repeats_are_left_out(service, tmp_path):
    service.results = [result(number) for number in range(1, 151)] + [result(150)]
    service.hit_counts = [151, 153, 153]
    tally = ask_europepmc(service, tmp_path / "new.jsonl")
    assert len(read(tmp_path / "new.jsonl")) == 150
    assert tally.lines() == [
        "153 hits, 150 records, 1 repeated",
        "The number of hits changed on the way, from 151 to 153.",
        "150 records came, but there should be 153.",
    ]


def test_a_cursor_that_comes_again_ends_the_retrieval(service, tmp_path):
    service.results = [result(1), result(2)]
    page = json.loads(service.page({"pageSize": "1", "cursorMark": "from-1"}))
    page["nextCursorMark"] = "*"
    service.trouble = {"from-1": [json.dumps(page).encode()]}
    service.page_size = 1
    ask_europepmc(service, tmp_path / "new.jsonl")
    assert len(service.asked) == 2
    assert len(read(tmp_path / "new.jsonl")) == 2


def test_no_hits_are_an_empty_answer_and_not_an_error(service, tmp_path):
    tally = ask_europepmc(service, tmp_path / "new.jsonl")
    assert tally.lines() == ["no hits"]
    assert (tmp_path / "new.jsonl").read_bytes() == b""


def test_running_it_again_asks_nothing_and_writes_the_same_bytes(service, tmp_path):
    service.results = [result(number, isOpenAccess="Y") for number in range(1, 5)]
    service.full_texts = {f"PMC{number}": full_text(number) for number in range(1, 5)}
    out = tmp_path / "new.jsonl"
    ask_europepmc(service, out, full=True)
    first, asked = out.read_bytes(), len(service.asked)
    out.unlink()
    ask_europepmc(service, out, full=True)
    assert len(service.asked) == asked
    assert out.read_bytes() == first


def test_another_query_does_not_continue_the_answers_to_this_one(service, tmp_path):
    out = tmp_path / "new.jsonl"
    ask_europepmc(service, out)
    with pytest.raises(UsageError, match="another query"):
        ask_europepmc(service, out, query="other")


def test_a_file_that_is_somebody_elses_is_not_written_over(service, tmp_path):
    out = tmp_path / "mine.jsonl"
    out.write_text("precious")
    with pytest.raises(UsageError, match="not made by this command"):
        ask_europepmc(service, out)
    assert out.read_text() == "precious"
    assert service.asked == []


@pytest.mark.parametrize(
    "damage", ["cut line", "spoilt line", "cut answer", "lost answer", "left over"]
)
def test_a_journal_or_an_answer_damaged_by_a_kill_is_asked_for_again(damage, service, tmp_path):
    service.results = [result(number) for number in range(1, 251)]
    out = tmp_path / "new.jsonl"
    ask_europepmc(service, out)
    whole, parts = out.read_bytes(), parts_folder(out)
    journal = parts / "journal.jsonl"
    expected = 1
    if damage == "cut line":
        journal.write_bytes(journal.read_bytes()[:-9])
    elif damage == "spoilt line":
        journal.write_bytes(journal.read_bytes().replace(b"{", b"#", 1))
    elif damage == "cut answer":
        answer = parts / "000002.json"
        answer.write_bytes(answer.read_bytes()[:-9])
    elif damage == "lost answer":
        (parts / "000003.json").unlink()
    else:
        (parts / ".000004.json.begun").write_bytes(b"half")
        expected = 0
    asked = len(service.asked)
    ask_europepmc(service, out)
    assert len(service.asked) - asked == expected
    assert out.read_bytes() == whole


def test_pubmed_is_asked_for_numbers_and_then_for_records_in_batches(service, tmp_path):
    service.records = {str(number): medline(number) for number in range(1, 451)}
    out = tmp_path / "new.jsonl"
    tally = ask_pubmed(service, out)
    assert [each.identifiers.pmid for each in read(out)] == [str(n) for n in range(1, 451)]
    assert tally.lines() == ["450 hits, 450 records"]
    assert len(service.questions("esearch")) == 1
    assert len(service.questions("efetch")) == 3
    assert all("tool=rapport" in each and "a@example.org" in each for each in service.asked)
    ask_pubmed(service, out)
    assert len(service.asked) == 4


def test_pubmed_full_texts_come_from_pubmed_central(service, tmp_path):
    service.records = {"1": medline(1), "2": medline(2)}
    service.full_texts = {"PMC1": full_text(1)}
    out = tmp_path / "new.jsonl"
    ask_pubmed(service, out, full=True)
    first, second = read(out)
    assert first.sections[0].paragraphs == ("The whole text.",)
    assert first.identifiers.pmid == "1"
    assert second.title == "On 2."


def test_a_malformed_record_of_pubmed_is_told_and_the_others_are_kept(service, tmp_path):
    broken = b"<PubmedArticle><MedlineCitation><PMID>2</PMID></PubmedArticle>"
    service.records = {"1": medline(1), "2": broken, "3": medline(3)}
    tally = ask_pubmed(service, tmp_path / "new.jsonl")
    assert [each.identifiers.pmid for each in read(tmp_path / "new.jsonl")] == ["1", "3"]
    assert tally.counts["not read"] == 1
    assert "record 2" in tally.problems[0]


def test_pubmed_that_sends_fewer_records_than_numbers_is_found_out(service, tmp_path):
    service.records = {"1": medline(1), "2": b""}
    tally = ask_pubmed(service, tmp_path / "new.jsonl")
    assert "1 records came, but there should be 2." in tally.problems


@pytest.fixture
def command(service, rapport):
    """Runs `rapport atlas fetch` against the server of the test."""

    def run(out, *more, source="europepmc"):
        words = ("atlas", "fetch", "pem", "--out", out, "--source", source, *more)
        return rapport(*words, environment=environment(service))

    return run


def environment(service):
    return os.environ | {
        "RAPPORT_EUROPEPMC_URL": service.url,
        "RAPPORT_PUBMED_URL": service.url,
        "NO_PROXY": "*",
    }


def wait_until(true, seconds=60.0):
    """Wait for something to become true."""
    for _ in itertools.takewhile(lambda _: not true(), range(int(seconds / 0.02))):
        time.sleep(0.02)
    assert true()


def test_a_killed_retrieval_goes_on_where_it_stopped(service, command, tmp_path):
    service.results = [result(number, isOpenAccess="Y") for number in range(1, 13)]
    service.full_texts = {f"PMC{number}": full_text(number) for number in range(1, 13)}
    service.page_size = 4
    service.delay = 0.05
    out = tmp_path / "new.jsonl"
    journal = parts_folder(out) / "journal.jsonl"

    words = ["atlas", "fetch", "pem", "--out", str(out), "--full-text"]
    first = subprocess.Popen(
        [sys.executable, "-m", "rapport.cli", *words],
        env=environment(service),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: len(service.questions("fullTextXML")) >= 3)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not out.exists()
    finished = [json.loads(line)["step"] for line in journal.read_bytes().splitlines()]
    assert len(finished) >= 6  # three pages, the empty last one, two full texts
    asked = len(service.asked)

    second = command(out, "--full-text")
    assert second.returncode == 0, second.stderr
    assert "12 hits, 12 records, 12 full texts" in second.stderr
    assert len(read(out)) == 12
    again = service.asked[asked:]
    for step in finished:
        part = step.removeprefix("full text ").replace("page ", "cursorMark=")
        assert not any(each.endswith(part) or f"/{part}/" in each for each in again), step
    asked_at_all = set(service.questions("fullTextXML"))
    assert len(asked_at_all) == 12


def test_the_command_keeps_the_pace_of_ncbi_and_never_shows_the_key(service, command, tmp_path):
    service.records = {str(number): medline(number) for number in range(1, 601)}
    out = tmp_path / "new.jsonl"
    done = command(out, "--api-key", "SECRETKEY", source="pubmed")
    assert done.returncode == 0, done.stderr
    gaps = [after - before for before, after in itertools.pairwise(service.times)]
    assert len(gaps) == 3
    assert sum(gaps) > 0.2  # the first may come late on a machine that is busy
    assert "SECRETKEY" in service.asked[0]
    assert "SECRETKEY" not in done.stdout + done.stderr
    kept = b"".join(path.read_bytes() for path in parts_folder(out).iterdir())
    assert b"SECRETKEY" not in kept


def test_a_folder_that_is_not_there_is_exit_2_or_made(service, command, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    done = command(blocked / "new.jsonl")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert service.asked == []


def test_more_hits_than_one_search_gives_out_are_asked_for_by_days(
    service, tmp_path, monkeypatch
):
    monkeypatch.setattr(pubmed, "MOST", 50)
    service.records = {str(number): medline(number) for number in range(1, 421)}
    service.days = {
        number: str(date(1990, 1, 1) + timedelta(days=int(number) // 3))
        for number in service.records
    }
    tally = ask_pubmed(service, tmp_path / "new.jsonl")
    assert tally.problems == []
    found = [each.identifiers.pmid for each in read(tmp_path / "new.jsonl")]
    assert sorted(map(int, found)) == list(range(1, 421))
    asked = len(service.asked)
    ask_pubmed(service, tmp_path / "new.jsonl")
    assert len(service.asked) == asked  # every search and batch was kept


def test_a_limit_above_what_one_search_gives_out_holds(service, tmp_path, monkeypatch):
    monkeypatch.setattr(pubmed, "MOST", 50)
    service.records = {str(number): medline(number) for number in range(1, 201)}
    service.days = {number: f"1990-01-{1 + int(number) % 28:02d}" for number in service.records}
    tally = ask_pubmed(service, tmp_path / "new.jsonl", limit=120)
    assert tally.counts["records"] == 120
    assert tally.problems == []


def test_a_day_with_too_many_hits_is_one_clear_refusal(service, tmp_path, monkeypatch):
    monkeypatch.setattr(pubmed, "MOST", 50)
    service.records = {str(number): medline(number) for number in range(1, 201)}
    with pytest.raises(UsageError, match="on one day, 2001-01-01") as caught:
        ask_pubmed(service, tmp_path / "new.jsonl")
    assert "narrower" in caught.value.fix


def test_two_retrievals_never_write_to_one_file(tmp_path):
    out = tmp_path / "new.jsonl"
    with locked(out), pytest.raises(UsageError, match="Another retrieval"), locked(out):
        pass
    with locked(out):  # the lock is free again
        pass
