"""Retrieval from PubMed: numbers first, then records, and more hits than one search gives out."""

from datetime import date, timedelta

import pytest
from tests.evidence.live.asking import ask_pubmed, full_text, medline, read

from rapport.core.errors import UsageError
from rapport.evidence.live import pubmed


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
