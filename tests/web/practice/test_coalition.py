"""The coalition on its pages: from a need to its end, who sees what, papers, the service map."""

import io
import json
import re

import pytest

from rapport.practice.coalition import service_map
from rapport.practice.exchange.fhir.check_ins import response
from rapport.practice.records.check_ins import CheckIn, Length, Result
from rapport.practice.records.coalition import Action, Actor, Letter, Need, Plan
from rapport.practice.records.people import Allowed, Profile, Respondent, Role, Side
from rapport.store.practice import records, services

CANARY = "canary-of-a-need"


@pytest.fixture
def two(house, enter_as, at):
    """A clinic with a service map; a practitioner's and a patient's browser."""
    here = house()
    services.put(here.practitioner, service_map.examples(), at=at)
    return here, enter_as(here, Role.PRACTITIONER), enter_as(here, Role.PATIENT)


def steps(browser, address, *answers):
    """Answers the questions at an address one by one, as its forms send them."""
    page = browser.get(address)
    for name, value in answers:
        assert page.status_code == 200, page.content
        fields = hidden(page) | {name: value, "go": "next"}
        page = browser.post(address, fields)
    return page


def hidden(page):
    text = page.content.decode()
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
    found.pop("csrfmiddlewaretoken")
    return found


def helper(here):
    """The practitioner as one who shares the work."""
    found = records.kept(here.practitioner, Actor, patient=here.patient.id)
    return next(each.id for each in found if not each.record.is_patient)


def add_need(browser, patient, label="Help with a form", domain="income"):
    done = steps(
        browser,
        f"/practice/plan/{patient}/need",
        ("domain", domain),
        ("label", label),
        ("why", CANARY),
    )
    assert done.status_code == 302
    return done["Location"].partition("?")[0]


def only(viewer, kind, patient):
    (found,) = records.kept(viewer, kind, patient=patient)
    return found


def test_from_a_need_to_a_plan_a_letter_and_an_honest_end(two, at):
    here, doctor, person = two
    patient = here.patient.id
    need = add_need(doctor, patient)
    assert b"Nobody has looked so far" in doctor.get(need).content
    # A service that may fit: a suggestion, and a person's word.
    listed = doctor.get(f"{need}services/").content.decode()
    assert "Evenland Advice Line" in listed
    assert "Suggested: unknown" in listed
    word = f"{need}services/ex-advice/word"
    assert steps(doctor, word, ("fits", "fits with changes"), ("gap", "")).status_code == 302
    assert b"No service fits yet" not in doctor.get(need).content
    # Asked, and late.
    days = [("sent", "2026-01-01"), ("due", "2026-01-20")]
    asked = steps(
        doctor,
        f"{need}ask",
        ("service", "ex-advice"),
        ("reason", "the form"),
        ("how", "post"),
        *days,
    )
    assert asked.status_code == 302
    assert b"No answer yet" in doctor.get(need).content
    # Somebody does something, and it is not the person.
    owner = helper(here)
    done = steps(
        doctor,
        f"{need}do",
        ("what", "write"),
        ("owner", owner),
        ("due", "2026-01-05"),
        ("burden", "low"),
    )
    assert done.status_code == 302
    assert only(here.practitioner, Action, patient).record.owner == owner
    assert b"the day has passed" in doctor.get(f"/practice/plan/{patient}/").content
    assert b"the day has passed" not in person.get(f"/practice/plan/{patient}/").content
    # A version of the plan stays as it was agreed.
    again = ("review", f"{at.year + 1}-01-01")
    agreed = steps(doctor, f"/practice/plan/{patient}/agree", again, ("who", owner))
    assert agreed.status_code == 302
    assert "write" in only(here.practitioner, Plan, patient).record.text
    # The honest end, which drops what was still to be done.
    assert steps(person, f"{need}close", ("end", "closed, not available")).status_code == 302
    assert only(here.practitioner, Action, patient).record.state.value == "dropped"
    assert "no failure of yours" in person.get(need).content.decode()
    assert person.post(f"{need}reopen").status_code == 302
    assert only(here.practitioner, Need, patient).record.closed_on is None


WHOLE = {"what": "write", "due": "2026-11-30", "burden": "none"}


