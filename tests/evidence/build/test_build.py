"""From sources to a release: nothing lost, the same bytes in every order, whole or not at all."""

import json

import pytest

from rapport.core.errors import InputError, UsageError, UserError
from rapport.evidence.build import build
from rapport.evidence.build.search_index import search_index
from rapport.evidence.release.manifest import INDEX
from rapport.evidence.release.opened import Release
from rapport.evidence.release.swap import locked
from rapport.evidence.search.query import Query, search
from rapport.knowledge.load import load

ABSTRACT = (
    "We asked {n} people with myalgic encephalomyelitis how they rest. All participants had to "
    "meet the Canadian Consensus Criteria. Rest was associated with less pain."
)


def line(number, **values):
    """A made-up record on the topic."""
    return {
        "id": f"rec-{number}",
        "pmid": str(90_000_000 + number),
        "title": f"How people with ME/CFS rest at home: made-up survey number {number}",
        "abstract": ABSTRACT.format(n=20 + number),
        **values,
    }


def write(path, lines):
    path.write_text("".join(json.dumps(one) + "\n" for one in lines))
    return path


@pytest.fixture
def sources(tmp_path):
    """Six works, one of them twice, one record off the topic, one broken."""
    first = write(tmp_path / "first.jsonl", [line(1), line(2), line(3)])
    off_topic = {"id": "x", "title": "The roots of oak trees", "abstract": "Trees have roots."}
    second = write(
        tmp_path / "second.jsonl", [line(4), line(1, id="again"), off_topic, line(5)]
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder / "third.jsonl", [line(6)])
    (folder / "broken.jsonl").write_text(
        '{"id": "b", "title": "cut off\n' + json.dumps(line(7))
    )
    return [first, second, folder]


def built(sources, out, **options):
    options.setdefault("processes", 1)
    return build(sources, out, topic="me_cfs", knowledge=load(), **options)


