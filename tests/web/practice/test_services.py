"""The map of services: a table whole, one service, and the report of gaps."""

from tests.web.practice.forms import add_need, file

from rapport.practice.coalition import service_map
from rapport.practice.records.people import Role
from rapport.store.practice import services


def test_a_table_of_services_is_taken_in_whole_or_not_at_all(house, enter_as):
    here = house()
    editor = enter_as(here, Role.SERVICE_EDITOR)
    table = "/practice/services/table"
    head = "id,provider,what,domain\n"
    bad = editor.post(table, {"file": file(f"{head}s1,A,b,care\ns2,,b,cake")})
    assert bad.status_code == 400
    for words in (b"Row 3, provider", b"Row 3, domain", b"Nothing was taken in"):
        assert words in bad.content
    assert services.every(here.practitioner) == ()
    assert editor.post(table, {"file": file(f"{head}s1,A,b,care")}).status_code == 302
    assert editor.post(table, {"text": f"{head}s2,B,b,food"}).status_code == 302
    assert [each.id for each in services.every(here.practitioner)] == ["s1", "s2"]
    written = editor.get("/practice/services/table.csv").content.decode()
    assert [each.id for each in service_map.read(written).services] == ["s1", "s2"]
    large = editor.post(table, {"file": file("x" * 1_500_000)})
    assert large.status_code == 400


def test_one_service_is_changed_checked_and_taken_off(house, enter_as, at):
    here = house()
    services.put(here.practitioner, service_map.examples()[:1], at=at)
    editor = enter_as(here, Role.SERVICE_EDITOR)
    address = "/practice/services/of/ex-care"
    assert editor.get(address).status_code == 200
    wrong = editor.post(address, {"go": "save", "verified_on": "soon"})
    assert (wrong.status_code, b"this is not a day" in wrong.content) == (400, True)
    editor.post(address, {"go": "save", "provider": "Other Care", "home_visit": "no"})
    editor.post(address, {"go": "checked"})
    (found,) = services.every(here.practitioner)
    assert (found.provider, found.access.home_visit.value, found.verified_on) == (
        "Other Care",
        "no",
        at.date(),
    )
    editor.post(address, {"go": "remove"})
    assert services.every(here.practitioner) == ()
    assert editor.get(address).status_code == 404


def test_the_gap_report_of_one_patient_shows_nothing(two):
    here, doctor, _ = two
    add_need(doctor, here.patient.id)
    assert (
        b"There is no area of life with 10 people or more"
        in doctor.get("/practice/services/gaps").content
    )
