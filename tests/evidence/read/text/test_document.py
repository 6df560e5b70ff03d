"""Publications become sentences that know their section and their place."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.spans import is_verbatim
from rapport.evidence.publication import (
    AbstractPart,
    Origin,
    Publication,
    Reference,
    Section,
    Table,
)
from rapport.evidence.read.text.document import SectionKind, document
from rapport.evidence.read.text.sections import kind_of, main_kind
from rapport.evidence.read.text.sentences import LONGEST

ORIGIN = Origin(file="made up", position=1, format="json_lines")


def of_text(text):
    return document(Publication(origin=ORIGIN, text=text))


def sections_of(text):
    return {sentence.text: sentence.section for sentence in of_text(text).sentences}


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (("Methods",), SectionKind.METHODS),
        (("2. Materials and Methods", "2.1. Participants"), SectionKind.METHODS),
        (("2 | METHODS",), SectionKind.METHODS),
        (("Results and discussion",), SectionKind.RESULTS),
        (("Results", "Participants"), SectionKind.RESULTS),  # the main heading decides
        (("Participants",), SectionKind.METHODS),  # no main heading: the sub-heading does
        (("Discussion", "Strengths and limitations"), SectionKind.LIMITATIONS),
        (("Background",), SectionKind.INTRODUCTION),
        (("STAR★Methods",), SectionKind.METHODS),
        (("Case presentation",), SectionKind.METHODS),
        (("Author contributions",), SectionKind.BACK),
        (("Energy in the cell",), SectionKind.UNKNOWN),
        ((), SectionKind.UNKNOWN),
    ],
)
def test_headings_say_what_kind_of_section_they_open(titles, kind):
    assert kind_of(titles) is kind


def test_a_sentence_that_begins_with_a_heading_word_is_no_heading():
    assert main_kind("Methods that measure fatigue differ between clinics and are") is None


def test_line_ends_ligatures_and_soft_hyphens_are_resolved_and_the_span_stays_verbatim():
    text = "Pa\u00adtients met the de\ufb01nition\nof the Ca-\nnadian group and post-\nexertional malaise."
    found = of_text(text)
    (sentence,) = found.sentences
    assert (
        sentence.text
        == "Patients met the definition of the Canadian group and post-exertional malaise."
    )
    assert found.span(sentence).quote == text


def test_a_running_head_inside_a_sentence_is_left_out_of_its_words():
    pages = "".join(
        f"The first half of sentence {word}\nSmith et al. Journal of Things {number}\n"
        f"goes on after page break {word}.\n"
        for number, word in enumerate(["one", "two", "three", "four"], start=101)
    )
    texts = [sentence.text for sentence in of_text(pages).sentences]
    assert texts[0] == "The first half of sentence one goes on after page break one."


def test_abbreviations_of_the_field_end_no_sentence():
    text = (
        "Patients (n = 25; P = .03) met the criteria of Doe et al. in 2003 vs. controls of Dr. Roe. "
        "We used e.g. a scale, see Fig. 2 for approx. values. A third sentence follows."
    )
    assert len(of_text(text).sentences) == 3


def test_a_reference_number_glued_to_a_full_stop_belongs_to_its_sentence():
    texts = [
        s.text for s in of_text("They met the criteria.6 Controls were healthy.").sentences
    ]
    assert texts == ["They met the criteria.6", "Controls were healthy."]


PAPER = """Abstract
Background
Something is not known.
Methods
We asked people.
Results
They answered.

