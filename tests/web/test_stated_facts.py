"""What a study states of itself, in short lines: what was found, and what was not."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.facts import DesignRecord, Participants
from rapport.cards.stated import (
    Age,
    Blinding,
    Comparison,
    Countries,
    DropOut,
    FollowUp,
    Groups,
    GroupSize,
    Harms,
    PlannedNumber,
    Randomisation,
    Settings,
    Severity,
    Sex,
)
from rapport.core.spans import Span
from rapport.core.vocabulary import (
    BlindLevel,
    BlindParty,
    Control,
    Design,
    HarmsFinding,
    HarmsMethod,
    IllnessSeverity,
    Setting,
    TimeUnit,
)
from rapport.knowledge.load import load
from rapport.web import addresses, words
from rapport.web.card_facts import facts_of
from rapport.web.card_text import card_text
from rapport.web.stated_facts import (
    conduct_lines,
    evidence_of,
    harms_lines,
    not_found_of,
    people_lines,
)

SAID = (Span(field="abstract", start=0, end=4, quote="Made"),)


def place(start):
    return Span(field="body", start=start, end=start + 1, quote="x")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (Participants(), []),
        (Participants(n_cases=1), ["1 patient."]),
        (
            Participants(n_cases=1200, n_enrolled=1300, n_controls=20),
            [
                "1,200 patients.",
                "1,300 patients entered the study.",
                "20 people to compare with (controls).",
            ],
        ),
        (Participants(n_cases=40, n_enrolled=40, n_analysed=40), ["40 patients."]),
        # fewer entered than were studied: one of the two was read wrongly
        (Participants(n_cases=40, n_enrolled=4), ["40 patients."]),
        (Participants(n_cases=40, n_analysed=31), ["40 patients.", "31 were analysed."]),
        (
            Participants(planned=PlannedNumber(n=110, evidence=SAID)),
            ["The plan is to study 110 people."],
        ),
        (
            Participants(
                groups=Groups(
                    sizes=(GroupSize(name="rest", n=20), GroupSize(name="walks", n=19)),
                    evidence=SAID,
                )
            ),
            ["Groups: rest (20) and walks (19)."],
        ),
        (
            Participants(age=Age(mean=45.95, low=29, high=57, evidence=SAID)),
            ["Average age: 45.95 years.", "Ages: 29 to 57 years."],
        ),
        (
            Participants(age=Age(median=44, iqr_low=35, iqr_high=56, evidence=SAID)),
            ["Average age (median): 44 years.", "The middle half were 35 to 56 years old."],
        ),
        (
            Participants(age=Age(entry_low=18, entry_high=70, evidence=SAID)),
            ["People aged 18 to 70 could join."],
        ),
        (Participants(age=Age(entry_low=16, evidence=SAID)), ["People aged 16 or older could join."]),
        (
            Participants(age=Age(entry_low=0, entry_high=18, evidence=SAID)),
            ["People aged up to 18 could join."],
        ),
        (Participants(sex=Sex(share_female=0, evidence=SAID)), ["Women and girls: 0%."]),
        (
            Participants(sex=Sex(share_female=0.7538, n_female=98, n_male=32, evidence=SAID)),
            ["Women and girls: 75% (98 of 130)."],
        ),
        (
            Participants(country=Countries(names=("Spain", "Italy", "Peru"), evidence=SAID)),
            ["Countries: Spain, Italy and Peru."],
        ),
    ],
)  # fmt: skip
def test_the_people_of_a_study_are_told_in_short_lines(people, expected):
    assert list(people_lines(people)) == expected


def test_what_was_not_found_of_the_people_is_named():
    age = Age(mean=40, evidence=SAID)
    assert list(not_found_of(Participants(age=age))) == [
        "How ill they were: not found in the text we read.",
        "We did not find: share of women, country, where people were found.",
    ]
    all_of_it = Participants(
        age=age,
        sex=Sex(share_female=0.5, evidence=SAID),
        country=Countries(names=("Spain",), evidence=SAID),
        severity=Severity(levels=(IllnessSeverity.MILD,), evidence=SAID),
        setting=Settings(values=(Setting.HOME,), evidence=SAID),
    )
    assert list(not_found_of(all_of_it)) == []


def test_who_was_left_out_does_not_tell_how_ill_the_others_were():
    left_out = Severity(left_out=(IllnessSeverity.HOUSEBOUND,), evidence=SAID)
    first = next(iter(not_found_of(Participants(severity=left_out))))
    assert first == "How ill they were: not found in the text we read."


@pytest.mark.parametrize(
    ("levels", "left_out", "expected"),
    [
        ("mild", "", ["How ill they were: mildly ill people."]),
        ("moderate severe", "", ["How ill they were: moderately and severely ill people."]),
        (
            "moderate severe housebound",
            "very_severe",
            [
                "How ill they were: moderately and severely ill people, and people who could not "
                "leave the house.",
                "Left out: very severely ill people.",
            ],
        ),
        ("", "housebound", ["Left out: people who could not leave the house."]),
    ],
)
def test_how_ill_people_were_and_who_was_left_out_is_told(levels, left_out, expected):
    severity = Severity(
        levels=tuple(map(IllnessSeverity, levels.split())),
        left_out=tuple(map(IllnessSeverity, left_out.split())),
        evidence=SAID,
    )
    assert list(people_lines(Participants(severity=severity))) == expected


@pytest.mark.parametrize("place", Setting)
def test_every_place_has_its_words(place):
    people = Participants(setting=Settings(values=(place,), evidence=SAID))
    (line,) = people_lines(people)
    assert line.startswith("Where people were found or seen: ")


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (DesignRecord(value=Design.CROSS_SECTIONAL), []),
        (
            DesignRecord(value=Design.RCT),
            [
                "We found no word on what it was compared with.",
                "We found no word on blinding.",
            ],
        ),
        (
            DesignRecord(
                value=Design.RCT,
                blinded=False,
                control=Comparison(
                    kinds=(Control.USUAL_CARE, Control.WAITING_LIST), evidence=SAID
                ),
                randomisation=Randomisation(is_randomised=True, by_cluster=True, evidence=SAID),
                follow_up=FollowUp(length=1, unit=TimeUnit.YEARS, evidence=SAID),
            ),
            [
                "Compared with usual care and a waiting list.",
                "People knew which group they were in (not blinded).",
                "Chance decided who got what.",
                "Whole groups were drawn, such as clinics, and not single people.",
                "We found no word on whether the order was kept hidden (concealed).",
                "Longest follow-up: 1 year.",
            ],
        ),
        (
            DesignRecord(
                value=Design.SINGLE_ARM_TRIAL,
                control=Comparison(kinds=(Control.NONE,), evidence=SAID),
                blinding=Blinding(level=BlindLevel.OPEN, evidence=SAID),
            ),
            [
                "Compared with nothing: there is one group only.",
                "The authors call it open: people knew who got what.",
            ],
        ),
        (
            DesignRecord(
                value=Design.NONRANDOMISED_TRIAL,
                blinded=True,
                control=Comparison(kinds=(Control.SHAM,), evidence=SAID),
                blinding=Blinding(
                    level=BlindLevel.DOUBLE,
                    parties=(BlindParty.PARTICIPANTS, BlindParty.ASSESSORS),
                    evidence=SAID,
                ),
                randomisation=Randomisation(is_randomised=False, evidence=SAID),
                follow_up=FollowUp(
                    length=2.5, unit=TimeUnit.WEEKS, kind="median", evidence=SAID
                ),
            ),
            [
                "Compared with a pretend treatment (sham).",
                "The authors call it double-blind.",
                "Blinded: the people who took part and those who measured.",
                "Chance did not decide who got what.",
                "Followed for 2.5 weeks (median).",
            ],
        ),
    ],
)
def test_how_a_study_was_done_is_told_in_short_lines(design, expected):
    assert list(conduct_lines(design)) == expected


FOUND = Harms(finding=HarmsFinding.FOUND, evidence=SAID)
UNSAID = "We found no word on harms. This does not mean that there were none."
NOBODY_COUNTED = "We found no word on how many left the study."


@pytest.mark.parametrize(
    ("harms", "design", "expected"),
    [
        # nobody is treated in a survey: silence there is nothing to tell
        (None, Design.CROSS_SECTIONAL, ()),
        (None, Design.RCT, (UNSAID, NOBODY_COUNTED)),
        (None, Design.PROTOCOL, ()),
        (None, Design.CASE_REPORT, ()),
        (FOUND, Design.CASE_REPORT, ("Harms were found.",)),
        # where nobody is treated, a word for harm is mostly one for the illness
        (FOUND, Design.COHORT_PROSPECTIVE, ()),
        (
            Harms(evidence=(), drop_outs=(DropOut(n=2),)),
            Design.COHORT_PROSPECTIVE,
            ("Left the study: 2.",),
        ),
        (
            Harms(
                finding=HarmsFinding.FOUND,
                serious=True,
                methods=(HarmsMethod.QUESTIONNAIRE, HarmsMethod.MONITORED),
                evidence=SAID,
            ),
            Design.CASE_SERIES,
            (
                "Harms were found.",
                "Some were serious.",
                "Looked for with a list of questions and by keeping watch.",
            ),
        ),
        (
            Harms(finding=HarmsFinding.SOUGHT, evidence=SAID),
            Design.PROTOCOL,
            ("The plan is to look for harms.",),
        ),
        (
            Harms(
                evidence=(),
                drop_outs=(
                    DropOut(n=7, of=59, arm="rest"),
                    DropOut(n=0),
                    DropOut(share=0.12),
                    DropOut(n=3),
                ),
            ),
            Design.RCT,
            (UNSAID, "Left the study: 7 of 59 in the rest group; nobody; 12%; 3."),
        ),
    ],
)
def test_harms_are_told_with_what_is_not_known_of_them(harms, design, expected):
    assert harms_lines(harms, design) == expected


def test_only_a_search_that_found_none_says_so():
    says_none = {
        finding
        for finding in HarmsFinding
        for line in harms_lines(Harms(finding=finding, evidence=SAID), Design.RCT)
        if "None were found" in line
    }
    assert says_none == {HarmsFinding.SOUGHT_NONE_FOUND}


def test_what_was_not_looked_for_is_never_called_none():
    for told in (words.HARMS[HarmsFinding.NOT_SOUGHT], words.HARMS_UNSAID):
        assert told.endswith("This does not mean that there were none.")


def test_each_stated_value_brings_its_first_place_before_any_brings_a_second():
    people = Participants(n_cases=3, evidence=(place(1), place(2)))
    age = Age(mean=40, evidence=(place(3), place(1)))
    assert evidence_of(people, age, None) == (place(1), place(3), place(2))


def test_the_page_and_the_plain_text_of_a_trial_tell_the_same(made_up, client):
    page = client.get("/cards/pmid-90000002/").content.decode()
    text = client.get(addresses.card_as("pmid-90000002", "txt")).content.decode()
    flat = " ".join(text.split())
    for line in (
        "Compared with usual care and a waiting list.",
        "The order was kept hidden (concealed).",
        "96 patients entered the study.",
        "Women and girls: 80% (72 of 90).",
        "Left the study: 4 of 48 in the planned rest group; 2 of 48.",
    ):
        assert line in page
        assert line in flat
    for quote in ("72 women and 18 men.", "Sealed letters held the lots."):
        assert quote in page


def test_a_review_studied_no_people_of_its_own(made_up):
    card = msgspec.structs.replace(
        made_up, design=DesignRecord(value=Design.NARRATIVE_REVIEW), participants=Participants()
    )
    lines = {fact.label: fact.lines for fact in facts_of(card, load().definitions)}
    assert lines["Who was studied"] == ("It studied no people of its own.",)
    assert "Harms, and who left" not in lines


@given(st.lists(st.text(max_size=400), min_size=1, max_size=300), st.integers(0, 10**9))
def test_no_number_of_groups_or_countries_swells_a_line(made_up_names, n):
    people = Participants(
        n_cases=n,
        country=Countries(names=tuple(made_up_names), evidence=SAID),
        groups=Groups(
            sizes=tuple(GroupSize(name=name, n=n) for name in made_up_names), evidence=SAID
        ),
    )
    lines = list(people_lines(people))
    assert len(lines) == 3
    assert len(lines[1]) <= 600


def test_the_plain_text_names_harms(made_up):
    card = msgspec.structs.replace(
        made_up, harms=FOUND, design=DesignRecord(value=Design.SINGLE_ARM_TRIAL)
    )
    assert "- Harms, and who left: Harms were found." in card_text(
        card, load().definitions, "snapshot"
    )
