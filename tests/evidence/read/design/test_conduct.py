"""Who was blinded, what was compared, and whether chance decided, in made-up sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.cards.facts import DesignRecord
from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Control, Design
from rapport.evidence.read.design.conduct import blinding, control, randomisation, with_conduct
from rapport.evidence.read.text.values import Told, value_reader
from rapport.knowledge.reading.values import CONDUCT


def read(reader, text):
    told = Told(paper(abstract=text))
    found = reader(told, value_reader(CONDUCT).read(told))
    if found is not None:
        assert found.evidence
        assert all(is_verbatim(each, told.document.canonical.fields) for each in found.evidence)
    return found


BLINDING = [
    ("This double-blind trial ran for a year.", "double", ""),
    ("A triple-blinded trial was run.", "triple", ""),
    ("It was a single-blind trial.", "single", ""),
    ("We ran an assessor-blinded trial.", "single", "assessors"),
    ("This open-label trial had two arms.", "open", ""),
    ("The participants were blinded to their group.", None, "participants"),
    ("Patients were unaware of what they had been given.", None, "participants"),
    ("Patients and nurses were blinded to the drug.", None, "participants clinicians"),
    ("The nurses were blinded to the drug.", None, "clinicians"),
    ("The treating physicians were masked.", None, "clinicians"),
    ("The outcome assessors were blinded.", None, "assessors"),
    ("A psychologist blinded to the group assessed memory.", None, "assessors"),
    ("Scans were read by two radiologists who were unaware of the group.", None, "assessors"),
    ("The statistician was masked to the groups.", None, "analysts"),
    ("Data were analysed blindly.", None, "analysts"),
    ("Participants could not be blinded. The assessors were blinded.", "open", "assessors"),
    ("It was not possible to blind the therapists.", "open", ""),
    ("Blinding was not feasible.", "open", ""),
    ("The trial was unblinded to all.", "open", ""),
    ("There was no blinding.", "open", ""),
    # traps
    ("Larger double-blind trials are needed.", None, None),
    ("Previous open-label studies gave hope.", None, None),
    ("Two participants were colour blind.", None, None),
    ("One subject was legally blind.", None, None),
    ("Blind people took part as well.", None, None),
    ("Samples were randomised to plates.", None, None),
    ("A face mask was worn by all.", None, None),
    ("The assessors were not blinded.", None, None),
    ("A future single-blind trial may tell.", None, None),
    ("Patients were asked to hide it from the blinded assessor.", None, "assessors"),
]


@pytest.mark.parametrize(("text", "level", "parties"), BLINDING)
def test_who_was_blinded_is_read_where_it_is_stated(text, level, parties):
    found = read(blinding, text)
    if parties is None:
        assert found is None
    else:
        assert (found.level, " ".join(found.parties)) == (level, parties)


CONTROLS = [
    ("Sixty adults took the drug or placebo.", "placebo"),
    ("A placebo-controlled trial of iron was run.", "placebo"),
    ("The placebo group had sugar pills.", "placebo"),
    ("Placebos were made by the pharmacy.", "placebo"),
    ("Half had sham stimulation.", "sham"),
    ("It was compared with sham acupuncture.", "sham"),
    ("The others were put on a waiting list.", "waiting_list"),
    ("A wait-list control group was used.", "waiting_list"),
    ("A delayed treatment group served as control.", "waiting_list"),
    ("The control group had usual care.", "usual_care"),
    ("They were randomised to yoga or treatment as usual.", "usual_care"),
    ("Standard medical care was the comparison.", "usual_care"),
    ("Pacing was added to specialist medical care.", "usual_care"),
    ("The control group received no treatment.", "no_treatment"),
    ("There was an untreated control group.", "no_treatment"),
    ("A no-treatment control group was followed.", "no_treatment"),
    ("The control group did not receive any intervention.", "no_treatment"),
    ("An attention control of equal length was used.", "active"),
    ("The active comparator was a painkiller.", "active"),
    ("This non-inferiority trial had two arms.", "active"),
    ("People were randomly assigned to pacing or relaxation therapy.", "active"),
    ("Three arms had the drug, placebo or usual care.", "placebo usual_care"),
    # traps
    ("Placebo-controlled trials are needed.", None),
    ("Previous work found a large placebo effect.", None),
    ("There was no placebo.", None),
    ("The clinic had a long waiting list.", None),
    ("There is no standard treatment for the illness.", None),
    ("Those who had received no treatment before were excluded.", None),
    ("Healthy controls gave blood.", None),
    ("The room was controlled for noise.", None),
]


@pytest.mark.parametrize(("text", "kinds"), CONTROLS)
def test_what_was_compared_is_read_where_it_is_stated(text, kinds):
    found = read(control, text)
    assert (found and " ".join(found.kinds)) == kinds


YES, NO = (True, False, None), (False, False, None)
CHANCE = [
    ("Sixty adults were randomised to rest or care.", YES),
    ("Sixty adults were randomized to rest or care.", YES),
    ("Sixty adults were randomly assigned to rest or care.", YES),
    ("Patients were then randomly allocated to two groups.", YES),
    ("This randomised controlled trial ran for a year.", YES),
    ("In this randomised, double-blind trial iron was given.", YES),
    ("Both tests were done in random order.", YES),
    ("Block randomisation was used.", YES),
    ("The randomisation list was kept by the pharmacy.", YES),
    ("The randomisation sequence came from a computer.", YES),
    ("Stratified randomisation by sex was done.", YES),
    ("This cluster-randomised trial ran in schools.", (True, True, None)),
    ("Twelve practices were randomised.", (True, True, None)),
    ("Villages were randomly assigned.", (True, True, None)),
    ("A stepped-wedge design was used.", (True, True, None)),
    ("Adults were randomised with sealed opaque envelopes.", (True, False, True)),
    ("Adults were randomised; allocation was concealed.", (True, False, True)),
    ("The groups were not randomised.", NO),
    ("This non-randomised trial had two arms.", NO),
    ("A quasi-experimental design was chosen.", NO),
    ("Patients were assigned by their preference.", NO),
    ("Patients were assigned alternately.", NO),
    # traps
    ("Larger randomised trials are needed.", None),
    ("Samples were randomised on each plate.", None),
    ("Mendelian randomisation was used.", None),
    ("Homes were randomly selected from a list.", None),
    ("A random effects model was fitted.", None),
    ("Envelopes were sent to all.", None),
    ("Other randomised studies found little.", None),
]


@pytest.mark.parametrize(("text", "stated"), CHANCE)
def test_whether_chance_decided_is_read_where_it_is_stated(text, stated):
    found = read(randomisation, text)
    assert (found and (found.is_randomised, found.by_cluster, found.concealed)) == stated


def test_nobody_is_blinded_or_randomised_in_a_study_that_treats_nobody():
    told = Told(
        paper(abstract="Their double-blind records of a randomised year were compared.")
    )
    record = with_conduct(DesignRecord(value=Design.CASE_CONTROL), told)
    assert (record.blinding, record.control, record.randomisation) == (None, None, None)


def test_a_study_of_a_single_arm_has_no_control():
    told = Told(paper(abstract="In this open-label study all patients took the drug."))
    evidence = (told.document.span(told.lookup.sentences[-1]),)
    record = DesignRecord(value=Design.SINGLE_ARM_TRIAL, evidence=evidence)
    assert with_conduct(record, told).control.kinds == (Control.NONE,)


def test_what_others_did_is_not_read():
    told = Told(paper(sections={"Discussion": "The participants were blinded in this trial."}))
    assert blinding(told, value_reader(CONDUCT).read(told)) is None


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    told = Told(paper(abstract=text))
    with_conduct(DesignRecord(value=Design.RCT), told)
