"""The share of women in made-up studies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.evidence.read.people.sex import sex
from rapport.evidence.read.text.values import Told

SHARES = [
    ("In all 40 children took part (19 (46,3%) were female).", 0.463),
    ("In all 64 people (45 female participants, mean age 40 years) took part.", None),
    ("A patient advisory group (one man and six women) guided the work.", None),
    ("Two male and three female members of the research team asked them.", None),
    ("A separate cohort of 12 female participants was tested.", None),
    ("Male 14 (33.3%) 14 (38.9%) Female 28 (66.7%) 22 (61.1%).", None),
    ("Most were women (75%).", 0.75),
    ("Of the patients 75% were female.", 0.75),
    ("In all, 75.5% of the patients were women.", 0.755),
    ("Forty people (75% female) took part.", 0.75),
    ("Forty people took part (female: 75%).", 0.75),
    ("Females (n = 30, 75%) were many.", 0.75),
    ("There were 30 (75%) women.", 0.75),
    ("Of these, 75% (n = 30) were female.", 0.75),
    ("There were 40 people, 25% (n = 10) of whom were male.", 0.75),
    ("Of the sample 25% were male.", 0.75),
    ("Forty people (25% men) took part.", 0.75),
    ("There were 30 women and 10 men.", 0.75),
    ("There were 10 men and 30 women.", 0.75),
    ("Thirty women and ten men took part.", 0.75),
    ("The group had 30 females, 10 males.", 0.75),
    ("Forty people (10 male, 30 female) took part.", 0.75),
    ("Forty people (30 women (75%) and 10 men (25%)) took part.", 0.75),
    ("Twelve girls and four boys took part.", 0.75),
    ("All patients were female.", 1.0),
    ("All participants were men.", 0.0),
    ("An all-female sample was studied.", 1.0),
    ("Fifteen healthy, right-handed male volunteers were recruited.", 0.0),
    ("Ten patients were men and 30 were women.", 0.75),
    ("Ten male participants and 30 female ones took part.", 0.75),
    ("Of the patients 80.2% were female, 75.6% had pain.", 0.802),
    ("Twelve female patients had pain.", None),
    # traps
    ("Women were more likely to rest (75%).", None),
    ("Of the women 75% had pain.", None),
    ("75% of women had pain.", None),
    ("Prevalence was 75% in women.", None),
    ("Previous studies had 75% women.", None),
    ("A total of 59 of 205 (29%) women were enrolled.", None),
    ("The controls were 60% female.", None),
    ("Women and men rested alike.", None),
    ("The control group had 16 women and 14 men.", None),
    ("Mortality was slightly higher in female patients (88%).", None),
    ("Among the parents 90% were women.", None),
]


@pytest.mark.parametrize(("text", "share"), SHARES)
def test_the_share_of_women_is_read_where_it_is_stated(text, share):
    found = sex(Told(paper(abstract=text)))
    assert (found and found.share_female) == share


def test_counts_are_kept():
    found = sex(Told(paper(abstract="Thirty women and ten men took part.")))
    assert (found.n_female, found.n_male) == (30, 10)


@given(st.text(max_size=300))
def test_a_share_lies_between_none_and_all(text):
    found = sex(Told(paper(abstract="Women " + text)))
    assert found is None or 0 <= found.share_female <= 1
