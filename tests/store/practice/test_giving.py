"""Numbers that leave a clinic: the gap report's and the researcher's, of those who agreed alone."""

import csv
import datetime
import io

import msgspec
import pytest

from rapport.practice.exchange.research import TooFewError
from rapport.practice.records.check_ins import CheckIn, Length
from rapport.practice.records.coalition import Domain, Need
from rapport.practice.records.people import (
    Consent,
    ConsentKind,
    Profile,
    Respondent,
    Role,
    Side,
)
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit, Worse
from rapport.practice.visibility.viewer import VISITS_SINCE, Viewer
from rapport.store.practice import clinics, counting, giving, models, pairs, records
from rapport.store.practice.opened import Opened
from rapport.store.practice.scope import RefusedError
from rapport.store.practice.vault import SealError

CANARY = "canary"


def agree(patient, kind, at, **more):
    told = {"version": 1, **more}
    text = Consent(consent=kind, text="t", given_at=at, method="test", **told)
    return records.keep(patient, text, patient=patient.id, at=at, why="test")


def another(house, at):
    """One more patient of the practitioner: who they are, and their pair."""
    made = pairs.invite(house.practitioner, Profile(shown_as=CANARY), at=at)
    who = Viewer(clinic=house.clinic, role=Role.PATIENT, id=made.patient, patient=made.patient)
    return who, made.pair


def need(patient, at):
    record = Need(label=CANARY, domain=Domain.FOOD, first_seen=at.date())
    records.keep(patient, record, patient=patient.id, at=at, why="test")


def lacking(house, at, people):
    """So many more patients of a practitioner who lack food and let it be counted."""
    found = [another(house, at)[0] for _ in range(people)]
    for patient in found:
        need(patient, at)
        agree(patient, ConsentKind.GAP_COUNTS, at)
    return found


def totals(viewer, at):
    return [row.total for row in counting.gap_report(viewer, at).rows]


def test_gaps_are_counted_of_those_who_agreed_and_of_this_clinic_alone(house, at):
    here, there = house("Lakeside"), house("Hillside")
    lacking(here, at, 10)
    lacking(there, at, 3)
    silent, _ = another(here, at)
    need(silent, at)
    taken_back, _ = another(here, at)
    need(taken_back, at)
    agree(taken_back, ConsentKind.GAP_COUNTS, at, withdrawn_at=at)
    assert totals(here.practitioner, at) == [10]
    assert totals(there.practitioner, at) == []


def test_a_report_stays_for_its_quarter_and_a_number_until_enough_people_have_changed(
    house, at
):
    here = house()
    people = lacking(here, at, 11)
    assert totals(here.practitioner, at) == [11]
    lacking(here, at, 11)
    assert totals(here.practitioner, at + datetime.timedelta(days=1)) == [11]
    assert models.GapReport.objects.count() == 1
    later = at + datetime.timedelta(days=100)
    assert totals(here.practitioner, later) == [22]
    # Nine are erased, which takes away what they were counted in: nothing changes.
    for patient in people[:9]:
        records.erase(patient, patient.id, at=later)
    assert totals(here.practitioner, later + datetime.timedelta(days=100)) == [22]
    records.erase(people[9], people[9].id, at=later)
    made = counting.gap_report(here.practitioner, later + datetime.timedelta(days=200))
    assert [row.total for row in made.rows] == [12]
    assert made.on == (later + datetime.timedelta(days=200)).date()


def test_what_a_patient_was_counted_in_is_sealed_and_opens_in_its_own_row_alone(house, at):
    here = house()
    lacking(here, at, 10)
    counting.gap_report(here.practitioner, at)
    rows = list(models.Patient.objects.exclude(counted=b""))
    assert len(rows) == 10
    assert not any(b"food" in bytes(row.counted) for row in rows)
    stolen = rows[0]
    stolen.counted = rows[1].counted
    with pytest.raises(SealError):
        Opened(here.practitioner, stolen, at.date()).counted()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PRACTITIONER, Role.SERVICE_EDITOR}))
def test_nobody_else_counts_gaps(house, at, role):
    here = house()
    viewer = here.staff.get(role) or msgspec.structs.replace(here.patient, role=role)
    with pytest.raises(RefusedError):
        counting.gap_report(viewer, at)


