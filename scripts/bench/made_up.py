"""A made-up cohort of any size for the speeds: no real people, no file of anyone's data."""

import numpy as np
from numpy.typing import NDArray

PEOPLE = 217
WAVES = 5
RELATION = ("expect", "task", "bond", "goal")
PROCESS = ("focus", "control", "activity", "pf")
SCORES = (*RELATION, *PROCESS, "fatigue")

Columns = dict[str, NDArray[np.float64]]


def tall(people: int = PEOPLE, waves: int = WAVES, seed: int = 1) -> Columns:
    """One row a person and wave: id, wave from 0, therapist, age, female and the nine scores."""
    rng = np.random.default_rng(seed)
    therapists = max(14, people // 500)
    therapist = np.r_[np.arange(therapists), rng.integers(0, therapists, people - therapists)]
    warmth = rng.normal(0, 0.25, therapists)[therapist] + rng.normal(0, 0.5, people)
    pace = rng.normal(0.5, 1.0, people) + 0.5 * warmth
    time = np.linspace(0, 1, waves)

    def measured(level: float, spread: float, by_warmth: float, by_pace: float):
        usual = level + by_warmth * warmth + rng.normal(0, spread, people)
        gone = by_pace * pace[:, None] * time
        return (usual[:, None] + gone + rng.normal(0, spread / 2, (people, waves))).ravel()

    slopes = {"focus": -3.0, "control": 2.0, "activity": 5.0, "pf": 8.0, "fatigue": -5.0}
    fixed = {
        "id": np.arange(people),
        "therapist": therapist,
        "age": rng.integers(18, 66, people),
        "female": rng.integers(0, 2, people),
    }
    return {
        **{name: np.repeat(values, waves).astype(float) for name, values in fixed.items()},
        "wave": np.tile(np.arange(waves), people).astype(float),
        **{name: measured(3.5, 0.5, 0.7, 0.05) for name in RELATION},
        **{name: measured(40.0, 6.0, 0.3, slope) for name, slope in slopes.items()},
    }


def wide(people: int = PEOPLE, seed: int = 1) -> Columns:
    """One row a person; a score at wave k is the column `<score>_t<k>`."""
    rows = tall(people, WAVES, seed)
    found = {name: rows[name][::WAVES] for name in ("id", "therapist", "age", "female")}
    for name in SCORES:
        values = rows[name].reshape(people, WAVES)
        found |= {f"{name}_t{wave}": values[:, wave] for wave in range(WAVES)}
    return found


def modelled(people: int = PEOPLE) -> Columns:
    """The columns of the models: first values, changes in the process, the outcome at the end."""
    data = wide(people)
    return {
        **{f"{name}_t0": data[f"{name}_t0"] for name in (*RELATION, "fatigue")},
        **{f"d{name}": data[f"{name}_t4"] - data[f"{name}_t0"] for name in PROCESS},
        "fatigue_t4": data["fatigue_t4"],
    }


def with_drop_out(data: Columns, seed: int = 2) -> Columns:
    """The wide cohort after drop-out: some leave at each wave after the first, more of the tired."""
    rng = np.random.default_rng(seed)
    people = len(data["id"])
    left = np.zeros(people, bool)
    found = dict(data)
    for wave in range(1, WAVES):
        tired = data[f"fatigue_t{wave - 1}"] > np.median(data[f"fatigue_t{wave - 1}"])
        left |= rng.random(people) < np.where(tired, 0.06, 0.03)
        for name in SCORES:
            column = f"{name}_t{wave}"
            found[column] = np.where(left, np.nan, data[column])
    return found