Introduction
Much has been said before.
Methods
Patients met the definition [2].
Results
They were well.
Discussion
This is what it means.
References
1. Doe J, Roe R. A first work on tiredness. J Things. 1994;1:1-9.
2. Poe E. A second work on
tiredness after effort. J Things. 2003;2:10-19.
3. Moe M. A third work. J Things. 2011;3:20-29.
"""


def test_a_structured_abstract_is_not_taken_for_the_body():
    sections = sections_of(PAPER * 1 + " " * 13_000)
    assert sections["We asked people."] is SectionKind.ABSTRACT
    assert sections["Patients met the definition [2]."] is SectionKind.METHODS
    assert sections["This is what it means."] is SectionKind.DISCUSSION


SHORT = "{0}\nLittle is known.\n{1}\nWe asked people.\n{2}\nThey slept badly.\n"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Introduction", "Methods", "Results"), SectionKind.METHODS),  # a short report
        (("Background:", "Methods:", "Results:"), SectionKind.ABSTRACT),  # labels
        (("BACKGROUND:", "METHODS:", "RESULTS:"), SectionKind.ABSTRACT),
        (("Sleep", "Methods", "Pain"), SectionKind.ABSTRACT),  # one heading makes no report
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_headings_of_a_short_text_open_sections_and_labels_do_not(labels, expected, ending):
    text = SHORT.format(*labels).replace("\n", ending)
    assert sections_of(text)["We asked people."] is expected


def test_the_reference_list_is_not_read_but_can_be_cited():
    found = of_text(PAPER)
    assert found.references["2"].text.startswith(
        "Poe E. A second work on tiredness after effort"
    )
    assert found.references["2"].year == 2003
    assert not any("A third work" in sentence.text for sentence in found.sentences)


def test_a_numbered_list_of_works_needs_no_heading():
    entries = "\n".join(
        f"{number}. Author {'ABCDEFGHIJKLM'[number]}. On sleep. J Things. 20{number:02d};1:1-9."
        for number in range(1, 13)
    )
    found = of_text("Some words about patients stand here.\n\n" + entries)
    assert found.references["7"].year == 2007
    assert [s.text for s in found.sentences] == ["Some words about patients stand here."]


def test_methods_after_the_references_are_methods():
    text = PAPER + "\nMethods\nSamples were drawn in the morning.\n" + " " * 13_000
    assert sections_of(text)["Samples were drawn in the morning."] is SectionKind.METHODS


def test_a_publication_with_structure_keeps_its_headings_tables_and_references():
    found = document(
        Publication(
            origin=ORIGIN,
            title="A study of something",
            abstract=(AbstractPart(label="METHODS", text="We asked. They said."),),
            sections=(
                Section(title="Methods", depth=1),
                Section(title="Participants", depth=2, paragraphs=("All were ill [4].",)),
            ),
            tables=(Table(label="Table 1", caption="Who took part", rows=(("Age", "40"),)),),
            references=(Reference(label="4", text="Doe J. 2003."),),
        )
    )
    kinds = [sentence.section for sentence in found.sentences]
    assert kinds == [
        SectionKind.TITLE,
        SectionKind.ABSTRACT,
        SectionKind.ABSTRACT,
        SectionKind.METHODS,
        SectionKind.CAPTION,
        SectionKind.TABLE,
    ]
    assert found.sentences[3].titles == ("Methods", "Participants")
    assert found.references["4"].text == "Doe J. 2003."


PIECES = st.sampled_from(
    ["Methods\n", "Patients met. ", "\u00ad\n", "-\n", "\ufb01", "  ", "\n\n", "References\n", "1. Doe J. 1994.\n", "\u2019s", "et al. ", "[3]", "(", ")", "\u200b", "<i>", "x", "Ä", "\U0001d400", "7\n"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=12), max_size=60).map("".join))
def test_every_sentence_stands_where_it_says(text):
    found = of_text(text)
    for sentence in found.sentences:
        assert is_verbatim(found.span(sentence), found.canonical.fields)
    starts = [sentence.start for sentence in found.sentences]
    assert starts == sorted(starts)


HOSTILE = {
    "words": "a ",
    "one word": "x",
    "closing brackets": ")",
    "open brackets": "[1",
    "line-end hyphens": "a-\n",
    "entries": "1. A\n",
    "soft hyphens": "\u00ad",
    "stops": "A. ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece):
    def seconds(count):
        started = time.process_time()
        found = of_text(piece * count)
        assert all(len(sentence.text) <= LONGEST for sentence in found.sentences)
        return time.process_time() - started

    seconds(100)  # models are loaded and patterns compiled
    once = min(seconds(5_000), seconds(5_000))
    assert seconds(40_000) < 8 * 4 * max(once, 0.02)


def test_a_sentence_without_an_end_is_cut():
    found = of_text("word " * 20_000)
    assert len(found.sentences) > 20
    assert max(len(sentence.text) for sentence in found.sentences) <= LONGEST


def test_what_follows_an_abstract_without_a_heading_is_no_abstract_for_ever():
    words = "The clinic was quiet on that day. "
    text = "Rest after illness\nABSTRACT\n\n" + "\n\n".join([words * 10] * 60)
    sections = [sentence.section for sentence in of_text(text).sentences]
    assert sections[2] is SectionKind.ABSTRACT
    assert sections[-1] is SectionKind.UNKNOWN


@pytest.mark.parametrize(
    "heading",
    [
        "2.1. Ethics",
        "2.1 Participants",
        "3.1.2. Assays of blood",
        "2.1. Ethics\n2.2. Participants",
    ],
)
def test_a_part_of_a_section_begins_at_its_number(heading):
    text = f"2. Materials and methods\n{heading}\nThirty people with ME/CFS gave blood twice."
    (told,) = of_text(text).sentences
    assert told.text == "Thirty people with ME/CFS gave blood twice."
    assert told.titles[-1] == heading.split("\n")[-1]


@pytest.mark.parametrize(
    "line", ["3.0 Tesla Scanners", "12.5 mg once a day", "2.1 ± 0.3 Units", "2.1. Ethics."]
)
def test_a_number_inside_a_sentence_that_a_line_breaks_is_no_heading(line):
    text = f"2. Materials and methods\nThe heads were imaged in two\n{line}\nAnd read by two people who knew nothing else."
    assert any(line.split()[-1] in sentence.text for sentence in of_text(text).sentences)


@pytest.mark.parametrize("last", ["and", "in", "of the", "from"])
def test_a_line_that_ends_in_the_middle_of_a_phrase_is_no_heading(last):
    line = f"Stored Plasma of Forty Patients {last}"
    text = f"Methods\nPatients gave blood.\n{line}\n2007 was thawed in the cold room on a long table."
    assert any(line in sentence.text for sentence in of_text(text).sentences)


@pytest.mark.parametrize(
    "text",
    [
        "It cost them a day of rest. Patients were asked about sleep. Controls were not.",
        "We measured quality of life. All had cancer. Then they slept for a week. Nobody met it.",
        "Values were low. After a month they were ill. Most people found it hard.",
    ],
)
def test_an_ordinary_word_before_a_full_stop_ends_its_sentence(text):
    assert [each.text for each in of_text(text).sentences] == re.findall(r"\w[^.]*\.", text)


@pytest.mark.parametrize(
    "text",
    [
        "They met the U.S. CDC criteria of 1994.",
        "The U.K. NICE guideline was used by all.",
        "They were seen by Dr. Example in Oct. 2019 and again later.",
        "The score fell (approx. 4 points, cf. Example et al. 2004) in both groups.",
        "Blood was kept at 4 degrees for 30 min. before use, i.e. cold.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(text):
    assert [each.text for each in of_text(text).sentences] == [text]
