"""Numbers of patients told in many shapes: lists, samples apart, verbs shared, nouns that describe.

Each row is a made-up paper; the last value is the number of those who are ill.
"""

import pytest
from tests.evidence.read.made_up import paper

from rapport.evidence.read.people.participants import participants


@pytest.mark.parametrize(
    ("title", "abstract", "cases"),
    [
        ("Grip strength in ME/CFS: a case-control study",
         "Background: ME/CFS affects about 1 in 250 people. Methods: 48 female ME/CFS "
         "patients and 27 male ME/CFS patients squeezed a dynamometer; 60 healthy people "
         "did the same.", 75),
        ("Symptom networks in long COVID: an online survey",
         "Adults with self-reported long COVID (N = 2,310; 78% women) answered. Of "
         "these, 1,204 had been infected in 2020.", 2310),
        ("Rest and activity in ME/CFS",
         "Eighteen adult ME/CFS patients and 18 adult controls wore accelerometers for a "
         "week in this case-control study.", 18),
        ("Long COVID in nursing homes: a cohort study",
         "We studied 540 residents of 12 nursing homes who survived COVID-19. Six months "
         "later 97 residents had long COVID.", 97),
        ("Cognitive effort in CFS: an fMRI study",
         "Fifteen patients with CFS and 15 controls were scanned; data from 14 patients "
         "and 14 controls were analysed.", 14),
        ("A self-help app for long COVID: a randomised controlled trial",
         "Of 610 people who registered, 420 people with long COVID were randomly "
         "assigned to the app (n = 212) or usual care (n = 208). At three months 350 "
         "participants provided data.", 420),
        ("ME/CFS in primary care records: a cohort study",
         "Records of 1.2 million patients were searched. New codes for ME/CFS were found "
         "in 2,410 patients.", 2410),
        ("Experiences of post-COVID care: a focus-group study",
         "Four focus groups were held with 24 people with post-COVID syndrome and two "
         "groups with 11 physiotherapists.", 24),
        ("Salivary cytokines in ME/CFS: a cross-sectional study",
         "Of 70 participants, 35 had ME/CFS, 20 had major depression and 15 were "
         "healthy.", 35),
        ("Physician attitudes to long COVID: a cross-sectional study",
         "A total of 310 physicians completed the questionnaire; 45 had themselves had "
         "long COVID.", None),
        ("Postural tachycardia in adolescents with CFS: a cohort study",
         "We enrolled 120 adolescents with CFS aged 12-18 years and 39 healthy "
         "adolescents of the same age.", 120),
        ("The natural history of ME/CFS: a prospective cohort",
         "One hundred sixty-eight patients with ME/CFS were seen at baseline, 150 at one "
         "year and 131 at two years.", 168),
        ("Loneliness in people with ME/CFS: a cross-sectional survey",
         "The survey was open to people with ME/CFS and their carers. A total of 1,001 "
         "people responded, of whom 820 had ME/CFS and 181 were carers.", 820),
        ("T cells in long COVID: a cohort study",
         "We compared T cells of people with long COVID (LC, n=26), people who had "
         "recovered (R, n=24) and people who had never been infected (NI, n=18).", 26),
        ("A registry of ME/CFS patients: cohort profile",
         "As of June 2021 the registry held 641 participants: 471 with ME/CFS, 76 with "
         "multiple sclerosis and 94 healthy controls.", 471),
        ("Fatigue after stroke: a cross-sectional study",
         "Fatigue was assessed in 300 stroke survivors and compared with published norms "
         "for chronic fatigue syndrome.", None),
        ("Skeletal muscle in long COVID: a case-control study",
         "Biopsies were taken from 25 patients who had had post-exertional malaise since "
         "COVID-19 and 21 controls.", 25),
        ("Use of hospital care by people with ME/CFS: a register study",
         "We identified 1,950 people with ME/CFS and matched each with ten persons from "
         "the population (n = 19,500).", 1950),
        ("Sensory sensitivity in ME/CFS: a case-control study",
         "ME/CFS (n = 61, 50 women) and control participants (n = 58, 47 women) rated "
         "light and sound.", 61),
        ("A cross-sectional study of diet in CFS",
         "Diet records of 28 CFS patients were compared with those of 28 healthy "
         "subjects matched for age.", 28),
        ("Mast cells in long COVID: a survey",
         "136 adults with long COVID, 136 adults with mast cell activation syndrome and "
         "136 healthy adults rated symptoms.", 136),
        ("Preliminary results of immunoadsorption in post-COVID ME/CFS",
         "Ten patients with post-COVID ME/CFS were treated in this single-arm study; "
         "seven patients responded.", 10),
        ("Orthostatic symptoms in long COVID and ME/CFS: a comparison",
         "This cross-sectional study compared 42 long COVID patients with 38 ME/CFS "
         "patients and 20 healthy controls.", 38),
        ("Post-exertional symptoms after a step test: a crossover study",
         "Healthy volunteers (n = 12) and people with CFS (n = 14) stepped for ten "
         "minutes on two days.", 14),
        ("Brain fog: a survey of patients and doctors",
         "The survey was answered by 201 patients with long COVID and 55 doctors.", 201),
        ("Physical therapy in ME/CFS: survey of therapists",
         "Ninety-four physical therapists rated their confidence in treating ME/CFS.", None),
        ("A plasma proteomic signature of long COVID: a nested case-control study",
         "Blood had been given before infection by 80 people who later developed long "
         "COVID and 80 who did not.", 80),
        ("Voice and swallowing after COVID-19: a cross-sectional study",
         "Sixty-seven long-haulers and 40 controls read a passage.", 67),
        ("A new PEM scale: development and validation",
         "The scale was tried on three samples: 120 patients with ME/CFS, 95 patients "
         "with long COVID and 110 people without illness.", 120),
        ("Thyroid hormones in CFS: a case-control study",
         "This case-control study of 98 CFS patients (21-69 years, 21 males, 77 females) "
         "and 99 age- and sex-matched controls measured thyroid function.", 98),
        ("Fatigue severity and mood in ME/CFS: a cross-sectional study",
         "Method: Seventy-two participants meeting the Canadian Consensus Criteria and "
         "68 sedentary controls filled in scales. Results: Fatigue was severe in 60% of "
         "the participants with ME/CFS.", 72),
        ("Long COVID among Dutch teachers: a cross-sectional survey",
         "Of the 2,415 teachers who took part, 402 had long COVID.", 402),
        ("A trial of pyridostigmine in ME/CFS",
         "Forty-five patients with ME/CFS were randomised 1:1 to pyridostigmine (n = 23) "
         "or placebo (n = 22) after an exercise test.", 45),
        ("Long COVID and pregnancy: a cohort study",
         "Among 1,503 pregnant women with SARS-CoV-2 infection, 142 developed long "
         "COVID.", 142),
        ("Serum neurofilament in long COVID: a case-control study",
         "Levels were measured in 63 long COVID patients with cognitive complaints, 30 "
         "long COVID patients without cognitive complaints and 41 controls.", 93),
        ("Medical students' knowledge of ME/CFS",
         "A survey of 178 medical students showed gaps in knowledge.", None),
        ("Sleep disturbance and long COVID: data of a cohort of health workers",
         "Health workers (n = 3,022) answered three surveys. Long COVID was reported by "
         "9.8%.", None),
        ("The lived experience of ME/CFS: a phenomenological study",
         "Nine adults (seven women and two men) who had lived with ME/CFS for 3 to 20 "
         "years told their stories.", 9),
        ("Adverse childhood events in ME/CFS: a population-based case-control study",
         "From a population sample of 56,146 residents, 113 persons with CFS and 124 "
         "well controls were identified.", 113),
        ("Metabolome of long COVID: a cross-sectional study",
         "We included 110 people: 55 with long COVID, 25 with asymptomatic infection and "
         "30 with no infection.", 55),
        ("Eye movements in ME: a case-control study",
         "Reading was tested in 20 people with ME and 20 matched controls.", 20),
        ("Care pathways for long COVID in Wales: interviews",
         "We interviewed twelve people with long COVID, ten clinicians and four "
         "managers.", 12),
        ("Occurrence of CFS after Q fever: a cohort study",
         "A total of 870 patients with acute Q fever were followed. CFS was found in 42 "
         "patients.", 42),
        ("Quality of life of people with ME/CFS and of their relatives: a survey",
         "The survey was completed by 1,418 people with ME/CFS and 1,418 family members "
         "from 30 countries.", 1418),
        ("Stellate ganglion block in long COVID: a case series",
         "Fourteen patients with long COVID received two blocks each.", 14),
    ],
)  # fmt: skip
def test_patients_are_counted_in_whatever_shape_they_are_told(title, abstract, cases):
    assert participants(paper(title, abstract)).n_cases == cases
