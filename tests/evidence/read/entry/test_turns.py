"""Rules of parts of a study's people, of a few who were kept as well, and of either of two."""

import pytest
from tests.evidence.read.short_texts import ORIGIN, READER, C, F, M, N, O, R, S, read

from rapport.evidence.publication import Publication

TITLE = "Sleep and pain in patients with ME/CFS"
J, H = "jason_ped_2006", "holmes_1988"
# The badge, the definitions, how they are joined, the sentence.
RULES = [
    (M, {J, F}, "any", "Adolescents satisfied the definition of Jason et al. (2006), while adults satisfied the Fukuda criteria."),
    (M, {J, F}, "any", "Children were diagnosed by the Jason 2006 definition and adults by the Fukuda criteria."),
    (R, {J, C}, "any", "Children were diagnosed by the Jason 2006 definition and adults by the Canadian criteria."),
    (M, {C, F}, "any", "In Oslo patients had to meet the Canadian criteria; in Leeds the Fukuda criteria were applied."),
    (N, {"oxford_1991", F}, "any", "Patients had to meet the Oxford criteria in Leeds and the Fukuda criteria in Nijmegen."),
    (M, {C, F}, "any", "Patients from the first clinic were diagnosed with the Fukuda criteria, those from the second with the Canadian Consensus Criteria."),
    (M, {C, F}, "any", "Cohort A was diagnosed by the Canadian criteria and cohort B by the Fukuda criteria."),
    (M, {C, F}, "any", "TREMOR-1 enrolled adults who met the Fukuda criteria. In TREMOR-2 adults had to meet the Canadian Consensus Criteria."),
    (R, {C, O}, "any", "Up to 2016 the Canadian Consensus Criteria were applied, thereafter the IOM criteria."),
    # One rule for all, however many parts are named.
    (R, {C, F}, "all", "Children and adults had to meet both the Fukuda and the Canadian criteria."),
    (R, {C, F}, "all", "Adults had to meet the Fukuda criteria and, in addition, the Canadian Consensus Criteria."),
    # Those who met less and were kept widen the rule; those who were turned away do not.
    (N, {C, F}, "any", "Fifty patients met the Canadian Consensus Criteria; three met only the Fukuda criteria and were kept."),
    (N, {C, F}, "any", "All patients met the Canadian Consensus Criteria except two, who met only the Fukuda criteria."),
    # Either is enough where the words behind say so.
    (R, {C, O}, "any", "Patients met the Canadian Consensus or the IOM criteria, either being sufficient."),
    (N, {C, F}, "any", "Patients were seen for the Fukuda as well as the Canadian criteria, and were included when either set was fulfilled."),
    (N, {H, F}, "any", "We applied the CDC criteria of 1988 as well as those of 1994, and the diagnosis was accepted if one of the two was fulfilled."),
    (R, {C, F}, "all", "Patients were seen by one of three doctors and met both the Fukuda and the Canadian criteria."),
    # PEM that was asked for behind the definitions.
    (R, {F, C, O}, "any", "Participants met at least one of the Fukuda, Canadian or IOM criteria; moreover, PEM had to be documented."),
    (R, {F}, "single", "Adults who met the Fukuda criteria took part. They were also required to report a score of 3 or more for PEM."),
    # Criteria of a body for something else.
    (S, set(), "none", "Patients with ME/CFS took part, and sleep was judged by Canadian criteria for insomnia."),
]  # fmt: skip


@pytest.mark.parametrize(("badge", "definitions", "joined", "sentence"), RULES)
def test_whose_rule_a_definition_is(badge, definitions, joined, sentence):
    pem = read(TITLE, sentence).pem
    assert (pem.badge, set(pem.definitions), pem.combination) == (badge, definitions, joined)


def test_what_a_discussion_tells_of_other_trials_is_no_rule_beside_that_of_the_methods():
    text = (
        "A trial in ME/CFS\n\nAbstract\nSleep was studied.\n\nMethods\nPatients with ME/CFS according "
        "to the Canadian criteria were included.\n\nDiscussion\nIn our earlier trials, patients were "
        "included by the Fukuda criteria."
    )
    pem = READER.read(Publication(origin=ORIGIN, title=TITLE, text=text)).pem
    assert (pem.badge, pem.definitions) == (R, (C,))
