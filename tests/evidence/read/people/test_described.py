"""How ill the people of made-up studies were, and where they were found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import ORIGIN, paper, plain

from rapport.cards.facts import Participants
from rapport.core.vocabulary import Design
from rapport.evidence.publication import AbstractPart, Publication
from rapport.evidence.read.people.described import setting, with_description
from rapport.evidence.read.people.severity import severity
from rapport.evidence.read.text.document import document
from rapport.evidence.read.text.values import Told, value_reader
from rapport.knowledge.reading.values import DESCRIBED


def how_ill(told):
    reader = value_reader(DESCRIBED)
    return severity(told, reader.read(told), reader)


SEVERITIES = [
    ("Patients with mild ME/CFS took part.", "mild", ""),
    ("Patients with mild to moderate ME/CFS took part.", "mild moderate", ""),
    ("Patients with mild or moderate CFS took part.", "mild moderate", ""),
    ("Patients with moderate to severe ME/CFS took part.", "moderate severe", ""),
    ("Moderately affected patients took part.", "moderate", ""),
    ("Mildly affected participants took part.", "mild", ""),
    ("Ten patients with severe ME/CFS were visited.", "severe", ""),
    ("Severely affected patients were visited.", "severe", ""),
    ("We asked patients who were severely ill.", "severe", ""),
    ("Severely ill patients were asked.", "severe", ""),
    ("Four very severely affected patients were visited.", "very_severe", ""),
    ("Nine were bedbound.", "very_severe", ""),
    ("Nine patients were bedridden.", "very_severe", ""),
    ("Twelve of them were housebound.", "housebound", ""),
    ("Twelve were home-bound.", "housebound", ""),
    ("Housebound patients were excluded.", "", "housebound"),
    ("Bedbound people could not take part.", "", "very_severe"),
    ("Patients with severe ME/CFS were excluded.", "", "severe"),
    ("Patients with severe long COVID took part.", "severe", ""),
    ("Illness severity was mild in ten.", "mild", ""),
    (
        "We asked people with moderate (mainly housebound) to severe ME/CFS.",
        "moderate severe housebound",
        "",
    ),
    ("Those who could not leave their homes were excluded.", "", "housebound"),
    (
        "Inclusion criteria were moderate ME/CFS; exclusion criteria were severe ME/CFS.",
        "moderate",
        "severe",
    ),
    ("Patients with severe ME/CFS were not excluded.", "severe", ""),
    ("We included people with ME/CFS who were not bedridden.", "", "very_severe"),
    ("Of 40 people 20 (50%) were moderately affected.", "moderate", ""),
    ("All patients had a severe to moderate degree of disability.", "moderate severe", ""),
    ("Patients were classified as mild or moderate by their Bell score.", "mild moderate", ""),
    # traps
    ("All had severe fatigue.", None, None),
    ("All had had mild acute COVID-19.", None, None),
    ("Severe acute respiratory syndrome came first.", None, None),
    ("Moderate exercise was advised.", None, None),
    ("Patients with mild cognitive impairment took part.", None, None),
    ("Many people with the illness are housebound.", None, None),
    ("An estimated quarter are bedbound.", None, None),
    ("Symptom severity was measured.", None, None),
    ("Pain was severe in ten.", None, None),
    ("Ten had more severe ME/CFS than others.", None, None),
    ("Women had a higher risk of severe ME/CFS.", None, None),
    ("Ten had severe ME/CFS symptoms.", None, None),
    ("Patients with severe ME/CFS are often left out of research.", None, None),
    ("Previous studies asked severely affected patients.", None, None),
    ("A charity for people with severe ME/CFS shared the link.", None, None),
    ("Residents who were neither ill nor bedbound took part.", None, None),
    ("The scale ranges from 0 (bedridden) to 10.", None, None),
    ("Cases were hospitalised with severe illness.", None, None),
]


@pytest.mark.parametrize(("text", "levels", "left_out"), SEVERITIES)
def test_how_ill_people_were_is_read_where_it_is_stated(text, levels, left_out):
    told = Told(paper(title="A made-up study of ME/CFS", abstract=text))
    found = how_ill(told)
    if levels is None:
        assert found is None
    else:
        assert (" ".join(found.levels), " ".join(found.left_out)) == (levels, left_out)


SETTINGS = [
    ("Patients were recruited from ten general practices.", "primary_care"),
    ("The study was set in primary care.", "primary_care"),
    ("They were referred by general practitioners.", "primary_care"),
    ("Patients were recruited at a specialist clinic.", "specialist_clinic"),
    ("Patients attending a fatigue clinic were asked.", "specialist_clinic"),
    ("They were seen at a long COVID clinic.", "specialist_clinic"),
    ("All were outpatients.", "specialist_clinic"),
    ("Patients were enrolled at two hospitals.", "hospital"),
    ("The trial was conducted at a university hospital.", "hospital"),
    ("Patients admitted to the intensive care unit were asked.", "hospital"),
    ("A community-based sample was drawn.", "community"),
    ("Adults were drawn from the general population.", "community"),
    ("A nationally representative survey was used.", "community"),
    ("An online survey was run.", "online"),
    ("People were recruited via social media.", "online"),
    ("A link to a web-based questionnaire was sent.", "online"),
    ("People were recruited through patient organisations.", "patient_organisation"),
    ("The survey was shared with support groups.", "patient_organisation"),
    ("People were found in electronic health records.", "records"),
    ("UK Biobank was used.", "records"),
    ("Blood was taken at home visits.", "home"),
    ("A home-based exercise programme was tested.", "home"),
    ("Children from six schools took part.", "school_or_work"),
    ("Patients were diagnosed at an outpatient clinic.", "specialist_clinic"),
    ("Patient associations were contacted.", "patient_organisation"),
    ("Patients seen at a fatigue clinic filled in an online survey.", "specialist_clinic"),
    ("Patients seen at a fatigue clinic had been referred by their GPs.", "specialist_clinic"),
    # traps
    ("A web-based questionnaire was used to rate pain.", None),
    ("Usual care involved referral to a specialist clinic.", None),
    ("Vaccination was confirmed in electronic health records.", None),
    ("We counted the value for employers and employees.", None),
    ("Covariates were age and being admitted to hospital.", None),
    ("Healthy volunteers were recruited from the local community.", None),
    ("They told of their experiences of accessing primary care.", None),
    ("They told of their roles in the community.", None),
    ("The outcome was being admitted to hospital.", None),
    ("People admitted to hospital were not eligible.", None),
    ("Results will be shared with patient organisations.", None),
    ("The hospital's ethics committee agreed.", None),
    ("The Hospital Anxiety and Depression Scale was used.", None),
    ("Future studies in primary care are due.", None),
    ("Scores were lower than in the general population.", None),
    ("More details are available online.", None),
    ("The trial was registered in a clinical trial registry.", None),
    ("Work was funded by patient organisations.", None),
    ("Serum was shipped to a hospital laboratory.", None),
]


@pytest.mark.parametrize(("text", "values"), SETTINGS)
def test_where_people_were_found_is_read_where_it_is_stated(text, values):
    told = Told(paper(abstract=text))
    found = setting(told, value_reader(DESCRIBED).read(told), Design.CROSS_SECTIONAL)
    assert (found and " ".join(found.values)) == values


def test_without_the_name_of_the_illness_people_may_be_ill_with_anything():
    told = Told(paper(abstract="Severely affected patients and ten bedbound people took part."))
    assert how_ill(told) is None


def test_an_item_of_a_list_of_exclusion_criteria_keeps_people_out():
    text = "Inclusion criteria:\n\n- Mild ME/CFS\n\nExclusion criteria:\n\n- Severe ME/CFS\n"
    found = how_ill(Told(plain(text, title="Rest in ME/CFS")))
    assert (found.levels, found.left_out) == (("mild",), ("severe",))


def test_the_background_of_an_abstract_tells_of_others():
    part = AbstractPart(label="Background", text="Patients with severe ME/CFS took part.")
    publication = Publication(origin=ORIGIN, title="Rest in ME/CFS", abstract=(part,))
    assert how_ill(Told(document(publication))) is None


def test_what_one_person_tells_is_not_said_of_the_study():
    told = Told(paper(abstract="I was admitted to a hospital, housebound and bedbound."))
    assert value_reader(DESCRIBED).read(told) == []


def test_in_the_results_only_a_count_tells_how_ill_people_were():
    story = Told(
        paper(
            title="Life with ME/CFS", sections={"Results": "For housebound people it is hard."}
        )
    )
    count = Told(
        paper(title="Life with ME/CFS", sections={"Results": "Twelve people were housebound."})
    )
    assert how_ill(story) is None
    assert how_ill(count) is not None


def test_in_a_trial_records_are_no_setting():
    told = Told(paper(abstract="Deaths were found in electronic health records."))
    assert setting(told, value_reader(DESCRIBED).read(told), Design.RCT) is None


def test_a_review_has_no_people_to_describe():
    told = Told(paper(abstract="Patients with mild ME/CFS (mean age 40 years) were studied."))
    assert with_description(Participants(), Design.NARRATIVE_REVIEW, told) == Participants()


def test_a_protocol_tells_how_many_are_planned():
    told = Told(paper(abstract="A total of 80 patients will be recruited."))
    assert with_description(Participants(), Design.PROTOCOL, told).planned.n == 80


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    with_description(Participants(), Design.RCT, Told(paper(abstract=text)))
