"""Which of the people that made-up papers count are the patients.

The patients are those who have ME/CFS, in a study of long COVID its patients: not those among whom
the illness was looked for, who had an infection, who care for the ill, or who were picked for one
experiment.
"""

import pytest
from tests.evidence.read.made_up import paper

from rapport.core.spans import is_verbatim
from rapport.evidence.read.people.participants import participants


@pytest.mark.parametrize(
    ("title", "abstract", "cases"),
    [
        ("Long COVID in a town: a cohort study",
         "We followed 2,310 adults after SARS-CoV-2 infection. At six months, 184 (8.0%) "
         "had long COVID.", 184),
        ("Post-COVID condition after infection: a cohort study",
         "Of 640 individuals infected with SARS-CoV-2, 95 developed post-COVID condition "
         "and 545 recovered fully.", 95),
        ("Prevalence of ME/CFS among nurses: a cross-sectional survey",
         "We sent a questionnaire to nurses of four hospitals. Of 812 nurses who "
         "answered, 14 (1.7%) met criteria for ME/CFS.", 14),
        ("ME/CFS after mononucleosis: a prospective cohort",
         "We enrolled 301 adolescents with infectious mononucleosis. After six months 39 "
         "were diagnosed with ME/CFS; 52 recovered participants served as controls.", 39),
        ("Incidence of chronic fatigue syndrome in records: a retrospective cohort",
         "The register covers 2,104,000 adults. We identified 3,215 patients with a "
         "diagnosis of chronic fatigue syndrome between 2008 and 2016.", 3215),
        ("Sleep and mood in a national survey",
         "In this cross-sectional study of 21,340 adults from a national health survey, "
         "1.2% reported ME/CFS.", None),
        ("Diet and fatigue in the general population: a cross-sectional study",
         "A general population sample of 4,420 participants completed a fatigue "
         "questionnaire. Fatigue was linked to diet.", None),
        ("Risk factors for long COVID in hospital workers: a prospective cohort",
         "Among 1,150 health care workers with confirmed COVID-19, risk factors for long "
         "COVID were studied. Long COVID was present in 23% at three months.", None),
        ("Long COVID after hospital admission: a cohort",
         "We included 410 patients hospitalised for COVID-19. At one year 128 patients "
         "(31.2%) fulfilled the WHO definition of long COVID.", 128),
        ("Vaccination and post-COVID symptoms: a retrospective cohort",
         "Electronic records of 98,410 patients with COVID-19 were searched. A total of "
         "1,902 patients had a code for long COVID.", 1902),
        ("Chronic fatigue syndrome after giardiasis: a cohort study",
         "Of 748 persons who had had giardiasis, 53 were examined; 22 of them were "
         "diagnosed with CFS.", 22),
        ("Screening for ME/CFS in primary care: a cross-sectional study",
         "3.1% of those examined (9/290) were diagnosed with ME/CFS.", 9),
        ("Fatigue after COVID-19 in students: a survey",
         "Out of 5,210 students, 311 (6.0%) reported long COVID.", 311),
        ("Long COVID and work: a cross-sectional survey",
         "In total, 1,400 employees answered. Long COVID was reported by 212 employees "
         "(15.1%).", 212),
        ("Orthostatic intolerance in long COVID: a cross-sectional study",
         "We tested 88 adults three months after COVID-19: 47 with long COVID and 41 who "
         "had recovered.", 47),
        ("Antibodies in long COVID: a case-control study",
         "Sera of 150 COVID-19 survivors were studied, 60 with persistent symptoms (long "
         "COVID) and 90 without.", 60),
        ("Muscle force in ME/CFS by severity: a cross-sectional study",
         "The study included 26 mild cases, 21 severe cases and 30 healthy controls with "
         "no ME/CFS in the family.", 47),
        ("Heart rate in ME/CFS: a case-control study",
         "We compared 18 moderately affected and 12 severely affected ME/CFS patients "
         "with 20 healthy controls.", 30),
        ("Cytokines in ME/CFS: a cross-sectional study",
         "Patients with ME/CFS of short duration (n = 31), patients with ME/CFS of long "
         "duration (n = 44) and healthy controls (n = 40) gave blood.", 75),
        ("Pain in ME/CFS and fibromyalgia: a cross-sectional study",
         "We studied 140 patients (ME/CFS only = 52; ME/CFS with fibromyalgia = 61; "
         "fibromyalgia only = 27) and 30 controls.", 113),
        ("Cognition in ME/CFS: a case-control study",
         "Twenty-two women and nine men with ME/CFS were compared with 31 healthy "
         "controls.", 31),
        ("Vagus nerve in long COVID: a cross-sectional study",
         "Thirty patients with long COVID and POTS, 25 patients with long COVID without "
         "POTS and 20 healthy controls were tested.", 55),
        ("Gene expression in ME/CFS: a case-control study",
         "The discovery cohort comprised 40 ME/CFS patients and 38 controls; the "
         "validation cohort comprised 25 ME/CFS patients and 20 controls.", 65),
        ("Endothelial function in post-COVID ME/CFS: a case-control study",
         "We examined 30 post-COVID patients, half of whom met criteria for ME/CFS, and "
         "15 healthy controls.", 15),
        ("Sleep in long COVID: a case-control study",
         "We studied 44 people after COVID-19, half with long COVID and half without.", 22),
        ("Proteins in ME/CFS: a case-control study",
         "Plasma of 64 patients with ME/CFS and 50 controls was assayed. For the "
         "experiment in Fig. 2, ten patients with ME/CFS were randomly selected.", 64),
        ("Illness beliefs in CFS: a survey",
         "One hundred and twelve people with CFS took part in this survey.", 112),
        ("Sleep in adolescents with CFS: a cross-sectional study",
         "One-hundred-twenty adolescents with CFS filled in a sleep diary.", 120),
        ("Pacing for ME/CFS: a cohort study",
         "Eighty-four patients with ME/CFS were enrolled and 71 were included in the "
         "final analysis.", 71),
        ("Yoga for CFS: a randomised controlled trial",
         "Sixty patients with CFS were randomised to yoga (n = 30) or a waiting list (n "
         "= 30). Two patients in each group dropped out.", 60),
        ("Experiences with ME/CFS: a qualitative study",
         "Interviews were held with 19 people with ME/CFS. Six participants spoke of "
         "work and eleven of family.", 19),
        ("ME/CFS symptom index: a survey",
         "In all, 903 people with ME/CFS opened the survey, and 866 respondents with "
         "ME/CFS completed it.", 866),
        ("Exercise test in ME/CFS: a case-control study",
         "Twenty ME/CFS patients and 18 controls performed two tests on consecutive "
         "days. Blood from a subset of 8 ME/CFS patients was used for metabolomics.", 20),
        ("Rest for long COVID: study protocol for a randomised controlled trial",
         "This trial will recruit 180 adults with long COVID. Participants will be "
         "randomised 1:1.", None),
        ("Rest for ME/CFS: study protocol of a trial",
         "We plan a two-arm trial on 90 patients with ME/CFS.", None),
        ("Immune cells in ME/CFS: a cross-sectional study",
         "ME/CFS patients (N=37) and sex-matched controls (N=35) were included; cell "
         "sorting was possible in 12 ME/CFS patients.", 37),
        ("Pregabalin in CFS: a randomised trial",
         "Of 131 people with CFS assessed for eligibility, 80 were randomised and 74 "
         "completed the trial.", 80),
        ("Doctors' views of ME/CFS: a qualitative study",
         "We interviewed 24 general practitioners about ME/CFS.", None),
        ("Families and ME/CFS: a survey",
         "Fifty-six carers of people with ME/CFS answered the survey.", None),
        ("ME/CFS care: a mixed-methods study",
         "Interviews with 11 patients with ME/CFS, 9 relatives and 14 professionals were "
         "held.", 11),
        ("A website on long COVID: an evaluation",
         "Within a year the site had 12,400 visitors and 3,050 registered users.", None),
        ("Fatigue in multiple sclerosis and ME/CFS: a cross-sectional study",
         "We compared 30 patients with ME/CFS, 32 patients with multiple sclerosis and "
         "28 healthy volunteers.", 30),
        ("Fatigue in rheumatoid arthritis: a cross-sectional study",
         "We examined 210 patients with rheumatoid arthritis. Fatigue was common, and "
         "the overlap with chronic fatigue syndrome is discussed.", None),
        ("Nursing staff and long COVID patients: a qualitative study",
         "Seventeen nurses who looked after people with long COVID took part in focus "
         "groups.", None),
        ("Training doctors about ME/CFS: a before-after study",
         "A total of 72 doctors completed the course. Knowledge of ME/CFS rose.", None),
        ("Hypermobility and fatigue: a cross-sectional study",
         "Ninety women with hypermobility answered; chronic fatigue syndrome was "
         "reported by 21%.", None),
        ("Diet in ME/CFS: a survey",
         "A total of 512 responses from people with ME/CFS were analysed.", 512),
        ("Tilt testing in adults with ME/CFS: a case-control study",
         "Cerebral blood flow fell in all 429 patients and in none of 44 healthy "
         "controls.", 429),
        ("Long COVID in children: a cohort study",
         "The study population consisted of 70 children with long COVID (median age 13 "
         "years) and 65 children who had recovered from COVID-19.", 70),
        ("Post-exertional malaise in long COVID: a survey",
         "Respondents were 1,212 adults (85% women) living with long COVID.", 1212),
        ("Olfaction in long COVID: a cross-sectional study",
         "Forty-one PASC patients, 22 convalescent controls and 19 uninfected controls "
         "were compared.", 41),
        ("Chronic fatigue syndrome and sleep: a case-control study",
         "Patients: n = 16; controls: n = 16. All patients met the Fukuda criteria for "
         "CFS.", 16),
        ("ME/CFS and work: a qualitative study",
         "Participants were eleven women and three men with ME/CFS.", 14),
        ("Rintatolimod in CFS: a randomised trial",
         "In this phase III trial 234 subjects with CFS were randomised at 12 sites in 3 "
         "countries.", 234),
        ("ME/CFS in a biobank: a case-control study",
         "We compared 1,208 cases of ME/CFS with 20,430 controls from a biobank of "
         "480,000 people.", 1208),
        ("Symptom clusters in long COVID: a cohort study",
         "Data of 2,050 patients with post-COVID condition from 14 centres were used. In "
         "612 patients fatigue came first.", 2050),
        ("Autonomic function in post-COVID ME/CFS",
         "Background: Up to 10% of infected people develop long COVID. Methods: We "
         "carried out a cross-sectional study of 92 post-COVID ME/CFS patients and 46 "
         "age- and sex-matched healthy controls. Results: Orthostatic tachycardia was "
         "found in 31 patients (34%).", 92),
        ("Small fibre neuropathy in long COVID: a retrospective study",
         "Charts of 76 consecutive patients with long COVID who underwent skin biopsy "
         "were reviewed. Of these, 37 (49%) had small fibre neuropathy.", 76),
        ("Burden of long COVID in Spain: a population survey",
         "A representative sample of 5,012 adults was interviewed by telephone. Overall, "
         "4.9% had long COVID.", None),
        ("ME/CFS in Norway: a registry study",
         "Using the patient registry we identified 6,504 individuals with a diagnosis of "
         "ME/CFS (G93.3) among 4.9 million inhabitants.", 6504),
        ("Mendelian randomisation of gut bacteria and ME/CFS",
         "Summary statistics for ME/CFS came from a biobank (2,076 cases and 460,857 "
         "controls).", 2076),
        ("Natural killer cells in ME/CFS: a case-control study",
         "Blood was drawn from ME/CFS patients (n=28), of whom 10 were severely "
         "affected, and non-fatigued controls (n=25).", 28),
        ("Life with severe ME: a qualitative study",
         "In-depth interviews with five women and two men living with severe ME were "
         "analysed thematically.", 7),
        ("Amitriptyline for long COVID headache: a randomised trial",
         "Participants (n = 112) were allocated to amitriptyline (n = 56) or placebo (n "
         "= 56).", 112),
        ("Graded return to work in CFS: a randomised trial",
         "Patients with CFS were randomised to a programme (n = 41) or usual care (n = "
         "43).", 84),
        ("Predictors of long COVID in athletes: a prospective cohort",
         "A total of 731 athletes with PCR-confirmed SARS-CoV-2 infection were followed; "
         "88 athletes (12%) developed long COVID.", 88),
        ("The course of fatigue after COVID-19: a prospective cohort",
         "We followed 260 COVID-19 patients for a year. Fatigue persisted in a third.", 260),
        ("Gut microbiome in long COVID: a case-control study",
         "Stool of long COVID patients (n = 54), recovered COVID-19 patients (n = 38) "
         "and never-infected controls (n = 40) was sequenced.", 54),
        ("Muscle biopsies in long COVID: a case-control study",
         "Twenty-five patients with long COVID and 21 healthy controls who had recovered "
         "from COVID-19 cycled to exhaustion.", 25),
        ("The DSQ in Spanish: a validation study",
         "The questionnaire was completed by 210 people with ME/CFS, 85 with multiple "
         "sclerosis and 120 healthy people.", 210),
        ("Cerebral blood flow in long-haulers: a case-control study",
         "Ten long-haulers and ten ME/CFS patients without COVID-19 were compared with "
         "15 controls.", 10),
        ("Children with chronic fatigue syndrome: a cohort study",
         "Of the 189 children referred with fatigue, 132 were diagnosed with CFS and "
         "took part.", 132),
        ("Metabolites in ME/CFS: a case-control study",
         "Plasma from two cohorts was used: cohort 1 had 32 ME/CFS patients and 19 "
         "controls, and cohort 2 had 30 ME/CFS patients and 24 controls.", 62),
        ("Hyperbaric oxygen for post-COVID condition: a randomised trial",
         "Eighty patients were assessed for eligibility. Seventy-three patients with "
         "post-COVID condition were randomised to oxygen (n=37) or sham (n=36).", 73),
        ("Blood pressure in chronic fatigue syndrome: a case-control study",
         "38 women with CFS, 38 women with depression and 40 healthy women wore a "
         "monitor.", 38),
        ("Long COVID in school pupils: a cross-sectional survey",
         "Among 2,902 pupils who replied, 61 reported having long COVID.", 61),
        ("An outpatient service for long COVID: an evaluation",
         "During two years 1,340 patients with long COVID were seen at the service; "
         "questionnaires of 702 patients were available at follow-up.", 1340),
        ("Genetic variants in ME/CFS: a case-control study",
         "Genotypes of 410 patients with ME/CFS were compared with those of 1,903 blood "
         "donors.", 410),
        ("Mitochondria in ME/CFS: a laboratory study",
         "Muscle cells were treated with serum from 12 ME/CFS patients and 12 controls.", 12),
        ("Psychiatric illness before CFS: a birth cohort study",
         "Members of a birth cohort (n = 11,419) were followed to age 42. By then 93 "
         "members had been diagnosed with CFS.", 93),
        ("Fibromyalgia and sleep: a cross-sectional study",
         "We studied 130 women with fibromyalgia. Twelve also had CFS.", None),
        ("POTS after infection: a case series",
         "We describe 20 patients with POTS after COVID-19.", None),
        ("Nicotine patches: a case report",
         "A woman with long COVID wore a patch.", 1),
        ("Long COVID and stigma: a survey",
         "We surveyed 966 people living with long COVID (84% female, mean age 48.3 "
         "years).", 966),
        ("Complement in ME/CFS: a case-control study",
         "Participants: 102 ME/CFS, 61 healthy controls, 48 people with other fatigue.", 102),
        ("Viral reactivation in ME/CFS: a case-control study",
         "Saliva was taken from 30 mild/moderate ME/CFS patients, 14 severe/very severe "
         "ME/CFS patients, and 30 controls.", 44),
        ("Unmet need in severe ME/CFS: a survey",
         "Responses came from 285 people with severe ME/CFS and 167 carers.", 285),
        ("What is known of ME/CFS among pharmacists: a survey",
         "Of 640 pharmacists invited, 203 responded. Thirty percent had met a patient "
         "with ME/CFS.", None),
        ("Diagnostic delay in ME/CFS: a survey",
         "The median delay reported by the 480 respondents, all of whom had a diagnosis "
         "of ME/CFS, was four years.", 480),
        ("Heart rate variability in long COVID: a prospective study",
         "This study enrolled 50 adults: 25 with long COVID and 25 who never had "
         "COVID-19.", 25),
        ("Long COVID in Danish records: a cohort study",
         "The cohort comprised 152,880 people, 61,002 of whom had tested positive. Long "
         "COVID was diagnosed in 1,114.", 1114),
        ("Symptoms of ME/CFS by sex: a cross-sectional study",
         "The sample was made up of 1,024 females and 189 males with ME/CFS.", 1213),
        ("The patient journey in ME/CFS: interviews",
         "Semi-structured interviews were done with a purposive sample of 22 people with "
         "ME/CFS, six of whom were housebound.", 22),
        ("Ketogenic diet in long COVID: a pilot study",
         "In this open-label pilot, 30 participants with long COVID entered; five "
         "withdrew, so that 25 participants were analysed.", 25),
        ("Oxygen extraction in ME/CFS: a retrospective study",
         "We analysed 160 invasive exercise tests of patients with ME/CFS and 36 "
         "controls.", None),
        ("Epstein-Barr virus antibodies in CFS: a case-control study",
         "Antibodies were measured in 387 patients with CFS (282 women) and 120 healthy "
         "blood donors.", 387),
        ("Brain inflammation in long COVID and ME/CFS: a PET study",
         "We scanned 9 patients with ME/CFS, 12 patients with long COVID, and 15 healthy "
         "volunteers.", 9),
        ("Online rehabilitation in long COVID: a randomised controlled trial",
         "In total, 585 adults discharged from hospital after COVID-19 with long COVID "
         "were randomised: 298 to rehabilitation and 287 to usual care.", 585),
        ("Cognition in CFS: results of an online test",
         "People with CFS (N = 1,112) and without CFS (N = 954) did a reaction-time "
         "task.", 1112),
        ("A biomarker for ME/CFS: a case-control study",
         "Raman spectra of cells of 98 subjects were recorded (61 with ME/CFS, 21 "
         "healthy and 16 with multiple sclerosis).", 61),
        ("Unrefreshing sleep in adults with ME/CFS: a case-control study",
         "Thirty-two participants with ME/CFS and their 32 healthy siblings wore "
         "actigraphs.", 32),
        ("Low cortisol in CFS: a cross-sectional study",
         "Salivary cortisol was compared between one hundred and eight individuals with "
         "CFS and a matched group of ninety-six well individuals.", 108),
        ("Risk of long COVID after vaccination: a nested case-control study",
         "From a cohort of 400,102 infected adults we drew 3,310 cases of long COVID and "
         "13,240 controls.", 3310),
    ],
)  # fmt: skip
def test_patients_are_those_who_are_ill(title, abstract, cases):
    document = paper(title, abstract)
    found = participants(document)
    assert found.n_cases == cases
    assert all(is_verbatim(span, document.canonical.fields) for span in found.evidence)


