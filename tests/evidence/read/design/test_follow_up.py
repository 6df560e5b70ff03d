"""How long made-up studies followed their people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.evidence.read.design.follow_up import follow_up
from rapport.evidence.read.text.values import Told

LENGTHS = [
    ("Patients were followed for two years.", 2, "years"),
    ("Patients were followed up for 12 months.", 12, "months"),
    ("They were followed for a median of 18 months.", 18, "months"),
    ("They were followed up over a period of 24 weeks.", 24, "weeks"),
    ("All were followed until 6 months after infection.", 6, "months"),
    ("A 12-month follow-up was done.", 12, "months"),
    ("After 6 months of follow-up they walked further.", 6, "months"),
    ("At 2 years' follow-up most had recovered.", 2, "years"),
    ("The follow-up was 10 weeks.", 10, "weeks"),
    ("Median follow-up was 3.5 years.", 3.5, "years"),
    ("Mean follow-up of 20 months was reached.", 20, "months"),
    ("The follow-up period was six months.", 6, "months"),
    ("Follow-up assessments were at 3, 6 and 12 months.", 12, "months"),
    ("The follow-up visit took place at 90 days.", 90, "days"),
    ("Fatigue was measured at baseline and at 6 months.", 6, "months"),
    ("Fatigue was measured at baseline, 4 and 8 weeks.", 8, "weeks"),
    ("Symptoms changed from baseline to 12 weeks.", 12, "weeks"),
    ("It was measured at baseline and 3 months, and after a year of follow-up.", 3, "months"),
    ("Follow-up lasted twelve months.", 12, "months"),
    ("People were followed up at 5 years.", 5, "years"),
    ("Patients had 12 ± 2 months follow-up.", 12, "months"),
    ("Costs were told at baseline, 3 months and 6 months.", 6, "months"),
    # traps
    ("Those with a follow-up period of less than 180 days recovered early.", None, None),
    ("A longer follow-up of 5 years is needed.", None, None),
    ("Previous studies followed patients for two years.", None, None),
    ("Fatigue had lasted for six months.", None, None),
    ("The follow-up was short.", None, None),
    ("They were 43 years old at baseline.", None, None),
    ("Rest followed for all.", None, None),
    ("The drug was taken for 12 weeks.", None, None),
    ("Patients will be followed for a year.", None, None),
    ("An extension with follow-up of 3 years was begun.", None, None),
]


@pytest.mark.parametrize(("text", "length", "unit"), LENGTHS)
def test_the_longest_follow_up_is_read_where_it_is_stated(text, length, unit):
    found = follow_up(Told(paper(abstract=text)), is_planned=False)
    assert (found and (found.length, found.unit.value)) == (length and (length, unit))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They were followed for a median of 18 months.", "median"),
        ("Mean follow-up was 18 months.", "mean"),
        ("They were followed for 18 months.", None),
    ],
)
def test_a_median_is_told_from_a_length(text, kind):
    assert follow_up(Told(paper(abstract=text)), is_planned=False).kind == kind


def test_a_protocol_tells_what_will_be_done():
    told = Told(paper(abstract="Patients will be followed for 12 months."))
    assert follow_up(told, is_planned=True).length == 12
    assert follow_up(told, is_planned=False) is None


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    follow_up(Told(paper(abstract="Follow-up: " + text)), is_planned=False)
