"""Which definitions a text names and how they are joined: references, years, lists, alternatives."""

import pytest
from tests.evidence.read.short_texts import READER

from rapport.evidence.publication import Origin, Publication

ORIGIN = Origin(file="made up", position=1, format="text")
TITLE = "Sleep in people with ME/CFS"
WORKS = (
    "1. Holmes GP, Kaplan JE. Chronic fatigue syndrome: a working case definition. 1988.",
    "2. Fukuda K, Straus SE. The chronic fatigue syndrome: a comprehensive approach to its definition and study. 1994.",
    "3. Carruthers BM, Jain AK. Clinical working case definition, diagnostic and treatment protocols. 2003.",
    "4. Carruthers BM, van de Sande MI. Myalgic encephalomyelitis: International Consensus Criteria. 2011.",
    "5. Institute of Medicine. Redefining an illness. 2015.",
    "6. Reeves WC, Lloyd A. Identification of ambiguities in the 1994 research case definition. 2003.",
    "7. Sharpe MC, Archard LC. A report - chronic fatigue syndrome: guidelines for research. 1991.",
    "8. Ware JE. A health survey. 1993.",
    "9. National Institute for Health and Care Excellence. NG206. 2021.",
    "10. Jason LA, Jordan K. A pediatric case definition for myalgic encephalomyelitis. 2006.",
)  # fmt: skip
# The badge, the definitions, how they are joined, the sentence of the methods.
IN_FULL = [
    ("not_required", ["oxford_1991"], "single", "Patients fulfilled published criteria for chronic fatigue syndrome.7"),
    ("not_required", ["oxford_1991"], "single", "Patients met the UK criteria [7]."),
    ("required", ["ccc_2003"], "single", "Patients fulfilled the consensus criteria [3]."),
    ("required", ["ccc_2003"], "single", "Patients met the clinical working case definition (3)."),
    ("required", ["ccc_2003", "icc_2011"], "any", "Patients met the criteria of Carruthers et al. [3] or those of Carruthers et al. [4]."),
    ("required", ["ccc_2003", "fukuda_1994"], "all", "Patients met the criteria of Fukuda et al.2 and Carruthers et al.3"),
    ("required", ["fukuda_1994", "icc_2011"], "all", "Patients were diagnosed according to the international criteria for CFS (2) and ME (4)."),
    ("required", ["iom_2015"], "single", "Patients met the clinical diagnostic criteria [5] for ME/CFS."),
    ("required", ["iom_2015"], "single", "ME/CFS was diagnosed with the 2015 criteria [5]."),
    ("required", ["nice_2021"], "single", "Patients met the NICE criteria [9]."),
    ("required", ["jason_ped_2006"], "single", "Adolescents fulfilled the pediatric criteria [10]."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the case definition for CFS [2]; function was rated by the SF-36 [8]."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the interna-\ntional research criteria for CFS [2]."),
    ("required", ["ccc_2003"], "single", "Patients met the Cana-\ndian consensus criteria."),
    ("required", ["iom_2015"], "single", "Patients met the Institute of Medi-\ncine criteria."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the Fu-\nkuda criteria."),
    ("required", ["ccc_2003"], "single", "Patients met the 2004 Canadian criteria."),
    ("required", ["icc_2011"], "single", "Patients met the International Consensus Criteria (Carruthers et al., 2012)."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the 1996 CDC criteria."),
    ("required", ["ccc_2003", "fukuda_1994", "iom_2015"], "all", "All patients met the Fukuda, Canadian and IOM criteria."),
    ("not_required", ["ccc_2003", "fukuda_1994", "iom_2015"], "any", "Patients met one or more of the Fukuda, Canadian and IOM criteria."),
    ("not_required", ["fukuda_1994", "oxford_1991"], "any", "Patients met the Oxford or CDC 1994 criteria."),
    ("not_required", ["holmes_1988"], "single", "Patients met the 1988 CDC working definition of Holmes et al."),
    ("required", ["london_1994"], "single", "ME was diagnosed by the London criteria (National Task Force 1994)."),
    ("required", ['ramsay_1986'], 'single', "Patients met Ramsay's definition of myalgic encephalomyelitis."),
    ("required", ["iom_2015"], "single", "Patients met criteria for systemic exertion intolerance disease."),
    ("required", ["iom_2015"], "single", "Patients met the criteria of the US National Academy of Medicine."),
    ("required", ["iom_2015"], "single", "Patients met the NASEM (2015) criteria."),
    ("required", ["iom_2015"], "single", "Patients met the 2015 National Academies criteria."),
    ("required", ["jason_revised_ccc_2010"], "single", "Patients met the revised Canadian criteria (Jason et al., 2010)."),
    ("required", ["nice_2007"], "single", "Patients were diagnosed according to NICE guideline CG53."),
    ("not_stated", ["japan_2013_2017"], "single", "Patients fulfilled the Japanese criteria for CFS."),
    ("required", ["ccc_2003"], "single", "Patients met the Canadian Consensus Criteria rather than the Fukuda criteria."),
    ("required", ["ccc_2003"], "single", "Patients had to meet the Canadian Consensus Criteria; the Fukuda criteria were not considered sufficient."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the Fukuda criteria; the Canadian criteria were not used."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the Fukuda criteria, but not necessarily the Canadian criteria."),
    ("required", ["ccc_2003", "fukuda_1994"], "all", "In addition to the Fukuda criteria, patients had to meet the Canadian criteria."),
    ("required", ["ccc_2003", "fukuda_1994"], "all", "Patients meeting the Fukuda criteria were included only if they also met the Canadian criteria."),
    ("required", ["ccc_2003", "fukuda_1994"], "all", "Patients met the Fukuda criteria. All of them also fulfilled the Canadian Consensus Criteria."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the CDC criteria (Fukuda et al., 1994)."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the CDC (Fukuda) criteria."),
    ("not_required", ["ccc_2003", "fukuda_1994"], "any", "Patients met the CDC (Fukuda) and/or CCC criteria."),
    ("required", ["ccc_2003", "fukuda_1994"], "all", "Patients met CDC (Fukuda et al., 1994) and CCC (Carruthers et al., 2003) criteria."),
    ("required", ["fukuda_1994", "icc_2011"], "all", "Patients met both the 1994 CDC and the 2011 ICC criteria."),
    ("required", ["ccc_2003"], "single", "Inclusion: (1) ME/CFS by CCC; (2) age 18-60; (3) PEM of at least 14 h."),
    ("required", ["ccc_2003", "iom_2015"], "any", "Inclusion: meeting CCC and/or IOM criteria; age over 18."),
]  # fmt: skip
IN_SHORT = [
    ("not_required", ["fukuda_1994"], "single", "Forty women with CFS (CDC 1994) and forty controls were compared. Results: Sleep was poor."),
    ("not_required", ["fukuda_1994"], "single", "Forty women with CFS (Fukuda criteria) and forty controls were compared."),
    ("required", ["ccc_2003"], "single", "ME/CFS patients (n = 40; CCC) and forty controls were compared."),
    ("required", ["ccc_2003", "iom_2015"], "any", "We recruited 40 patients with ME/CFS diagnosed by CCC or IOM."),
    ("required", ["ccc_2003", "fukuda_1994"], "all", "Forty patients fulfilling Fukuda and CCC criteria were compared with controls."),
    ("not_required", ["ccc_2003", "fukuda_1994"], "any", "Forty patients fulfilling Fukuda or CCC criteria were compared with controls."),
    ("not_stated", ["ccc_2003", "fukuda_1994"], "any", "Forty patients fulfilling Fukuda/CCC criteria were compared with controls."),
    ("required", ["ccc_2003"], "single", "Participants had ME/CFS as per the Canadian Clinical Definition and were aged 18-60."),
    ("mixed", ["ccc_2003", "fukuda_1994"], "any", "Twenty patients met the Fukuda criteria only, and twenty met the Canadian criteria; the groups were compared."),
    ("required", ["nice_2021"], "single", "Adults with ME/CFS diagnosed per NICE 2021 took part in interviews."),
    ("not_required", ["fukuda_1994"], "single", "A two-day test was done in 20 people with CFS (Fukuda 1994); PEM was assessed with the DSQ-PEM."),
    ("not_required", ["fukuda_1994"], "single", "20 people with CFS by Fukuda. Results: 95% had post-exertional malaise and 80% met the Canadian criteria."),
    ("required", ["ccc_2003"], "single", "20 people with ME/CFS by CCC; 15 also met ICC."),
    ("not_required", ["oxford_1991"], "single", "Patients were eligible if they met Oxford criteria; 60% also met the CDC criteria."),
    ("required", ["icc_2011"], "single", "People with severe ME according to the ICC were visited at home."),
    ("required", ["ccc_2003", "fukuda_1994", "icc_2011"], "all", "All participants fulfilled Fukuda, CCC and ICC."),
    ("not_required", ["ccc_2003", "fukuda_1994", "icc_2011"], "any", "Participants fulfilled at least one of Fukuda, CCC or ICC."),
    ("required", ["ccc_2003", "icc_2011"], "any", "Participants fulfilled at least one of CCC or ICC."),
    ("required", ["fukuda_1994"], "single", "Participants fulfilled the Fukuda criteria with PEM as a mandatory symptom."),
    ("required", ["iom_2015"], "single", "Cases met the 2015 IOM/NAM criteria by self-report."),
    ("required", ["iom_2015"], "single", "Cases met the IOM (SEID) criteria."),
    ("not_required", ["reeves_2005"], "single", "CFS cases were classified using the CDC empirical definition in a population sample."),
    ("required", ["ccc_2003"], "single", "The study included 30 ME/CFS patients [Canadian Consensus Criteria (CCC)] and 30 controls."),
    ("required", ["ccc_2003", "iom_2015"], "all", "The study included 30 ME/CFS patients who met CCC as well as IOM criteria."),
    ("not_required", ["fukuda_1994"], "single", "Chronic fatigue syndrome was defined by the criteria of the International CFS Study Group."),
    ("not_required", ["holmes_1988"], "single", "Patients met the CDC criteria published in 1988."),
    ("not_required", ["fukuda_1994", "holmes_1988"], "any", "Patients met either the Holmes or the Fukuda criteria."),
    ("not_required", ["fukuda_1994", "london_1994", "oxford_1991"], "any", "Patients met either the Oxford, the Fukuda or the London criteria."),
    ("required", ["charite_modified_ccc"], "single", "Patients met the CCC with PEM lasting at least 14 h."),
    ("required", ["jason_ped_2006"], "single", "Adolescents met the paediatric case definition for ME/CFS (Jason et al., 2006)."),
    ("mixed", ["ccc_2003", "fukuda_1994"], "any", "The Norwegian patients met the Canadian criteria and the Dutch patients met the Fukuda criteria."),
    ("mixed", ["ccc_2003", "fukuda_1994"], "any", "Patients of study 1 met the Fukuda criteria, patients of study 2 the Canadian criteria."),
    ("required", ["ccc_2003", "fukuda_1994"], "all", "Patients met the Fukuda criteria; all also met the Canadian criteria."),
    ("not_required", ["fukuda_1994"], "single", "Patients met the Fukuda criteria; most also met the Canadian criteria."),
    ("mixed", ["fukuda_1994", "iom_2015"], "any", "Patients met the Fukuda criteria and were divided into those who did and those who did not meet the IOM criteria."),
    ("required", ["ccc_2003"], "single", "Patients diagnosed with ME/CFS using the Canadian Consensus Criteria were divided into those with and without POTS."),
]  # fmt: skip


def told(text):
    pem = READER.read(Publication(origin=ORIGIN, title=TITLE, text=text)).pem
    return pem.badge.value, sorted(pem.definitions), pem.combination.value


@pytest.mark.parametrize(("badge", "definitions", "joined", "sentence"), IN_FULL)
def test_definitions_of_a_methods_section(badge, definitions, joined, sentence):
    listed = "\n".join(WORKS)
    text = (
        f"Abstract\nSleep was studied.\nMethods\nParticipants\n{sentence} All gave consent.\n"
        f"Results\nSleep was poor.\nReferences\n{listed}\n"
    )
    assert told(text) == (badge, definitions, joined)


@pytest.mark.parametrize(("badge", "definitions", "joined", "sentence"), IN_SHORT)
def test_definitions_of_an_abstract(badge, definitions, joined, sentence):
    text = f"Background: Sleep is poor. Methods: {sentence} Conclusions: Sleep matters."
    assert told(text) == (badge, definitions, joined)