@pytest.mark.parametrize(
    ("page", "fields", "told"),
    [
        ("do", WHOLE | {"step": "3", "owner": "nobody-at-all"}, "Choose one of these"),
        ("do", WHOLE | {"step": "3", "due": "9999-12-31"}, "ten years away"),
        ("do", WHOLE | {"step": "3", "due": "0001-01-01"}, "ten years away"),
        ("do", WHOLE | {"step": "3", "due": "junk"}, "This is not a day"),
        ("do", WHOLE | {"step": "3", "what": "w" * 501}, "too long"),
        ("do", WHOLE | {"step": "3", "what": " "}, "Write a few words"),
        ("do", WHOLE | {"step": "9" * 3, "burden": "bogus"}, "Choose one of these"),
        ("letter", {"step": "1", "template": "nope", "service": ""}, "Choose one of these"),
        ("result", {"step": "2", "what": "x", "by": "2026-13-45"}, "This is not a day"),
        ("close", {"step": "0", "end": "bogus"}, "Choose one of these"),
    ],
)
def test_the_last_screen_keeps_nothing_that_an_earlier_one_would_refuse(
    two, page, fields, told
):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    fields = {"owner": helper(here)} | fields
    answer = doctor.post(f"{need}{page}", fields)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert told in text
    assert "isoformat" not in text
    assert "valid Domain" not in text
    for kind in (Action, Letter):
        assert records.kept(here.practitioner, kind, patient=here.patient.id) == ()


def test_a_step_that_is_no_number_of_a_screen_is_the_first_one(two):
    here, doctor, _ = two
    fields = {"step": "9" * 5000, "domain": "income"}
    page = doctor.post(f"/practice/plan/{here.patient.id}/need", fields)
    assert page.status_code == 200
    assert b"2 of 3" in page.content


def test_a_need_about_nothing_known_is_asked_for_again(two):
    here, doctor, _ = two
    fields = {"step": "2", "domain": "bogus", "label": "x", "why": "y"}
    answer = doctor.post(f"/practice/plan/{here.patient.id}/need", fields)
    assert answer.status_code == 400
    assert b"Choose one of these" in answer.content
    assert b"1 of 3" in answer.content


def test_looking_at_a_form_writes_nobody_down(two, at):
    here, _, person = two
    told = Need(label="x", domain="income", why="y", first_seen=at.date())
    kept = records.keep(here.patient, told, patient=here.patient.id, at=at, why="test")
    agree = f"/practice/plan/{here.patient.id}/agree"
    for address in (f"/practice/need/{kept.id}/do", agree):
        assert person.get(address).status_code == 200
        assert records.kept(here.patient, Actor) == ()
    page = person.post(agree, {"step": "0", "review": f"{at.year + 1}-01-01"})
    assert len(records.kept(here.patient, Actor)) == 2
    assert page.content.decode().count('type="checkbox"') == 2


def test_a_title_that_asks_ends_once(two):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    answers = [("what", "write"), ("owner", helper(here)), ("due", "2026-11-30")]
    assert steps(doctor, f"{need}do", *answers, ("burden", "low")).status_code == 302
    action = only(here.practitioner, Action, here.patient.id).id
    page = doctor.get(f"/practice/action/{action}/").content.decode()
    assert "How far is it? 1 of 5." in page


def test_who_may_only_read_is_given_no_form_to_write(two, opens_link, helped_by):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    answers = [("what", "write"), ("owner", helper(here)), ("due", "2026-11-30")]
    assert steps(doctor, f"{need}do", *answers, ("burden", "low")).status_code == 302
    action = only(here.practitioner, Action, here.patient.id).id
    assert f"/practice/action/{action}/" in doctor.get(need).content.decode()
    kim = opens_link(helped_by(here, sees=tuple(Allowed))[1])
    page = kim.get(need)
    assert page.status_code == 200
    assert "/practice/action/" not in page.content.decode()
    assert f"{need}none" not in kim.get(f"{need}services/").content.decode()
    for form in ("do", "ask", "note"):
        assert kim.get(f"{need}{form}").status_code == 403
    assert kim.get(f"/practice/action/{action}/").status_code == 403


