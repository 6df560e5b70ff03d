"""Two clinics on one server: the whole API, asked by everybody of one for what is of the other."""

import ast
import datetime
import inspect
from pathlib import Path

import pytest

from rapport.practice.coalition.service_map import examples
from rapport.practice.records.people import Profile, Role, SafetyMark, Side
from rapport.practice.visibility.viewer import Viewer
from rapport.store import practice
from rapport.store.practice import (
    clinics,
    links,
    models,
    pairs,
    records,
    services,
    trail,
    way_back,
)
from rapport.store.practice.links import Purpose
from rapport.store.practice.records import NotThereError, RefusedError

PACKAGE = Path(practice.__file__).parent
MARK = "Hillside"
WHY = "a test"


class Other:
    """What is of the other clinic, by name."""

    def __init__(self, house, at):
        self.at, self.patient, self.pair = at, house.patient.id, house.pair
        self.member = house.practitioner.id
        note = SafetyMark(rule="SR6", by=Side.PATIENT, on=at.date())
        me = house.patient
        self.record = records.keep(me, note, patient=me.id, at=at, why=WHY).id
        links.sign_in(links.make(me, me.id, Purpose.SIGN_IN, at=at), at)
        self.device = links.devices(me, at)[0].id
        long_ago = at - datetime.timedelta(days=40)
        self.asked = links.row_of(links.make(me, me.id, Purpose.SIGN_IN, at=long_ago)).pk
        services.put(house.practitioner, examples()[:1], at=at)
        self.service = examples()[0].id


PROFILE = Profile(shown_as="x")
CALLS = {
    "records.keep": lambda v, o: records.keep(v, PROFILE, patient=o.patient, at=o.at, why=WHY),
    "records.change": lambda v, o: records.change(v, o.record, lambda r: r, at=o.at, why=WHY),
    "records.remove": lambda v, o: records.remove(v, o.record, at=o.at, why=WHY),
    "records.finish": lambda v, o: records.finish(v, o.record, dict, at=o.at, why=WHY),
    "records.kept": lambda v, o: records.kept(v, Profile, patient=o.patient),
    "records.one": lambda v, o: records.one(v, o.record),
    "records.compute": lambda v, o: records.compute(
        v, lambda k: PROFILE, patient=o.patient, pair=o.pair, at=o.at, why=WHY
    ),
    "records.erase": lambda v, o: records.erase(v, o.patient, at=o.at),
    "pairs.invite": None,
    "pairs.join": lambda v, o: pairs.join(v, o.patient, o.member, at=o.at),
    "pairs.end": lambda v, o: pairs.end(v, o.pair, at=o.at),
    "pairs.of": None,
    "pairs.one": lambda v, o: pairs.one(v, o.pair),
    "links.make": lambda v, o: links.make(v, o.patient, Purpose.SIGN_IN, at=o.at),
    "links.devices": None,
    "links.end_device": lambda v, o: links.end_device(v, o.device, o.at),
    "links.end_all": lambda v, o: links.end_all(v, o.patient, o.at),
    "clinics.of": None,
    "clinics.give_to_research": None,
    "services.every": None,
    "services.put": None,
    "services.remove": None,
    "clinics.set_inbox": None,
    "trail.messages": lambda v, o: trail.messages(v, o.patient),
    "trail.keep_message": lambda v, o: trail.keep_message(
        v, o.patient, o.record, step="sent", is_sent=True, at=o.at
    ),
    "way_back.asked": None,
    "way_back.answer": lambda v, o: way_back.answer(v, o.asked, o.at, opens=True),
    "trail.of_patient": None,
    "trail.of_clinic": None,
}
"""Each function with somebody else's ids; None where it takes no ids: see what comes back."""
ALONE = {
    "pairs.of": lambda v, o: pairs.of(v),
    "links.devices": lambda v, o: links.devices(v, o.at),
    "clinics.of": lambda v, o: clinics.of(v),
    "services.every": lambda v, o: services.every(v),
    "clinics.set_inbox": lambda v, o: clinics.set_inbox(v, "x@example.org", o.at),
    "way_back.asked": lambda v, o: way_back.asked(v, o.at),
    "trail.of_patient": lambda v, o: trail.of_patient(v),
    "trail.of_clinic": lambda v, o: trail.of_clinic(v),
    "pairs.invite": lambda v, o: pairs.invite(v, PROFILE, at=o.at),
    "services.put": lambda v, o: services.put(v, examples()[:1], at=o.at),
    "services.remove": lambda v, o: services.remove(v, o.service, at=o.at),
}


