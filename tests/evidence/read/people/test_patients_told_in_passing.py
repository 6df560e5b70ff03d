"""Numbers of patients that stand in a base, behind a verb, in lists, or beside what counts nobody.

Each row is a made-up paper; the last value is the number of those who are ill.
"""

import pytest
from tests.evidence.read.made_up import paper

from rapport.evidence.read.people.participants import participants

BASES = [
    ("Work and ME/CFS: a survey",
     "Of 1,204 respondents, 14% had paid work; 31% had none since falling ill.", 1204),
    ("Diet in ME/CFS: a survey",
     "Results: Among the 87 responders, 44% left out gluten.", 87),
    # A share of a group that is told as a part stays a part.
    ("Diet in ME/CFS: a survey",
     "We asked 87 patients with ME/CFS. There were 20 vegans, 23% of all.", 87),
]  # fmt: skip
CAME = [
    ("Housebound with ME/CFS: an interview study",
     "Of 41 people with ME/CFS who volunteered, 16 were included.", 16),
    ("Telehealth for ME/CFS: a survey",
     "Of 530 people with ME/CFS who began the survey, 488 provided complete data.", 488),
    ("Iron and ME/CFS in general practice",
     "Of 120 women with ME/CFS invited, 52 (43%) took part.", 52),
    ("Group therapy for CFS: a waiting list study",
     "Ninety patients with CFS were assessed, 61 of them were randomised.", 61),
    ("A register of ME/CFS",
     "By the end of the year, 640 people with ME/CFS had consented.", 640),
    ("Pacing for ME/CFS: a randomised trial",
     "Of 96 patients with ME/CFS who were randomised, 81 completed the last visit.", 96),
    ("Scans in ME/CFS",
     "Of 60 patients with ME/CFS, 12 provided a second sample.", 60),
    ("Exercise in long COVID",
     "Patients with long COVID who felt worse for a day or longer after effort were enrolled "
     "(n = 34); 30 others who had recovered rested.", 34),
]  # fmt: skip
LISTS = [
    ("Lipids in two cohorts with ME/CFS",
     "We measured lipids in a discovery (44 patients, 40 controls) and a validation cohort "
     "(31 patients, 30 controls).", 75),
    ("B cells in ME/CFS at three sites",
     "Cells came from three sites: 20 patients and 18 controls from Ulm, 15 patients and 16 "
     "controls from Pau, and 12 patients and 11 controls from Cork.", 47),
    ("Grip strength in ME/CFS",
     "Grip was measured in eight mildly, ten moderately and six severely affected people with "
     "ME/CFS.", 24),
    ("Amino acids in CFS",
     "Plasma came from 21 women and 19 men with CFS and from 20 women and 18 men who were "
     "healthy controls.", 40),
    ("Definitions of ME/CFS compared",
     "Of 70 patients, 41 met the Canadian criteria for ME/CFS and 29 met only the Fukuda "
     "criteria for CFS.", 70),
    ("Brain volume in ME/CFS",
     "We scanned 19 ME/CFS patients who met the Fukuda criteria, 14 ME/CFS patients who met the "
     "international criteria and 20 controls.", 33),
]  # fmt: skip
NOBODY = [
    ("Fatigue in a rat model of CFS", "Forty male rats were randomly divided.", None),
    ("Talking about ME/CFS: focus groups",
     "Three focus groups of four to six people with ME/CFS met; 15 patients with ME/CFS took "
     "part.", 15),
    ("Growing up with ME/CFS: interviews",
     "Twelve informants with ME/CFS aged 13 to 19 took part.", 12),
    ("Sleep in ME/CFS",
     "The diary was written with a panel of six patients. We studied 40 people with ME/CFS.", 40),
    ("Sleep in ME/CFS", "A score of ≥9 marks patients. We studied 40 people with ME/CFS.", 40),
    ("Fatigue of both kinds",
     "We saw 31 patients with ME/CFS and 22 patients with idiopathic chronic fatigue.", 31),
    ("Mothers of young people with ME/CFS: interviews",
     "We interviewed 17 mothers and 15 adolescents with ME/CFS.", 15),
]  # fmt: skip
OTHERS = [
    ("Serum in ME/CFS", "Serum was taken from 26 donors with ME/CFS and 24 healthy donors.", 26),
    ("Prediction of ME/CFS severity", "Samples came from 61 patients and 30 healthy donors.", 61),
    ("Immune cells in ME/CFS",
     "Cases (n = 72) had been ill for years. Controls (n = 70) gave blood once.", 72),
    ("Register study of ME/CFS",
     "All persons with a first diagnosis G93.3 in the national patient register (n = 3120) were "
     "identified.", 3120),
    ("Tilt in ME/CFS",
     "Twenty women with ME/CFS and 18 controls completed both tests.", 20),
    ("Twins and chronic fatigue",
     "We compared 52 twin pairs discordant for chronic fatigue syndrome.", 52),
]  # fmt: skip
TURNED_OUT = [
    ("Sleep in suspected ME/CFS",
     "Of 204 patients referred for suspected ME/CFS, 121 met the criteria.", 121),
    ("Definitions of ME/CFS",
     "Of 204 patients with ME/CFS, 121 met the international criteria too.", 204),
    ("Old age with ME/CFS: interviews",
     "We interviewed a sample of 22 persons over 70 who had lived with ME/CFS for decades.", 22),
    ("ME/CFS by post", "Forms went to the members of a charity. A total of 380 were returned.", 380),
    ("Butyrate in ME/CFS of short and long duration",
     "Stool came from 51 patients ill for less than four years, 46 patients ill for longer and "
     "60 healthy controls.", 97),
    ("Melatonin for CFS: a randomised trial",
     "Adults with CFS were assigned to melatonin (n = 30), bright light (n = 31) or neither "
     "(n = 29).", 90),
    ("Melatonin for CFS: a randomised trial",
     "Adults with CFS (n = 60) were assigned to melatonin (n = 30) or placebo (n = 30) by "
     "randomisation of sites (n = 8).", 60),
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "abstract", "cases"), [*BASES, *CAME, *LISTS, *NOBODY, *OTHERS, *TURNED_OUT]
)
def test_the_ill_are_counted_and_nobody_else(title, abstract, cases):
    assert participants(paper(title, abstract)).n_cases == cases
