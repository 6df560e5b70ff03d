"""Parts of a study's people, each with a rule of its own; and those among them who met a definition."""

import pytest
from tests.evidence.read.short_texts import M, R, read

from rapport.core.vocabulary import Badge

ABOUT = ("Grip and ME/CFS", "We compared patients with ME/CFS with healthy controls.")
COVID = ("Grip after COVID-19", "We tested 40 people with fatigue after COVID-19.")

TOLD = [
    # Two parts with a rule each, told in one sentence.
    (ABOUT, "Patients in Riga (n = 30) were diagnosed by the Canadian criteria, those in Turin (n = 28) by the 1994 Fukuda criteria.", M),
    (ABOUT, "Patients in Riga (n = 30) were diagnosed by the Canadian criteria, those in Turin (n = 28) by the IOM criteria.", R),
    # Some met it and others did not: it let nobody in.
    (COVID, "People with fatigue for six months after COVID-19 were recruited. Nineteen patients fulfilled the Canadian Consensus Criteria for ME/CFS and 21 did not.", M),
    (COVID, "Nineteen patients fulfilled the Canadian Consensus Criteria for ME/CFS, and two did not complete the tests.", R),
    (ABOUT, "Of 90 patients who met the Fukuda criteria, 50 also met the Canadian criteria (group A) and 40 did not (group B).", M),
    (ABOUT, "Ninety patients met the Canadian criteria, while the 40 controls did not.", R),
]  # fmt: skip


@pytest.mark.parametrize(("front", "methods", "badge"), TOLD)
def test_a_rule_of_a_part_is_no_rule_of_all(front, methods, badge):
    title, abstract = front
    assert read(title, abstract, methods).pem.badge is badge


PARTS = [
    ("Discovery cohort.", "Validation cohort."),
    ("First sample.", "Second sample."),
    ("Cohort A.", "Cohort B."),
    ("The first study took place in 2011.", "The second study took place in 2019."),
]


@pytest.mark.parametrize("names", PARTS)
def test_the_name_of_a_part_holds_for_the_sentences_behind_it(names):
    first, second = names
    asked = "Patients came from one clinic. All of them met the Canadian criteria."
    other = (
        "Stored blood was used. These patients had been enrolled by the 1994 Fukuda criteria."
    )
    badge = read(*ABOUT, f"{first} {asked} {second} {other}").pem.badge
    assert badge is Badge.MIXED


@pytest.mark.parametrize(
    "between", ["", "Blood was drawn.", "The first part of the morning was quiet."]
)
def test_without_the_names_of_two_parts_both_rules_are_those_of_all(between):
    asked = "All patients met the Canadian criteria."
    other = "They also met the 1994 Fukuda criteria."
    assert read(*ABOUT, f"{asked} {between} {other}").pem.badge is Badge.REQUIRED
