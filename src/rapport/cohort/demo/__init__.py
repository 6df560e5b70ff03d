"""A made-up clinic, so that a report can be seen before there are data. No real people."""

from importlib.resources import files
from pathlib import Path

import numpy as np

from rapport.cohort.folder import Folder
from rapport.cohort.report.files import outcome_files
from rapport.cohort.run import Asked, ready
from rapport.knowledge.model import Knowledge
from rapport.stats.arrays import Numbers

_PEOPLE, _THERAPISTS, _WAVES = 180, 12, 5
_SEED = 20130701
_LEAVE_AT_LEAST, _LEAVE_MORE = 0.03, 0.05


def plan_text() -> str:
    """The plan of the demo report, as TOML."""
    return (files(__name__) / "plan.toml").read_text(encoding="utf-8")


def demo_csv() -> str:
    """The measurements as wide CSV, always the same.

    People differ in how they go; the relation goes together with control, control with fatigue,
    all of it modestly. Those who fare worse leave more often.
    """
    rng = np.random.Generator(np.random.PCG64(_SEED))
    therapist = rng.integers(0, _THERAPISTS, _PEOPLE)
    warmth = rng.normal(0, 0.25, _THERAPISTS)[therapist]
    shared = rng.normal(0, 0.5, _PEOPLE) + warmth
    usual = {
        "expect": 3.3 + shared + rng.normal(0, 0.5, _PEOPLE),
        "task": 3.6 + shared + rng.normal(0, 0.5, _PEOPLE),
        "bond": 3.8 + shared + rng.normal(0, 0.5, _PEOPLE),
    }
    better = 0.35 * shared + rng.normal(0, 0.5, _PEOPLE)
    columns: dict[str, Numbers] = {
        "id": np.arange(1, _PEOPLE + 1).astype(np.float64),
        "therapist": (therapist + 1).astype(np.float64),
        "age": np.asarray(np.round(rng.normal(38, 11, _PEOPLE).clip(18, 70)), np.float64),
    }
    columns |= _measured(rng, usual, better)
    _leave(rng, columns)
    lines = [",".join(columns)]
    lines += [
        ",".join(_cell(values[row]) for values in columns.values()) for row in range(_PEOPLE)
    ]
    return "\n".join(lines) + "\n"


def write_demo(folder: Path, knowledge: Knowledge) -> None:
    """The finished report of the made-up clinic, and its data, in a folder."""
    text = demo_csv()
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "made-up-clinic.csv"
    data.write_text(text, encoding="utf-8")
    plan = folder / "plan.toml"
    plan.write_text(plan_text(), encoding="utf-8")
    found = ready(Asked(data=data, plan=plan), knowledge)
    _, made = outcome_files(found.results(), knowledge)
    Folder(folder, found.made_from).finish(made)


def _measured(
    rng: np.random.Generator, usual: dict[str, Numbers], better: Numbers
) -> dict[str, Numbers]:
    """Every variable at every wave; `better` is how fast a person's process changes."""
    start = {
        "focus": rng.normal(30, 5, _PEOPLE),
        "control": rng.normal(16, 3, _PEOPLE),
        "pf": rng.normal(55, 15, _PEOPLE),
    }
    tired = rng.normal(46, 4.5, _PEOPLE)
    found: dict[str, Numbers] = {}
    for wave in range(_WAVES):
        pace = better * wave
        control = start["control"] + 0.5 * wave + 0.9 * pace + rng.normal(0, 1.2, _PEOPLE)
        focus = start["focus"] - 0.7 * wave - 1.1 * pace + rng.normal(0, 2, _PEOPLE)
        pf = start["pf"] + 2 * wave + 2.5 * pace + rng.normal(0, 5, _PEOPLE)
        moved = (control - start["control"]) * -0.7 + (focus - start["focus"]) * 0.25
        fatigue = tired - 0.5 * wave + moved + rng.normal(0, 2, _PEOPLE)
        for name, values in usual.items():
            found[f"{name}_t{wave}"] = (values + rng.normal(0, 0.3, _PEOPLE)).clip(1, 5)
        found[f"focus_t{wave}"] = focus.clip(9, 54)
        found[f"control_t{wave}"] = control.clip(7, 28)
        found[f"pf_t{wave}"] = pf.clip(0, 100)
        found[f"fatigue_t{wave}"] = fatigue.clip(8, 56)
    return found


def _leave(rng: np.random.Generator, columns: dict[str, Numbers]) -> None:
    """Take out the values of those who left, in place, and a few more."""
    there = np.ones(_PEOPLE, dtype=bool)
    for wave in range(1, _WAVES):
        tired = columns[f"fatigue_t{wave - 1}"] > 48
        leaving = rng.random(_PEOPLE) < _LEAVE_AT_LEAST + _LEAVE_MORE * tired
        there &= ~leaving
        for name, values in columns.items():
            if name.endswith(f"_t{wave}"):
                values[~there | (rng.random(_PEOPLE) < 0.01)] = np.nan


def _cell(value: float) -> str:
    """A number as short as it is; nothing where it is missing."""
    if np.isnan(value):
        return ""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
