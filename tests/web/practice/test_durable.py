"""Two dozen people answer on a real server while it, or what it stands on, is killed.

No answer that was said to be saved may be lost. Each test says what it saw: `pytest -m long -s`.
"""

import os
import random  # noqa: TID251  # moments to kill at, from a seed
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.long
PEOPLE = 24
ROUNDS = 4
STORES = ("sqlite", "postgresql")
NEW_KEY = "another key for this test " * 3
PATIENTS = 300


@pytest.fixture
def store_url(request, tmp_path):
    """The address of a new store of a kind."""

    def made(kind):
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/s.sqlite"
        return request.getfixturevalue("database").url

    return made


def demand_whole(served, here, people):
    """Nothing is lost, everything can be read, and each entry of the audit follows."""
    saved = here.saved()
    assert served.lost(people, saved) == {}
    assert (saved["broken_at"], saved["has_one_key"]) == (None, True)
    assert saved["named"] == len(here.known["patients"])


@pytest.mark.parametrize("kind", STORES)
def test_a_server_that_is_killed_loses_no_answer_that_was_taken(kind, live, served, store_url):
    moments = random.Random(kind)
    here = live(store_url(kind), people=PEOPLE)
    process = here.start()
    people = here.people(PEOPLE)
    for _ in range(ROUNDS):
        statuses = served.disturbed(
            people,
            lambda p=process: served.killed(p),
            before=moments.randrange(30, 90),
        )
        demand_whole(served, here, people)
        process = here.start()
    assert set(statuses) <= {302, "no word"}
    print(f"\n{kind}: killed {ROUNDS} times, {dict(statuses)}")


def test_pulled_connections_lose_no_answer_that_was_taken(live, served, database):
    here = live(database.url, people=PEOPLE)
    here.start()
    people = here.people(PEOPLE)

    def pulled():
        for _ in range(20):
            database.pull()
            served.wait_for(people, 8)

    statuses = served.disturbed(people, pulled)
    demand_honest(here, people, statuses)
    demand_whole(served, here, people)
    print(f"\n20 pulls: {dict(statuses)}")


def test_a_database_that_crashes_and_starts_again_has_every_answer(live, served, database):
    here = live(database.url, people=PEOPLE)
    here.start()
    people = here.people(PEOPLE)

    def crashed():
        for _ in range(3):
            database.server.stop_at_once()
            served.wait_for(people, 20, status=503)
            database.server.start()
            served.wait_for(people, 40)

    statuses = served.disturbed(people, crashed)
    demand_honest(here, people, statuses)
    demand_whole(served, here, people)
    print(f"\n3 crashes: {dict(statuses)}")


def demand_honest(here, people, statuses):
    """Each answer was saved or was said not to be, the log is short, and it goes on by itself."""
    assert set(statuses) <= {302, 503}
    log = here.log.read_text()
    assert log.count("ERROR rapport.store at practice-") == statuses[503]
    assert "Error\n" not in log
    assert "  /" not in log, "no places in the program: it is no fault of it"
    for page in (page for each in people for page in each.pages if page.status_code == 503):
        assert "We cannot read or save anything right now." in page.text
        assert page.headers["Retry-After"]
    for each in people:
        assert each.answers(each.items[0], 2).status_code == 302, "it goes on by itself"


def rekeying(*words, **environment):
    """The command, on its way. It is told nothing of this machine's own stores."""
    own = ("DATABASE_URL", "RAPPORT_SECRET_KEY", "RAPPORT_SECRET_KEY_BEFORE")
    told = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.Popen(
        [sys.executable, "-m", "rapport.cli", "clinic", *map(str, words)],
        env={**told, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed_at_random(moments, *words, **environment):
    """Run it to its end, killed ten times before that. What each of them said.

    The moments close in on its end, where it writes: how long it takes is found out on the way.
    """
    seconds, said = 1.0, []
    for _ in range(10):
        process = rekeying("rekey", *words, **environment)
        time.sleep(moments.uniform(0.9, 1.0) * seconds)
        process.kill()
        said.append(process.communicate()[1].partition(".")[0] or "killed")
        seconds *= 1.3 if said[-1] == "killed" else 0.9
    process = rekeying("rekey", *words, **environment)
    said.append(process.communicate(timeout=120)[1].partition(".")[0])
    assert process.returncode == 0, said
    return said


def test_the_key_of_a_file_can_be_changed_through_any_number_of_kills(live, served, tmp_path):
    file = tmp_path / "s.sqlite"
    here = live(f"sqlite:///{file}", people=PATIENTS)
    (tmp_path / "s.sqlite.key").write_text(here.key)
    said = killed_at_random(random.Random(1), "--store", file)
    here.key = (tmp_path / "s.sqlite.key").read_text()
    assert here.key != served.KEY
    assert not (tmp_path / "s.sqlite.key.before").exists()
    demand_whole(served, here, [])
    print(f"\nfile: {said}")


@pytest.mark.parametrize("kind", STORES)
def test_while_the_key_is_changed_people_answer_and_nothing_is_lost(
    kind, live, served, store_url
):
    here = live(store_url(kind), people=PATIENTS)
    keys = {"RAPPORT_SECRET_KEY": NEW_KEY, "RAPPORT_SECRET_KEY_BEFORE": here.key}
    here.start(**keys)
    people = here.people(PEOPLE)
    said = []

    def changed():
        moments = random.Random(kind)
        said.append(killed_at_random(moments, DATABASE_URL=here.url, **keys))

    statuses = served.disturbed(people, changed)
    here.key = NEW_KEY
    demand_whole(served, here, people)
    assert set(statuses) == {302}
    print(f"\n{kind}: {dict(statuses)} meanwhile; {said}")
