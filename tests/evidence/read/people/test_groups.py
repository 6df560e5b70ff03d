"""The groups of made-up studies and the numbers made-up protocols plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.evidence.read.people.groups import groups
from rapport.evidence.read.people.planned import planned
from rapport.evidence.read.text.values import Told

GROUPS = [
    ("They had yoga (n = 24) or usual care (n = 26).", "yoga 24, usual care 26"),
    (
        "They were randomised to yoga therapy (n=24) or placebo (n=26).",
        "yoga therapy 24, placebo 26",
    ),
    (
        "Patients with ME/CFS (n = 24) and healthy controls (n = 20) gave blood.",
        "ME/CFS 24, healthy controls 20",
    ),
    (
        "The yoga group (n = 24) and the control group (n = 26) walked.",
        "yoga group 24, control group 26",
    ),
    (
        "Three groups: ME/CFS (n = 11), long COVID (n = 12), controls (n = 13).",
        "ME/CFS 11, long COVID 12, controls 13",
    ),
    ("Groups were LC with test (LC+) (n = 30) and control (n = 39).", None),
    (
        "Steroids were measured in ME/CFS patients (n = 24) and controls (n = 26).",
        "ME/CFS patients 24, controls 26",
    ),
    ("Patients were aged 50-59 years (n = 10) and had higher education (n = 9).", None),
    ("Patients came from Rest Hospital (n = 10) and Nap Hospital (n = 9).", None),
    (
        "The placebo group (N = 1,024) and the drug group (N = 1,020) slept.",
        "placebo group 1024, drug group 1020",
    ),
    ("Intervention (n: 15) and control (n: 16) were compared.", "Intervention 15, control 16"),
    ("The low (n = 10) and high (n = 11) dose groups slept.", None),
    # traps
    ("Of those, 20 (n = 20) had pain.", None),
    ("Yoga (n = 24) helped.", None),
    ("Reasons were pain (n = 2) and work (n = 3) in patients.", None),
    ("Patients reported pain (n = 2) and nausea (n = 3).", None),
    ("Pain (n = 12, 50%) and nausea (n = 3, 12%) came in patients.", None),
    ("Groups did not differ.", None),
    ("Cells of ME/CFS patients (N = 36; n = 195) and controls (N = 42; n = 257) grew.", None),
    ("Four patients (n = 4) and four patients (n = 4) left the group.", None),
    ("Patients withdrew because of pain (n = 1) or work (n = 2).", None),
]


@pytest.mark.parametrize(("text", "sizes"), GROUPS)
def test_groups_are_read_with_their_numbers(text, sizes):
    found = groups(Told(paper(abstract=text)))
    assert (found and ", ".join(f"{each.name} {each.n}" for each in found.sizes)) == sizes


PLANNED = [
    ("A total of 80 patients will be recruited.", 80),
    ("A sample size of 120 was calculated.", 120),
    ("The sample size is 96.", 96),
    ("We will recruit 60 adults with ME/CFS.", 60),
    ("We aim to include one hundred and twenty patients.", 120),
    ("We plan to randomise 1,200 women.", 1200),
    ("Eighty patients will be randomised.", 80),
    ("In all, 64 participants are needed.", 64),
    ("The trial will enrol about 300 older adults.", 300),
    ("Forty couples will be invited.", 40),
    # traps
    ("A sample of post-COVID-19 fatigue cases will be selected.", None),
    ("Patients will be recruited.", None),
    ("In previous studies 80 patients were recruited.", None),
    ("Thirty patients per group will be recruited.", None),
    ("This needs 30 patients in the yoga group and 30 patients in the rest group.", None),
    ("In each group 30 patients will be included.", None),
    ("A total of 80% of patients will rest.", None),
    ("Patients will be followed for 12 months.", None),
    ("A pilot study included 20 patients.", None),
    ("We will interview 12 patients in an interview study.", None),
]


@pytest.mark.parametrize(("text", "n"), PLANNED)
def test_the_planned_number_is_read_where_it_is_stated(text, n):
    found = planned(Told(paper(abstract=text)))
    assert (found and found.n) == n


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    told = Told(paper(abstract="Yoga (n = 2) (n = " + text))
    groups(told)
    planned(told)
