"""results.json is what its schema says; the check itself finds what is wrong.

Every result of the tests of this folder is checked where it is made (conftest.results_of).
"""

import json

import pytest
from tests.cohort.schema import faults

from rapport.cohort.report.files import outcome_files
from rapport.core.encoding import to_json
from rapport.knowledge.load import load


def test_what_is_written_is_what_the_schemas_say(results):
    _, files = outcome_files(results, load())
    assert faults(files["results.json"]) == []
    assert faults(files["codebook.json"], "codebook") == []


def without_badge(content):
    del content["badge"]


WRONG = {
    "a key that is missing": (without_badge, "lacks badge"),
    "a key that is not known": (lambda c: c.update(more=1), "$.more: not in the schema"),
    "text for a number": (lambda c: c["data"].update(people="80"), "$.data.people: no integer"),
    "true for a number": (lambda c: c["data"].update(people=True), "$.data.people: no integer"),
    "a word that is not known": (lambda c: c.update(badge="perhaps"), "$.badge: none of"),
    "an interval of three ends": (
        lambda c: c["change"]["rose"].update(interval=[0, 1, 2]),
        "$.change.rose.interval[2]",
    ),
    "an interval of one end": (
        lambda c: c["change"]["rose"].update(interval=[0]),
        "$.change.rose.interval: fewer",
    ),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_what_is_not_as_the_schema_says_is_found(results, change, said):
    content = json.loads(to_json(results))
    assert faults(json.dumps(content)) == []
    change(content)
    assert any(said in one for one in faults(json.dumps(content)))