def public(module):
    name = module.__name__.rpartition(".")[2]
    for each, made in vars(module).items():
        if inspect.isfunction(made) and not each.startswith("_"):
            signature = inspect.signature(made)
            takes = [p.annotation for p in signature.parameters.values()]
            if Viewer in takes and made.__module__.startswith("rapport.store.practice"):
                yield f"{name}.{each}"


def test_every_function_that_takes_a_viewer_is_tried_here():
    modules = (records, pairs, links, clinics, services, trail, way_back)
    theirs = {"records.act_of", "records.note", "records.opened", "records.patients_of"}
    theirs |= {"records.pseudonymous", "pairs.act_of", "pairs.keep", "pairs.make"}
    theirs |= {
        "trail.act_of",
        "links.act_of",
        "way_back.act_of",
        "links.opened",
        "records.kept_open",
    }
    assert {name for module in modules for name in public(module)} - theirs == set(CALLS)


def test_rows_are_reached_in_one_place():
    for file in PACKAGE.rglob("*.py"):
        if file.name in ("scope.py", "models.py", "trail.py") or "migrations" in file.parts:
            continue
        names = {
            node.attr
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Attribute)
        }
        assert not names & {"objects", "_default_manager", "_base_manager"}, file.name


def everybody(house):
    return [*house.staff.values(), house.patient]


def stored(clinic):
    tables = (models.Record, models.Link, models.Device, models.Pair, models.Service)
    return [
        [{k: str(v) for k, v in row.items() if k != "sealed"} for row in found]
        for table in tables
        for found in [list(table.objects.filter(clinic_id=clinic).order_by("pk").values())]
    ]


@pytest.mark.parametrize("name", [name for name, call in CALLS.items() if call])
def test_what_is_of_another_clinic_is_not_there(house, at, name):
    here, there = house("Lakeside"), house(MARK)
    other = Other(there, at)
    before = stored(there.clinic)
    for viewer in everybody(here):
        with pytest.raises((NotThereError, RefusedError)) as told:
            CALLS[name](viewer, other)
        assert MARK not in str(told.value)
    assert stored(there.clinic) == before


@pytest.mark.parametrize("name", ALONE)
def test_what_comes_without_ids_is_of_the_own_clinic(house, at, name):
    here, there = house("Lakeside"), house(MARK)
    other = Other(there, at)
    before = stored(there.clinic)
    for viewer in everybody(here):
        try:
            came = ALONE[name](viewer, other)
        except (NotThereError, RefusedError):
            continue
        assert MARK not in str(came)
        assert other.patient not in str(came)
    assert stored(there.clinic) == before


@pytest.mark.parametrize("role", [Role.PATIENT, Role.SUPPORTER])
def test_a_forged_patient_opens_nothing(house, at, role):
    here, there = house("Lakeside"), house(MARK)
    forged = Viewer(
        clinic=here.clinic, role=role, id=there.patient.id, patient=there.patient.id
    )
    with pytest.raises(NotThereError):
        records.kept(forged, Profile)
    mixed = Viewer(clinic=here.clinic, role=role, id=here.patient.id, patient=here.patient.id)
    with pytest.raises(NotThereError):
        records.kept(mixed, Profile, patient=there.patient.id)
