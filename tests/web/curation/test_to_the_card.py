"""From two readings that differ to a card that says who decided, and when that no longer fits."""

import json
import re

import pytest

from rapport.evidence.build.pipeline import build as build_release
from rapport.evidence.curate.workflow import Role
from rapport.knowledge.load import load

CARD = "pmid-90000001"
PLACES = "/curate/questions/{}/pmid-90000001/"
ABSTRACT = (
    "Background. Rest matters in ME/CFS. Methods. We asked 40 people with ME/CFS who met the "
    "Fukuda criteria. All of them reported feeling worse after effort. Results. Rest went with "
    "less pain."
)
WORDS = "All of them reported  feeling worse after\u00a0effort."
"""As somebody may have copied it: white space differs."""
STUDY = {"pmid": "90000001", "title": "Rest in ME/CFS: a made-up survey", "abstract": ABSTRACT}


@pytest.fixture
def build(tmp_path, open_site):
    """Builds a release with `rapport atlas build`, and opens the site over it."""

    def built(name, decisions=b"", **changes):
        source, log = tmp_path / f"{name}.jsonl", tmp_path / f"{name}.log"
        source.write_text(json.dumps({**STUDY, **changes}) + "\n")
        log.write_bytes(decisions)
        manifest = build_release(
            [source],
            tmp_path / name,
            topic="me_cfs",
            knowledge=load(),
            reviews_file=log,
            processes=1,
        )
        open_site(tmp_path / name)
        return manifest

    return built


@pytest.fixture
def people(enter, build):
    """Ann reads, Ben reads and decides, Cat releases."""
    build("first")
    return {
        "ann": enter("ann", Role.READER),
        "ben": enter("ben", Role.READER, Role.CURATOR),
        "cat": enter("cat", Role.RELEASER),
    }


def does(browser, question, move, **fields):
    address = PLACES.format(question)
    seen = re.search(r'name="seen" value="(\d+)"', browser.get(address).content.decode())
    sent = browser.post(address, {"seen": seen[1] if seen else "", "move": move, **fields})
    assert sent.status_code == 302, sent.content.decode()
    return browser.get(sent.headers["Location"]).content.decode()


def decided(people, question, value, **fields):
    does(people["ann"], question, "read", value=value, **fields)
    does(people["ben"], question, "decide", value=value, **fields)
    does(people["cat"], question, "release")
    return people["cat"].get("/decisions.jsonl").content


def test_the_card_says_what_people_decided_under_which_name_when_and_why(people, build):
    reads = people["ann"].get(PLACES.format("badge")).content.decode()
    assert "What the rules read" not in reads, "readings are independent"
    log = decided(people, "badge", "required", words=WORDS, reason="They all had PEM.")
    manifest = build("second", log)
    assert manifest.flags == ()
    page = people["cat"].get(f"/cards/{CARD}/").content.decode()
    assert "People decided this badge." in page
    assert re.search(
        r"People decided this: Ben, on 20\d\d-\d\d-\d\d\. They all had PEM\.", page
    )
    card = people["cat"].get(f"/cards/{CARD}.json").json()
    told = card["badge"]["decided"]
    assert (told["by"], told["reason"]) == ("Ben", "They all had PEM.")
    assert told["rules_read"] == "not_required (single: fukuda_1994)"
    assert card["badge"]["evidence"][0]["quote"] == WORDS.replace("  ", " ").replace(
        "\u00a0", " "
    )
    assert (
        "People decided this: Ben" in people["cat"].get(f"/cards/{CARD}.txt").content.decode()
    )
    # And curators still see what the rules read.
    page = people["ben"].get(PLACES.format("badge")).content.decode()
    assert "PEM not required (Fukuda 1994)" in page
    assert "The rules read it otherwise now" not in page


@pytest.mark.parametrize(
    ("changes", "said", "is_used"),
    [
        (
            {"abstract": ABSTRACT.replace("All of them reported", "Most reported")},
            "its words do not stand in the text, or in two places; it was not used",
            False,
        ),
        (
            {"abstract": ABSTRACT.replace("Fukuda", "Canadian Consensus")},
            "the rules read it otherwise now; it was used",
            True,
        ),
    ],
)
def test_a_decision_that_no_longer_fits_stands_on_the_queue(
    people, build, changes, said, is_used
):
    log = decided(people, "badge", "required", words=WORDS, reason="They all had PEM.")
    (flag,) = build("second", log, **changes).flags
    assert said in flag
    assert ("decided" in people["cat"].get(f"/cards/{CARD}.json").json()["badge"]) is is_used
    queue = people["ben"].get("/curate/").content.decode()
    assert "No longer fits" in queue
    assert said in queue
    assert PLACES.format("badge") in queue
    page = people["ben"].get(PLACES.format("badge")).content.decode()
    assert "It no longer fits." in page
    assert said in page


def test_what_fits_no_work_is_on_the_queue_too(people, build):
    log = decided(people, "badge", "required", words=WORDS, reason="They all had PEM.")
    (flag,) = build(
        "second", log, pmid="90000002", title="Another study of rest in ME/CFS"
    ).flags
    assert "the work is not in this build" in flag
    assert "the work is not in this build" in people["ben"].get("/curate/").content.decode()


def test_a_card_is_withheld_and_shown_again(people, build):
    log = decided(people, "shown", "withhold", reason="It is a draft.")
    build("second", log)
    assert people["cat"].get(f"/cards/{CARD}/").status_code == 404
    page = people["ben"].get(PLACES.format("shown")).content.decode()
    assert "This card is not shown now." in page
    assert people["ben"].get(PLACES.format("badge")).status_code == 404
    does(people["ben"], "shown", "reopen", reason="It came out.")
    does(people["ann"], "shown", "read", value="show", reason="It is out.")
    does(people["cat"], "shown", "release")
    build("third", people["cat"].get("/decisions.jsonl").content)
    assert people["cat"].get(f"/cards/{CARD}/").status_code == 200
