"""Questionnaires and responses in FHIR R4B: they count as `scoring` does, and come back whole."""

import datetime
import functools
import json

import fhirpathpy
import msgspec
import pytest
from fhirpathpy.models import models
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.exchange.everything import kept, one_of_each

from rapport.knowledge.load import instrument
from rapport.practice.coalition.service_map import examples
from rapport.practice.exchange.fhir.border import form_faults
from rapport.practice.exchange.fhir.bundle import bundle as of_a_patient
from rapport.practice.exchange.fhir.check_ins import INSTRUMENTS, TOLD, check_in_of, response
from rapport.practice.exchange.fhir.names import r4b
from rapport.practice.exchange.fhir.questionnaire import expression, questionnaire
from rapport.practice.exchange.fhir.reading import imported
from rapport.practice.exchange.fhir.value_sets import code_faults
from rapport.practice.records.check_ins import Band, CheckIn, Entered, Length, Reveal, Share
from rapport.practice.records.people import Respondent, Side
from rapport.scoring.score import score

SIDES = [Side.PATIENT, Side.PRACTITIONER]
MODEL = functools.cache(
    lambda: __import__("fhirpathpy.models", fromlist=["models"]).models["r4"]
)
NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@functools.cache
def key(side):
    return instrument(INSTRUMENTS[side])


@functools.cache
def worked_out(side):
    """The expressions of a side's scales by id, ready to run on a response."""
    of_side = key(side)
    return {
        scale.id: fhirpathpy.compile(expression(of_side, scale), models["r4"])
        for scale in of_side.scales
    }


def both():
    return {each.id: each for each in map(key, SIDES)}


@st.composite
def check_ins(draw, sides=SIDES):
    side = draw(st.sampled_from(sides))
    asked = draw(st.lists(st.sampled_from(key(side).answer_ids()), unique=True))
    answers, cannot_say = {}, []
    for item in asked:
        group = key(side).group_of(item)
        value = draw(st.none() | st.integers(int(group.lowest), int(group.highest)))
        if value is None:
            cannot_say.append(item)
        else:
            answers[item] = value
    patient = side is Side.PATIENT
    moments = st.datetimes(
        NOON.replace(year=2020, tzinfo=None),
        NOON.replace(tzinfo=None),
        timezones=st.just(datetime.UTC),
    )
    return CheckIn(
        side=side,
        edition=key(side).edition,
        length=draw(st.sampled_from(Length)),
        respondent=draw(st.sampled_from(list(Respondent)[:3]))
        if patient
        else Respondent.PRACTITIONER,
        entered=draw(st.sampled_from(Entered)),
        answers=answers,
        cannot_say=tuple(cannot_say),
        note=draw(st.sampled_from(["", "made-up note", "ø — €"])) if patient else "",
        seconds=draw(st.dictionaries(st.sampled_from(["C1a", "S0"]), st.floats(0, 99))),
        started_at=draw(moments),
        sent_at=draw(st.none() | moments),
        shares=draw(st.dictionaries(st.integers(1, 6), st.sampled_from(Share))),
        reveal=draw(st.sampled_from(Reveal)),
        own_side_released=draw(st.booleans()),
    )


def faults(resource):
    kind = resource["resourceType"]
    return (*form_faults(resource, kind), *code_faults(resource, kind))


@pytest.mark.parametrize("side", SIDES)
def test_a_questionnaire_is_well_formed_and_asks_every_item_once(side):
    made = questionnaire(key(side))
    assert faults(made) == ()
    asked = [item["linkId"] for item in made["item"]]
    note = ["NOTE"] if side is Side.PATIENT else []
    assert asked == [*key(side).answer_ids(), *note, *(scale.id for scale in key(side).scales)]
    assert all(item.get("text") for item in made["item"] if item["linkId"] != "NOTE")


