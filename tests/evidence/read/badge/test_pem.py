"""The badge of made-up papers: who had to have PEM to take part, and which sentence says so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.cards.facts import DesignRecord
from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Badge, Combination, Design
from rapport.evidence.publication import AbstractPart, Origin, Publication, Section
from rapport.evidence.read.badge.pem import pem
from rapport.evidence.read.entry.entry_reader import EntryReader
from rapport.evidence.read.reader import Reader
from rapport.evidence.read.text.document import document
from rapport.knowledge.load import load

READER = EntryReader(load())
REQUIRED, NOT_REQUIRED, MIXED = Badge.REQUIRED, Badge.NOT_REQUIRED, Badge.MIXED
NOT_STATED, NOT_APPLICABLE = Badge.NOT_STATED, Badge.NOT_APPLICABLE
TITLE = "Sleep in people with ME/CFS"
ABSTRACT = "People with ME/CFS and healthy controls were compared. Sleep differed."


def paper(methods="", *, title=TITLE, abstract=ABSTRACT, intro="", results="", discussion=""):
    parts = [
        ("Introduction", intro),
        ("Methods", methods),
        ("Results", results),
        ("Discussion", discussion),
    ]
    return Publication(
        origin=Origin(file="made up", position=1, format="example"),
        title=title,
        abstract=(AbstractPart(text=abstract),) if abstract else (),
        sections=tuple(Section(title=t, paragraphs=(words,)) for t, words in parts if words),
    )


def read(publication, design=Design.CASE_CONTROL):
    text = document(publication)
    record = pem(text, DesignRecord(value=design), READER)
    assert all(is_verbatim(span, text.canonical.fields) for span in record.evidence)
    return record


@pytest.mark.parametrize(
    ("methods", "badge"),
    [
        ("Patients met the Canadian Consensus Criteria.", REQUIRED),
        ("Patients met the Fukuda criteria.", NOT_REQUIRED),
        ("Patients met the Oxford criteria.", NOT_REQUIRED),
        ("Patients met both the Fukuda and the Canadian criteria.", REQUIRED),
        ("Patients met the Fukuda or the Canadian criteria.", NOT_REQUIRED),
        ("Patients met the Canadian and/or the IOM criteria.", REQUIRED),
        ("Patients met the Fukuda/Canadian criteria.", NOT_STATED),
        # Those who met one of two alternatives are a part of the patients.
        (
            "Patients met the Fukuda or the CCC; it was the same in those who met the CCC.",
            NOT_REQUIRED,
        ),
        ("Patients met the Fukuda or the CCC. All of them also met the CCC.", REQUIRED),
        # Two sentences about the same patients hold together.
        ("Patients met the Fukuda criteria. All of them also met the IOM criteria.", REQUIRED),
        ("Patients met the Fukuda criteria. Post-exertional malaise was required.", REQUIRED),
        ("Patients met the Fukuda criteria. Those without PEM were excluded.", REQUIRED),
        ("Patients met the CDC criteria.", NOT_STATED),
        ("Patients had ME/CFS and were aged 18 to 60.", NOT_STATED),
        ("Patients had been diagnosed with ME/CFS by a physician.", NOT_STATED),
        # Who is not a patient of this study decides nothing.
        ("Healthy controls did not meet the Canadian criteria.", NOT_STATED),
        ("Controls were excluded if they met the Canadian Consensus Criteria.", NOT_STATED),
        ("Exclusion criteria were those listed by Fukuda.", NOT_STATED),
        ("PEM was measured with the DSQ-PEM after each visit.", NOT_STATED),
        ("Patients met the Fukuda criteria. PEM was the primary outcome.", NOT_REQUIRED),
        ("Patients met the Fukuda criteria. A subgroup met the Canadian criteria.", MIXED),
        (
            "Cases of the first cohort met the Fukuda and Canadian criteria. "
            "Cases of the second cohort met the Fukuda criteria.",
            MIXED,
        ),
        ("Patients met the Fukuda criteria without the PEM item.", NOT_REQUIRED),
    ],
)
def test_the_methods_decide_the_badge(methods, badge):
    assert read(paper(methods)).badge is badge


def test_a_share_with_pem_among_the_results_is_no_entry_rule():
    record = read(
        paper(
            "Patients met the Fukuda criteria.",
            results="In all, 96.9% of patients reported post-exertional malaise.",
        )
    )
    assert record.badge is NOT_REQUIRED
    assert record.share_with_pem == pytest.approx(0.969)


def test_the_least_hours_and_the_instrument_are_kept():
    record = read(
        paper(
            "Patients met the Canadian criteria, with PEM lasting at least 14 hours, "
            "confirmed with the DSQ-PEM."
        )
    )
    assert record.badge is REQUIRED
    assert record.minimum_hours == 14
    assert record.instrument == "DSQ-PEM"


@pytest.mark.parametrize(
    "where",
    [
        {"intro": "ME/CFS is diagnosed with the Canadian Consensus Criteria."},
        {"discussion": "Previous studies used the Canadian Consensus Criteria."},
        {"discussion": "Future studies should use the Canadian Consensus Criteria."},
        {"intro": "The Canadian Consensus Criteria require post-exertional malaise."},
        {
            "discussion": "Doe et al. recruited patients who met the Canadian Consensus Criteria."
        },
    ],
)
def test_background_and_other_studies_decide_nothing(where):
    assert read(paper("Patients with ME/CFS took part.", **where)).badge is NOT_STATED


def test_the_discussion_counts_where_it_speaks_of_the_study_s_own_patients():
    record = read(
        paper("Patients took part.", discussion="Our patients met the Canadian criteria.")
    )
    assert record.badge is REQUIRED


def test_reviews_notices_and_animals_have_no_participants():
    review = paper("We searched for studies of patients who met the Canadian criteria.")
    assert read(review, Design.SYSTEMATIC_REVIEW).badge is NOT_APPLICABLE
    notice = paper(title="Correction: Sleep in people with ME/CFS", abstract="")
    assert read(notice, Design.OTHER).badge is NOT_APPLICABLE
    mice = paper("Mice swam daily.", title="Fatigue in mice", abstract="Mice were tired.")
    assert read(mice, Design.IN_VITRO_OR_ANIMAL).badge is NOT_APPLICABLE


def test_cells_exposed_to_patients_serum_have_participants():
    record = read(
        paper("Serum from patients who met the Canadian criteria was used."),
        Design.IN_VITRO_OR_ANIMAL,
    )
    assert record.badge is REQUIRED


LONG_COVID = {
    "title": "Exercise capacity in long COVID",
    "abstract": "Adults with long COVID were tested. Long COVID limits work.",
}


@pytest.mark.parametrize(
    ("methods", "badge"),
    [
        ("Inclusion criteria were a positive PCR for SARS-CoV-2 and symptoms.", NOT_REQUIRED),
        ("Long COVID was defined according to the WHO.", NOT_REQUIRED),
        ("Eligible adults met the NICE definition of long COVID.", NOT_REQUIRED),
        ("Only adults with long COVID who reported PEM were recruited.", REQUIRED),
        ("Adults with long COVID came from one clinic.", NOT_STATED),
    ],
)
def test_studies_of_long_covid_have_rules_of_their_own(methods, badge):
    assert read(paper(methods, **LONG_COVID)).badge is badge


def test_a_definition_applied_to_an_infected_cohort_classifies():
    record = read(
        paper(
            "Adults with a confirmed infection were followed. "
            "The Canadian criteria were used for the diagnosis of ME/CFS.",
            title="Incidence of ME/CFS after COVID-19",
            abstract="We estimated the incidence of ME/CFS after COVID-19. "
            "In 12% (6/50) ME/CFS was diagnosed.",
        )
    )
    assert record.badge is MIXED


def test_what_was_combined_and_why_is_said_in_plain_words():
    record = read(paper("Patients met the Canadian or the International Consensus Criteria."))
    assert record.combination is Combination.ANY
    assert set(record.definitions) == {"ccc_2003", "icc_2011"}
    assert record.why is not None
    assert record.why.startswith("Everyone in this study had to meet")
    assert record.rule == "P021"


def test_a_shared_name_that_stays_open_is_flagged():
    assert "ambiguous_definition" in read(paper("Patients met the CDC criteria.")).flags


# Metamorphic: what must not change the badge, and what must.

RULES = st.sampled_from(
    [
        "Patients met the Canadian Consensus Criteria.",
        "Patients met the Fukuda criteria.",
        "Patients met both the Fukuda and the Canadian criteria.",
        "Patients met either the Fukuda or the Canadian criteria.",
        "ME/CFS was diagnosed according to the Institute of Medicine criteria.",
        "Patients fulfilled the Oxford criteria.",
    ]
)
NOISE = st.lists(
    st.sampled_from(
        [
            "Blood was drawn after breakfast.",
            "Sleep was measured for seven nights.",
            "Agreement was good (ICC = 0.91).",
            "The study was approved at the University of Oxford.",
            "Two-sided tests were used.",
            "Data were analysed in R.",
        ]
    ),
    max_size=4,
)


@given(RULES, NOISE, NOISE)
@settings(max_examples=30)
def test_irrelevant_sentences_change_nothing(rule, before, after):
    alone = read(paper(rule))
    record = read(paper(" ".join([*before, rule, *after])))
    assert (record.badge, record.definitions) == (alone.badge, alone.definitions)


@given(
    RULES, st.sampled_from(["Participants", "Study population", "2.1. Recruitment", "Subjects"])
)
@settings(max_examples=20)
def test_the_title_of_the_section_changes_nothing(rule, heading):
    publication = Publication(
        origin=Origin(file="made up", position=1, format="example"),
        title=TITLE,
        sections=(
            Section(title="Methods"),
            Section(title=heading, depth=2, paragraphs=(rule,)),
        ),
    )
    assert read(publication).badge is read(paper(rule)).badge


@given(RULES, st.sampled_from(["  ", "\n", "\u00a0", " \n "]))
@settings(max_examples=30)
def test_white_space_changes_nothing(rule, space):
    text = f"Methods\n{rule.replace(' ', space)}\n"
    publication = Publication(
        origin=Origin(file="made up", position=1, format="example"), title=TITLE, text=text
    )
    assert read(publication).badge is read(paper(rule)).badge


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Patients fulfilled the Canadian criteria.", "Patients fulfill the Canadian criteria."),
        ("Paediatric patients met the Fukuda criteria.", "Pediatric patients met the Fukuda criteria."),
        ("Patients characterised by the IOM criteria enrolled.", "Patients characterized by the IOM criteria enrolled."),
    ],
)  # fmt: skip
def test_spelling_changes_nothing(british, american):
    assert read(paper(british)).badge is read(paper(american)).badge


@pytest.mark.parametrize(
    "cited",
    [
        "Patients met the Canadian criteria [4].",
        "Patients met the Canadian criteria (4).",
        "Patients met the Canadian criteria4.",
        "Patients met the Canadian criteria\u2074.",
        "Patients met the Canadian criteria (Carruthers et al., 2003).",
    ],
)
def test_the_style_of_citation_changes_nothing(cited):
    record = read(paper(cited))
    assert (record.badge, record.definitions) == (REQUIRED, ("ccc_2003",))


@given(RULES)
@settings(max_examples=10)
def test_shutting_out_people_without_pem_never_lowers_the_badge(rule):
    assert read(paper(f"{rule} Patients without PEM were excluded.")).badge is REQUIRED


@given(RULES)
@settings(max_examples=10)
def test_without_its_methods_a_paper_states_nothing(rule):
    assert read(paper(rule)).badge is not NOT_STATED
    assert read(paper("")).badge is NOT_STATED


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_nonsense_is_read_without_a_crash(text):
    publication = Publication(
        origin=Origin(file="made up", position=1, format="example"), text=text + " PEM CCC met"
    )
    read(publication, Design.OTHER)


@pytest.mark.parametrize(
    ("title", "badge"),
    [
        ("Rest in ME/CFS: a systematic review", Badge.NOT_APPLICABLE),
        ("Advances in understanding ME/CFS", Badge.NOT_STATED),  # sounds like a review, no more
    ],
)
def test_a_title_alone_says_only_what_it_names(title, badge):
    origin = Origin(file="made-up.jsonl", position=1, format="json_lines")
    assert Reader(load()).read(Publication(origin=origin, title=title)).pem.badge is badge


@pytest.mark.parametrize(
    ("heading", "items", "badge"),
    [
        ("Inclusion criteria", "Age over 18. PEM lasting more than 24 hours.", REQUIRED),
        ("Inclusion criteria", "Age over 18. PEM was assessed with the DSQ-PEM.", NOT_STATED),
        ("Inclusion criteria", "These symptoms are fatigue, PEM and pain.", NOT_STATED),
        ("Inclusion criteria", "Two of the following symptoms: pain, PEM, fever.", NOT_STATED),
        ("Exclusion criteria", "PEM so severe that travel is impossible.", NOT_STATED),
        ("Participants", "Age over 18. PEM is common.", NOT_STATED),
    ],
)
def test_an_item_of_a_list_of_inclusion_criteria_is_asked_for(heading, items, badge):
    publication = Publication(
        origin=Origin(file="made up", position=1, format="example"),
        title=TITLE,
        abstract=(AbstractPart(text=ABSTRACT),),
        sections=(
            Section(title="Methods", paragraphs=()),
            Section(title=heading, depth=2, paragraphs=(items,)),
        ),
    )
    assert read(publication).badge is badge


def test_where_definitions_are_compared_those_who_met_one_are_a_group():
    told = "Patients who met the ICC had more pain. The sample met the Fukuda criteria."
    compared = paper(title="Contrasting case definitions of ME/CFS", abstract=told)
    assert read(compared, Design.CROSS_SECTIONAL).badge is MIXED
    plain = paper(title="Pain in ME/CFS", abstract="Patients who met the ICC had more pain.")
    assert read(plain, Design.CROSS_SECTIONAL).badge is REQUIRED
    recruited = "Patients who met the ICC were recruited. They had more pain."
    entered = paper(title="Contrasting case definitions of ME/CFS", abstract=recruited)
    assert read(entered, Design.CROSS_SECTIONAL).badge is REQUIRED


def test_a_shared_name_is_settled_by_the_rule_that_is_told_in_full():
    told = "Patients met the CDC criteria: fatigue and four or more of eight symptoms."
    record = read(paper(told))
    assert (record.badge, record.definitions) == (NOT_REQUIRED, ("fukuda_1994",))
