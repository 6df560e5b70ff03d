"""Search by words and facets: it finds what is there and takes whatever people type."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.core.vocabulary import Badge, Design, ReadScope
from rapport.evidence.search.index import (
    FACETS,
    IndexedCard,
    index_in_memory,
    open_index,
    write_index,
)
from rapport.evidence.search.query import MAX_DEEP, Query, search, years_of_page
from rapport.evidence.search.words import Clause, Field, clauses


def card(name, title, *, badge=Badge.NOT_STATED, design=Design.RCT, year=2020, **values):
    return IndexedCard(
        id=name,
        title=title,
        citation=f"{name} ({year})",
        badge=badge,
        design=design,
        read=values.pop("read", ReadScope.ABSTRACT),
        year=year,
        **values,
    )


CARDS = [
    card("a", "Pacing and sleep", badge=Badge.REQUIRED, definitions=("ccc_2003",), year=2019),
    card(
        "b",
        "Pacing in schools",
        definitions=("fukuda_1994", "ccc_2003"),
        text="Children slept.",
    ),
    card("c", "Sleeping well", authors="Müller, A", design=Design.CASE_CONTROL, year=2001),
    card("d", "Muscle and rest", journal="Journal of Rest", topics=("me_cfs",), year=None),
    card(
        "e", "Rest and pacing", text="pacing", retracted=True, n_cases=12, text_origin="digest"
    ),
]
INDEX = index_in_memory(CARDS)


def found(text="", **values):
    return [hit.id for hit in search(INDEX, Query(text=text, **values)).hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pacing", {"a", "b", "e"}),
        ("PACING", {"a", "b", "e"}),
        ("slept", {"b"}),
        ("sleeps", {"a", "c"}),  # by the stem of the word
        ("pacing sleep", {"a"}),  # all words
        ('"pacing and sleep"', {"a"}),
        ('"sleep and pacing"', set()),
        ("pacing -schools", {"a", "e"}),
        ("-pacing", {"c", "d"}),
        ("fukuda", {"b"}),
        ("definition:ccc_2003", {"a", "b"}),
        ("author:muller", {"c"}),
        ("Müller", {"c"}),
        ("journal:rest", {"d"}),
        ("title:rest", {"d", "e"}),
        ("nothing-of-the-kind", set()),
        ("", {"a", "b", "c", "d", "e"}),
    ],
)
def test_words_find_their_cards(text, expected):
    assert set(found(text)) == expected


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"badge": ("required",)}, {"a"}),
        ({"badge": ("required", "not_stated")}, {"a", "b", "c", "d", "e"}),
        ({"definition": ("ccc_2003",)}, {"a", "b"}),
        ({"definition": ("ccc_2003",), "badge": ("required",)}, {"a"}),
        ({"design": ("case_control",)}, {"c"}),
        ({"year_from": 2019, "year_to": 2019}, {"a"}),
        ({"year_from": 2002}, {"a", "b", "e"}),
        ({"year_to": 2002}, {"c"}),  # a card without a year is not old
        ({"year_from": 2021, "year_to": 2000}, set()),
        ({"topic_class": ("me_cfs",)}, {"d"}),
        ({"badge": ("no such badge",)}, set()),
    ],
)
def test_facets_narrow_and_their_values_widen(facets, expected):
    assert set(found(**facets)) == expected


def test_facets_count_all_that_fits_and_not_only_the_page():
    results = search(INDEX, Query(text="pacing", size=1))
    assert results.total == 3
    assert len(results.hits) == 1
    assert results.facets["badge"] == {"not_stated": 2, "required": 1}
    assert results.facets["definition"] == {"ccc_2003": 2, "fukuda_1994": 1}
    assert results.facets["year"] == {"2020": 2, "2019": 1}


def naive_counts(cards):
    """Facet -> value -> cards, by looking at each card."""
    counts = {name: Counter() for name in (*FACETS, "year")}
    for one in cards:
        counts["badge"][one.badge.value] += 1
        counts["design"][one.design.value] += 1
        counts["read"][one.read.value] += 1
        counts["definition"].update(set(one.definitions))
        counts["topic_class"].update(set(one.topics))
        counts["year"].update({str(one.year)} if one.year else ())
    return {name: dict(found) for name, found in counts.items()}


WORDS = ["rest", "pacing", "sleep", "muscle"]
SOME = st.lists(st.sampled_from([f"value_{n}" for n in range(40)]), max_size=6).map(tuple)
MADE = st.builds(
    IndexedCard,
    id=st.uuids().map(str),
    title=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    citation=st.just(""),
    badge=st.sampled_from(Badge),
    design=st.sampled_from(Design),
    read=st.sampled_from(ReadScope),
    year=st.none() | st.integers(1950, 2026),
    definitions=SOME,
    topics=SOME,
)


@pytest.mark.parametrize("beside", [False, True])
@settings(max_examples=25, deadline=None)
@given(cards=st.lists(MADE, min_size=1, max_size=40), words=st.sets(st.sampled_from(WORDS)))
def test_counts_are_those_of_looking_at_each_card(beside, cards, words):
    index = index_in_memory(cards)
    index.beside = ThreadPoolExecutor(1) if beside else None
    results = search(index, Query(text=" ".join(words), size=1))
    fitting = [one for one in cards if words <= set(one.title.split())]
    assert results.facets == naive_counts(fitting)
    assert results.total == len(fitting)


def test_more_values_than_any_screen_shows_are_all_counted():
    many = [
        card(str(n), "rest", definitions=(f"d{n}", f"d{n + 1}"), year=1000 + n)
        for n in range(2_000)
    ]
    facets = search(index_in_memory(many), Query(text="rest")).facets
    assert facets["definition"] == naive_counts(many)["definition"]
    assert facets["year"] == naive_counts(many)["year"]


def test_a_card_without_a_year_is_in_no_year():
    assert "0" not in search(INDEX, Query()).facets["year"]


def test_without_words_the_newest_come_first():
    assert found() == ["b", "e", "a", "c", "d"]


def naive_newest(cards):
    """Ids by year, the newest first; those of one year as they were written, those of none last."""
    return [one.id for one in sorted(cards, key=lambda one: -(one.year or 0))]


@settings(max_examples=12, deadline=None)
@given(
    cards=st.lists(MADE, min_size=1, max_size=60),
    page=st.integers(1, 8),
    size=st.integers(1, 12),
)
def test_pages_of_the_newest_divide_one_order(cards, page, size):
    hits = search(index_in_memory(cards), Query(page=page, size=size)).hits
    start = (page - 1) * size
    assert [hit.id for hit in hits] == naive_newest(cards)[start : start + size]


@pytest.mark.parametrize(
    ("offset", "size", "expected"),
    [
        (0, 5, ((2020,), 0)),
        (0, 6, ((2020, 2019), 0)),
        (4, 2, ((2020, 2019), 0)),
        (5, 2, ((2019,), 5)),
        (6, 3, ((2019, 1998), 5)),
        (9, 1, ((1998,), 8)),
        (9, 2, ((), 0)),  # beyond the last year may be cards without one
        (40, 20, ((), 0)),
    ],
)
def test_the_years_of_a_page_are_known_from_their_counts(offset, size, expected):
    counts = {"1998": 2, "2020": 5, "2019": 3}
    assert years_of_page(counts, offset, size) == expected


TOLD = [
    card("old", "Rest rest rest", year=1990),
    card("new", "A long title in which rest is named once", year=2020),
    card("middle", "Rest and sleep", year=2005),
    card("other", "Sleep", year=2024),
]


def test_a_word_of_nearly_every_card_is_wanted_but_does_not_order():
    index = index_in_memory(TOLD)
    ordered = [hit.id for hit in search(index, Query(text="rest")).hits]
    assert ordered[0] == "old"  # it speaks of nothing else
    index.common_from = 2
    assert [hit.id for hit in search(index, Query(text="rest")).hits] == [
        "new",
        "middle",
        "old",
    ]
    assert [hit.id for hit in search(index, Query(text="rest sleep")).hits] == ["middle"]
    assert search(index, Query(text="rest")).total == 3


@pytest.mark.parametrize("sample", [5, 99])
def test_a_rarer_word_beside_it_orders_again(sample):
    cards = [*TOLD, card("most", "Sleep and rest: sleep, sleep", year=1980)]
    index = index_in_memory(cards, sample=sample)
    index.common_from = 3
    assert search(index, Query(text="rest sleep")).hits[0].id == "most"


@settings(max_examples=15, deadline=None)
@given(
    cards=st.lists(MADE, min_size=4, max_size=40),
    common_from=st.integers(0, 12),
    wanted=st.sets(st.sampled_from(WORDS), max_size=3),
    unwanted=st.sets(st.sampled_from(WORDS), max_size=1),
    sample=st.integers(1, 4),
    year=st.none() | st.integers(1950, 2026),
)
def test_common_words_find_what_they_find_where_none_is_common(
    cards, common_from, wanted, unwanted, sample, year
):
    """Whatever the sample says of the rest, and however many of the words are common."""
    text = " ".join([*wanted, *(f"-{word}" for word in unwanted)])
    query = Query(text=text, year_from=year, size=100)
    plain, index = index_in_memory(cards), index_in_memory(cards, sample=sample)
    index.common_from = common_from
    results, expected = search(index, query), search(plain, query)
    assert results.facets == expected.facets
    fitting = {hit.id for hit in expected.hits}
    assert {hit.id for hit in results.hits} == fitting
    if common_from == 0:
        newest = [name for name in naive_newest(cards) if name in fitting]
        assert [hit.id for hit in results.hits] == newest


def test_the_words_whose_lack_is_known_are_kept_with_the_index(tmp_path):
    write_index(TOLD, tmp_path, mark="one", sample=4)
    opened = open_index(tmp_path, mark="one")
    assert opened.lacked == {"rest"}
    opened.common_from = 2
    assert [hit.id for hit in search(opened, Query(text="rest")).hits] == [
        "new",
        "middle",
        "old",
    ]
    assert [hit.id for hit in search(opened, Query(text="-rest")).hits] == ["other"]


def test_a_word_is_lacked_by_its_stem_in_every_part_of_a_card():
    cards = [
        card("title", "Resting", year=2004),
        card("text", "Nothing", text="They rested.", year=2003),
        card("journal", "Nothing", journal="Rest", year=2002),
        card("none", "Nothing", year=2001),
    ]
    index = index_in_memory(cards, sample=4)
    index.common_from = 2
    assert [hit.id for hit in search(index, Query(text="rests")).hits] == [
        "title",
        "text",
        "journal",
    ]


def test_without_many_cards_no_word_is_common():
    assert not index_in_memory(TOLD).is_common("everything", ["rest"])


def test_a_hit_says_what_the_list_shows():
    (hit,) = search(INDEX, Query(text="title:rest title:pacing")).hits
    assert (hit.id, hit.retracted, hit.n_cases, hit.year) == ("e", True, 12, 2020)
    assert hit.text_origin == "digest"


def test_pages_divide_the_hits():
    pages = [found(page=page, size=2) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert sorted(name for page in pages for name in page) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    "values",
    [{"page": 0}, {"page": -5}, {"size": 0}, {"size": 10**9}, {"page": MAX_DEEP * 1000}],
)
def test_numbers_out_of_range_are_brought_into_it(values):
    assert search(INDEX, Query(**values)).total == 5


@given(st.text(max_size=300))
def test_nothing_that_can_be_typed_is_an_error(text):
    assert search(INDEX, Query(text=text)).total >= 0


@given(
    st.lists(
        st.sampled_from(
            [
                '"',
                "AND",
                "OR",
                "NOT",
                "(",
                ")",
                "title:",
                "-",
                "+",
                "^2",
                "~",
                "*",
                "[a TO b]",
                "rest",
                "x:y",
                "/a/",
            ]
        ),
        max_size=30,
    )
)
def test_signs_of_query_languages_are_words_or_nothing(parts):
    assert search(INDEX, Query(text=" ".join(parts))).total >= 0
    assert search(INDEX, Query(text="".join(parts))).total >= 0


@given(st.text(max_size=50), st.text(max_size=50))
def test_any_value_of_a_facet_and_any_text_go_together(text, value):
    assert search(INDEX, Query(text=text, badge=(value,), definition=(value,))).total == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rest", (Clause(text="rest"),)),
        ('"long rest', (Clause(text="long rest", phrase=True),)),
        ("-rest", (Clause(text="rest", excluded=True),)),
        ("author:Roe", (Clause(text="Roe", field=Field.AUTHOR, phrase=True),)),
        ("doctor:Roe", (Clause(text="doctor Roe", phrase=True),)),
        ('- -- "" ( )', ()),
    ],
)
def test_a_query_is_read_as_clauses(text, expected):
    assert clauses(text) == expected


def test_an_endless_query_is_cut():
    assert len(clauses("word " * 100_000)) <= 24


def test_an_index_is_believed_only_for_its_own_cards(tmp_path):
    write_index(CARDS, tmp_path, mark="one")
    opened = open_index(tmp_path, mark="one")
    assert opened is not None
    assert len(opened) == len(CARDS)
    assert search(opened, Query(text="pacing")).total == 3
    assert open_index(tmp_path, mark="other") is None
    assert open_index(tmp_path / "missing", mark="one") is None


def test_a_damaged_index_is_not_opened(tmp_path):
    write_index(CARDS, tmp_path, mark="one")
    (tmp_path / "meta.json").write_text("{")
    assert open_index(tmp_path, mark="one") is None


def test_an_index_can_be_written_over_another(tmp_path):
    write_index(CARDS, tmp_path, mark="one")
    write_index(CARDS[:2], tmp_path, mark="two")
    assert len(open_index(tmp_path, mark="two")) == 2
