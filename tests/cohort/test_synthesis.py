"""Cohorts and studies put together: what is read, what is refused, and what the page shows."""

import json

import msgspec
import numpy as np
import pytest
from tests.cohort.conftest import made_up, results_of, written

from rapport.cohort.plan.model import Estimand
from rapport.cohort.synthesis.estimands import estimands, placed
from rapport.cohort.synthesis.page import Account, places, synthesis_files
from rapport.cohort.synthesis.sources import common_estimands, read_studies
from rapport.core.encoding import to_json
from rapport.core.errors import InputError, UsageError
from rapport.core.vocabulary import Badge
from rapport.stats.meta.studies import together

ASKED = (Estimand.CHANGE, Estimand.PREDICTION, Estimand.PARTITION, Estimand.PATHS)


@pytest.fixture(scope="module")
def reports(tmp_path_factory, plan):
    """Results of three made-up cohorts, in folders as the command writes them."""
    folder = tmp_path_factory.mktemp("reports")
    for number, name in enumerate(("ash", "birch", "cedar")):
        mine = msgspec.structs.replace(plan, id=name, estimands=ASKED)
        path = written(folder / f"{name}.csv", made_up(60, number))
        found = results_of(path, mine)
        data = msgspec.structs.replace(found.data, hash=name)
        badge = Badge.REQUIRED if number else Badge.NOT_REQUIRED
        found = msgspec.structs.replace(found, data=data, badge=badge)
        (folder / name).mkdir()
        (folder / name / "results.json").write_bytes(to_json(found))
        path.unlink()
    return folder


def table(path, *rows, header="study,estimate,se,badge,definition"):
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def test_every_cohort_of_a_folder_is_read_with_its_badge(reports):
    found = read_studies([reports], "partition.common").studies
    assert [one.name for one in found] == ["ash", "birch", "cedar"]
    assert [one.badge.value for one in found] == ["not_required", "required", "required"]
    assert {one.definition for one in found} == {"ccc_2003"}


def test_an_estimand_is_the_number_of_the_results(results):
    known = estimands(results)
    last = {one.term: one for one in results.prediction.steps[-1].coefficients}
    assert known["prediction.hope_first"] == (last["hope_t0"].estimate, last["hope_t0"].se)
    value, error = known["prediction.hope_first.standardised"]
    assert value / error == pytest.approx(last["hope_t0"].estimate / last["hope_t0"].se)
    common = results.partition.common
    assert known["partition.common"] == (common.estimate, common.se)
    assert known["change.mean"][1] == pytest.approx(results.change.sd / np.sqrt(80))


def test_waves_are_named_by_their_place_so_that_other_numbers_of_waves_fit(plan):
    longer = msgspec.structs.replace(plan, waves=("t0", "t1", "t2", "t10"))
    name = "hope_t0 -> control_change -> tired_t10 minus tired_t1"
    assert placed(longer, name) == "hope_first -> control_change -> tired_last minus tired_t1"
    assert placed(plan, "tired_t2: x") == "tired_last: x"


def test_what_all_cohorts_have_is_listed_and_anything_else_refused(reports):
    assert "partition.unique.relation" in common_estimands([reports])
    with pytest.raises(UsageError, match=r"such as partition\.common"):
        read_studies([reports], "partition.commn")
    with pytest.raises(UsageError, match="no estimand was chosen"):
        read_studies([reports], None)


def test_the_same_data_count_once(reports):
    with pytest.raises(InputError, match="the same data come twice"):
        read_studies([reports, reports / "ash"], "partition.common")


def test_shares_and_raw_numbers_are_told_what_they_are(reports):
    assert "R²" in read_studies([reports], "partition.common").notes[0]
    assert "units" in read_studies([reports], "change.mean").notes[0]
    assert read_studies([reports], "change.standardised").notes == ()


def test_a_table_of_studies_is_read_beside_cohorts(reports, tmp_path):
    path = table(tmp_path / "t.csv", "A,0.1,0.05,required,ccc_2003", "B,0.2,0.05,,")
    found = read_studies([path, reports], "partition.common").studies
    assert [one.name for one in found] == ["ash", "birch", "cedar", "A", "B"]
    assert (found[4].badge, found[4].definition) == (Badge.NOT_STATED, "not stated")
    assert read_studies([path], None).notes == ()


def test_an_interval_gives_the_standard_error(tmp_path):
    path = table(tmp_path / "t.csv", "A,0.1,-0.096,0.296", header="study,estimate,low,high")
    assert read_studies([path], None).studies[0].se == pytest.approx(0.1, rel=1e-3)
    path = table(tmp_path / "u.csv", "A,0,-1,1,0.9", header="study,estimate,low,high,level")
    assert read_studies([path], None).studies[0].se == pytest.approx(1 / 1.644854, rel=1e-6)


