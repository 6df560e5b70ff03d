"""A real server: no word of a person gets out, and no answer that was taken is lost."""

import subprocess
import sys


def test_marked_words_get_out_nowhere(live, served, tmp_path, rapport):
    """The marker is in names, contacts, notes and in what is sent where it does not belong."""
    marker = served.MARKER
    here = live(people=1)
    here.start(workers=1)
    sam = here.phone(0)
    says_the_marker_everywhere(sam, marker)
    meets_a_fault(here, sam, marker)
    for page in sam.pages:
        assert_shown_only_inside(page, marker)
    log = here.log.read_text()
    assert "OperationalError" in log, "the fault is in the log"
    assert marker not in log
    assert sam.token not in log
    for file in tmp_path.rglob("*"):
        assert marker not in file.name
        if file.is_file() and file.name != "log":
            assert marker.encode() not in file.read_bytes(), file.name
    told = rapport("curate", "audit", "--store", tmp_path / "copy.sqlite")
    assert marker not in told.stdout + told.stderr


def says_the_marker_everywhere(sam, marker):
    for item in sam.items:
        sam.answers(item, 1)
    sam.answers("PICK", marker)
    note = sam.post(f"{sam.draft}NOTE", note=f"{marker} is what I say", go="next")
    assert note.status_code == 302
    sam.post(f"{sam.draft}NOTE", note=marker * 200, go="next")
    for path in (
        "/practice/home",
        "/practice/yours/seen",
        "/practice/yours/consents",
        f"/practice/over-time/{sam.pair}/",
        f"/practice/{marker}",
        f"/practice/need/{marker}/",
    ):
        sam.get(path)
    sam.post("/practice/yours/consents", kind=marker, answer="yes")
    sam.post("/practice/yours/helpers", name=marker, relation=marker, how=marker, days=marker)
    helper = {"name": marker, "relation": marker, "how": "scribe", "days": "9", "yes": "yes"}
    assert sam.post("/practice/yours/helpers", **helper).status_code == 200


def meets_a_fault(here, sam, marker):
    """A fault of the program, while somebody's words are in its hands."""
    subprocess.run([sys.executable, "-c", BREAK, here.url, "practice_record"], check=True)
    assert sam.answers("C1a", 2).status_code == 500
    gone = sam.post(f"{sam.draft}NOTE", note=f"{marker} again", go="next")
    assert gone.status_code == 500
    assert marker not in gone.text


def assert_shown_only_inside(page, marker):
    """No title, no header, and no address but one that the person typed in, holds the marker."""
    title = page.text.partition("<title>")[2].partition("</title>")[0]
    assert marker not in title
    assert marker not in str({**page.headers, "x-address": ""})
    asked = str(page.request.url)
    assert marker not in asked or f"/{marker}" in asked, "only where it was typed in"
    assert "no-store" in page.headers["Cache-Control"]


BREAK = """
import sqlite3, sys
from contextlib import closing
with closing(sqlite3.connect(sys.argv[1].removeprefix("sqlite:///"))) as store:
    store.execute(f"ALTER TABLE {sys.argv[2]} RENAME TO elsewhere")
"""


def two_phones_each(here):
    """Two phones of each of two people, which answer one draft at the same time."""
    items = here.phone(0).items
    return [here.phone(n // 2, items[n % 2 :: 2]) for n in range(4)]


def test_no_answer_that_was_taken_is_lost_when_the_server_is_killed(live, served):
    here = live()
    process = here.start()
    people = two_phones_each(here)
    served.disturbed(people, lambda: served.killed(process))
    assert sum(len(each.taken) for each in people) > len(people)
    saved = here.saved()
    assert served.lost(people, saved) == {}
    assert saved["broken_at"] is None


def test_no_answer_that_was_taken_is_lost_when_the_database_is_pulled(live, served, database):
    here = live(database.url)
    here.start()
    people = two_phones_each(here)

    def pulled():
        for _ in range(2):
            database.pull()
            served.wait_for(people, 4)

    statuses = served.disturbed(people, pulled)
    for each in people:
        assert each.answers(each.items[-1], 3).status_code == 302, "it goes on by itself"
    assert set(statuses) <= {302, 503}
    saved = here.saved()
    assert served.lost(people, saved) == {}
    assert saved["broken_at"] is None
