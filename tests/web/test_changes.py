"""The page of what changed, and what a card says happened since."""

import json

import pytest

from rapport.core.vocabulary import Design
from rapport.evidence.release.difference import CardChange, Cause, Fate, FieldChange
from rapport.web import words
from rapport.web.since import became, told, why


@pytest.fixture
def compared(open_site, client, release_folder, earlier_folder):
    """Asks the site over the made-up release, with the one before it."""
    open_site(release_folder, before=earlier_folder)

    def asked(address):
        response = client.get(address)
        assert response.status_code == 200, response.content
        return response.content.decode()

    return asked


def change(*causes, fate=Fate.CHANGED, now=None):
    return CardChange(card="pmid-1", fate=fate, causes=causes, now=now)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("changed", ["PEM badge: before “PEM not stated”, now “PEM required”."]),
        ("changed", ["Number of patients: before “not stated”, now “42”."]),
        ("changed", ["Because we read another text."]),
        ("new", ["part 2", "Because its record is new to us."]),
        ("gone", ["part 200", "Because its record is no longer among what we read."]),
    ],
)
def test_the_page_tells_what_changed_as_a_person_would(compared, what, expected):
    page = compared(f"/changes?what={what}")
    assert all(line in page for line in expected)


def test_the_page_counts_every_card_once(compared):
    counted = json.loads(compared("/changes.json"))
    assert counted["counts"] == {"new": 1, "gone": 1, "changed": 1}
    assert counted["unchanged"] == 28
    assert counted["before"]["release"] != counted["now"]["release"]
    assert [one["card"] for one in counted["changes"]] == ["pmid-90000001"]


def test_a_card_that_is_gone_has_no_link(compared):
    assert "/cards/pmid-90000200/" not in compared("/changes?what=gone")
    assert "/cards/pmid-90000002/" in compared("/changes?what=new")


@pytest.mark.parametrize(
    "query", ["what=else", "page=0", "page=2", "page=x", "what=new&page=9"]
)
def test_what_is_not_there_gets_a_calm_answer(open_site, client, release_folder, earlier_folder, query):  # fmt: skip
    open_site(release_folder, before=earlier_folder)
    for address in ("/changes", "/changes.json"):
        assert client.get(f"{address}?{query}").status_code == 404


def test_a_site_with_one_release_says_that_there_is_nothing_to_compare(client):
    assert "one release only" in client.get("/changes").content.decode()
    assert json.loads(client.get("/changes.json").content)["before"] is None


@pytest.mark.parametrize(
    ("causes", "sentence"),
    [
        ((), "We cannot tell why."),
        ((Cause.DECISION,), "Because people decided."),
        (
            (Cause.TEXT, Cause.RULE),
            "Because we read another text, or the rules by which we read changed. "
            "We cannot tell which.",
        ),
    ],
)
def test_a_doubt_about_the_cause_is_told(causes, sentence):
    assert why(change(*causes)) == sentence


def test_where_a_card_went_is_told():
    held = became(change(fate=Fate.GONE, now="refused: no-span"))
    assert (held.text, held.address) == ("The gate holds it back: no-span", "")
    assert became(change(fate=Fate.GONE, now="pmid-2")).address == "/cards/pmid-2/"
    assert became(change(fate=Fate.GONE)) is None


@pytest.mark.parametrize(
    ("field", "before", "after", "line"),
    [
        ("design.value", "other", Design.RCT.value, "now “Randomised trial”."),
        ("participants.n_cases", 40, None, "before “40”, now “not stated”."),
        ("badge.why", None, "Because.", "How people were chosen: new."),
        ("parts.observed", [{"text": "x"}], [], "Observed findings: taken away."),
        ("citation.journal", "A", "B", "Citation: different."),
        ("retracted", None, True, "Retracted: before “no”, now “yes”."),
        ("a_new.field", 1, 2, "a new, field: different."),
    ],
)
def test_a_field_is_told_by_its_name(field, before, after, line):
    (said,) = told([FieldChange(field=field, before=before, after=after)])
    assert said.endswith(line)


def test_a_card_tells_what_happened_since_and_who_says_so(client):
    page = client.get("/cards/pmid-90000006/").content.decode()
    assert "July 2019: Expression of concern" in page
    assert "The sources do not agree on what it is." in page
    assert "The sources do not agree on the date." in page
    assert "A list (Retraction Watch): correction, called “erratum”, 2020." in page
    assert (
        "Our record of this paper (PubMed 90000006): expression of concern, July 2019." in page
    )
    assert "Date not stated: Comment" in page
    assert "No list of retractions was used." in page
    assert "There is a notice about this paper." in page


def test_a_card_to_which_nothing_happened_says_so(client):
    page = client.get("/cards/pmid-90000001/").content.decode()
    assert "We know of no retraction, correction or comment." in page
    assert "There is a notice" not in page


def test_the_plain_text_of_a_card_tells_it_too(client):
    text = client.get("/cards/pmid-90000006.txt").content.decode()
    assert "What happened since" in text
    assert "July 2019: Expression of concern." in " ".join(text.split())


@pytest.mark.parametrize(
    ("date", "told_as"),
    [
        ("2013-07-21", "21 July 2013"),
        ("2013-07-01", "1 July 2013"),
        ("2013-12", "December 2013"),
        ("2013", "2013"),
        (None, "date not stated"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(date, told_as):
    assert words.day(date) == told_as