def test_no_questionnaire_has_a_total():
    for side in SIDES:
        scored = [
            item["linkId"] for item in questionnaire(key(side))["item"] if item.get("readOnly")
        ]
        assert len(scored) == 6
        assert all(name[-1] in "123456" for name in scored)


@settings(max_examples=40, deadline=None)
@given(check_ins())
def test_the_expressions_of_the_questionnaire_count_as_scoring_does(check_in):
    scored = score(key(check_in.side), check_in.answers, {}).scores if check_in.answers else {}
    made = response(check_in, record="r", patient="p")
    for scale, run in worked_out(check_in.side).items():
        told = scored[scale].value if scored else None
        found = [float(value) for value in run(made, {"resource": made})]
        assert found == ([] if told is None else [float(told)])


@settings(max_examples=40, deadline=None)
@given(check_ins())
def test_a_check_in_comes_back_as_it_was(check_in):
    made = response(check_in, record="r_1-x", patient="p")
    assert faults(made) == ()
    assert check_in_of(json.loads(json.dumps(made))) == check_in


def test_respondent_mode_and_version_travel_with_the_answers():
    made = json.dumps(response(example(), record="r", patient="p"))
    assert '"urn:rapport:fhir:respondent", "valueString": "scribe"' in made
    assert '"urn:rapport:fhir:mode", "valueString": "paper"' in made
    assert "urn:rapport:fhir:questionnaire:scc-p|scc-0.1" in made


NOT_TAKEN = {
    "supporter": "somebody",
    "seconds": {"C1a": 3.5},
    "counted_until": NOON,
    "confirmed": ("C1a",),
    "own_side_released": True,
    "bands": {1: Band.EASE},
}


def example(**changes):
    return msgspec.structs.replace(
        CheckIn(
            side=Side.PATIENT,
            edition="scc-0.1",
            length=Length.SHORT,
            respondent=Respondent.SCRIBE,
            entered=Entered.PAPER,
            answers={"C1a": 2, "C1x": 4},
            cannot_say=("C2b",),
            note="made-up note",
            started_at=NOON,
            sent_at=NOON,
            shares={1: Share.ANSWERS},
            reveal=Reveal.AGREED,
            **NOT_TAKEN,
        ),
        **changes,
    )


def sent(resource):
    return imported(json.dumps(resource).encode(), both(), patient="p", at=NOON)


def test_what_is_taken_in_shares_and_reveals_nothing():
    (found,) = sent(response(example(), record="r", patient="p")).check_ins
    fresh = CheckIn(**{name: getattr(example(), name) for name in TOLD})
    assert found == fresh
    assert (fresh.shares, fresh.reveal, fresh.bands) == ({}, Reveal.OPEN, {})
    assert all(getattr(fresh, name) != value for name, value in NOT_TAKEN.items())


def test_a_response_from_elsewhere_needs_none_of_our_extensions():
    made = response(example(), record="r", patient="p")
    del made["extension"], made["meta"]
    (found,) = sent(made).check_ins
    assert (found.respondent, found.answers) == (Respondent.SELF, {"C1a": 2, "C1x": 4})


def test_a_question_without_an_answer_is_left_open_only_where_it_says_so():
    made = response(example(cannot_say=("C1b",)), record="r", patient="p")
    assert sent(made).check_ins[0].cannot_say == ("C1b",)
    for item in made["item"]:
        item.pop("extension", None)
    assert sent(made).check_ins[0].cannot_say == ()


def changed(change):
    made = response(example(), record="r", patient="p")
    change(made)
    return made


