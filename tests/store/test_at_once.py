"""Several at once, with real commits: one wins, the others are told, and the audit stays whole."""

import os
import subprocess
import sys
import textwrap
import time
from urllib.parse import urlsplit

import pytest

WORKERS = 4
SECONDS_TO_START = 12
BEFORE = """
import datetime, os, sys, time
from rapport.store.home import Home
from rapport.store.tables import renew
renew(Home(url=os.environ["DATABASE_URL"], key="k" * 64))
from rapport.core.vocabulary import Badge
from rapport.evidence.curate.decision import Question, SetBadge
from rapport.evidence.curate.workflow import Move, Role
from rapport.store.audit.models import Entry
from rapport.store.audit.recording import broken_at
from rapport.store.curation import corrections
from rapport.store.curation.models import Correction, CorrectionState, Item, LogLine, Reading, Sender
from rapport.store.curation.work import Asked, RefusedError, act, looked_at
from rapport.store.people import accounts
from rapport.store.people.models import Person
AT = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
ASKED = Asked(card="pmid-1", question=Question.BADGE, rules_read="mixed")
SAID = SetBadge(card="", by="", on="", reason="", badge=Badge.NOT_STATED)
"""
FIRST = """
for name in ("ann", "p0", "p1", "p2", "p3"):
    accounts.add(name, name.title(), tuple(Role), AT)
act(ASKED, Person.objects.get(name="ann"), Move.READ, seen=0, at=AT, decision=SAID)
made = corrections.receive("pmid-1", "It is wrong.", AT, address="a", key="k")
print(made)
"""
AT_ONCE = """
number, made = int(sys.argv[1]), sys.argv[2]
person = Person.objects.get(name=f"p{number}")
Item.objects.count()  # connected
while time.time() < float(sys.argv[3]): pass
try:
    act(ASKED, person, Move.DECIDE, seen=1, at=AT, reason=f"By {number}.", decision=SAID)
    print("won")
except RefusedError as error:
    print("told", error.problem)
try:
    corrections.answer(made, person, CorrectionState.CORRECTED, f"By {number}.", AT)
    print("won")
except corrections.NotTakenError as error:
    print("told", error.problem)
for turn in range(5):
    accounts.with_password("ann", f"wrong {number} {turn}", AT)
for turn in range(3):
    try:
        corrections.receive("pmid-1", "x", AT, address="one", key="k")
    except corrections.NotTakenError:
        print("limited")
"""
AFTER = """
print(broken_at(), Entry.objects.count())
print(Item.objects.get().state, Item.objects.get().version, Reading.objects.count())
print(Correction.objects.filter(answered=None).count(), Correction.objects.count())
print(Entry.objects.filter(act="wrong password", detail__locked=True).count())
print(Entry.objects.filter(act="wrong password").count())
"""


def database_of_its_own():
    """The address of a new database where RAPPORT_TEST_DATABASE says; None without it."""
    server = os.environ.get("RAPPORT_TEST_DATABASE")
    if server is None:
        return None
    import psycopg

    parts = urlsplit(server)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as made:
        made.execute("DROP DATABASE IF EXISTS rapport_at_once")
        made.execute("CREATE DATABASE rapport_at_once")
    return parts._replace(path="/rapport_at_once").geturl()


@pytest.fixture
def run(tmp_path):
    """Starts a program on a store of its own, on SQLite or where RAPPORT_TEST_DATABASE says."""
    url = database_of_its_own() or f"sqlite:///{tmp_path}/s.sqlite"
    environment = {**os.environ, "DATABASE_URL": url, "RAPPORT_SECRET_KEY": "k" * 64}

    def started(program, *words):
        return subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(BEFORE + program), *map(str, words)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    return started


def told_by(process):
    told = process.communicate(timeout=120)[0].splitlines()
    assert process.returncode == 0
    return told


def test_of_several_who_act_at_once_one_wins_and_nothing_is_lost(run):
    (made,) = told_by(run(FIRST))
    start = time.time() + SECONDS_TO_START
    running = [run(AT_ONCE, number, made, start) for number in range(WORKERS)]
    told = [told_by(process) for process in running]
    for step, said in ((0, "Somebody else changed it"), (1, "Somebody else answered it")):
        answers = [lines[step] for lines in told]
        assert answers.count("won") == 1
        assert sum(said in line for line in answers) == WORKERS - 1
    assert sum(lines.count("limited") for lines in told) == 3 * WORKERS - 5
    audit, question, reports, locks, tries = told_by(run(AFTER))
    assert audit.startswith("None ")
    assert question == "decided 2 2"
    assert reports == "5 6"
    assert locks == "1"
    assert int(tries) >= 5
