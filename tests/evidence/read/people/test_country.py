"""In which countries made-up studies were done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.evidence.read.people.country import country
from rapport.evidence.read.text.values import Told

COUNTRIES = [
    (
        "People were recruited at Rest Centre, Nap Centre, Bed Institute and Lull University in "
        "Morocco.",
        "Morocco",
    ),
    (
        "Edited by: A. Rest, University Hospital, Norway; reviewed by B. Nap, University, Peru.",
        None,
    ),
    (
        "A. Rest, Department of Sleep, Institute of Beds, Faculty of Pillows, University of Naps, "
        "Norway.",
        None,
    ),
    ("Patients were recruited in Norway.", "Norway"),
    ("Controls were people in good health recruited in Norway.", None),
    ("Clinics used lessons developed by the Nap University in Norway.", None),
    ("The study was conducted in the Netherlands.", "Netherlands"),
    ("The trial took place in the UK.", "United Kingdom"),
    ("Adults living in England were asked.", "United Kingdom"),
    ("Residents of Scotland and Wales were asked.", "United Kingdom"),
    ("The survey ran across the United States.", "United States"),
    ("People from the U.S. took part in the survey.", "United States"),
    ("Patients of a clinic in New South Wales took part.", "Australia"),
    ("Two hospitals in Seoul, South Korea, took part.", "South Korea"),
    (
        "The trial was run at sites in India, Malaysia and Thailand.",
        "India, Malaysia, Thailand",
    ),
    ("Participants from Egypt, India, and Yemen were included.", "Egypt, India, Yemen"),
    ("Women in rural Nepal took part in the trial.", "Nepal"),
    ("People in New Zealand took part.", "New Zealand"),
    ("A nationwide survey in Denmark was used.", "Denmark"),
    ("Patients were enrolled in northern Italy.", "Italy"),
    ("A population register in Sweden was used.", "Sweden"),
    ("Schools in Czech Republic took part in the study.", "Czechia"),
    # traps
    ("Serum was measured with a kit from a maker in Germany.", None),
    ("The ethics committee in Norway approved the study.", None),
    ("Blood was drawn with tubes (Maker, Vienna, Austria) in patients.", None),
    ("Earlier studies in Japan found little in patients.", None),
    ("The trial was registered in the Netherlands trial register.", None),
    ("The prevalence in Canada is high in adults.", None),
    ("Criteria of the centers for disease control in the US were used in patients.", None),
    ("It was developed in Sweden for patients.", None),
    ("Turkey was eaten by patients at dinner.", None),
    ("The Italy of old is gone.", None),
    ("Patients rested.", None),
]


@pytest.mark.parametrize(("text", "names"), COUNTRIES)
def test_countries_are_read_where_the_study_is_said_to_be(text, names):
    found = country(Told(paper(abstract=text)))
    assert (found and ", ".join(found.names)) == names


def test_a_title_tells_where_a_study_was_done():
    found = country(Told(paper(title="Fatigue in adults in Norway: a survey")))
    assert found.names == ("Norway",)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    country(Told(paper(abstract="Patients in Norway " + text)))
