"""Several processes act on one store at the same moment; run by test_at_once.py.

Arguments: a folder, and how many. The store is at DATABASE_URL. Each process writes what it is
told into a file of the folder; what the store holds in the end is printed.
"""
# ruff: noqa: E402  # models can be loaded when the store is open

import contextlib
import datetime
import os
import sys
from pathlib import Path

from rapport.store.home import Home
from rapport.store.tables import renew

renew(Home(url=os.environ["DATABASE_URL"], key="k" * 64))

from django.conf import settings
from django.db import connections

from rapport.core.vocabulary import Badge
from rapport.evidence.curate.decision import Question, SetBadge
from rapport.evidence.curate.workflow import Move, Role
from rapport.store.audit.models import Entry
from rapport.store.audit.recording import broken_at
from rapport.store.curation import corrections
from rapport.store.curation.models import Correction, CorrectionState, Item, Reading
from rapport.store.curation.work import Asked, RefusedError, act
from rapport.store.people import accounts
from rapport.store.people.models import Person

# Hashing passwords well takes long: only the tests of the real hasher do.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AT = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
ASKED = Asked(card="pmid-1", question=Question.BADGE, rules_read="mixed")
SAID = SetBadge(card="", by="", on="", reason="", badge=Badge.NOT_STATED)


def before(workers):
    """A question that waits for a decision, and a report that waits for an answer."""
    for name in ("ann", *(f"p{number}" for number in range(workers))):
        accounts.add(name, name.title(), tuple(Role), AT)
    act(ASKED, Person.objects.get(name="ann"), Move.READ, seen=0, at=AT, decision=SAID)
    return corrections.receive("pmid-1", "It is wrong.", AT, address="a", key="k")


def at_once(number, report):
    """All that one of them tries: told line by line."""
    person = Person.objects.get(name=f"p{number}")
    try:
        act(ASKED, person, Move.DECIDE, seen=1, at=AT, reason=f"By {number}.", decision=SAID)
        yield "won"
    except RefusedError as error:
        yield f"told {error.problem}"
    try:
        corrections.answer(report, person, CorrectionState.CORRECTED, f"By {number}.", AT)
        yield "won"
    except corrections.NotTakenError as error:
        yield f"told {error.problem}"
    for turn in range(5):
        accounts.with_password("ann", f"wrong {number} {turn}", AT)
    for _ in range(3):
        try:
            corrections.receive("pmid-1", "x", AT, address="one", key="k")
        except corrections.NotTakenError:
            yield "limited"


def after():
    """What the store holds then."""
    wrong = Entry.objects.filter(act="wrong password")
    print(broken_at(), Entry.objects.count())
    print(Item.objects.get().state, Item.objects.get().version, Reading.objects.count())
    print(Correction.objects.filter(answered=None).count(), Correction.objects.count())
    print(wrong.filter(detail__locked=True).count())
    print(wrong.count())


def started(number, report, folder, is_ready, may_go):
    """Starts one of them; it waits for the sign when it is connected."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            Item.objects.count()  # connected
            os.write(is_ready, b".")
            os.read(may_go, 1)
            told = "\n".join(at_once(number, report))
            (folder / f"told-{number}").write_text(told)
            os._exit(0)
        os._exit(1)
    return child


def main(folder, workers):
    report = before(workers)
    connections.close_all()  # no two processes share one
    (hears, is_ready), (may_go, go) = os.pipe(), os.pipe()
    children = [started(number, report, folder, is_ready, may_go) for number in range(workers)]
    for _ in range(workers):
        os.read(hears, 1)
    os.write(go, b"." * workers)
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    after()
    sys.exit(any(ended))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
