"""Lists of notices: the table of Retraction Watch, whole or in pairs, and works from Crossref."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.afterwards import EventKind
from rapport.core.errors import InputError
from rapport.evidence.after import crossref, retraction_watch
from rapport.evidence.after.lists import lists

PAIRS = "OriginalPaperDOI,RetractionDOI\n"
WHOLE = (
    "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionDOI,RetractionPubMedID,"
    "RetractionDate,RetractionNature,Reason\n"
)


@pytest.fixture
def file(tmp_path):
    """Writes a file of a list."""

    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def told(path, **more):
    """(work, notice, kind, date) of every line."""
    return [
        (one.original.best(), one.notice.best(), one.kind.value, one.date)
        for one in lists([path], **more).listed
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PAIRS, []),
        (PAIRS + "10.9999/A,10.9999/b\n", [("10.9999/a", "10.9999/b", "notice", None)]),
        (PAIRS + ",10.9999/b\n10.9999/a,\nunavailable,unavailable\n", []),  # blanks say nothing
        (PAIRS + "10.9999/a,10.9999/a\n", [("10.9999/a", "10.9999/a", "notice", None)]),
        (
            WHOLE + '7,10.9999/a,0,10.9999/b,0,3/21/2023 0:00,Retraction,"a\nb"\n',
            [("10.9999/a", "10.9999/b", "retraction", "2023-03-21")],
        ),
        (
            WHOLE + "7,,90000001,,90000002,1/2/2020 0:00,Expression of concern,\n",
            [("90000001", "90000002", "concern", "2020-01-02")],
        ),
        # The whole table says of what kind a notice is that has no identifier.
        (WHOLE + "7,10.9999/a,0,,0,,Correction,\n", [("10.9999/a", None, "correction", None)]),
        (
            WHOLE + "7,10.9999/a,0,10.9999/b,0,,Reinstatement,\n",
            [("10.9999/a", "10.9999/b", "notice", None)],
        ),
    ],
)
def test_the_table_of_retraction_watch(file, text, expected):
    assert told(file("list.csv", text)) == expected


def update(doi, kind, *date, source="publisher"):
    return {
        "DOI": doi,
        "type": kind,
        "label": kind.title(),
        "source": source,
        "updated": {"date-parts": [list(date)]} if date else {},
    }


NOTICE = {
    "DOI": "10.9999/NOTICE",
    "update-to": [update("10.9999/paper", "retraction", 2019, 7, 26)],
    "indexed": {"date-time": "2026-01-30T05:00:00Z", "date-parts": [[2026, 1, 30]]},
}
PAPER = {
    "DOI": "10.9999/paper",
    "updated-by": [
        update("10.9999/notice", "retraction", 2019, 7, 26, source="retraction-watch"),
        update("10.9999/erratum", "erratum", 2018),
    ],
    "indexed": {"date-time": "2026-01-31T05:00:00Z"},
}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([NOTICE], [("10.9999/paper", "10.9999/notice", "retraction", "2019-07-26")]),
        (
            [PAPER],
            [
                ("10.9999/paper", "10.9999/erratum", "correction", "2018"),
                ("10.9999/paper", "10.9999/notice", "retraction", "2019-07-26"),
            ],
        ),
        # A whole answer of the API, with one work or with a list of them.
        (
            [{"status": "ok", "message": NOTICE}],
            [("10.9999/paper", "10.9999/notice", "retraction", "2019-07-26")],
        ),
        (
            [{"status": "ok", "message": {"total-results": 1, "items": [NOTICE]}}],
            [("10.9999/paper", "10.9999/notice", "retraction", "2019-07-26")],
        ),
        ([{"DOI": "10.9999/paper", "title": ["Nothing happened to it"]}], []),
        ([{"update-to": [update("10.9999/paper", "retraction")]}], []),  # a notice without DOI
        (
            [{"DOI": "10.9999/n", "update-to": [{"DOI": "10.9999/p", "type": "new_word"}]}],
            [("10.9999/p", "10.9999/n", "notice", None)],  # a type that is not known yet
        ),
    ],
)
def test_works_from_crossref(file, lines, expected):
    assert told(file("works.jsonl", "\n".join(map(json.dumps, lines)))) == expected


@pytest.mark.parametrize("kind", crossref._KINDS)
def test_a_type_of_crossref_keeps_its_own_word(file, kind):
    work = {"DOI": "10.9999/n", "update-to": [update("10.9999/p", kind, 2020)]}
    (one,) = lists([file("works.jsonl", json.dumps(work))]).listed
    assert one.kind is crossref._KINDS[kind]
    assert (one.label or one.kind.value).replace(" ", "_") == kind


def test_who_says_so_is_kept(file):
    found = lists([file("works.jsonl", json.dumps(PAPER))]).listed
    assert {one.source for one in found} == {"Crossref", "Retraction Watch by way of Crossref"}


def test_when_a_list_was_checked_comes_from_it_or_from_who_gives_it(file):
    works = file("works.jsonl", f"{json.dumps(NOTICE)}\n{json.dumps(PAPER)}\n")
    pairs = file("pairs.csv", PAIRS + "10.9999/a,10.9999/b\n,\n")
    read = {one.name: one for one in lists([works, pairs], checked="2026-02-01").read}
    assert read["works.jsonl"].checked == "2026-01-31"  # the last look at any of its works
    assert read["pairs.csv"].checked == "2026-02-01"
    assert (read["pairs.csv"].entries, read["pairs.csv"].passed_over) == (1, 1)
    assert lists([pairs]).read[0].checked is None  # not stated, and never today


def test_a_list_given_twice_counts_once_and_the_order_does_not_matter(file):
    works = file("works.jsonl", json.dumps(PAPER))
    pairs = file("pairs.csv", PAIRS + "10.9999/a,10.9999/b\n")
    assert lists([works, pairs, works]) == lists([pairs, works])


def test_a_packed_list_is_unpacked(file):
    packed = gzip.compress((PAIRS + "10.9999/a,10.9999/b\n").encode())
    assert told(file("pairs.csv.gz", packed)) == [("10.9999/a", "10.9999/b", "notice", None)]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "list"),
        (b"title,year\nRest,2019\n", "list"),  # some other table
        (b'{"DOI": "10.9999/a"}\n{"DOI": 7}\n', "line 2"),
        (b'{"DOI": "10.9999/a"\n', "line 1"),
        (gzip.compress((PAIRS + "10.9999/a,10.9999/b\n" * 9_000).encode())[:-90], "list"),
    ],
)
def test_what_is_no_list_is_refused_with_its_place(file, content, where):
    with pytest.raises(InputError) as refused:
        lists([file("list", content)])
    assert where in str(refused.value)


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        lists([tmp_path / "nowhere.csv"])


@given(st.lists(st.sampled_from(["10.9999/a", "10.9999/b", "", "n/a"]), max_size=6))
def test_every_line_of_a_table_is_taken_or_counted(dois):
    lines = "".join(f"{doi},10.9999/n\n" for doi in dois)
    found, passed_over = retraction_watch.table(PAIRS + lines)
    assert len(found) + passed_over == len(dois)


def test_the_order_of_lines_does_not_matter(file):
    lines = [f"10.9999/{n},10.9999/n{n % 3}\n" for n in range(9)]
    straight = lists([file("a.csv", PAIRS + "".join(lines))])
    assert lists([file("b.csv", PAIRS + "".join(lines[::-1]))]).listed == straight.listed
    assert all(one.kind is EventKind.NOTICE for one in straight.listed)
