"""Text as it comes out of a PDF: broken lines, heads of pages, columns, methods at the end."""

import pytest

from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Badge
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

READER = Reader(load())
TITLE = "Sleep in people with ME/CFS"


def read(text):
    origin = Origin(file="made up", position=1, format="example")
    found = READER.read(Publication(origin=origin, title=TITLE, text=text)).pem
    assert all(is_verbatim(span, {"title": TITLE, "text": text}) for span in found.evidence)
    return found


FRONT = f"{TITLE}\nAbstract\nPeople with ME/CFS and healthy controls were compared.\n"
FILLING = "\n".join(
    f"Sleep was scored by hand in night {night} of the week." for night in range(80)
)


@pytest.mark.parametrize(
    "methods",
    [
        # A word is broken at the end of a line, in the name and around it.
        "Patients ful-\nfilled the Cana-\ndian Consensus Crite-\nria for ME/CFS.",
        "Patients met the Canadian Con-\nsensus Criteria, as decided by a spe-\ncialist.",
        # Ligatures and soft hyphens.
        "Patients ful\ufb01lled the Canadian case de\ufb01nition.",
        "Pa\u00adtients met the Ca\u00adna\u00addian cri\u00adte\u00adria.",
        # A page ends inside the sentence: its number and the head of the next page.
        "All patients who took part in the study\n\n3\n\nmet the Canadian Consensus Criteria.",
        # A printed superscript.
        "Patients met the Canadian Consensus Criteria12 and gave blood.",
        # No space after a full stop, two spaces between words.
        "They were seen twice.Patients  met  the  Canadian Consensus Criteria.",
    ],
)
def test_a_sentence_broken_by_the_page_is_read_as_written(methods):
    found = read(f"{FRONT}Methods\n{methods}\nResults\nSleep differed.")
    assert found.badge is Badge.REQUIRED
    assert found.definitions == ("ccc_2003",)


def test_running_heads_do_not_cut_a_sentence_in_two():
    pages = [f"Doe et al. Journal of Sleep (2024) 1:{page}\n{FILLING}" for page in range(1, 4)]
    rule = "Patients with ME/CFS had to\nDoe et al. Journal of Sleep (2024) 1:4\nmeet the Fukuda and the Canadian criteria."
    found = read(f"{FRONT}Methods\n{pages[0]}\n{rule}\n{pages[1]}\nResults\n{pages[2]}")
    assert found.badge is Badge.REQUIRED
    assert set(found.definitions) == {"fukuda_1994", "ccc_2003"}


def test_methods_that_follow_the_references_count():
    works = "\n".join(
        f"{n}. Doe J. A work on sleep. J Sleep. 20{n:02d};1:1-9." for n in range(1, 13)
    )
    text = (
        f"{FRONT}Introduction\nME/CFS is a long illness.\nResults\nSleep differed.\nReferences\n"
        f"{works}\nMethods\nParticipants\nAll patients met the Fukuda criteria.\n"
    )
    assert read(text).badge is Badge.NOT_REQUIRED


def test_a_reference_list_out_of_a_pdf_settles_a_shared_name():
    works = (
        "1. Doe J. Sleep. J Sleep. 2019;1:1-9.\n2. Fukuda K, Straus SE, Hickie I, et al. The chronic fa-\n"
        "tigue syndrome: a comprehensive approach to its definition and study. Ann Intern Med. 1994;\n"
        "121:953-9.\n3. Roe R. Rest. J Rest. 2020;2:1-4."
    )
    text = f"{FRONT}Methods\nPatients met the CDC criteria [2].\nResults\nSleep differed.\nReferences\n{works}"
    assert read(text).definitions == ("fukuda_1994",)


def test_a_work_in_the_reference_list_is_no_rule():
    works = (
        "1. Carruthers BM. Patients met the Canadian Consensus Criteria. J CFS. 2003;11:7-115."
    )
    text = f"{FRONT}Methods\nPatients came from one clinic [1].\nResults\nSleep differed.\nReferences\n{works}"
    assert read(text).badge is Badge.NOT_STATED


def test_two_columns_read_one_after_the_other_keep_their_sentences():
    left = "Methods\nParticipants were seen at\none clinic. Patients met\nthe International Con-\nsensus Criteria."
    right = "Blood was drawn at noon.\nControls were healthy.\nResults\nSleep differed."
    assert read(f"{FRONT}{left}\n{right}").definitions == ("icc_2011",)


NARROW = "Introduction\nME/CFS is a long illness, and the way in which\npeople sleep in it is not known well.\nMethods\n"
RULE = "All patients met the Canadian Consensus Criteria\nand gave a sample of blood at noon on the day.\n"


@pytest.mark.parametrize(
    "between",
    [
        # Words of a notice on a line of their own, in the middle of a sentence.
        "Participants\nThe study was approved by the Made-up University\nInstitutional Review Board. (Study number 12).\n",
        "Participants\nIts plan was approved by the hospital's own\nEthics Committee\nbefore the first person was seen in the clinic.\n",
        # A full line that ends before a capital is no heading.
        "Participants\nPeople were asked at home.\nThis study looks at nights of people with Long\nCovid and those with ME/CFS as well.\n",
        # A heading of which the first words below are another one.
        "Cohort description\nParticipants\nPeople came from one clinic.\n",
        # The numbers of a checklist for protocols behind a heading.
        "Eligibility criteria {10}\nInclusion criteria {10a}\n",
    ],
)
def test_lines_that_only_look_like_headings_end_no_section(between):
    found = read(f"{FRONT}{NARROW}{between}{RULE}Results\nSleep differed.")
    assert (found.badge, found.definitions) == (Badge.REQUIRED, ("ccc_2003",))


def test_a_heading_under_a_heading_opens_the_methods_below_an_introduction():
    lost = NARROW.removesuffix("Methods\n")
    text = f"{FRONT}{lost}Cohort description\nParticipants\n{RULE}Results\nSleep differed."
    assert read(text).badge is Badge.REQUIRED


def test_a_notice_after_a_sentence_still_ends_the_methods():
    text = f"{FRONT}{NARROW}People came from one clinic.\nFunding\n{RULE}"
    assert read(text).badge is Badge.NOT_STATED


def test_headings_with_spaces_between_their_letters_are_headings():
    apart = NARROW.replace("Introduction", "I N T R O D U C T I O N")
    for methods in ("M E T H O D S", "2.  M A T E R I A L S  A N D  M E T H O D S"):
        text = f"{FRONT}{apart.replace('Methods', methods)}{RULE}R E S U L T S\nSleep differed."
        assert read(text).badge is Badge.REQUIRED
    text = f"{FRONT}{apart}People were asked at home.\nR E S U L T S\nSleep differed.\nD I S C U S S I O N\n{RULE}"
    assert read(text).badge is Badge.NOT_STATED


def test_a_letter_begins_with_its_salutation_whatever_stands_above():
    text = (
        "Sleep in people with ME/CFS\nA. Doe, B. Roe\n1 Made-up University\nKeywords: sleep, rest\nDear Editor,\n"
        "We were interested to read the article by Poe and others, who asked 16 patients who met the Fukuda\n"
        "criteria. Whether any of the included patients had slept badly before is not said."
    )
    assert read(text).badge is Badge.NOT_APPLICABLE
