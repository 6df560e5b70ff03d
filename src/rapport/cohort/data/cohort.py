"""The people of a cohort: what was measured, as people x waves, NaN where it is missing."""

import msgspec
import numpy as np

from rapport.stats.arrays import Numbers, Truths, Whole


class Cohort(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Measurements of the same people, in the order in which they first come in the file.

    `measured` has people x waves for each repeated variable, `fixed` one value a person for
    covariates, group and auxiliary variables. `never` names the columns `<variable>_<wave>` that
    the data do not have. `therapist` gives each person's therapist as a number from 0.
    `unused` are columns of the file that the plan does not name. Ids are not kept.
    """

    people: int
    waves: tuple[str, ...]
    times: Numbers
    measured: dict[str, Numbers]
    fixed: dict[str, Numbers]
    never: tuple[str, ...]
    therapist: Whole | None
    layout: str
    rows: int
    unused: tuple[str, ...]

    def at(self, variable: str, wave: str) -> Numbers:
        """The values of a repeated variable at a wave."""
        return self.measured[variable][:, self.waves.index(wave)]

    def seen(self, variable: str) -> Truths:
        """People x waves: whether the variable was measured."""
        return np.isfinite(self.measured[variable])
