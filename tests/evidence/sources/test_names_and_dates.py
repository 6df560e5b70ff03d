"""Names, dates, languages and kinds as exports write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.dates import PartialDate
from rapport.evidence.publication import Author
from rapport.evidence.sources.managers.latex import latex_text
from rapport.evidence.sources.managers.loose_record import clean, page_range
from rapport.evidence.sources.values.languages import language_code
from rapport.evidence.sources.values.names import author, authors
from rapport.evidence.sources.values.publication_kinds import publication_kind
from rapport.evidence.sources.values.written_dates import cited_date, written_date


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Roe, Jane Q.", "Roe", "Jane Q."),
        ("Roe JQ", "Roe", "JQ"),
        ("Roe J.Q.", "Roe", "J.Q."),
        ("Jane Q. Roe", "Roe", "Jane Q."),
        ("Ludwig van der Poe", "van der Poe", "Ludwig"),
        ("van der Poe, Ann", "van der Poe", "Ann"),
        ("Roe, Jr., Jane", "Roe Jr.", "Jane"),
        ("Jane Roe Jr", "Roe Jr", "Jane"),
        ("Plato", "Plato", None),
        ("García-Roe, Ana", "García-Roe", "Ana"),
    ],
)
def test_a_name_is_taken_apart(text, family, given):
    assert author(text) == Author(family=family, given=given)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Roe, Jane; Doe, Ben", ["Roe", "Doe"]),
        ("Roe, Jane and Doe, Ben", ["Roe", "Doe"]),
        ("Roe JQ, Doe B", ["Roe", "Doe"]),
        ("Roe, Jane", ["Roe"]),
        ("Roe, J.; ", ["Roe"]),
        ("", []),
    ],
)
def test_a_list_of_names_is_divided(text, families):
    assert [each.family for each in authors(text)] == families


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2013", (2013,)),
        ("2013-07", (2013, 7)),
        ("2013-07-21", (2013, 7, 21)),
        ("2013/07/21/", (2013, 7, 21)),
        ("2013///", (2013,)),
        ("2013-07-21T10:00:00Z", (2013, 7, 21)),
        ("21.07.2013", (2013, 7, 21)),
        ("07/21/2013", (2013, 7, 21)),
        ("03/04/2013", (2013,)),  # day or month first: cannot be told
        ("July 21, 2013", (2013, 7, 21)),
        ("2013 Jul 21", (2013, 7, 21)),
        ("21 juillet 2013", (2013, 7, 21)),
        ("2013 May-Jun", (2013, 5)),
        ("Spring 2013", (2013,)),
        ("2013-13-40", (2013,)),
        ("in press", None),
        ("", None),
    ],
)
def test_a_date_has_the_precision_it_is_written_with(text, date):
    expected = (
        PartialDate(**dict(zip(("year", "month", "day"), date, strict=False))) if date else None
    )
    assert written_date(text) == expected


@given(st.text(max_size=40))
def test_no_text_is_too_odd_for_a_date_or_a_name(text):
    found = written_date(text)
    assert found is None or (1 <= (found.month or 1) <= 12 and 1 <= (found.day or 1) <= 31)
    assert all(each.family or each.given for each in authors(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("eng", "en"),
        ("English", "en"),
        ("en-GB", "en"),
        ("ger", "de"),
        ("Deutsch", "de"),
        ("und", None),
        ("", None),
        (None, None),
        ("tlh", "tlh"),
    ],
)
def test_languages_are_one_code(text, code):
    assert language_code(text) == code


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("JOUR", "Journal Article"),
        ("journalArticle", "Journal Article"),
        ("CHAP", "Book Chapter"),
        ("Clinical Trial", "Clinical Trial"),
        ("GEN", None),
        ("", None),
    ],
)
def test_kinds_are_in_pubmeds_words(text, kind):
    assert publication_kind(text) == kind


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"Garc{\'\i}a", "García"),
        ("{ME/CFS}", "ME/CFS"),
        ("50% of all", "50% of all"),
        (r"50\% of all", "50% of all"),
        ("a -- b", "a – b"),
        (r"$\alpha$-amylase", "α-amylase"),
        (r"Taylor \& Francis", "Taylor & Francis"),
        ("plain", "plain"),
    ],
)
def test_latex_becomes_what_it_prints(latex, text):
    assert latex_text(latex) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("in <i>vitro</i>", "in vitro"),
        ("p < 0.05 and q > 3", "p < 0.05 and q > 3"),  # no markup
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."),
        ("H<sub>2</sub>O &amp; more", "H2O & more"),
        ("  ", None),
    ],
)
def test_markup_is_taken_out_of_loose_text(text, cleaned):
    assert clean(text) == cleaned


def test_pages_have_a_plain_hyphen():
    assert [page_range(text) for text in ("368--76", "368–76", "e12")] == [
        "368-76",
        "368-76",
        "e12",
    ]


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("J Rest. 2021 Jun;147(6):2400", "2021-06"),
        ("J Rest. 2021 Jun 3;516:61-63", "2021-06-03"),
        ("Rest at Home. 2021 Jun 6;:", "2021-06-06"),
        ("J Rest. 2011 Mar 5-11;377:823", "2011-03"),  # of several days, the month
        ("J Rest. 2011;377:823. doi: 10.9999/2012.1", "2011"),
        ("J Rest (1998). 2011", "2011"),
        ("J Rest 2011;377", None),  # no citation as PubMed writes it
        (None, None),
    ],
)
def test_the_date_in_a_citation(citation, expected):
    found = cited_date(citation)
    assert (str(found) if found else None) == expected
