"""The ages of the people in made-up studies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.core.spans import is_verbatim
from rapport.evidence.read.people.age import age
from rapport.evidence.read.text.values import Told

AGES = [
    ("The mean age was 43.7 years.", {"mean": 43.7}),
    ("The mean age was 43.7 (SD 15.3) years.", {"mean": 43.7, "sd": 15.3}),
    ("Mean age was 43.7 ± 15.3 years.", {"mean": 43.7, "sd": 15.3}),
    ("Their mean (SD) age was 43.7 (15.3) years.", {"mean": 43.7, "sd": 15.3}),
    ("The average age of the patients was 51 years.", {"mean": 51}),
    ("Patients (mean age 47, SD = 11) were asked.", {"mean": 47, "sd": 11}),
    ("Forty women (mean age: 39.5 ± 8.1) took part.", {"mean": 39.5, "sd": 8.1}),
    ("They were aged 43.7 ± 15.3 years.", {"mean": 43.7, "sd": 15.3}),
    ("Patients, 45.2 (9.1) years of age, took part.", {"mean": 45.2, "sd": 9.1}),
    ("Patients were 44 ± 9 years old.", {"mean": 44, "sd": 9}),
    ("The median age was 45 years.", {"median": 45}),
    ("Median age was 45 (IQR 35-55) years.", {"median": 45, "iqr_low": 35, "iqr_high": 55}),
    ("The median age was 45 years (range 18 to 71).", {"median": 45, "low": 18, "high": 71}),
    ("Mean age was 45 years (range 18-71).", {"mean": 45, "low": 18, "high": 71}),
    ("Ages ranged from 18 to 71 years.", {"low": 18, "high": 71}),
    ("Forty people (aged 19-64 years) took part.", {"low": 19, "high": 64}),
    ("Women aged 20 to 77 years (median 44 years).", {"median": 44, "low": 20, "high": 77}),
    ("Adults aged 18-65 years took part.", {"entry_low": 18, "entry_high": 65}),
    ("Eligible were adults aged 18 to 65.", {"entry_low": 18, "entry_high": 65}),
    ("Inclusion criteria were age between 16 and 60.", {"entry_low": 16, "entry_high": 60}),
    ("The mean age of patients at visit 1 was 49 years.", {"mean": 49}),
    ("Of 60 participants (58 ± 15 years, 54% male), ten left.", {"mean": 58, "sd": 15}),
    ("Forty patients with fatigue (78% women, 51 ± 11 years) came.", {"mean": 51, "sd": 11}),
    ("Adults aged 18 years or older took part.", {"entry_low": 18}),
    ("Eligible were people of 16 years of age and above.", {"entry_low": 16}),
    ("Inclusion criteria were: age ≥ 18 years; fatigue.", {"entry_low": 18}),
    ("Participants aged at least 21 years were included.", {"entry_low": 21}),
    ("Median age was 52 years (IQR 40, 63).", {"median": 52, "iqr_low": 40, "iqr_high": 63}),
    # traps
    ("Most were between 40 and 60 years of age (57%).", {}),
    ("The median age was 47 years, with 40 to 60 years of age (57%).", {"median": 47}),
    ("The median age of the 16 included participants was not told.", {}),
    ("The measure can be administered to children aged 5 to 7 years.", {}),
    ("Of 60 participants (8 ± 5 years of illness), 54% were male.", {}),
    ("Patients (12.3 ± 4.5 years ill, 80% women) took part.", {}),
    ("Those who had been ill for 5 years or more took part.", {}),
    ("Fatigue was worse in those aged 60 years or older.", {}),
    ("The mean age of the 37 adult controls was 40 years.", {}),
    ("Those who fell ill were more likely to be aged 46-65 years.", {}),
    ("Age at onset was 30.2 years.", {}),
    ("The controls had a mean age of 41 years.", {}),
    ("In previous studies the mean age was 50 years.", {}),
    ("The illness had lasted 12.3 ± 4.5 years.", {}),
    ("Groups were matched for age.", {}),
    ("Mean gestational age was 38 weeks.", {}),
    ("Mean fatigue was 43.7 (15.3).", {}),
    ("The rats were aged 12 ± 1 weeks.", {}),
    ("Risk rose with age 40-49 (OR 1.4).", {}),
    ("At this age rest is needed.", {}),
    ("Those aged 41-70 years were seen earlier.", {}),
    ("The control group was large, with a mean age of 36.7 years.", {}),
    ("The mean age was 430 years.", {}),
]


@pytest.mark.parametrize(("text", "stated"), AGES)
def test_ages_are_read_where_they_are_stated(text, stated):
    told = Told(paper(abstract=text))
    found = age(told)
    if not stated:
        assert found is None
        return
    names = [name for name in found.__struct_fields__ if name != "evidence"]
    read = {name: getattr(found, name) for name in names if getattr(found, name) is not None}
    assert read == stated
    assert all(is_verbatim(each, told.document.canonical.fields) for each in found.evidence)


def test_the_spread_of_another_sentence_does_not_fit():
    told = Told(
        paper(
            abstract="Mean age was 45 years.",
            sections={"Results": "In the subgroup the mean age was 39 (SD 3) years."},
        )
    )
    assert (age(told).mean, age(told).sd) == (45, None)


def test_thin_spaces_and_real_dots_change_nothing():
    told = Told(paper(abstract="Mean age was 43·7\u2009±\u200915·3\u00a0years."))
    assert (age(told).mean, age(told).sd) == (43.7, 15.3)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    age(Told(paper(abstract="Mean age " + text)))
