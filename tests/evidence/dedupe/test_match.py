"""Whether two records are of one work, of two that belong together, or of two that do not."""

import pytest

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers
from rapport.evidence.dedupe.entry import entry
from rapport.evidence.dedupe.match import (
    Bond,
    Likeness,
    journal_likeness,
    title_likeness,
    verdict,
)
from rapport.evidence.publication import Author, Origin, Publication

TITLE = "Pacing and activity in people with long lasting fatigue: a made-up cohort"


def record(title=TITLE, people=("Roe", "Doe"), year=2020, journal="Journal of Rest", **rest):
    ids = {kind: rest.pop(kind) for kind in ("pmid", "pmcid", "doi") if kind in rest}
    publication = Publication(
        origin=Origin(file="made-up", position=1, format="json_lines"),
        identifiers=Identifiers(**ids),
        title=title,
        authors=tuple(Author(family=name) for name in people),
        date=PartialDate(year=year) if year else None,
        journal=journal,
        **rest,
    )
    return entry(publication, "key")


SAME = [
    # one identifier, whatever else was exported
    ({"doi": "10.1234/a1"}, {"doi": "10.1234/a1", "people": (), "year": None, "journal": None}),
    ({"pmid": "7"}, {"pmid": "7", "title": TITLE.upper() + "."}),
    # a translated title: same identifier, people and place
    (
        {"pmid": "7", "volume": "4", "pages": "11-19"},
        {
            "pmid": "7",
            "volume": "4",
            "pages": "11-9",
            "title": "Haushalten mit Kraft: eine Kohorte",
        },
    ),
    # no identifier on one side
    ({"doi": "10.1234/a1"}, {}),
    # mark-up, Greek letters, hyphens, accents
    (
        {"title": "Effect of interferon-β on sleep in <i>Mus musculus</i> at rest"},
        {"title": "Effect of interferon beta on sleep in Mus musculus at rest"},
    ),
    ({"people": ("Müller", "Doe")}, {"people": ("Muller", "Doe")}),
    # a typing slip
    ({}, {"title": TITLE.replace("fatigue", "fatgiue")}),
    # abbreviated journal; pages written in two ways
    (
        {"journal": "Journal of Cardiovascular Rest", "volume": "3", "pages": "221-8"},
        {"journal": "J Cardiovasc Rest", "volume": "3", "pages": "221-228"},
    ),
    # the supplement's number in the place of the volume
    (
        {"volume": "57", "pages": "S354"},
        {"volume": "1", "pages": "S354"},
    ),
    # online first, a year before its issue
    ({"year": 2024, "volume": "33", "pages": "566-582"}, {"year": 2023, "pages": "1-17"}),
    # all authors run together in one name
    ({"people": ("Roe", "Doe")}, {"people": ("Roe K.Doe G. F.",)}),
    # two DOIs for one page: one of them is mistyped
    (
        {"doi": "10.1234/a1", "volume": "4", "pages": "11"},
        {"doi": "10.1234/b2", "volume": "4", "pages": "11"},
    ),
    # versions of one preprint
    (
        {"doi": "10.21203/rs.3.rs-1234/v1", "journal": "Research Square"},
        {"doi": "10.21203/rs.3.rs-1234/v2", "journal": "Research Square", "year": 2021},
    ),
]
RELATED = [
    # preprint and article
    ({"journal": "medRxiv", "doi": "10.1101/2020.01.01.20012345"}, {"doi": "10.1234/a1"}),
    # correction, retraction, reply
    ({}, {"title": "Correction to: " + TITLE}),
    ({}, {"title": "Retraction notice: " + TITLE, "people": ()}),
    ({}, {"title": "Response to: " + TITLE}),
    # editions
    (
        {
            "doi": "10.1002/14651858.cd000001.pub2",
            "year": 2004,
            "journal": "Cochrane Database Syst Rev",
        },
        {
            "doi": "10.1002/14651858.cd000001.pub3",
            "year": 2005,
            "journal": "Cochrane Database Syst Rev",
        },
    ),
    # conference abstract and article
    ({"journal": "Annual Meeting on Rest"}, {"journal": "Fatigue Reports"}),
    # the same introduction every year
    ({"doi": "10.1234/2021.5"}, {"doi": "10.1234/2022.5", "year": 2021}),
    # a longer title by the same people the year after
    ({"title": TITLE + " with a long follow-up", "year": 2023}, {}),
]
APART = [
    # parts of a series, types of a disease
    ({"title": TITLE + " Part I"}, {"title": TITLE + " Part II"}),
    (
        {"title": "Sleep and pain in people with diabetes of type 1"},
        {"title": "Sleep and pain in people with diabetes of type 2"},
    ),
    # words that look alike and mean another thing
    (
        {"title": "Sleep and long lasting pain after exercise in men"},
        {"title": "Sleep and long lasting pain after exercise in women"},
    ),
    # other people
    ({}, {"people": ("Poe", "Moe")}),
    # one DOI on two works
    (
        {
            "doi": "10.1234/all",
            "title": "Understanding rest in open offices",
            "people": ("Roe",),
        },
        {"doi": "10.1234/all", "title": "A history of waiting rooms", "people": ("Poe",)},
    ),
    # titles that say nothing
    ({"title": "Book review"}, {"title": "Book review", "people": ("Roe",)}),
    ({"title": "UNKNOWN"}, {"title": "UNKNOWN"}),
    (
        {"title": "Journal of Rest Volume 52 Paper 45", "volume": "52", "people": ("Roe",)},
        {"title": "Journal of Rest Volume 52 Paper 41", "volume": "52", "people": ("Doe",)},
    ),
    # two abstracts of a supplement under one DOI
    (
        {
            "doi": "10.1234/s1",
            "pages": "51",
            "volume": "3",
            "title": "Effects of rest on sleep in a group of mice",
        },
        {
            "doi": "10.1234/s1",
            "pages": "52",
            "volume": "3",
            "title": "The effects of rest on sleep in a group of mice",
            "people": ("Roe", "Doe", "Poe"),
        },
    ),
    # a DOI cut off after the journal
    (
        {"doi": "10.1234/jrest.", "title": "Journal of Rest"},
        {"doi": "10.1234/jrest.", "title": TITLE},
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_records_of_one_work_are_joined(one, other):
    assert verdict(record(**one), record(**other)).bond is Bond.SAME


@pytest.mark.parametrize(("one", "other"), RELATED)
def test_works_that_belong_together_are_related_and_not_merged(one, other):
    assert verdict(record(**one), record(**other)).bond is Bond.RELATED


@pytest.mark.parametrize(("one", "other"), APART)
def test_works_that_only_look_alike_stay_apart(one, other):
    assert verdict(record(**one), record(**other)).bond is Bond.APART


@pytest.mark.parametrize(("one", "other"), SAME + RELATED + APART)
def test_a_verdict_does_not_depend_on_which_record_comes_first(one, other):
    assert verdict(record(**one), record(**other)) == verdict(record(**other), record(**one))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Journal of Rest", "Journal of Rest", Likeness.EQUAL),
        ("J Rest", "Journal of Rest", Likeness.CLOSE),
        ("The Journal of Rest", "Journal of Rest", Likeness.CLOSE),
        ("Rest", "Restoration Ecology", Likeness.CLOSE),  # cannot be told from an abbreviation
        ("Journal of Rest", "Journal of Sleep", Likeness.OTHER),
        (None, "Journal of Rest", Likeness.UNKNOWN),
    ],
)
def test_journals_are_compared_with_their_abbreviations(one, other, expected):
    assert journal_likeness(record(journal=one), record(journal=other)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (TITLE, TITLE.title() + "!", Likeness.EQUAL),
        (
            "Micro RNA in muscle after a night of rest",
            "MicroRNA in muscle after a night of rest",
            Likeness.EQUAL,
        ),
        (TITLE, "Pacing and activity in people with long lasting fatigue", Likeness.PART),
        (TITLE, "A history of waiting rooms", Likeness.OTHER),
        (None, TITLE, Likeness.UNKNOWN),
    ],
)
def test_titles_are_compared_by_their_words(one, other, expected):
    assert title_likeness(record(title=one), record(title=other)) is expected