def test_a_letter_goes_nowhere_before_the_person_approved_these_words(two):
    here, doctor, person = two
    need = add_need(doctor, here.patient.id)
    made = steps(doctor, f"{need}letter", ("template", "no_answer"), ("service", ""))
    letter = made["Location"].partition("?")[0]
    text = only(here.practitioner, Letter, here.patient.id).record.text
    assert CANARY not in text
    assert doctor.get(f"{letter}letter.txt").status_code == 403
    doctor.post(letter, {"go": "approve", "text": "Dear all"})
    assert only(here.practitioner, Letter, here.patient.id).record.approved_on is None
    # A gap in the facts is not approved, and what was written stays.
    refused = person.post(letter, {"go": "approve", "text": "To: ________ and more"})
    assert refused.status_code == 400
    assert b"To: ________ and more" in refused.content
    assert person.post(letter, {"go": "approve", "text": "Dear all"}).status_code == 302
    assert doctor.get(f"{letter}letter.txt").content == b"Dear all"


def test_back_keeps_what_was_answered_and_nothing_is_kept_before_the_end(two):
    here, doctor, _ = two
    address = f"/practice/plan/{here.patient.id}/need"
    wrong = steps(doctor, address, ("domain", ""))
    assert (wrong.status_code, b"Choose one." in wrong.content) == (400, True)
    page = steps(doctor, address, ("domain", "income"), ("label", CANARY))
    back = doctor.post(address, hidden(page) | {"why": "because", "go": "back"})
    assert f'value="{CANARY}"' in back.content.decode()
    again = doctor.post(address, hidden(back) | {"label": CANARY, "go": "next"})
    assert "because" in again.content.decode()
    assert records.kept(here.practitioner, Need, patient=here.patient.id) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "99"},
        {"step": "-1"},
        {"step": "x"},
        {"domain": "cake"},
        {"domain": "x" * 9999},
        {},
    ],
)
def test_forms_that_nobody_was_given_keep_nothing(two, fields):
    here, doctor, _ = two
    answer = doctor.post(f"/practice/plan/{here.patient.id}/need", {"go": "next", **fields})
    assert answer.status_code in (200, 400)
    assert records.kept(here.practitioner, Need, patient=here.patient.id) == ()


def test_a_helper_sees_a_need_after_the_person_said_so_and_no_other(two, enter_as):
    here, doctor, person = two
    patient = here.patient.id
    need, other = add_need(person, patient), add_need(person, patient, "Another one")
    member = here.staff[Role.COALITION_MEMBER].id
    steps(
        doctor,
        f"/practice/plan/{patient}/people/new",
        *(
            ("name", "Jo"),
            ("role", "social worker"),
            ("contact", ""),
            ("capacity", ""),
            ("account", member),
        ),
    )
    helper = enter_as(here, Role.COALITION_MEMBER)
    assert helper.get(need).status_code == 404
    page = person.get(f"{need}who")
    assert b"Now: no" in page.content
    actor = re.search(r'name="actor" value="([^"]+)"', page.content.decode())[1]
    assert doctor.post(f"{need}who", {"actor": actor, "may": "yes"}).status_code == 403
    assert person.post(f"{need}who", {"actor": actor, "may": "yes"}).status_code == 302
    page = helper.get(need).content.decode()
    assert "Help with a form" in page
    # What they may do is there, and nothing that would be refused.
    for form in re.findall(rf'href="({need}[^"]+)"', page):
        assert helper.get(form).status_code == 200, form
    assert helper.get(other).status_code == 404
    assert b"Another one" not in helper.get(f"/practice/plan/{patient}/").content
    done = steps(
        helper,
        f"{need}note",
        ("who", "the council"),
        ("what", "call again"),
        ("on", "2026-01-02"),
    )
    assert done.status_code == 302
    person.post(f"{need}who", {"actor": actor, "may": "no"})
    assert helper.get(need).status_code == 404