def send(patient, pair, at, value):
    check_in = CheckIn(
        side=Side.PATIENT,
        edition="scc-0.1",
        length=Length.SHORT,
        respondent=Respondent.SELF,
        answers={"C1a": value},
        note=CANARY,
        started_at=at,
        sent_at=at,
    )
    records.keep(patient, check_in, patient=patient.id, pair=pair, at=at, why="test")


def test_a_researcher_is_given_those_who_agreed_and_did_not_take_it_back(house, at):
    here = house()
    researcher = here.staff[Role.RESEARCHER]
    people = [another(here, at) for _ in range(11)]
    for n, (patient, pair) in enumerate(people):
        send(patient, pair, at, n % 5)
        send(patient, pair, at + datetime.timedelta(days=30), n % 5)
        given = agree(patient, ConsentKind.RESEARCH, at)
    send(here.patient, here.pair, at, 0)
    made = giving.for_research(researcher)
    assert (made.people, made.rows) == (11, 22)
    assert CANARY not in b"".join(made.files.values()).decode()
    # One takes it back: ten are left. A second one: too few.
    records.change(patient, given.id, records.with_fields(withdrawn_at=at), at=at, why="test")
    assert giving.for_research(researcher).people == 10
    patient = people[0][0]
    (given,) = records.kept(patient, Consent)
    records.change(patient, given.id, records.with_fields(withdrawn_at=at), at=at, why="test")
    with pytest.raises(TooFewError):
        giving.for_research(researcher)


def happen(patient, pair, at):
    """A visit of a patient, what they tick about it, and what made things worse."""
    on, ids = at.date(), {"patient": patient.id, "at": at, "why": "test"}
    visit = records.keep(patient, Visit(on=on), pair=pair, **ids)
    taps = AfterVisit(visit=visit.id, side=Side.PATIENT, on=on, useful=True)
    records.keep(patient, taps, pair=pair, **ids)
    records.keep(patient, TwoDaysLater(about=visit.id, on=on, worse=Worse.NO), pair=pair, **ids)
    harm = Harm(side=Side.PATIENT, on=on, what=CANARY, about=visit.id)
    records.keep(patient, harm, pair=pair, **ids)
    return visit.id


def test_visits_and_harm_are_given_of_those_whose_consent_named_them(house, at):
    here = house()
    people = [another(here, at) for _ in range(12)]
    ids = []
    for n, (patient, pair) in enumerate(people):
        send(patient, pair, at, n % 5)
        ids += [patient.id, pair, happen(patient, pair, at)]
        # The first two agreed to an older text, which names answers alone.
        agree(patient, ConsentKind.RESEARCH, at, version=1 if n < 2 else VISITS_SINCE)
    made = giving.for_research(here.staff[Role.RESEARCHER])
    assert (made.people, made.events) == (
        12,
        {"visits.csv": 10, "later.csv": 10, "harm.csv": 10},
    )
    whole = b"".join(made.files.values()).decode()
    assert CANARY not in whole
    assert not [each for each in ids if each in whole]
    # An answer of two days later finds its visit, though both have other names.
    later = list(csv.DictReader(io.StringIO(made.files["later.csv"].decode())))
    assert {row["about"] for row in later} == {"1"}


def test_what_a_practitioner_ticks_is_given_only_if_they_give_it(house, at):
    here = house()
    researcher = here.staff[Role.RESEARCHER]
    patient, pair = another(here, at)
    visit = happen(patient, pair, at)
    agree(patient, ConsentKind.RESEARCH, at, version=VISITS_SINCE)
    agree(patient, ConsentKind.RELATIONSHIP, at, about=pair)
    taps = AfterVisit(visit=visit, side=Side.PRACTITIONER, on=at.date(), useful=True)
    records.keep(here.practitioner, taps, patient=patient.id, pair=pair, at=at, why="test")
    assert len(records.kept(researcher, AfterVisit)) == 1
    clinics.give_to_research(here.practitioner, True, at)
    assert len(records.kept(researcher, AfterVisit)) == 2


def test_nobody_but_a_researcher_is_given_anything(house, at):
    here = house()
    agree(here.patient, ConsentKind.RESEARCH, at)
    send(here.patient, here.pair, at, 1)
    for role in (Role.ADMIN, Role.AUDITOR, Role.SERVICE_EDITOR):
        with pytest.raises(TooFewError):
            giving.for_research(here.staff[role])