def files(out):
    """Name to bytes of everything outside the index."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.relative_to(out).parts[0] != INDEX
    }


def test_every_record_is_accounted_for(sources, tmp_path):
    counts = built(sources, tmp_path / "out").counts
    assert counts.balanced()
    assert (counts.records, counts.duplicate, counts.off_topic, counts.quarantined) == (
        10,
        1,
        1,
        1,
    )
    assert counts.read == 7


def test_a_file_named_twice_counts_as_duplicates_and_changes_no_card(sources, tmp_path):
    once = built(sources, tmp_path / "once")
    twice = built([sources[0], *sources], tmp_path / "twice")
    assert twice.counts.balanced()
    assert twice.counts.records == once.counts.records + 3
    assert twice.counts.duplicate == once.counts.duplicate + 3
    assert files(tmp_path / "twice")["cards.jsonl"] == files(tmp_path / "once")["cards.jsonl"]


DELETIONS = """<?xml version="1.0"?><PubmedArticleSet>
<DeleteCitation><PMID Version="1">90000002</PMID><PMID Version="1">90000777</PMID></DeleteCitation>
</PubmedArticleSet>"""


@pytest.mark.parametrize("is_first", [True, False])
def test_a_record_that_pubmed_withdrew_is_set_aside_and_gets_no_card(
    sources, tmp_path, is_first
):
    before = built(sources, tmp_path / "before").counts
    deletions = tmp_path / "deletions.xml"
    deletions.write_text(DELETIONS)
    given = [deletions, *sources] if is_first else [*sources, deletions]
    counts = built(given, tmp_path / "out").counts
    assert counts.balanced()
    assert counts.withdrawn == 1
    assert counts.records == before.records + 1  # the list itself, which is quarantined too
    assert (counts.cards, counts.quarantined) == (before.cards - 1, before.quarantined + 2)
    release = Release(tmp_path / "out")
    assert release.card("pmid-90000002") is None
    assert [(one.origin.file, one.origin.position) for one in release.quarantine()].count(
        ("first.jsonl", 2)
    ) == 1


def test_a_broken_record_is_named_with_its_place_and_reason(sources, tmp_path):
    built(sources, tmp_path / "out")
    (broken,) = Release(tmp_path / "out").quarantine()
    assert broken.origin.file == "folder/broken.jsonl"
    assert broken.origin.position == 1
    assert broken.reason


def test_the_same_inputs_give_the_same_bytes_in_every_order(sources, tmp_path):
    built(sources, tmp_path / "one")
    built(sources[::-1], tmp_path / "other")
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_the_number_of_processes_changes_no_byte(sources, tmp_path):
    built(sources, tmp_path / "one", processes=1)
    built(sources, tmp_path / "other", processes=2)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_a_release_is_rebuilt_from_kept_readings_to_the_same_bytes(sources, tmp_path):
    out = tmp_path / "out"
    built(sources, out)
    before = files(out)
    built(sources, out)
    assert files(out) == before


def test_a_rebuild_reads_only_what_is_new(sources, tmp_path, monkeypatch):
    from rapport.evidence.read.reader import Reader

    built(sources, tmp_path / "out")
    read = []
    original = Reader.read

    def counted(self, publication):
        read.append(publication.identifiers.pmid)
        return original(self, publication)

    monkeypatch.setattr(Reader, "read", counted)
    new = write(tmp_path / "new.jsonl", [line(8)])
    counts = built([*sources, new], tmp_path / "out").counts
    assert read == ["90000008"]
    assert counts.read == 8


def test_a_bug_of_the_reader_ends_one_record_and_not_the_build(sources, tmp_path, monkeypatch):
    from rapport.evidence.read.reader import Reader

    original = Reader.read

    def failing(self, publication):
        if publication.identifiers.pmid == "90000002":
            raise KeyError("words of the record")
        return original(self, publication)

    monkeypatch.setattr(Reader, "read", failing)
    counts = built(sources, tmp_path / "out").counts
    assert (counts.read, counts.quarantined) == (6, 2)
    reasons = [one.reason for one in Release(tmp_path / "out").quarantine()]
    assert any("KeyError" in reason for reason in reasons)
    assert not any("words of the record" in reason for reason in reasons)


def test_a_reader_that_fails_on_most_works_replaces_no_release(sources, tmp_path, monkeypatch):
    from rapport.evidence.read.reader import Reader

    built(sources, tmp_path / "out")
    before = files(tmp_path / "out")

    def failing(self, publication):
        raise KeyError("words of the record")

    monkeypatch.setattr(Reader, "read", failing)
    new = write(tmp_path / "new.jsonl", [line(n) for n in range(20, 30)])
    with pytest.raises(UserError, match="failed on 10 of 17 works"):
        built([*sources, new], tmp_path / "out")
    assert files(tmp_path / "out") == before


def test_every_identifier_leads_to_the_card(sources, tmp_path):
    built(sources, tmp_path / "out")
    release = Release(tmp_path / "out")
    names = ("pmid-90000001", "90000001", "PMID: 90000001", "rec-1", "again")
    assert {release.resolve(name) for name in names} == {"pmid-90000001"}
    assert release.resolve("rec-99") is None


def test_the_card_names_its_source_and_not_this_machine(sources, tmp_path):
    built(sources, tmp_path / "out")
    assert Release(tmp_path / "out").card("pmid-90000006").source.file == "folder/third.jsonl"
    assert not any(str(tmp_path).encode() in data for data in files(tmp_path / "out").values())


def test_nothing_is_put_in_place_by_a_dry_run(sources, tmp_path):
    counts = built(sources, tmp_path / "out", dry_run=True).counts
    assert counts.read == 7
    assert not (tmp_path / "out").exists()


def test_the_index_finds_the_cards_and_is_made_again_where_it_is_gone(sources, tmp_path):
    built(sources, tmp_path / "out")
    release = Release(tmp_path / "out")
    found = search(search_index(release), Query(text="rest"))
    assert found.total == len(release)
    for path in release.index_folder.iterdir():
        path.unlink()
    assert search(search_index(Release(tmp_path / "out")), Query(text="rest")) == found


def test_a_preprint_and_its_article_point_at_each_other(tmp_path):
    title = "How people with ME/CFS rest at home: one made-up survey told twice"
    both = [
        line(1, title=title, doi="10.1101/2020.01.01.20012345", pmid=None),
        line(2, title=title, doi="10.1234/rest.1"),
    ]
    built([write(tmp_path / "both.jsonl", both)], tmp_path / "out")
    preprint, article = sorted(Release(tmp_path / "out").cards(), key=lambda card: card.id)
    assert [(r.kind, r.card) for r in preprint.relations] == [("preprint_of", article.id)]
    assert [(r.kind, r.card) for r in article.relations] == [("has_preprint", preprint.id)]


def test_a_withheld_card_is_refused_with_the_reviewers_reason(sources, tmp_path):
    decision = {
        "card": "90000003",
        "decision": "withhold",
        "reason": "The population is misread.",
        "by": "Reviewer A",
        "on": "2026-01-31",
    }
    log = write(tmp_path / "reviews.jsonl", [decision, {**decision, "card": "1"}])
    manifest = built(sources, tmp_path / "out", reviews_file=log)
    assert manifest.refusals["withheld-by-review"] == 1
    assert len(manifest.flags) == 1
    assert Release(tmp_path / "out").card("pmid-90000003") is None


def test_a_decided_value_is_on_the_card_and_one_that_no_longer_fits_is_flagged(
    sources, tmp_path
):
    words = "How people with ME/CFS rest at home"
    decision = {
        "card": "90000003",
        "decision": "set_design",
        "design": "cross_sectional",
        "reason": "They were asked once.",
        "by": "Reviewer A",
        "on": "2026-01-31",
        "words": [words],
    }
    stale = {**decision, "card": "90000004", "words": ["No such words"]}
    log = write(tmp_path / "reviews.jsonl", [decision, stale])
    undecided = built(sources, tmp_path / "before")
    manifest = built(sources, tmp_path / "out", reviews_file=log)
    decided, other = (
        Release(tmp_path / "out").card(f"pmid-{pmid}") for pmid in (90000003, 90000004)
    )
    assert decided.design.value == "cross_sectional"
    assert decided.design.decided.by == "Reviewer A"
    assert decided.design.evidence[0].quote == words
    assert other == Release(tmp_path / "before").card("pmid-90000004")
    assert len(manifest.flags) == 1
    assert "pmid-90000004" not in undecided.flags
    assert manifest.release != undecided.release


@pytest.mark.parametrize("text", ["{", '{"card": "1", "decision": "praise"}', "\xff"])
def test_decisions_that_cannot_be_read_are_an_error_with_their_line(sources, tmp_path, text):
    log = tmp_path / "reviews.jsonl"
    log.write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match="line 1"):
        built(sources, tmp_path / "out", reviews_file=log)


def test_an_unknown_topic_is_an_error_that_lists_the_topics(sources, tmp_path):
    with pytest.raises(UsageError, match="me_cfs"):
        build(sources, tmp_path / "out", topic="oaks", knowledge=load())


def test_a_folder_with_other_things_is_never_replaced(sources, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="holds other things"):
        built(sources, out)
    assert (out / "thesis.txt").read_text() == "years of work"


def test_a_source_that_is_not_there_leaves_nothing_behind(tmp_path):
    with pytest.raises(InputError):
        built([tmp_path / "missing.xml"], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_two_builds_into_one_place_do_not_meet(sources, tmp_path):
    out = tmp_path / "out"
    with locked(out), pytest.raises(UserError, match="Another build"):
        built(sources, out)
