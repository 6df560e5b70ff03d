"""Plans: what is read, and one clear sentence for every fault."""

import tomllib

import msgspec
import pytest
from tests.cohort.conftest import PLAN

from rapport.cohort.plan import like
from rapport.cohort.plan.model import Missing, Plan, ProcessAs
from rapport.cohort.plan.parse import parse_plan
from rapport.core.errors import InputError, UsageError


def test_the_least_form_of_a_plan_is_enough():
    least = "\n".join(
        line
        for line in PLAN.splitlines()
        if not line.startswith(("times", "outcome_high", "draws"))
    )
    plan = parse_plan(least, where="p")
    assert plan.entry_rule == ("ccc_2003",)
    assert plan.missing is Missing.COMPLETE
    assert plan.process_as is ProcessAs.CHANGE
    assert plan.draws == 5000


@pytest.mark.parametrize("name", like.names())
def test_every_plan_to_start_from_can_be_read(name):
    assert parse_plan(like.text(name), where=name).waves


def test_a_plan_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UsageError, match="heins-2013"):
        like.text("heins-2014")


FAULTS = {
    "no toml": ("id = ", "no valid TOML"),
    "an unknown key": (PLAN + 'outcom = "x"', "did you mean outcome"),
    "a missing key": (PLAN.replace('outcome = "tired"\n', ""), "key outcome"),
    "a wrong kind of value": (PLAN.replace("draws = 200", 'draws = "many"'), "draws"),
    "an unknown design": (PLAN.replace("cohort_prospective", "cohort"), "design"),
    "one wave": (
        PLAN.replace('["t0", "t1", "t2"]', '["t0"]').replace("[0, 6, 12]", "[0]"),
        "two or more different waves",
    ),
    "waves out of order": (
        PLAN.replace('["t0", "t1", "t2"]', '["t0", "t2", "t1"]'),
        "out of order",
    ),
    "times that do not rise": (PLAN.replace("[0, 6, 12]", "[0, 12, 6]"), "out of order"),
    "another number of times": (PLAN.replace("[0, 6, 12]", "[0, 6]"), "2 times for 3 waves"),
    "a variable twice": (PLAN.replace('["focus", "control"]', '["focus", "hope"]'), "twice"),
    "no relation": (PLAN.replace('["hope", "task"]', "[]"), "key relation"),
    "a name with a plus": (PLAN.replace('"hope"', '"hope+"'), "has a + or ->"),
    "a wave with an arrow": (PLAN.replace('"t2"', '"t1->"'), "has a + or ->"),
    "too few draws": (PLAN.replace("draws = 200", "draws = 5"), "too few"),
    "too few imputations": (PLAN + 'missing = "mi"\nimputations = 5', "too few"),
    "a level of certainty": (PLAN + "level = 1.0", "key level"),
    "a range upside down": (PLAN + "[ranges]\ntired = [56, 8]", "ranges.tired"),
    "an unknown block": (PLAN + '[blocks]\nall = ["luck"]', "key blocks"),
    "a path without mediators": (
        PLAN + '[[paths]]\nname = "x"\nexposures = ["hope"]\nmediators = []',
        "paths.mediators",
    ),
    "a path without exposures": (
        PLAN + '[[paths]]\nname = "x"\nexposures = []\nmediators = ["focus"]',
        "paths.exposures",
    ),
    "an impossible reliability": (PLAN + "[reliable_change]\nreliability = 1.2", "reliability"),
    "a cut-off without a side": (
        PLAN.replace('outcome_high_is = "worse"\n', "")
        + "[reliable_change]\nreliability = 0.8\ncutoff = 35",
        "outcome_high_is",
    ),
}


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_plan_names_its_key_and_the_cure(text, said):
    with pytest.raises(InputError) as found:
        parse_plan(text, where="plan.toml")
    assert said in str(found.value)
    assert "plan.toml" in found.value.where
    assert found.value.fix


def test_the_written_plan_names_every_key_that_is_needed():
    content = tomllib.loads(like.text("heins-2013"))
    needed = {field.name for field in msgspec.structs.fields(Plan) if field.required}
    assert needed <= set(content)
