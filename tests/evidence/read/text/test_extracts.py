"""Short extracts of papers: headings of one word, and works cited without a heading above them."""

import pytest

from rapport.evidence.publication import Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.evidence.read.text.document import document
from rapport.knowledge.load import load

READER = Reader(load())
HEAD = "Sleep in patients with chronic fatigue syndrome\n\nSleep was rated in two groups. Scores differed.\n\n"
WORKS = (
    "7. Sample AB, Other CD. Sleep and how to rate it. Sleep 1990; 3: 1-9.\n"
    "8. Fukuda K, Straus SE, Hickie I, et al. Ann Intern Med 1994; 121: 953-9.\n"
)


def _publication(text):
    return Publication(
        origin=Origin(file="made up", position=1, format="example"),
        title="Sleep in patients with chronic fatigue syndrome",
        text=text,
    )


@pytest.mark.parametrize(
    ("lines", "heading"),
    [
        ("Subjects\nThe forty patients of a clinic took part in it.\n", "Subjects"),
        (
            "Eligibility\nInclusion criteria\nAge over 18 years and fatigue for six months.\n",
            "Inclusion criteria",
        ),
        (
            "INTRODUCTION\nMany sleep badly.\n\nParticipants\nForty adults took part in it.\n",
            "Participants",
        ),
    ],
)
def test_a_heading_of_one_known_word_is_one(lines, heading):
    sentences = document(_publication(HEAD + lines)).sentences
    assert sentences[-1].titles[-1:] == (heading,)
    assert not any(heading in each.text for each in sentences)


def test_a_word_that_a_sentence_goes_on_with_is_no_heading():
    text = HEAD + "The diary was filled in by all\nPatients\nof the two clinics near us.\n"
    assert "Patients" in document(_publication(text)).sentences[-1].text


def test_the_works_that_end_an_extract_are_cited_by_their_numbers():
    text = f"{HEAD}Methods\nPatients met the CDC criteria [8] for the illness.\n\n{WORKS}"
    found = document(_publication(text))
    assert sorted(found.references) == ["7", "8"]
    assert READER.read(_publication(text)).pem.definitions == ("fukuda_1994",)
    assert "Fukuda" not in " ".join(each.text for each in found.sentences)


def test_authors_with_numbers_at_the_head_of_a_paper_are_no_works():
    head = "1 Sample A, Department of Sleep\n2 Other B, Clinic, since 1999\n"
    text = f"{head}{HEAD}Methods\n" + "Patients met the CDC criteria and slept at home.\n" * 9
    assert not document(_publication(text)).references


@pytest.mark.parametrize("before", ["Introduction", "Discussion", "Conclusion"])
def test_a_part_about_the_people_belongs_to_the_methods_wherever_it_stands(before):
    letters = "abcdefghijklmnopqrstuvwxyz"
    pages = "".join(
        f"Poor sleep was seen in {a}{b} of the {b}{a}.\n" for a in letters for b in letters
    )
    text = f"Abstract\nSleep is lacking.\n\n{before}\n{pages}\nStudy cohort and design\n"
    text += "Adults met the Canadian criteria for ME/CFS.\n"
    sections = [each.section.value for each in document(_publication(text)).sentences]
    assert sections[-1] == "methods"


LISTED = """Recruitment
Target 20
Inclusion criteria
{0}ME/CFS by the Canadian Consensus Criteria, as judged by
two doctors
{1}living near the clinic
{2}consent in writing
Exclusion criteria
{0}another illness with fatigue
{1}other studies
"""


@pytest.mark.parametrize(
    "signs",
    ["\u2022 |\u2022 |\u2022 ", "- |- |- ", "* |* |* ", "1. |2. |3. ", "(1) |(2) |(3) "],
)
def test_each_item_of_a_list_is_a_sentence_of_its_own(signs):
    text = LISTED.format(*signs.split("|"))
    found = document(_publication(text))
    told = {
        each.text.lstrip("\u2022-*()0123456789. "): each.titles[-1:] for each in found.sentences
    }
    assert told["ME/CFS by the Canadian Consensus Criteria, as judged by two doctors"] == (
        "Inclusion criteria",
    )
    assert told["living near the clinic"] == ("Inclusion criteria",)
    assert told["another illness with fatigue"] == ("Exclusion criteria",)
    assert READER.read(_publication(text)).pem.definitions == ("ccc_2003",)


def test_a_dash_or_a_number_that_begins_a_line_by_chance_is_no_item():
    text = (
        "Patients met the Fukuda criteria\n- all of them - and were\n2. not pleased about it."
    )
    found = document(_publication(text))
    assert len([each for each in found.sentences if "Patients" in each.text]) == 1
    assert "- all of them - and were" in " ".join(each.text for each in found.sentences)


def test_a_line_that_is_broken_before_a_capital_is_no_heading():
    text = (
        "Sleep was rated by day and night.\nTwenty patients who fulfilled the Center for Disease\n"
        "Control and Prevention criteria for CFS completed the study of rest and sleep."
    )
    found = READER.read(_publication(text)).pem
    assert (found.badge, found.definitions) == ("not_required", ("fukuda_1994",))


@pytest.mark.parametrize("label", ["Methods and results", "Methods", "Patients and methods"])
def test_a_label_of_methods_counts_below_a_heading_that_tells_of_the_background(label):
    text = (
        "Highlights\n\u2022 We gave rest.\n\u2022 It did not help.\nAbstract\nBackground and aims\n"
        f"Sleep is poor in chronic fatigue syndrome.\n{label}\nPatients with chronic\n"
        "fatigue syndrome according to the Fukuda (1994) and Canadian (2003) criteria were\nrandomised."
    )
    found = READER.read(_publication(text)).pem
    assert (found.badge, found.definitions) == ("required", ("fukuda_1994", "ccc_2003"))