INTERVALS = "study,estimate,low,high"
FAULTS = {
    "no name": (["A,1,1,,", ",1,1,,"], None, "line 3, column study"),
    "no estimate": (["A,,1,,"], None, "line 2, column estimate"),
    "text": (["A,much,1,,"], None, "line 2, column estimate"),
    "an error of 0": (["A,1,0,,"], None, "line 2, column se"),
    "no error": (["A,1,,,"], None, "line 2, column se"),
    "an unknown badge": (["A,1,1,yes,"], None, "line 2, column badge"),
    "a ratio": (["A,2,1,8"], INTERVALS, "line 2, column low"),
    "an interval upside down": (["A,2,3,1"], INTERVALS, "line 2, column low"),
    "one name twice": (["A,1,1,,", "A,2,1,,"], None, "the study A"),
    "a level of 95": (["A,0,-1,1,95"], f"{INTERVALS},level", "line 2, column level"),
}


@pytest.mark.parametrize(("rows", "header", "where"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_table_names_row_and_column(tmp_path, rows, header, where):
    path = table(tmp_path / "t.csv", *rows, **({"header": header} if header else {}))
    with pytest.raises(InputError) as found:
        read_studies([path], None)
    assert where in found.value.where


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("study,se", "the column estimate"),
        ("study,estimate,badge", "the column se"),
        ("study,estimate,low", "the column high"),
        ("id,fatigue_t0,fatigue_t1", "the columns study, estimate, se"),
        ("Study,Estimate,SE", "the columns study, estimate, se"),
    ],
)
def test_a_table_is_told_every_column_that_it_lacks_and_what_to_write(
    tmp_path, header, missing
):
    path = table(tmp_path / "t.csv", ",".join("1" for _ in header.split(",")), header=header)
    with pytest.raises(InputError) as found:
        read_studies([path], None)
    assert f"needs {missing} and has only {', '.join(header.split(','))}" in str(found.value)
    assert str(path) in found.value.where
    assert "se (or low and high)" in found.value.fix


@pytest.mark.parametrize("content", [b"", b"{", b'{"plan": 1}', b"\xff"])
def test_what_is_no_result_is_one_clear_error(tmp_path, content):
    (tmp_path / "results.json").write_bytes(content)
    with pytest.raises(InputError, match="no results of a cohort"):
        read_studies([tmp_path / "results.json"], "change.mean")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no results"):
        read_studies([tmp_path / "empty"], "change.mean")


def test_what_is_not_there_or_has_no_estimands_is_said_and_not_passed_over(tmp_path):
    for read in (common_estimands, lambda sources: read_studies(sources, "change.mean")):
        with pytest.raises(InputError, match="no such file or folder"):
            read([tmp_path / "reports"])
    path = table(tmp_path / "t.csv", "A,0.30,0.10,required,ccc_2003")
    with pytest.raises(InputError, match="no results of a cohort to list"):
        common_estimands([path])


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    path = table(
        tmp_path_factory.mktemp("t") / "t.csv",
        "A,0.30,0.10,required,ccc_2003",
        "B & <b>,0.10,0.08,not_required,fukuda_1994",
        "C,0.22,0.10,required,iom_2015",
        "far away,-0.1,9,mixed,",
    )
    read = read_studies([path], None)
    account = Account(title="T", estimand=None, notes=(), result=together(read.studies))
    return synthesis_files(account)


def test_the_page_shows_all_studies_and_those_that_required_it(files):
    page = files["synthesis.html"].decode()
    assert page.count('<section class="view-') == 2
    assert "B &amp; &lt;b&gt;" in page
    assert "<b>" not in page
    for never in ("<script", "src=", "@import", "url("):
        assert never not in page


def test_every_study_is_in_the_words_of_its_plot(files):
    of_all, of_some = (
        files[f"figures/forest-{name}.svg"].decode() for name in ("all", "required")
    )
    assert "4 studies: A, PEM required: 0.300 (0.104 to 0.496)" in of_all
    assert "B &amp;" not in of_some
    assert "2 studies" in of_some


def test_the_numbers_are_there_as_json(files):
    found = json.loads(files["synthesis.json"])["result"]
    assert found["required"]["pooled"]["studies"] == 2
    assert found["all"]["by_badge"]["groups"].keys() == {"required", "not_required", "mixed"}


@pytest.mark.parametrize(("error", "shown"), [(0.012, 3), (0.5, 2), (12, 0), (1e-9, 6)])
def test_as_many_decimals_are_shown_as_the_errors_carry(error, shown):
    assert places(error) == shown


def test_the_command_prints_writes_and_lists(rapport, reports, tmp_path):
    words = ("cohort", "synthesise", reports)
    done = rapport(*words, "--estimand", "change.mean", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("All (3 studies): ")
    assert (tmp_path / "out" / "synthesis.html").is_file()
    assert "change.mean" in rapport(*words, "--list").stdout.splitlines()
    assert rapport(*words, "--estimand", "change.mean").returncode == 2
