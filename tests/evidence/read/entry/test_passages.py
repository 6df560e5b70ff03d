"""Passages of our own, as authors of papers on ME/CFS and long COVID write them, and their badge."""

import pytest
from tests.evidence.read.short_texts import DX, A, C, F, I, M, N, O, R, S, W, read, told

# Methods of a study of people with ME/CFS: the badge, the definitions, how they are joined.
METHODS = [
    ("All patients fulfilled the CDC-1994/Fukuda criteria for CFS.", N, {F}, "single"),
    ("CFS was diagnosed according to the criteria of Fukuda et al. by an internist with longstanding experience.", N, {F}, "single"),
    ("Participants with ME/CFS met the 1994 CDC criteria and the CCC, as verified by one of two study physicians.", R, {F, C}, "all"),
    ("Diagnoses were made by a specialist physician (A.B.) according to either the Fukuda or the Canadian criteria.", N, {F, C}, "any"),
    ("Cases were required to fulfil the Fukuda definition plus the International Consensus Criteria.", R, {F, I}, "all"),
    ("Each patient had been diagnosed with ME/CFS by a physician and satisfied the IOM criteria when interviewed by the study nurse.", R, {O}, "single"),
    ("All participants in the ME/CFS arm reported PEM.", S, None, None),
    ("PEM was assessed with the DSQ-PEM at baseline.", S, set(), None),
    ("Post-exertional malaise was assessed with the DSQ-PEM, and only those scoring at least 2 on frequency and severity were eligible.", R, set(), None),
    ("Patients met the CCC, but PEM was not mandatory in our sample.", N, None, None),
    ("We used a modified version of the Fukuda criteria in which PEM was a required symptom.", R, {F}, None),
    ("Inclusion criteria were: age 18 to 65; ME/CFS according to CCC; Bell score between 30 and 60; ability to travel.", R, {C}, "single"),
    ("Inclusion Criteria: 1. Males or females aged 18 to 70 years. 2. Meets the 2015 IOM diagnostic criteria for ME/CFS. 3. Able to provide written informed consent. Exclusion Criteria: 1. Pregnancy. 2. Active malignancy.", R, {O}, "single"),
    ("Key inclusion criteria: diagnosis of CFS by Oxford criteria; Chalder fatigue score of 6 or more; SF-36 physical function of 65 or less.", N, {"oxford_1991"}, "single"),
    ("Participants will be eligible if they are aged 18 or over and meet the NICE 2021 criteria for ME/CFS.", R, {"nice_2021"}, "single"),
    ("Patients will be recruited from two tertiary clinics and must fulfil the Canadian Consensus Criteria.", R, {C}, "single"),
    ("We will include adults who fulfil the 1994 CDC case definition and are severely fatigued (CIS fatigue of 35 or more).", N, {F}, "single"),
    ("Blood samples of 30 patients from the UK ME/CFS Biobank who met the Canadian Consensus Criteria or the CDC-1994 criteria were used.", N, {C, F}, "any"),
    ("Samples were obtained from the UK ME/CFS Biobank. Participants in the biobank meet the CDC-1994 or the Canadian Consensus criteria.", N, {F, C}, "any"),
    ("UKMEB cases complied with either or both of the CDC-1994 and the CCC.", N, {F, C}, "any"),
    ("Participants came from the biobank; those meeting both the CDC-1994 ('Fukuda') and the Canadian Consensus criteria were chosen for this analysis.", R, {F, C}, "all"),
    ("The national registry enters patients whose diagnosis was confirmed by a specialist on the basis of the Canadian Consensus Criteria.", R, {C}, "single"),
    ("Cases were identified in the patient registry by the ICD-10 code G93.3.", S, {DX}, "single"),
    ("Respondents who self-reported a diagnosis of ME/CFS from a health professional were included.", S, {DX}, "single"),
    ("Members of two patient organisations with a self-reported diagnosis of ME/CFS completed the survey. No attempt was made to confirm the diagnosis.", S, {DX}, "single"),
    ("Survey respondents were classified as having ME/CFS if their answers to the DSQ-2 fulfilled the IOM criteria; all others were removed before analysis.", R, {O}, "single"),
    ("This is a secondary analysis of a randomised trial. The trial enrolled adults who met the Oxford criteria.", N, {"oxford_1991"}, "single"),
    ("The present study used baseline data of the FITNET trial, in which adolescents with CFS according to the 1994 CDC criteria took part.", N, {F}, "single"),
    ("Data came from a trial described elsewhere; in brief, all patients fulfilled the CDC criteria for CFS (Fukuda et al., 1994) and reported severe fatigue.", N, {F}, "single"),
    ("Healthy controls were excluded if they had any fatiguing illness or met the Fukuda criteria. Patients met the International Consensus Criteria.", R, {I}, "single"),
    ("Controls reported no PEM and did not fulfil the IOM criteria; patients had been given a diagnosis of ME/CFS by their own doctor.", S, None, None),
    ("People with long COVID were included if they met the CCC for ME/CFS after a confirmed SARS-CoV-2 infection.", R, {C}, "single"),
    ("The long COVID group was defined by the WHO clinical case definition; the ME/CFS group met the Canadian Consensus Criteria.", R, {C}, "single"),
    ("Participants with long COVID were divided into those who did and those who did not meet the IOM criteria.", M, {O}, None),
    ("All patients met the Fukuda criteria, and 42 of 60 (70%) also met the ICC.", N, {F}, "single"),
    ("All met Fukuda; a subset of 25 also met the CCC and were analysed separately.", M, None, None),
    ("Patients were diagnosed by their GP, and no specific criteria were applied.", S, None, None),
    ("Eligible participants had a diagnosis of ME/CFS, experienced PEM and had been ill for over six months.", R, set(), None),
    ("Patients had to score 4 or more on at least one item of the DSQ-PEM to be included.", R, set(), None),
    ("Participants fulfilled the Ramsay definition of myalgic encephalomyelitis.", R, {"ramsay_1986"}, "single"),
    ("Patients fulfilled the London criteria for ME.", R, {"london_1994"}, "single"),
    ("Subjects met the Holmes criteria for chronic fatigue syndrome.", N, {"holmes_1988"}, "single"),
    ("CFS was defined by the 1988 CDC working case definition.", N, {"holmes_1988"}, "single"),
    ("Patients were diagnosed as having CFS by the Australian criteria (Lloyd et al., 1990).", R, {"lloyd_1988_1990"}, "single"),
    ("Subjects were classified as CFS by the empirical definition (Reeves et al., 2005).", N, {"reeves_2005"}, "single"),
    ("Children were eligible when diagnosed with CFS/ME by a paediatrician following NICE guidance (2007).", R, {"nice_2007"}, "single"),
    ("Adolescents had to have fatigue for at least three months with functional impairment; no accompanying symptoms were demanded.", N, set(), None),
    ("The paediatric criteria of Jason and co-workers (2006) were met by all adolescents.", R, {"jason_ped_2006"}, "single"),
    ("Diagnosis was established using the National Academy of Medicine (2015) clinical criteria.", R, {O}, "single"),
    ("Subjects satisfied the SEID criteria put forward by the Institute of Medicine.", R, {O}, "single"),
    ("Diagnosis of ME/CFS was based on the Canadian Consensus Criteria with PEM lasting at least 14 hours.", R, {"charite_modified_ccc"}, "single"),
    ("Pa-\ntients were included who ful-\nfilled the Canadian Consen-\nsus Criteria (CCC).", R, {C}, "single"),
    ("Patients fulﬁlled the Canadian Con-\nsensus Criteria and were classiﬁed by severity.", R, {C}, "single"),
    ("Patients met the International Consensus Criteria3,4 and had no other illness.", R, {I}, "single"),
    ("Participants met the case definition of Fukuda et al. (1994), excluding the requirement for four additional symptoms.", N, {F}, "single"),
    ("Fukuda criteria were used, but PEM had to be among the four symptoms.", R, {F}, "single"),
    ("Enrolled subjects had to meet one of the following: Fukuda, CCC or IOM; in addition, PEM had to be documented in the medical record.", R, {F, C, O}, "any"),
    ("Patients with a score below 20 were excluded. ME/CFS was confirmed by the Canadian Consensus Criteria in all cases.", R, {C}, "single"),
    ("A neurologist examined all 40 patients; every one met the ICC.", R, {I}, "single"),
    ("In the discovery cohort, patients met the CCC; in the replication cohort, patients met the Fukuda criteria.", M, None, None),
    ("Site A recruited patients by the Fukuda criteria and site B by the Canadian Consensus Criteria.", M, None, None),
    ("Patients had ME (ICC) or CFS (Fukuda).", N, {I, F}, "any"),
    ("Participants were stratified into ME (ICC) and CFS (Fukuda only) after enrolment.", M, None, None),
    ("The ICC for agreement between raters was 0.87. Patients were referred by general practitioners.", S, set(), None),
    ("Participants were recruited at Oxford and London hospitals and had a clinical diagnosis of CFS.", S, None, None),
    ("Fatigue was rated with the CDC Symptom Inventory. Patients were referred with medically unexplained fatigue.", S, None, None),
    ("Exclusion criteria followed Fukuda et al. Patients had a physician's diagnosis of ME/CFS.", S, None, None),
    ("The patients, all diagnosed with ME/CFS using the Fukuda research criteria and CCC, had mild to moderate illness.", R, {F, C}, "all"),
    ("Diagnostic criteria used were Fukuda (n = 30), CCC (n = 25) or ICC (n = 5).", N, {F, C, I}, "any"),
    ("Criteria for ME/CFS were as defined by Carruthers et al. (2011).", R, {I}, "single"),
    ("Diagnosis was based on the criteria published by Carruthers and colleagues in 2003.", R, {C}, "single"),
    ("ME/CFS was established by the revised Canadian criteria (Jason et al., 2010) using the DSQ.", R, {"jason_revised_ccc_2010"}, "single"),
    ("We interviewed 20 people with severe ME/CFS; diagnosis was taken from their own account.", S, None, None),
    ("ME/CFS patients had been diagnosed in our department following international criteria.", S, None, None),
    ("Participants had PEM lasting more than 24 hours, as required by the study protocol.", R, set(), None),
    ("Participants were required to have a diagnosis of ME/CFS and to experience PEM after minor exertion.", R, set(), None),
    ("A history of PEM was an inclusion criterion.", R, set(), None),
    ("Those with no PEM according to the DSQ were not enrolled.", R, set(), None),
    ("PEM was neither an inclusion nor an exclusion criterion; patients met Fukuda criteria.", N, {F}, "single"),
    ("The exercise test was stopped if PEM was reported. Patients fulfilled the Fukuda criteria.", N, {F}, "single"),
    ("PEM was induced by a cycling task. All patients met the CCC.", R, {C}, "single"),
    ("Participants with ME/CFS and long COVID were recruited online. ME/CFS participants met IOM; long COVID participants had symptoms for three months or longer.", R, {O}, "single"),
    ("Patients fulfilled at least one of the CCC, ICC or IOM definitions.", R, {C, I, O}, "any"),
    ("Patients fulfilled at least one of the Fukuda, CCC or ICC definitions.", N, {F, C, I}, "any"),
    ("Two definitions were applied: CCC and Fukuda. Only patients who met both were included.", R, {F, C}, "all"),
    ("Two definitions were applied: CCC and Fukuda. Patients who met either were included.", N, {F, C}, "any"),
    ("The diagnosis required the Fukuda criteria to be met. In addition, participants had to report PEM.", R, {F}, "single"),
    ("The ME/CFS diagnosis was confirmed during a clinical interview based on the Canadian Criteria.", R, {C}, "single"),
    ("All of the 50 female patients underwent a detailed work-up at our clinic and received the diagnosis of CFS as per Fukuda.", N, {F}, "single"),
    ("Thirty patients with CFS (Fukuda) and 30 controls matched by age were recruited.", N, {F}, "single"),
    ("Patients meeting criteria for Gulf War illness (Kansas) and patients meeting ME/CFS criteria (Fukuda 1994) were compared.", N, {F}, "single"),
    ("Recruitment followed the US CDC case definition of 1994 [12] as modified in 2003 [13].", N, None, None),
]  # fmt: skip
# Abstracts alone; the title names the illness.
ABSTRACTS = [
    ("Background: PEM is the hallmark of ME/CFS. Methods: 50 patients (CCC) and 50 controls gave blood. Results: Levels were higher in patients.", R, {C}, "single"),
    ("BACKGROUND: Sleep is poor in CFS. METHODS: 40 CFS patients (1994 CDC criteria) were studied with polysomnography. CONCLUSIONS: Sleep was poor.", N, {F}, "single"),
    ("We studied women with Fukuda-defined CFS during exercise.", N, {F}, "single"),
    ("According to the Canadian criteria, PEM is needed for the diagnosis. We measured cytokines in 30 patients with ME/CFS.", S, set(), None),
    ("The Institute of Medicine introduced new criteria in 2015. Here we asked clinicians about their use.", S, set(), None),
    ("We review the diagnostic criteria of ME/CFS, among them Fukuda, CCC and ICC.", A, set(), None),
    ("This narrative review summarises what is known about mitochondria in ME/CFS.", A, set(), None),
    ("Mice were given serum and their grip strength was measured.", A, set(), None),
    ("In 60 adults with ME/CFS, heart rate variability was lower than in 40 controls.", S, set(), None),
    ("We present a 34-year-old woman with ME/CFS who met the International Consensus Criteria and improved after treatment.", R, {I}, "single"),
    ("A 16-year-old boy was diagnosed with CFS after glandular fever. He was treated with rest.", S, None, None),
    ("Participants met the Fukuda criteria; in a subset who also met the CCC, effects were larger.", M, None, None),
    ("Of 500 people with COVID-19, 60 (12%) met the Canadian criteria for ME/CFS after six months.", M, {C}, None),
    ("The frequency of ME/CFS by IOM criteria was 4% two years after COVID-19 in a cohort of 900 infected adults.", M, {O}, None),
    ("Patients with post COVID-19 condition according to the WHO definition were randomised to pacing or usual care.", N, {W}, "single"),
    ("The study protocol of a randomised trial: 120 adults fulfilling the Fukuda criteria will be randomised.", N, {F}, "single"),
    ("This trial will recruit 80 people with ME/CFS as defined by CCC or ICC.", R, {C, I}, "any"),
    ("ME/CFS was more common in women. Data were drawn from electronic health records by diagnostic code.", S, None, None),
    ("Two-sample Mendelian randomisation with summary statistics of ME/CFS was carried out.", A, set(), None),
    ("In this issue, a trial of graded exercise is reported; its participants met the Oxford criteria, which do not require PEM. We comment on what may be concluded.", A, set(), None),
    ("We searched four databases for trials; only studies of patients who met CCC, ICC or IOM were included. Twelve trials with 800 participants were found.", A, set(), None),
    ("We recruited 40 adults with long COVID who experienced post-exertional malaise and 40 healthy controls.", R, set(), None),
]  # fmt: skip


@pytest.mark.parametrize(("methods", "badge", "definitions", "joined"), METHODS)
def test_methods_of_a_study_of_me_cfs(methods, badge, definitions, joined):
    abstract = (
        "People with ME/CFS and healthy controls were compared. Muscle function differed."
    )
    found = read("Muscle function in ME/CFS", abstract, methods).pem
    assert told(found, definitions, joined) == (badge, definitions, joined)


@pytest.mark.parametrize(("abstract", "badge", "definitions", "joined"), ABSTRACTS)
def test_abstracts_alone(abstract, badge, definitions, joined):
    is_covid = "COVID" in abstract
    title = "Symptoms in long COVID" if is_covid else "Muscle function in people with ME/CFS"
    found = read(title, abstract).pem
    assert told(found, definitions, joined) == (badge, definitions, joined)
