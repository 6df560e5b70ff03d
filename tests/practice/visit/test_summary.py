"""The page for a visit, and the same as text to paste."""

from tests.practice.check_in.test_reveal import read
from tests.practice.conftest import NAMES, NOW, WORDING, check_in

from rapport.practice.check_in.screens import of, screens
from rapport.practice.records.check_ins import Band, Length
from rapport.practice.records.people import Respondent, Side
from rapport.practice.visit.summary import own_page, page_of_both, plain_text, with_shared
from rapport.scoring.check_in import Thresholds

SENT = check_in(
    answers={"S0": 2, "PICK": 5, "C1x": 3, "C5a": 1},
    note="I tire after ten minutes.",
    sent_at=NOW,
)


def test_the_persons_page_holds_what_they_said_and_what_it_is_not():
    text = plain_text(own_page(SENT, of(SENT, WORDING, NAMES), NAMES, WORDING, ["Low light"]))
    assert text.startswith("For the talk of Ada and Dr Lee\n3 May 2026\n")
    for words in (
        "- Telling my story",
        "- Low light",
        "- I am in bed most of the day",
        "I have told the whole story that matters. A little.",
        "I tire after ten minutes.",
        "It has not been tested for accuracy.",
    ):
        assert words in text


def test_the_practitioners_page_holds_nothing_they_foretold():
    record = check_in(
        Side.PRACTITIONER,
        sent_at=NOW,
        answers={"C5o": 1, "C5a_pred": 4, "PICKo": 5, "C1x_c": 0},
    )
    asked = screens(Side.PRACTITIONER, Length.FULL, Respondent.PRACTITIONER, WORDING, NAMES)
    text = plain_text(own_page(record, asked, NAMES, WORDING))
    assert "time and calm I need to listen. A little." in text
    assert "whole story" not in text


def test_no_line_is_longer_than_sixty_letters():
    seen, _ = read(Side.PRACTITIONER)
    text = plain_text(page_of_both(seen, NOW.date(), NAMES, WORDING))
    assert max(len(line) for line in text.splitlines()) <= 60
    assert "Ask about it." in text.replace("\n  ", " ")


def test_where_bands_only_are_shared_the_page_has_no_answer():
    seen, _ = read(Side.PRACTITIONER, shares={})
    text = plain_text(page_of_both(seen, NOW.date(), NAMES, WORDING))
    assert "“" not in text


def test_the_practitioner_reads_what_the_person_shares_and_bands_for_the_rest():
    shared = check_in(
        answers={"PICK": 5, "C6a": 0}, bands={1: Band.STRAIN, 2: Band.EASE}, sent_at=NOW
    )
    page = with_shared(None, shared, of(shared, WORDING, NAMES), NAMES, WORDING, Thresholds())
    text = plain_text(page)
    for words in (
        "Ada wants to talk first about:\n- Telling my story",
        "- Being believed: hard.",
        "- What causes it and what to try: not hard.",
        "- Getting services: hard.",
        "I can get the care and help I need. Not at all.",
    ):
        assert words in text
    assert text.count("?") == 0
