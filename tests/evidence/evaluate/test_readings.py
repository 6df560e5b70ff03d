"""Made-up readings measured against made-up labels."""

from random import Random  # noqa: TID251  # seeded

import msgspec
import pytest

from rapport.cards.facts import DesignRecord, Participants, PemRecord
from rapport.cards.study_card import Versions
from rapport.core.errors import InputError
from rapport.core.ids import Identifiers
from rapport.core.spans import Span
from rapport.core.vocabulary import Badge, Combination, Design, ReadScope
from rapport.evidence.evaluate.labels import LabelledReading, parsed
from rapport.evidence.evaluate.readings import Compared, field_evaluations
from rapport.evidence.evaluate.report import report
from rapport.evidence.evaluate.run import EvaluationRun, without_sentences
from rapport.evidence.read.reading import Reading

TEXT = "All met the Canadian criteria. There were 24 patients."
SPAN = Span(field="text", start=0, end=30, quote=TEXT[:30])
COUNT = Span(field="text", start=31, end=54, quote=TEXT[31:54])


def label(study, **given):
    known = {
        "id": study,
        "text_kind": "abstract",
        "pem_badge": "required",
        "definitions": ("ccc_2003",),
        "combination": "single",
        "evidence_start": 4,
        "evidence_end": 29,
        "study_design": "case_control",
        "n_cases": 24,
        "n_cases_evidence_start": 42,
        "n_cases_evidence_end": 53,
    }
    return msgspec.convert(known | given, LabelledReading)


def reading(study, badge=Badge.REQUIRED, design=Design.CASE_CONTROL, n=24):
    return Reading(
        id=study,
        identifiers=Identifiers(),
        read=ReadScope.ABSTRACT,
        pem=PemRecord(
            badge=badge,
            definitions=("ccc_2003",),
            combination=Combination.SINGLE,
            evidence=(SPAN,),
        ),
        design=DesignRecord(value=design, evidence=(SPAN,)),
        participants=Participants(n_cases=n, evidence=(COUNT,)),
        statements=(),
        versions=Versions(reader="1", knowledge="k"),
    )


def measured(*pairs):
    studies = [Compared(label=one, reading=read, fields={"text": TEXT}) for one, read in pairs]
    fields, errors = field_evaluations(studies, Random(1), 20)
    return {field.field: field for field in fields}, errors


def test_all_right_has_no_errors():
    fields, errors = measured((label("a"), reading("a")))
    assert errors == ()
    assert {name: (f.right, f.of) for name, f in fields.items()} == dict.fromkeys(
        ("badge", "definitions", "combination", "design", "n_cases"), (1, 1)
    )
    assert fields["badge"].further["verbatim"].right == 1
    assert fields["badge"].further["overlaps_label"].right == 1
    assert fields["n_cases"].further["overlaps_label"].right == 1


def test_another_defensible_answer_is_wrong_strictly_and_right_leniently():
    gold = label("a", study_design="cross_sectional", study_design_also_ok=("case_control",))
    fields, errors = measured((gold, reading("a")))
    assert fields["design"].strict.right.right == 0
    assert fields["design"].lenient.right.right == 1
    assert [(e.about, e.expected, e.read, e.is_defensible) for e in errors] == [
        ("design", "cross_sectional", "case_control", True)
    ]


def test_precision_of_asserted_badges_leaves_out_not_stated():
    fields, _ = measured(
        (label("a"), reading("a")),
        (label("b", pem_badge="not_required"), reading("b")),
        (label("c"), reading("c", badge=Badge.NOT_STATED)),
    )
    asserted = fields["badge"].further["asserted_right"]
    assert (asserted.right, asserted.of) == (1, 2)


def test_a_number_that_is_not_stated_is_not_zero():
    fields, errors = measured((label("a", n_cases=None), reading("a", n=0)))
    assert fields["n_cases"].right == 0
    assert [(e.expected, e.read) for e in errors] == [("none", "0")]


def test_definitions_are_counted_one_by_one():
    fields, _ = measured((label("a", definitions=("ccc_2003", "icc_2011")), reading("a")))
    further = fields["definitions"].further
    assert (further["precision"].right, further["precision"].of) == (1, 1)
    assert (further["recall"].right, further["recall"].of) == (1, 2)
    assert {v.value: v.recall.right for v in fields["definitions"].strict.values} == {
        "ccc_2003": 1,
        "icc_2011": 0,
    }


def test_a_span_that_is_not_verbatim_is_seen():
    bad = Span(field="text", start=1, end=31, quote=SPAN.quote)
    read = reading("a")
    wrong = Reading(
        **{name: getattr(read, name) for name in read.__struct_fields__ if name != "pem"},
        pem=PemRecord(badge=Badge.REQUIRED, evidence=(bad,)),
    )
    fields, _ = measured((label("a"), wrong))
    assert fields["badge"].further["verbatim"].right == 0


def run(fields, errors):
    return EvaluationRun(
        measured_on="Made up.",
        date="2026-01-01",
        reader="1",
        knowledge="k",
        seed=1,
        draws=20,
        fields=tuple(fields.values()),
        errors=errors,
    )


def test_a_stored_run_holds_places_and_no_words():
    fields, errors = measured((label("a"), reading("a", badge=Badge.MIXED)))
    assert errors[0].sentence == SPAN.quote
    stored = without_sentences(run(fields, errors))
    assert (stored.errors[0].sentence, stored.errors[0].start) == (None, 0)


def test_the_report_names_every_error():
    fields, errors = measured((label("a"), reading("a", badge=Badge.MIXED)))
    text = report(run(fields, errors))
    assert "badge: right in 0 of 1" in text
    assert "expected required, read mixed" in text
    assert SPAN.quote in text


def test_a_broken_label_is_one_clear_error_with_its_line():
    with pytest.raises(InputError, match="line 2"):
        list(parsed(b'\n{"id": 1}\n', LabelledReading, where="gold.jsonl"))


def test_what_was_not_read_is_told_with_the_labelled_words():
    empty = reading("a", badge=Badge.NOT_STATED)
    pem = msgspec.structs.replace(empty.pem, evidence=())
    _, errors = measured((label("a"), msgspec.structs.replace(empty, pem=pem)))
    badge = next(one for one in errors if one.about == "badge")
    assert badge.is_labelled
    assert badge.sentence == "met the Canadian criteria"
