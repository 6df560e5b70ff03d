"""The badge does not apply where nobody took part of whom it could speak."""

import pytest

from rapport.core.vocabulary import Badge
from rapport.evidence.publication import AbstractPart, Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

READER = Reader(load())
FILLING = " The reasons for this are many, and they are told in turn below." * 6


def read(title, abstract):
    return READER.read(
        Publication(
            origin=Origin(file="made up", position=1, format="example"),
            title=title,
            abstract=(AbstractPart(text=abstract),),
        )
    )


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        # Reviews and opinions that do not call themselves so in the title.
        ("Mitochondria in ME/CFS: a new look", "This study aims to review what is known of mitochondria in ME/CFS."),
        ("Mitochondria in ME/CFS", "In this narrative review we sum up the literature on patients with ME/CFS."),
        ("Rest and long COVID", "We discuss the current challenges of long COVID and propose a way ahead."),
        ("Rest and ME/CFS", "This article summarizes recent work on rest in people with ME/CFS."),
        ("Teaching about ME/CFS", "Students wrote on ME/CFS. The essay addresses the biology of the illness."),
        # Published data and texts.
        ("Gut bacteria and chronic fatigue syndrome: a two-sample Mendelian randomization study", "Summary statistics of 4 genome-wide studies were used. No link was found."),
        ("How ME/CFS is told on a platform", "In all, 2,310 posts about ME/CFS were collected and coded."),
        # Nobody is named at all.
        ("A sensor for chronic fatigue", "A sensor of paper is presented that counts blinks and is of use in ME/CFS." + FILLING),
        # Something else was studied, and the illness is named in passing.
        ("Heart failure and weight", "We followed 6,000 adults for ten years. The signs overlap with chronic fatigue syndrome."),
        ("Knee pain in runners", "Forty runners took part. The pain fell."),
        # A tool; a plan to read studies; those who treat, at some length; arguments.
        ("A diary for ME/CFS", "We developed an open-source application that lets people with ME/CFS record pain."),
        ("Immune cells in ME/CFS: protocol for a systematic review", "Two reviewers will screen studies of patients."),
        ("Physiotherapists' accounts of long COVID", "Ten physiotherapists working in community rehabilitation took part in interviews."),
        ("Exercise in long COVID: a word of caution", "In their recent trial, patients were treated. We disagree with the authors."),
        # Healthy people.
        ("Chronic fatigue: norm values of a scale in a sample representative of one country", "The scale was given to 2,000 participants. It was reliable."),
    ],
)  # fmt: skip
def test_nobody_took_part_of_whom_the_badge_could_speak(title, abstract):
    found = read(title, abstract).pem
    assert found.badge is Badge.NOT_APPLICABLE
    assert found.evidence


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Sleep in ME/CFS", "We compared 20 patients with ME/CFS and 20 controls. We discuss what follows for care."),
        ("Sleep in ME/CFS", "In this retrospective chart review of patients with ME/CFS sleep was poor."),
        ("An operation in ME/CFS: two years of a 27-year-old man", "The patient could walk again. We discuss how to choose patients."),
        ("T cells of health care workers in long COVID", "Health care workers who had been infected gave blood twice."),
        ("Care for ME/CFS as told online", "Interviews with people with ME/CFS, recruited by social media posts, were coded."),
        ("Low back pain", "Of 285 participants, 54 screened positive for ME/CFS."),
        ("Gene variants in ME/CFS", "We genotyped 300 patients with ME/CFS and 400 controls."),
        ("Immune cells in ME/CFS", "Cells were exposed to patient sera for two days." + FILLING),
        # Another language, and too short a text, say nothing by their silence.
        ("Sono na síndrome da fadiga crónica", "As alterações observadas foram mínimas após o esforço, segundo a análise. " * 8),
        ("Chronic fatigue syndrome in brief", "A short note."),
    ],
)  # fmt: skip
def test_people_who_may_have_taken_part_are_not_argued_away(title, abstract):
    assert read(title, abstract).pem.badge is Badge.NOT_STATED


def test_a_study_of_something_else_is_told_from_a_publication_without_participants():
    other = read("Knee pain in runners", "Forty runners took part. The pain fell.").pem
    review = read("Rest and ME/CFS", "This article summarizes work on ME/CFS.").pem
    assert "nobody_studied" in other.flags
    assert other.why != review.why


def test_blood_of_patients_that_others_studied_is_no_material_of_this_work():
    body = (
        "Introduction\n\nClots were seen in the blood of patients with long COVID.\n\n"
        "Methods\n\nRecombinant protein was added to washed platelets and spun (n = 5).\n\n"
        "Results\n\nClots formed faster, and they were larger (p = 0.01).\n"
    )
    origin = Origin(file="made up", position=1, format="example")
    title = "In vitro clotting and long COVID"
    found = READER.read(Publication(origin=origin, title=title, text=f"{title}\n\n{body}"))
    assert found.pem.badge is Badge.NOT_APPLICABLE