def put(path, value):
    """A change that writes a value at a place of a response."""

    def change(made):
        *way, last = path
        for step in way:
            made = made[step]
        made[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        (put(["status"], "done"), ["status"]),
        (put(["colour"], 1), ["colour"]),
        (put(["authored"], "2026"), ["authored"]),
        (put(["subject"], None), ["subject"]),
        (put(["subject", "reference"], "Patient/another"), ["subject"]),
        (put(["subject"], {"display": "Kim"}), ["subject"]),
        (put(["authored"], "2026-11-22T12:00:01Z"), ["authored"]),
        (put(["authored"], "9999-12-31T23:59:00-14:00"), ["authored"]),
        (put(["authored"], "0001-01-01T00:00:00+14:00"), ["authored"]),
        (put(["authored"], "1999-12-31T23:00:00Z"), ["authored"]),
        (put(["item", 0, "answer", 0, "valueCoding", "code"], None), ["item[0].answer[0].valueCoding.code"]),
        (put(["questionnaire"], "urn:x|1"), ["questionnaire"]),
        (put(["questionnaire"], "urn:rapport:fhir:questionnaire:scc-p|scc-9"), ["questionnaire"]),
        (put(["item", 0, "linkId"], "C9a"), ["item[0].linkId"]),
        (put(["item", 0, "linkId"], "strain_1"), ["item[0].linkId"]),
        (put(["item", 1, "linkId"], "C1a"), ["item[1].linkId"]),
        (put(["item", 0, "answer", 0, "valueCoding", "code"], "5"), ["item[0].answer[0].valueCoding.code"]),
        (put(["item", 0, "answer", 0, "valueCoding", "code"], "02"), ["item[0].answer[0].valueCoding.code"]),
        (put(["item", 0, "answer", 0, "valueCoding", "system"], "x"), ["item[0].answer[0].valueCoding.system"]),
        (put(["item", 0, "answer", 0], {"valueInteger": 2}), ["item[0].answer[0]"]),
        (put(["item", 3, "answer", 0, "valueString"], "x" * 301), ["item[3].answer[0].valueString"]),
        (put(["item", 3, "answer", 0], {"valueInteger": 3}), ["item[3].answer[0]"]),
        (put(["item", 0, "item"], [{"linkId": "C1b"}]), ["item[0].item"]),
        (
            put(["item", 0, "answer"], [{"valueInteger": 1}, {"valueInteger": 2}]),
            ["item[0].answer"],
        ),
        (put(["extension", 0, "valueString"], "a neighbour"), ["extension"]),
        (put(["extension", 0, "valueString"], "practitioner"), ["extension"]),
        (put(["status"], "in-progress"), ["status"]),
        (put(["status"], "entered-in-error"), ["status"]),
        (put(["item"], []), ["item"]),
        (put(["item"], [{"linkId": "C1a"}]), ["item"]),
        (put(["item"], [{"linkId": "C1a"}] * 201), ["item"]),
        (put(["item", 0, "answer"], [{"valueString": "x"}] * 201), ["item[0].answer"]),
        (put(["item", 3, "answer", 0, "valueString"], "\x00"), ["item[3].answer[0].valueString"]),
        (put(["contained"], [{"resourceType": "Patient"}]), ["contained"]),
        (put(["implicitRules"], "urn:other"), ["implicitRules"]),
        (put(["item", 0, "modifierExtension"], [{"url": "urn:not"}]), ["item[0].modifierExtension"]),
        (put(["meta", "tag", 0, "code"], "5.0.0"), ["meta.tag[0]"]),
        (put(["item"], [{"linkId": 3}, {}, {"linkId": "C1a", "answer": [{"valueInteger": "x"}]}]),
         ["item[0].linkId", "item[1].linkId", "item[2].answer[0].valueInteger"]),
        # Both at once: what is ill-formed, and a code that R4B does not know.
        (lambda made: (put(["status"], "done")(made), put(["item", 0, "linkId"], 3)(made)),
         ["item[0].linkId", "status"]),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_path(change, paths):
    found = sent(changed(change))
    assert found.check_ins == ()
    assert [fault.path for fault in found.faults] == [
        f"QuestionnaireResponse.{p}" for p in paths
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[]", "no resource"),
        (b'{"resourceType": "Patient", "resourceType": "Patient"}', "twice"),
        (b"[" * 100_000, "no JSON"),
        (b'{"item":' + b'[{"item":' * 400 + b"[]" + b"}]" * 400 + b"}", "too deep"),
        (b'{"a":' * 51 + b"1" + b"}" * 51, "too deep"),
        (b" " * 5_000_001, "bytes"),
        (b'{"resourceType": "Patient", "multipleBirthInteger": NaN}', "no JSON"),
        (b'{"resourceType": "Patient", "multipleBirthInteger": Infinity}', "no JSON"),
    ],
)
def test_what_is_no_resource_is_refused(data, problem):
    (fault,) = imported(data, both(), patient="p", at=NOON).faults
    assert problem in fault.problem