@pytest.mark.parametrize(
    ("title", "abstract", "methods", "results", "cases"),
    [
        ("Lactate in ME/CFS: a case-control study",
         "Lactate was measured in people with ME/CFS and in controls.",
         "Participants were recruited from a clinic list of 300 patients. Thirty-three "
         "people with ME/CFS and 31 healthy controls agreed to take part.",
         "Lactate was higher in 20 of 33 patients. Seven patients had a value above 3 "
         "mmol/L.", 33),
        ("Brain scans in long COVID: a case-control study",
         "We scanned people with long COVID and healthy people.",
         "Forty-eight individuals with long COVID and 40 healthy controls were "
         "recruited.",
         "Scans of 45 patients with long COVID and 39 controls were included in the "
         "analysis, as three had moved.", 45),
        ("A survey of care in ME/CFS", "Care for ME/CFS was asked about online.",
         "The survey was advertised to 14,000 members of a charity.",
         "In total 2,107 people started the survey. After exclusion of 190 incomplete "
         "answers, data of 1,917 participants with ME/CFS were analysed.", 1917),
        ("Long COVID after infection: a cohort study", "We studied the course of long COVID.",
         "The cohort enrolled 1,020 adults with confirmed infection.",
         "Of the 1,020 participants, 204 (20%) met the definition of long COVID at 90 "
         "days, and 816 did not.", 204),
    ],
)  # fmt: skip
def test_patients_are_told_from_others_in_whole_texts(title, abstract, methods, results, cases):
    document = paper(title, abstract, sections={"Methods": methods, "Results": results})
    assert participants(document).n_cases == cases
