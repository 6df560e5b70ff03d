"""What a clinic exports for research is what the analysis of cohorts reads."""

import datetime
import json

import numpy as np

from rapport.knowledge.load import instrument
from rapport.practice.exchange.research import export
from rapport.practice.records.check_ins import CheckIn, Length
from rapport.practice.records.kept import Author, Kept
from rapport.practice.records.people import Respondent, Role, Side
from rapport.practice.records.visits import Visit

PLAN = """
id = "made-up-clinic"
person = "person"
therapist = "therapist"
waves = ["first", "second", "third"]
time = "days"
time_unit = "days"
outcome = "scc_p_strain_3"
outcome_high_is = "worse"
relation = ["scc_p_strain_1", "scc_p_strain_5"]
process = ["scc_p_strain_2", "scc_p_strain_4"]
design = "cohort_prospective"
estimands = ["description"]
"""
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ITEMS = [f"C{k}{side}" for k in range(1, 7) for side in "ab"]


def made_up_check_ins(people=48):
    """Everybody three times; answers go a little together within a person."""
    dice = np.random.Generator(np.random.PCG64(7))
    for n in range(people):
        level = int(dice.integers(3))
        for wave in range(3):
            at = START + datetime.timedelta(days=wave * 30 + int(dice.integers(10)))
            check_in = CheckIn(
                side=Side.PATIENT,
                edition="scc-0.1",
                length=Length.FULL,
                respondent=Respondent.SELF,
                answers={item: min(4, level + int(dice.integers(3))) for item in ITEMS},
                started_at=at,
                sent_at=at,
            )
            yield Kept(
                id=f"r{n}-{wave}",
                clinic="c",
                patient=f"p{n}",
                pair=f"pair{n}",
                author=Author(role=Role.PATIENT, id=f"p{n}"),
                made_at=at,
                changed_at=at,
                record=check_in,
            )


def made_up_visits(people=48):
    """A visit of everybody, which stands in a table of its own and is passed over here."""
    for n in range(people):
        yield Kept(
            id=f"v{n}",
            clinic="c",
            patient=f"p{n}",
            pair=f"pair{n}",
            author=Author(role=Role.PATIENT, id=f"p{n}"),
            made_at=START,
            changed_at=START,
            record=Visit(on=START.date(), cards=(1,)),
        )


def test_an_export_is_analysed_from_end_to_end(rapport, tmp_path):
    made = export(
        [*made_up_check_ins(), *made_up_visits()],
        {f"pair{n}": f"dr{n % 3}" for n in range(48)},
        key=b"key",
        k=10,
        instruments={name: instrument(name) for name in ("scc-p", "scc-c")},
    )
    assert made.events == {"visits.csv": 48}
    folder = tmp_path / "export"
    folder.mkdir()
    for name, content in made.files.items():
        (folder / name).write_bytes(content)
    (folder / "plan.toml").write_text(PLAN)
    done = rapport("cohort", "analyse", folder, "--out", tmp_path / "report")
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "report" / "results.json").read_text())
    assert results["data"]["people"] == 48
    assert "strain: no improvement" in (tmp_path / "report" / "report.html").read_text()


REFUSED = [
    (("Nowhere", "rae"), 1, "no clinic"),
    (("Lakeside", "nobody"), 2, "nobody of that name is a researcher"),
    (("Lakeside", "rae"), 1, "fewer than 10 people"),
]


def test_what_cannot_be_exported_is_said_and_nothing_is_written(rapport, tmp_path):
    store = ("--store", tmp_path / "s.sqlite")
    rapport("clinic", "add", "Lakeside", "--country", "evenland", *store)
    rapport("people", "add", "rae", *store)
    rapport("clinic", "member", "Lakeside", "rae", "--role", "researcher", *store)
    for words, status, said in REFUSED:
        done = rapport("clinic", "export", *words, "--out", tmp_path / "out", *store)
        assert (done.returncode, said in done.stderr) == (status, True), done.stderr
        assert not (tmp_path / "out").exists()


def test_a_folder_that_is_there_is_left_alone(rapport, tmp_path):
    done = rapport("clinic", "export", "Lakeside", "rae", "--out", tmp_path)
    assert done.returncode == 2
    assert "there already" in done.stderr