@pytest.mark.parametrize("kind", ["Patient", "Nope", None, 3, ["x"]])
def test_other_resources_are_refused(kind):
    (fault,) = sent({"resourceType": kind}).faults
    assert fault.path.endswith("resourceType")


def test_a_path_repeats_no_kind_that_r4b_does_not_have():
    (fault,) = sent({"resourceType": "canary"}).faults
    assert fault.path == "Resource.resourceType"


def test_of_a_copy_of_ours_only_check_ins_are_read_and_the_rest_is_told():
    one, other = (kept(example(), name, patient="p") for name in ("a", "b"))
    draft = kept(example(sent_at=None), "d", patient="p")
    copy = of_a_patient(
        [*one_of_each(), one, other, draft], patient="p", at=NOON, services=examples()
    )
    whole = [each["resource"] for each in copy["entry"]]
    copy["entry"] = [{"resource": each} for each in whole if each["id"] != "r4"]
    found = sent(copy)
    assert found.faults == ()
    assert [each.identifier for each in found.responses] == [
        ("urn:rapport:fhir:record", "ra"),
        ("urn:rapport:fhir:record", "rb"),
    ]
    assert len(found.beside) == len(copy["entry"]) - 2
    # Without our mark the same is refused.
    for each in whole:
        each.pop("meta", None)
    assert sent(copy).check_ins == ()
    only = bundle(*(each for each in whole if each["resourceType"] == "Patient"))
    only["entry"][0]["resource"]["meta"] = r4b()
    assert [fault.path for fault in sent(only).faults] == ["Bundle.entry"]


def test_a_file_of_a_hundred_check_ins_is_the_most():
    good = response(example(), record="r", patient="p")
    assert len(sent(bundle(*[good] * 100)).check_ins) == 100
    assert [fault.path for fault in sent(bundle(*[good] * 101)).faults] == ["Bundle.entry"]


def bundle(*resources, **more):
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": each} for each in resources],
        **more,
    }


def test_of_a_bundle_all_is_taken_in_or_nothing():
    good = response(example(), record="r", patient="p")
    assert len(sent(bundle(good, good)).check_ins) == 2
    bad = changed(put(["item", 0, "linkId"], "C9a"))
    found = sent(bundle(good, bad, {"resourceType": "Patient"}, type="sack"))
    assert found.check_ins == ()
    assert [fault.path for fault in found.faults] == [
        "Bundle.type",
        "Bundle.entry[1].resource.item[0].linkId",
        "Bundle.entry[2].resource.resourceType",
    ]
    assert [f.path for f in sent(bundle()).faults] == ["Bundle.entry"]
    assert [f.path for f in sent(bundle(entry=[{}])).faults] == ["Bundle.entry[0]"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["item", "linkId", "answer", "extension", "status", "url", "meta", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(
    JSON, st.sampled_from(["item", "extension", "meta", "questionnaire", "authored", "subject"])
)
def test_whatever_stands_in_a_response_it_is_read_or_refused_and_never_breaks(value, where):
    made = response(example(), record="r", patient="p")
    made[where] = value
    found = sent(made)
    assert bool(found.check_ins) != bool(found.faults)
