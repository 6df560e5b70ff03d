"""Retrieval from Europe PMC: nothing asked twice, nothing lost unsaid."""

import json

import pytest
from tests.evidence.live.asking import Waiting, ask_europepmc, asker, full_text, read, result

from rapport.core.errors import UsageError
from rapport.evidence.live.asking import FetchError
from rapport.evidence.live.fetch import parts_folder
from rapport.evidence.publication import RelationKind


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
