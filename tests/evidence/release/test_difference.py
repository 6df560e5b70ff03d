"""Two releases side by side: what changed, and every cause that can have done it."""

import json

import pytest

from rapport.cli.atlas_diff import told
from rapport.evidence.build import build
from rapport.evidence.release.difference import Cause, Fate, Side, changes
from rapport.evidence.release.opened import Release
from rapport.knowledge.load import load

CCC = "All participants had to meet the Canadian Consensus Criteria."


def record(number, abstract="We asked {n} people with ME/CFS how they rest. ", more=CCC):
    return {
        "pmid": str(90_000_000 + number),
        "title": f"How people with ME/CFS rest at home: made-up survey number {number}",
        "abstract": abstract.format(n=20 + number) + more,
    }


@pytest.fixture
def built(tmp_path):
    def make(name, records, reviews=None):
        source = tmp_path / "records.jsonl"
        source.write_text("".join(json.dumps(one) + "\n" for one in records))
        log = None
        if reviews:
            log = tmp_path / "reviews.jsonl"
            log.write_text("".join(json.dumps(one) + "\n" for one in reviews))
        out = tmp_path / name
        build([source], out, topic="me_cfs", knowledge=load(), processes=1, reviews_file=log)
        return Release(out)

    return make


def side(release, **makers):
    manifest = release.manifest
    if makers:
        from msgspec.structs import replace

        manifest = replace(manifest, makers=replace(manifest.makers, **makers))
    return Side(manifest=manifest, cards=release.cards(), work=release.work)


def compared(old, new, **makers):
    return list(changes(side(old), side(new, **makers), new.resolve))


def test_a_release_does_not_differ_from_itself(built):
    one = built("one", [record(1), record(2)])
    assert compared(one, one) == []
    assert compared(one, one, knowledge="other", reader="other") == []


def test_new_and_gone_cards_are_told(built):
    old, new = built("old", [record(1), record(2)]), built("new", [record(2), record(3)])
    found = {change.card: change for change in compared(old, new)}
    assert found["pmid-90000001"].fate is Fate.GONE
    assert found["pmid-90000003"].fate is Fate.NEW
    assert "pmid-90000002" not in found


def test_a_changed_text_changes_the_badge_and_says_so(built):
    old = built("old", [record(1), record(2)])
    new = built("new", [record(1, more="They were glad."), record(2)])
    (change,) = compared(old, new)
    assert (change.card, change.fate) == ("pmid-90000001", Fate.CHANGED)
    assert change.causes == (Cause.TEXT,)
    badge = next(field for field in change.fields if field.field == "badge.badge")
    assert (badge.before, badge.after) == ("required", "not_stated")
    assert "  badge.badge: required -> not_stated" in list(told(change))


@pytest.mark.parametrize(
    ("makers", "causes"),
    [
        ({"knowledge": "other"}, (Cause.KNOWLEDGE,)),
        ({"program": "other"}, (Cause.RULE,)),
        ({"reader": "other", "knowledge": "other"}, (Cause.RULE, Cause.KNOWLEDGE)),
    ],
)
def test_a_change_with_another_program_or_knowledge_names_them(built, makers, causes):
    old = built("old", [record(1)])
    new = built("new", [record(1, more="They were glad.")])
    (change,) = compared(old, new, **makers)
    assert change.causes == causes


def test_a_card_that_went_up_in_another_is_followed(built):
    twice = [{**record(1), "pmid": None, "id": "own"}]
    old = built("old", twice)
    new = built("new", [{**record(1), "id": "own"}])
    gone = next(one for one in compared(old, new) if one.fate is Fate.GONE)
    assert gone.now == "pmid-90000001"
