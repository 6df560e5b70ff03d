"""Records to works: the same in every order, and nothing more joins the second time."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers
from rapport.evidence.dedupe.entry import entry
from rapport.evidence.dedupe.merge import merged
from rapport.evidence.dedupe.relate import families
from rapport.evidence.dedupe.works import works
from rapport.evidence.publication import (
    AbstractPart,
    Author,
    Origin,
    Publication,
    Relation,
    RelationKind,
    Section,
    TextOrigin,
)

TITLES = [
    "Pacing and activity in people with long lasting fatigue",
    "Pacing and activity in people with long lasting fatigue: a cohort",
    "PACING AND ACTIVITY IN PEOPLE WITH LONG-LASTING FATIGUE",
    "Correction to: Pacing and activity in people with long lasting fatigue",
    "Sleep that does not refresh, part 1",
    "Sleep that does not refresh, part 2",
    None,
]


@st.composite
def publications(draw):
    """Records drawn from few values, so that many of them nearly fit."""
    return Publication(
        origin=Origin(
            file=draw(st.sampled_from("ab")), position=draw(st.integers(1, 99)), format="x"
        ),
        identifiers=Identifiers(
            pmid=draw(st.sampled_from([None, None, "1", "2", "3"])),
            doi=draw(
                st.sampled_from([None, None, "10.1234/a1", "10.1234/b2", "10.1101/123456"])
            ),
        ),
        title=draw(st.sampled_from(TITLES)),
        authors=tuple(
            Author(family=name)
            for name in draw(st.sampled_from([(), ("Roe",), ("Roe", "Doe"), ("Poe",)]))
        ),
        date=draw(st.sampled_from([None, PartialDate(year=2019), PartialDate(year=2020)])),
        journal=draw(st.sampled_from([None, "Journal of Rest", "J Rest", "medRxiv"])),
        volume=draw(st.sampled_from([None, "3", "4"])),
        pages=draw(st.sampled_from([None, "11-19", "11", "20"])),
        abstract=draw(st.sampled_from([(), (AbstractPart(text="Made up. Quite short."),)])),
    )


def entries(listed):
    return [entry(one, f"{number:03d}") for number, one in enumerate(listed)]


@given(st.lists(publications(), max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(listed, random):
    found = entries(listed)
    shuffled = random.sample(found, len(found))
    assert works(found) == works(shuffled)


@given(st.lists(publications(), max_size=14))
def test_joining_what_was_joined_changes_nothing(listed):
    once = works(entries(listed))
    again = works([one.entry for one in once.works])
    assert [one.entry for one in again.works] == [one.entry for one in once.works]


@given(st.lists(publications(), max_size=14))
def test_every_record_is_in_exactly_one_work(listed):
    found = works(entries(listed))
    keys = sorted(key for one in found.works for key in one.keys)
    assert keys == [f"{number:03d}" for number in range(len(listed))]


@given(st.lists(publications(), max_size=14))
def test_relations_hold_both_ways(listed):
    found = works(entries(listed))
    cards = {one.entry.key: f"card-{one.entry.key}" for one in found.works}
    family = families(found, cards)
    pairs = {
        (cards[key], related.card)
        for key, each in family.items()
        for related in each.related
        if related.card
    }
    assert pairs == {(other, one) for one, other in pairs}


def record(**values):
    values.setdefault("origin", Origin(file="made-up", position=1, format="x"))
    values.setdefault("title", TITLES[0])
    values.setdefault("authors", (Author(family="Roe"),))
    return Publication(**values)


def test_a_chain_of_likenesses_does_not_join_two_pubmed_records():
    one = record(identifiers=Identifiers(pmid="1"))
    bare = record()
    two = record(identifiers=Identifiers(pmid="2"))
    found = works(entries([one, bare, two]))
    assert len(found.works) == 2


def test_the_record_that_says_most_stands_for_the_work():
    title = record(identifiers=Identifiers(pmid="1"))
    abstract = record(
        identifiers=Identifiers(pmid="1"), abstract=(AbstractPart(text="Short."),)
    )
    full = record(identifiers=Identifiers(pmid="1"), sections=(Section(paragraphs=("Text.",)),))
    (work,) = works(entries([title, abstract, full])).works
    assert work.keys == ("002", "001", "000")


def test_a_merged_work_keeps_the_best_text_and_unites_the_facts():
    full = record(
        identifiers=Identifiers(pmcid="PMC9"),
        sections=(Section(paragraphs=("Text.",)),),
        licence="CC BY 4.0",
    )
    indexed = record(
        identifiers=Identifiers(pmid="1", doi="10.1234/a1"),
        abstract=(AbstractPart(text="Short."),),
        publication_types=("Journal Article",),
        journal="Journal of Rest",
        licence="none",
    )
    work = merged([full, indexed])
    assert work.identifiers == Identifiers(pmid="1", pmcid="PMC9", doi="10.1234/a1")
    assert work.sections == full.sections
    assert work.abstract == indexed.abstract
    assert work.licence == "CC BY 4.0"
    assert work.journal == "Journal of Rest"
    assert work.publication_types == ("Journal Article",)


def test_an_abstract_is_never_taken_from_words_of_another_origin():
    digest = record(
        abstract=(AbstractPart(text="Written here."),), text_origin=TextOrigin.DIGEST
    )
    full = record(sections=(Section(paragraphs=("Text.",)),))
    assert merged([full, digest]).abstract == ()


def test_a_retraction_reaches_the_work_it_retracts():
    work = record(identifiers=Identifiers(pmid="1"))
    notice = record(
        title="Retraction notice",
        identifiers=Identifiers(pmid="2"),
        relations=(
            Relation(kind=RelationKind.RETRACTION_OF, identifiers=Identifiers(pmid="1")),
        ),
    )
    found = works(entries([work, notice]))
    family = families(found, {"000": "card-1", "001": "card-2"})
    (related,) = family["000"].related
    assert (related.kind, related.card) == ("retracted_by", "card-2")


def test_works_with_one_registration_are_one_cohort():
    protocol = record(
        title="A protocol for a trial of rest at home", registrations=("NCT00000001",)
    )
    report = record(title="Rest at home: results of a trial", registrations=("NCT00000001",))
    found = works(entries([protocol, report]))
    family = families(found, {"000": "card-1", "001": "card-2"})
    (related,) = family["001"].related
    assert related.kind == "same_cohort"
    assert related.note == "both name the registration NCT00000001"


def test_a_newer_edition_updates_the_older_one():
    older = record(
        identifiers=Identifiers(doi="10.1002/14651858.cd1.pub2"), date=PartialDate(year=2004)
    )
    newer = record(
        identifiers=Identifiers(doi="10.1002/14651858.cd1.pub3"), date=PartialDate(year=2009)
    )
    found = works(entries([older, newer]))
    family = families(found, {"000": "old", "001": "new"})
    assert [(r.kind, r.card) for r in family["001"].related] == [("update_of", "old")]


def test_pairs_do_not_grow_with_the_square_of_a_block():
    from rapport.evidence.dedupe.blocks import pairs

    same = [
        msgspec.structs.replace(entry(record(authors=(Author(family=f"Name{n}"),)), f"{n:05d}"))
        for n in range(3000)
    ]
    assert sum(1 for _ in pairs(same)) < 3000 * 40
