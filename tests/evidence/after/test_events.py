"""What sources say happened to a work, put together as events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.afterwards import EventKind, Teller, Told
from rapport.core.ids import Identifiers
from rapport.evidence.after.events import EVENTS, Telling, timeline
from rapport.evidence.dedupe.ties import INVERSE
from rapport.evidence.publication import RelationKind

BY_PMID = Identifiers(pmid="90000001")
BY_DOI = Identifiers(doi="10.9999/notice")
BY_BOTH = Identifiers(pmid="90000001", doi="10.9999/notice")
ANOTHER = Identifiers(pmid="90000002")
NAMELESS = Identifiers()


def said(kind="retraction", notice=BY_PMID, date=None, source="pubmed_xml", **more):
    told = Told(by=Teller.RECORD, source=source, kind=EventKind(kind), date=date)
    return Telling(told=told, identifiers=notice, **more)


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ([], []),
        ([said(), said()], [("retraction", None, ())]),  # said twice
        ([said(date="2019"), said(date="2019-07")], [("retraction", "2019-07", ())]),
        # Dates that do not fit: the earliest stands in front, and it is said that they differ.
        ([said(date="2020"), said(date="2019-07")], [("retraction", "2019-07", ("date",))]),
        # Two sources, one notice, two kinds: the gravest, and it is said that they differ.
        (
            [said("correction"), said("retraction", source="list")],
            [("retraction", None, ("kind",))],
        ),
        # A list that does not say which kind contradicts nobody.
        ([said("notice", source="list"), said("correction")], [("correction", None, ())]),
        # Corrected and published again, both from one source, is no contradiction.
        ([said("correction"), said("republication")], [("correction", None, ())]),
        # One notice by two identifiers that a third source knows to be one.
        (
            [said("comment", BY_PMID), said("comment", BY_DOI), said("comment", BY_BOTH)],
            [("comment", None, ())],
        ),
        # Two comments, as far as anybody knows.
        ([said("comment", BY_PMID), said("comment", BY_DOI)], [("comment", None, ())] * 2),
        # A work is retracted once, whatever its notice is called ...
        ([said(notice=BY_PMID), said(notice=BY_DOI, date="2021")], [("retraction", "2021", ())]),
        # A correction that one source names by its PMID and another by its DOI, at one time,
        (
            [
                said("correction", BY_PMID, date="2021-05-02"),
                said("correction", BY_DOI, date="2021-07", source="list"),
            ],
            [("correction", "2021-05-02", ("date",))],
        ),
        # but not where a year lies between, where no date is stated, or where there are more.
        (
            [
                said("correction", BY_PMID, date="2021-05"),
                said("correction", BY_DOI, date="2022-07"),
            ],
            [("correction", "2021-05", ()), ("correction", "2022-07", ())],
        ),
        ([said("correction", BY_PMID), said("correction", BY_DOI)], [("correction", None, ())] * 2),
        (
            [
                said("correction", BY_PMID, date="2021-05"),
                said("correction", BY_DOI, date="2021-05"),
                said("correction", ANOTHER, date="2021-05"),
            ],
            [("correction", "2021-05", ())] * 3,
        ),
        # ... but two PMIDs are two notices,
        ([said(notice=BY_PMID), said(notice=ANOTHER)], [("retraction", None, ())] * 2),
        # and what names no notice joins the only one of its kind, and none of two.
        ([said("correction"), said("correction", NAMELESS)], [("correction", None, ())]),
        ([said("comment"), said("correction", NAMELESS)], [("correction", None, ()), ("comment", None, ())]),
        (
            [said("correction"), said("correction", ANOTHER), said("correction", NAMELESS)],
            [("correction", None, ())] * 3,
        ),
        # Without a date from any source, that of the notice's own record.
        ([said(published="2018-05")], [("retraction", "2018-05", ())]),
        ([said(published="2018-05", date="2019")], [("retraction", "2019", ())]),
        # The earliest first, the undated last.
        (
            [said("comment", ANOTHER), said("update", BY_DOI, "2020"), said("concern", date="2019")],
            [("concern", "2019", ()), ("update", "2020", ()), ("comment", None, ())],
        ),
    ],
)  # fmt: skip
def test_tellings_become_events(tellings, expected):
    found = [(one.kind.value, one.date, one.differ) for one in timeline(tellings)]
    assert found == expected


def test_every_source_stays_visible_where_they_differ():
    (event,) = timeline(
        [said("correction", date="2019"), said("retraction", date="2020", source="list")]
    )
    assert {(one.source, one.kind.value, one.date) for one in event.told} == {
        ("pubmed_xml", "correction", "2019"),
        ("list", "retraction", "2020"),
    }
    assert event.differ == ("kind", "date")


TELLINGS = st.lists(
    st.builds(
        said,
        kind=st.sampled_from([kind.value for kind in EventKind]),
        notice=st.sampled_from([BY_PMID, BY_DOI, BY_BOTH, ANOTHER, NAMELESS]),
        date=st.sampled_from([None, "2019", "2019-07", "2020-01-02"]),
        source=st.sampled_from(["pubmed_xml", "jats", "list"]),
    ),
    max_size=7,
)


@given(TELLINGS, st.randoms())
def test_the_order_of_the_sources_does_not_matter(tellings, random):
    shuffled = list(tellings)
    random.shuffle(shuffled)
    assert timeline(shuffled) == timeline(tellings)


@given(TELLINGS)
def test_to_be_told_twice_changes_nothing(tellings):
    assert timeline([*tellings, *tellings]) == timeline(tellings)


@given(TELLINGS)
def test_nothing_that_was_said_is_lost(tellings):
    events = timeline(tellings)
    said_now = {one for event in events for one in event.told}
    said_then = {one.told for one in tellings}
    assert said_now <= said_then
    assert {(one.source, one.kind) for one in said_now} == {
        (one.source, one.kind) for one in said_then
    }
    assert {one.date for one in said_now if one.date} == {
        one.date for one in said_then if one.date
    }


def test_every_relation_of_which_something_happened_has_its_other_side():
    assert set(EVENTS) <= set(INVERSE)
    assert set(INVERSE) == set(RelationKind) - {RelationKind.PUBLISHED_AS}