def test_dates_for_a_calendar_are_ones_own_and_say_nothing_by_themselves(two):
    here, doctor, person = two
    need = add_need(doctor, here.patient.id)
    owner = helper(here)
    steps(
        doctor,
        f"{need}do",
        ("what", CANARY),
        ("owner", owner),
        ("due", "2026-12-24"),
        ("burden", "none"),
    )
    address = f"/practice/plan/{here.patient.id}/dates.ics"
    neutral = doctor.get(address)
    assert neutral["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;VALUE=DATE:20261224" in neutral.content
    assert CANARY.encode() not in neutral.content
    assert CANARY.encode() in doctor.get(f"{address}?titles=words").content
    assert b"20261224" not in person.get(address).content


def test_the_weekly_line_is_shown_to_who_wants_it(two):
    here, doctor, person = two
    plan = f"/practice/plan/{here.patient.id}/"
    add_need(doctor, here.patient.id)
    assert person.post(f"{plan}week", {"wanted": "yes"}).status_code == 302
    assert only(here.patient, Profile, here.patient.id).record.weekly_line is True
    assert doctor.post(f"{plan}week", {"wanted": "no"}).status_code == 403


def test_no_value_of_a_person_stands_in_an_address_or_a_title(two):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id, label=CANARY)
    pages = [
        need,
        f"{need}services/",
        f"{need}about/label",
        f"/practice/plan/{here.patient.id}/",
    ]
    for address in pages:
        title = re.search(r"<title>(.*?)</title>", doctor.get(address).content.decode())[1]
        assert CANARY not in address + title


def file(text, name="x.csv"):
    made = io.BytesIO(text.encode())
    made.name = name
    return made


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


def check_in(at, **more):
    return CheckIn(
        side=Side.PATIENT,
        edition="scc-0.1",
        length=Length.SHORT,
        respondent=Respondent.SELF,
        answers={"C1a": 2},
        started_at=at,
        sent_at=at,
        **more,
    )


def test_a_check_in_from_elsewhere_is_taken_in_or_every_fault_is_told(two, at):
    here, _, person = two
    address = f"/practice/take-in/{here.pair}/"
    good = response(check_in(at), record="r", patient=here.patient.id)
    bad = json.loads(json.dumps(good))
    bad["item"][0]["linkId"] = CANARY
    both = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": good}, {"resource": bad}],
    }
    refused = person.post(address, {"file": file(json.dumps(both), "x.json")})
    assert refused.status_code == 400
    assert b"Bundle.entry[1].resource.item[0].linkId" in refused.content
    assert CANARY.encode() not in refused.content
    assert records.kept(here.patient, CheckIn) == ()
    assert person.post(address, {"file": file(json.dumps(good), "x.json")}).status_code == 302
    (kept,) = records.kept(here.patient, CheckIn)
    assert kept.record.answers == {"C1a": 2}


def test_a_check_in_that_is_taken_in_twice_is_kept_and_scored_once(two, at):
    here, _, person = two
    address = f"/practice/take-in/{here.pair}/"
    for _ in range(2):
        good = response(check_in(at), record="r", patient=here.patient.id)
        taken = person.post(address, {"file": file(json.dumps(good), "x.json")})
        assert taken.status_code == 302
    kept = only(here.patient, CheckIn, here.patient.id)
    result = only(here.patient, Result, here.patient.id)
    assert result.record.patient == kept.id


@pytest.mark.parametrize("sent_at", ["9999-12-31T23:59:00Z", "0001-01-01T00:00:00Z"])
def test_no_check_in_of_a_year_that_no_page_can_count_from_is_taken_in(two, at, sent_at):
    here, _, person = two
    made = response(check_in(at), record="r", patient=here.patient.id) | {"authored": sent_at}
    answer = person.post(
        f"/practice/take-in/{here.pair}/", {"file": file(json.dumps(made), "x.json")}
    )
    assert answer.status_code == 400
    assert records.kept(here.patient, CheckIn) == ()


def test_a_practitioner_cannot_take_in_answers_as_if_the_person_had_sent_them(two, at):
    here, doctor, _ = two
    good = response(check_in(at), record="r", patient=here.patient.id)
    answer = doctor.post(
        f"/practice/take-in/{here.pair}/", {"file": file(json.dumps(good), "x.json")}
    )
    assert answer.status_code == 403
    assert records.kept(here.patient, CheckIn) == ()


def test_the_check_ins_can_be_had_as_questionnaires_by_anybody(browser):
    anybody = browser()
    made = anybody.get("/practice/questionnaires/scc-p")
    assert made["Content-Type"] == "application/fhir+json"
    assert made.json()["resourceType"] == "Questionnaire"
    assert anybody.get("/practice/questionnaires/phq-9").status_code == 404
