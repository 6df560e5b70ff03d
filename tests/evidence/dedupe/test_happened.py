"""What happened to the works of a build: from their records, from notices, from lists."""

import pytest

from rapport.cards.afterwards import EventKind
from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers
from rapport.evidence.after.listed import Listed
from rapport.evidence.dedupe.entry import entry
from rapport.evidence.dedupe.relate import families
from rapport.evidence.dedupe.works import works
from rapport.evidence.publication import Author, Origin, Publication, Relation, RelationKind

TITLE = "Planned rest and bad weeks: a made-up survey of people with ME/CFS"


def record(number, title=f"{TITLE}", **values):
    values.setdefault("identifiers", Identifiers(pmid=str(number), doi=f"10.9999/{number}"))
    values.setdefault("authors", (Author(family="Lake"),))
    values.setdefault("origin", Origin(file="made-up", position=number, format="pubmed_xml"))
    return Publication(title=title, **values)


def about(kind, number, **more):
    return Relation(kind=kind, identifiers=Identifiers(pmid=str(number)), **more)


def listed(kind, original=1, notice=2, **more):
    return Listed(
        original=Identifiers(doi=f"10.9999/{original}"),
        notice=Identifiers(doi=f"10.9999/{notice}"),
        kind=EventKind(kind),
        source="A list",
        **more,
    )


def family_of(first, *others, lists=()):
    """The family of the first record; cards go by the PMIDs."""
    records = (first, *others)
    found = works(entry(one, one.identifiers.pmid) for one in records)
    cards = {one.entry.key: f"pmid-{one.entry.key}" for one in found.works}
    return families(found, cards, lists).get(first.identifiers.pmid)


def happened(first, *others, lists=()):
    family = family_of(first, *others, lists=lists)
    events = family.events if family else ()
    return [(one.kind.value, one.date, one.card) for one in events]


def test_a_record_names_its_correction_with_a_date():
    date = PartialDate(year=2020, month=3)
    work = record(1, relations=(about(RelationKind.CORRECTED_BY, 9, date=date),))
    assert happened(work) == [("correction", "2020-03", None)]


def test_a_notice_among_the_records_tells_of_its_work():
    notice = record(
        2,
        "Retraction notice",
        relations=(about(RelationKind.RETRACTION_OF, 1),),
        date=PartialDate(year=2021, month=5),
    )
    assert happened(record(1), notice) == [("retraction", "2021-05", "pmid-2")]
    assert happened(notice, record(1)) == []  # nothing happened to the notice


def test_a_notice_that_only_looks_like_one_says_who_linked_it():
    notice = record(2, f"Correction: {TITLE}", date=PartialDate(year=2021))
    family = family_of(record(1), notice)
    (event,) = family.events
    assert (event.kind.value, event.date, event.card) == ("correction", "2021", "pmid-2")
    assert [one.by.value for one in event.told] == ["likeness"]


def test_a_mark_without_a_notice_is_an_event_of_its_own():
    work = record(1, publication_types=("Retracted Publication",))
    assert happened(work) == [("retraction", None, None)]


def test_a_mark_and_a_notice_are_one_event():
    work = record(
        1,
        publication_types=("Retracted Publication",),
        relations=(about(RelationKind.RETRACTED_BY, 9),),
    )
    assert happened(work) == [("retraction", None, None)]


def test_a_list_that_names_a_retraction_reaches_the_work_both_ways():
    family = family_of(record(1), lists=[listed("retraction", date="2022")])
    assert [(one.kind.value, one.date) for one in family.events] == [("retraction", "2022")]
    assert [one.kind for one in family.related] == ["retracted_by"]
    notice = family_of(record(2, "Some notice"), lists=[listed("retraction")])
    assert [one.kind for one in notice.related] == ["retraction_of"]


def test_a_list_that_does_not_say_which_kind_makes_no_retraction():
    family = family_of(record(1), lists=[listed("notice")])
    assert [one.kind.value for one in family.events] == ["notice"]
    assert family.related == ()


def test_a_list_and_a_record_that_disagree_are_both_shown():
    work = record(
        1,
        relations=(
            Relation(kind=RelationKind.CORRECTED_BY, identifiers=Identifiers(doi="10.9999/2")),
        ),
    )
    (event,) = family_of(work, lists=[listed("retraction")]).events
    assert (event.kind.value, event.differ) == ("retraction", ("kind",))
    assert {one.kind.value for one in event.told} == {"retraction", "correction"}


def test_a_notice_in_the_works_own_place_is_no_other_work():
    assert happened(record(1), lists=[listed("retraction", notice=1)]) == [
        ("retraction", None, None)
    ]


def test_a_reply_to_a_comment_belongs_to_the_work():
    comment = record(
        2, "Rest, and what it is for", relations=(about(RelationKind.COMMENT_ON, 1),)
    )
    reply = record(
        3,
        "Authors' reply: rest is not idleness",
        relations=(about(RelationKind.COMMENT_ON, 2),),
    )  # fmt: skip
    assert set(happened(record(1), comment, reply)) == {
        ("comment", None, "pmid-2"),
        ("reply", None, "pmid-3"),
    }


@pytest.mark.parametrize(
    ("title", "year", "expected"),
    [
        ("Rest at home: a re-analysis of a made-up trial", 2019, "reanalysis"),
        ("Reanalysis of a made-up trial of rest", 2010, "reanalysis"),
        ("Reanalysis of a made-up trial of rest", 2009, None),  # it is older than the trial
        ("Rest at home: what it costs", 2019, None),
    ],
)
def test_a_later_work_on_the_same_trial_may_be_a_reanalysis(title, year, expected):
    trial = record(1, registrations=("NCT00000001",), date=PartialDate(year=2010))
    later = record(2, title, registrations=("NCT00000001",), date=PartialDate(year=year))
    kinds = [kind for kind, _, _ in happened(trial, later)]
    assert kinds == ([expected] if expected else [])


def test_a_list_twice_and_in_any_order_changes_nothing():
    lines = [listed("retraction"), listed("notice", notice=3), listed("correction", notice=4)]
    once = family_of(record(1), lists=lines)
    assert family_of(record(1), lists=[*lines[::-1], *lines]) == once
