"""Many cohorts: each as alone, a broken one stops no other, finished ones are kept, Dask works too."""

import json
import os
import signal
import subprocess
import sys
import time

import msgspec
import pytest
from tests.cohort.conftest import PLAN, made_up, written
from tests.cohort.schema import faults

from rapport.cohort import functions
from rapport.cohort.analysis.results import Results
from rapport.cohort.many import Job, Made, State, Task, analyse_all, jobs, make
from rapport.cohort.run import Asked, ready
from rapport.core.errors import InputError, UsageError
from rapport.knowledge.load import load

PATIENCE = 120
SHORT = PLAN + 'estimands = ["description", "prediction"]\n'


def clinic(folder, name, *, seed=5, plan=SHORT):
    """A cohort in a folder of its own."""
    place = folder / name
    place.mkdir(parents=True)
    written(place / "data.csv", made_up(60, seed))
    if plan:
        (place / "plan.toml").write_text(plan.replace("made-up", name), "utf-8")
    return place


@pytest.fixture
def clinics(tmp_path):
    """Three cohorts, of which the second lacks a column."""
    folder = tmp_path / "clinics"
    for number, name in enumerate(("ash", "birch", "cedar")):
        clinic(folder, name, seed=number)
    broken = folder / "birch" / "data.csv"
    broken.write_text(broken.read_text("utf-8").replace("age", "years", 1), "utf-8")
    return folder


def names(found):
    return [(one.cohort, one.state.value) for one in found]


def test_cohorts_are_found_in_folders_and_files(tmp_path):
    folder = tmp_path / "clinics"
    clinic(folder, "ash")
    written(folder / "birch.csv", made_up(60))
    (folder / "birch.toml").write_text(SHORT, "utf-8")
    (folder / "notes.md").write_text("no cohort", "utf-8")
    (folder / "empty").mkdir()
    found = jobs([folder])
    assert [job.name for job in found] == ["ash", "birch"]
    assert [job.plan.name for job in found] == ["plan.toml", "birch.toml"]
    assert jobs([folder / "ash"]) == found[:1]
    assert jobs([folder / "birch.csv"]) == found[1:]


def test_a_folder_without_cohorts_and_two_of_one_name_are_refused(tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="no cohort"):
        jobs([tmp_path / "none"])
    one, two = (clinic(tmp_path / side, "ash") for side in ("a", "b"))
    with pytest.raises(UsageError, match="two cohorts are named ash"):
        jobs([one, two])


def test_the_command_analyses_every_cohort_tells_the_broken_one_and_goes_on(
    rapport, clinics, tmp_path
):
    out = tmp_path / "out"
    done = rapport("cohort", "batch", clinics, "--out", out, "--processes", 2)
    assert done.returncode == 1
    assert done.stdout.startswith("3 cohorts = ")
    assert "birch: failed: the data lack a column" in done.stderr
    assert not (out / "birch").exists()
    for name in ("ash", "cedar"):
        alone = functions.analyse(clinics / name / "data.csv", clinics / name / "plan.toml")
        there = (out / name / "results.json").read_bytes()
        assert faults(there) == []
        assert msgspec.json.decode(there, type=Results) == alone
    states = {
        one["cohort"]: one["state"] for one in json.loads((out / "cohorts.json").read_bytes())
    }
    assert states == {"ash": "done", "birch": "failed", "cedar": "done"}

    # Mended and run again: finished ones are kept, unless their data have changed.
    mended = clinics / "birch" / "data.csv"
    mended.write_text(mended.read_text("utf-8").replace("years", "age", 1), "utf-8")
    written(clinics / "cedar" / "data.csv", made_up(60, 9))
    assert names(functions.analyse_all(clinics, out, processes=1)) == [
        ("ash", "kept"),
        ("birch", "done"),
        ("cedar", "done"),
    ]


def test_a_stopped_run_keeps_what_is_finished(tmp_path):
    folder, out = tmp_path / "clinics", tmp_path / "out"
    clinic(folder, "ash")
    slow = SHORT.replace("draws = 200", "draws = 2000000").replace(
        '"prediction"', '"partition", "paths"'
    )
    clinic(folder, "birch", plan=slow)
    command = [sys.executable, "-m", "rapport.cli", "cohort", "batch", folder, "--out", out]
    process = subprocess.Popen(
        [*map(str, command), "--processes", "2"], stderr=subprocess.PIPE, start_new_session=True
    )
    for _ in range(PATIENCE * 20):
        if (out / ".finished" / "ash").is_file():
            break
        time.sleep(0.05)
    else:
        process.kill()
        pytest.fail("the first cohort was never finished", pytrace=False)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert b"What was finished is kept" in said
    assert (out / "ash" / "report.html").is_file()
    (folder / "birch" / "plan.toml").write_text(SHORT, "utf-8")
    assert names(functions.analyse_all(folder, out, processes=1)) == [
        ("ash", "kept"),
        ("birch", "done"),
    ]


def test_a_dask_cluster_gives_the_same_files_and_tells_the_broken_one(clinics, tmp_path):
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address=None,
    ) as cluster:
        found = functions.analyse_all(
            clinics, tmp_path / "dask", scheduler=cluster.scheduler_address
        )
    assert names(found) == [("ash", "done"), ("birch", "failed"), ("cedar", "done")]
    for name in ("ash", "cedar"):
        alone = functions.analyse(clinics / name / "data.csv", clinics / name / "plan.toml")
        there = (tmp_path / "dask" / name / "results.json").read_bytes()
        assert msgspec.json.decode(there, type=Results) == alone


def test_a_cluster_that_does_not_answer_is_one_clear_error(tmp_path, monkeypatch):
    monkeypatch.setattr("rapport.cohort.many._PATIENCE", "0.2s")
    with pytest.raises(InputError, match="no Dask scheduler answers"):
        analyse_all([], tmp_path, scheduler="tcp://127.0.0.1:9")


def test_another_version_of_the_program_makes_nothing(tmp_path):
    found = ready(Asked(data=clinic(tmp_path, "ash")), load())
    assert "another version" in make(Task(ready=found, code="other", folder=None)).problem


def test_a_fault_of_the_program_is_told_and_stops_nothing(tmp_path, monkeypatch):
    from rapport.cohort import many

    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(many, "outcome_files", broken)
    found = ready(Asked(data=clinic(tmp_path, "ash")), load())
    made = make(Task(ready=found, code=many.code_hash(*many.LAYERS), folder=None))
    assert made == Made(problem="a fault of the program: ZeroDivisionError")


def test_a_cohort_without_a_plan_is_told(tmp_path):
    folder = clinic(tmp_path, "ash", plan="")
    (one,) = analyse_all([Job(name="ash", data=folder)], tmp_path / "out", processes=1)
    assert one.state is State.FAILED
    assert "--plan" in one.problem
