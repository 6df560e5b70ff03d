"""Which two things a sentence links, in which direction, and whether it denies the link."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.spans import Span
from rapport.evidence.read.statements.links import link_in

# sentence, exposure, outcome, direction, denied
LINKS = [
    # predicts
    ("Daily steps predicted pain at week eight.", "Daily steps", "pain", None, False),
    ("Trust did not predict fatigue.", "Trust", "fatigue", None, True),
    ("Neither age nor sex predicted fatigue.", "age nor sex", "fatigue", None, True),
    ("Age, sex and poor sleep predicted fatigue and pain.", "Age, sex and poor sleep", "fatigue and pain", None, False),
    ("We found that trust explained half of the variance in satisfaction.", "trust", "satisfaction", None, False),
    ("Hours of rest explained 12% of the variance in mood.", "Hours of rest", "mood", None, False),
    ("Loneliness was an independent predictor of worse sleep after adjustment for age.", "Loneliness", "sleep", "worse", False),
    ("Sex was not a risk factor for relapse.", "Sex", "relapse", None, True),
    ("A cold winter was a strong predictor of joint pain.", "cold winter", "joint pain", None, False),
    ("Noise was the main determinant of headache.", "Noise", "headache", None, False),
    # associated with
    ("Poor sleep was associated with low mood.", "Poor sleep", "low mood", None, False),
    ("In the second group, poor sleep was strongly associated with low mood, among others.", "poor sleep", "low mood", None, False),
    ("Higher resting pulse was associated with less activity in patients.", "resting pulse", "activity", "less", False),
    ("Lower trust was associated with lower satisfaction.", "trust", "satisfaction", "more", False),
    ("Lower levels of trust were associated with more relapses.", "trust", "relapses", "less", False),
    ("Greater social support was associated with better quality of life.", "social support", "quality of life", "better", False),
    ("Longer travel was significantly associated with worse sleep.", "travel", "sleep", "worse", False),
    ("Fatigue was negatively correlated with daily steps (r = -0.4, p < 0.01).", "Fatigue", "daily steps", "less", False),
    ("Fatigue was inversely related to daily steps.", "Fatigue", "daily steps", "less", False),
    ("Daily steps correlated positively with mood.", "Daily steps", "mood", "more", False),
    ("Daily steps did not correlate with mood.", "Daily steps", "mood", None, True),
    ("Trust was not associated with pain.", "Trust", "pain", None, True),
    ("Trust was no longer associated with pain after adjustment.", "Trust", "pain", None, True),
    ("However, hours of rest were unrelated to pain.", "hours of rest", "pain", None, True),
    ("Hand strength was linked to work status.", "Hand strength", "work status", None, False),
    ("Results: Hand strength was linked to work status.", "Hand strength", "work status", None, False),
    ("Time in bed had a strong correlation with dizziness.", "Time in bed", "dizziness", None, False),
    ("Light showed no association with headache.", "Light", "headache", None, True),
    ("Neither rest nor diet was associated with recovery.", "rest nor diet", "recovery", None, True),
    ("Cold hands have been associated with pain, dizziness and fatigue.", "Cold hands", "pain, dizziness and fatigue", None, False),
    ("Crowding may be linked to infection.", "Crowding", "infection", None, False),
    ("Moreover, diet quality was weakly related to sleep.", "diet quality", "sleep", None, False),
    ("Heat was associated with dizziness, but not with pain.", "Heat", "dizziness", None, False),
    ("Heat was associated with dizziness whereas cold was not.", "Heat", "dizziness", None, False),
    # association between
    ("No association between sleep and pain was found.", "sleep", "pain", None, True),
    ("There was an inverse association between daily steps and pain.", "daily steps", "pain", "less", False),
    ("There was a positive correlation between trust and satisfaction.", "trust", "satisfaction", "more", False),
    ("The association between trust and fatigue was not significant.", "trust", "fatigue", None, True),
    ("We did not find a link between noise and headache.", "noise", "headache", None, True),
    ("A relationship between hours of rest and mood was seen in women.", "hours of rest", "mood", None, False),
    ("We examined the association of noise with headache.", "noise", "headache", None, False),
    ("The link between noise and headache was mediated by stress.", "noise", "headache", None, False),
    # acts on
    ("The breathing course improved sleep, mood and memory.", "The breathing course", "sleep, mood and memory", "better", False),
    ("Breathing training significantly reduced pain compared with usual care.", "Breathing training", "pain", "less", False),
    ("The diet did not reduce pain.", "The diet", "pain", "less", True),
    ("Light therapy failed to improve mood.", "Light therapy", "mood", "better", True),
    ("Among women, hot weather increased dizziness.", "hot weather", "dizziness", "more", False),
    ("Long shifts worsened headache in nurses.", "Long shifts", "headache", "worse", False),
    ("It appears that noise may worsen headache.", "noise", "headache", "worse", False),
    ("Early rest may lower the risk of relapse.", "Early rest", "the risk of relapse", "less", False),
    ("The infection may cause lasting fatigue.", "The infection", "lasting fatigue", None, False),
    ("Infection led to fatigue in mice.", "Infection", "fatigue", None, False),
    ("Overwork resulted in longer absence.", "Overwork", "absence", "more", False),
    ("A history of infection contributed to longer illness.", "history of infection", "illness", "more", False),
    ("The course neither improved mood nor changed sleep.", "The course", "mood", "better", True),
    ("Music affected heart rate.", "Music", "heart rate", None, False),
    ("Music influenced heart rate and breathing.", "Music", "heart rate and breathing", None, False),
    ("Cold baths cannot improve sleep.", "Cold baths", "sleep", "better", True),
    ("Care improves satisfaction and reduces relapse.", "Care", "satisfaction", "better", False),
    # passive
    ("Pain was reduced by breathing training.", "breathing training", "Pain", "less", False),
    ("Fatigue was not improved by the diet.", "the diet", "Fatigue", "better", True),
    ("Satisfaction was explained by trust and time.", "trust and time", "Satisfaction", None, False),
    ("Relapse was best predicted by early return to work.", "early return to work", "Relapse", None, False),
    ("Deaths were influenced by age, but not by diet.", "age", "Deaths", None, False),
    ("The effect was mediated by trust.", "trust", "The effect", None, False),
    # effect of
    ("The effect of light on sleep was small.", "light", "sleep", None, False),
    ("There was no effect of light on sleep.", "light", "sleep", None, True),
    ("No impact of diet on pain was seen.", "diet", "pain", None, True),
    ("Trust mediated the effect of listening on satisfaction.", "listening", "satisfaction", None, False),
    # comparisons
    ("Patients had higher resting pulse than controls.", "Patients", "resting pulse", "more", False),
    ("Patients did not have higher resting pulse than controls.", None, None, None, False),
    ("Resting pulse was significantly higher in patients than in controls.", "patients", "Resting pulse", "more", False),
    ("Salivary markers were lower in the rest group compared with the walking group.", "the rest group", "Salivary markers", "less", False),
    ("Cognitive scores were lower in patients than controls.", "patients", "Cognitive scores", "less", False),
    ("Pain was not higher in patients than in controls.", "patients", "Pain", "more", True),
    ("At 20 weeks, fatigue was lower after the breathing course than after usual care.", "the breathing course", "fatigue", "less", False),
    ("Those who rested reported fewer crashes than those who did not.", "Those who rested", "crashes", "less", False),
    ("The rest group showed a longer delay than the walking group.", "The rest group", "delay", "more", False),
    ("Women reported worse sleep than men.", "Women", "sleep", "worse", False),
    # nothing is linked, or an end is not named
    ("It was associated with them.", None, None, None, False),
    ("The groups did not differ.", None, None, None, False),
    ("We measured sleep in patients.", None, None, None, False),
    ("These findings raise hope.", None, None, None, False),
    ("The course, which was short, improved.", None, None, None, False),
    ("Pulse increased after ten minutes.", None, None, None, False),
    ("This improves our understanding of the relationship between care and trust.", None, None, None, False),
    ("We studied the relationship between care, trust, and pain.", None, None, None, False),
    ("The model predicted 80% of cases.", None, None, None, False),
    ("The mechanisms by which these changes might improve sleep are discussed.", None, None, None, False),
    ("Rooms were cleaned by nurses.", None, None, None, False),
]  # fmt: skip


def span(text):
    return Span(field="abstract", start=7, end=7 + len(text), quote=text, section="results")


@pytest.mark.parametrize("case", LINKS, ids=lambda case: case[0])
def test_a_sentence_names_what_it_links(case):
    sentence, exposure, outcome, direction, is_denied = case
    link = link_in(span(sentence))
    if exposure is None:
        assert link is None
        return
    assert link is not None
    assert (link.exposure.quote, link.outcome.quote) == (exposure, outcome)
    assert link.direction == direction
    assert link.is_denied is is_denied


@given(
    st.lists(
        st.sampled_from(
            [
                "trust",
                "pain",
                "was",
                "not",
                "associated",
                "with",
                "improved",
                "by",
                "no",
                "between",
                "and",
                "the",
                "of",
                ",",
                ".",
                "(",
                ")",
                "higher",
                "in",
            ]
        ),
        max_size=25,
    )
)
def test_both_ends_are_parts_of_the_sentence(words):
    sentence = span(" ".join(words))
    link = link_in(sentence)
    for end in (link.exposure, link.outcome) if link else ():
        first, last = end.start - sentence.start, end.end - sentence.start
        assert 0 <= first < last <= len(sentence.quote)
        assert sentence.quote[first:last] == end.quote


@pytest.mark.parametrize("bait", ["was not ", "associated with ", "higher in ", "a, ", "( "])
def test_a_hostile_sentence_takes_no_more_than_moments(bait):
    start = time.perf_counter()
    link_in(span(bait * 50_000))
    assert time.perf_counter() - start < 2
