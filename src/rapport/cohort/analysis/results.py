"""What an analysis is made from and what comes out: the shape of results.json."""

import msgspec

from rapport.cohort.analysis.change import ReliableChange
from rapport.cohort.analysis.description import Description
from rapport.cohort.analysis.flags import Flag
from rapport.cohort.analysis.gaps import Imputation
from rapport.cohort.analysis.partition import DominanceResult, VariancePartition
from rapport.cohort.analysis.paths import PathResult
from rapport.cohort.analysis.prediction import Prediction
from rapport.cohort.analysis.templates import TemplateResult
from rapport.cohort.analysis.time import MixedResult
from rapport.cohort.analysis.unmeasured import Unmeasured
from rapport.cohort.data.codebook import Entry
from rapport.cohort.data.table import Table
from rapport.cohort.plan.model import Plan
from rapport.core.vocabulary import Badge
from rapport.stats.arrays import Whole


class Data(msgspec.Struct, frozen=True, kw_only=True):
    """What was read: `hash` is SHA-256 of the file, `unused` its columns that no part uses.

    `left_out` rows of other waves than the plan's were left out, because the plan says so.
    """

    people: int
    waves: tuple[str, ...]
    layout: str
    rows: int
    hash: str
    never_measured: tuple[str, ...]
    unused: tuple[str, ...]
    left_out: int = 0


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """What made the result."""

    rapport: str
    knowledge: str
    numpy: str
    schema: str = "1"


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a plan asked for; a section that was not asked for, or refused, is None.

    `deviations` are the differences between the plan as written and what was done. `codebook`
    has an entry for every variable and wave, and for the other columns of the file.
    """

    plan: Plan
    badge: Badge
    data: Data
    codebook: tuple[Entry, ...] = ()
    description: Description | None
    change: ReliableChange | None
    prediction: Prediction | None
    partition: VariancePartition | None
    dominance: DominanceResult | None
    paths: tuple[PathResult, ...] | None
    mixed: MixedResult | None
    templates: tuple[TemplateResult, ...] | None
    imputation: Imputation | None
    causal: tuple[Unmeasured, ...] | None
    flags: tuple[Flag, ...]
    deviations: tuple[str, ...]
    versions: Versions


class Inputs(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What an analysis is made from, besides plan and cohort.

    `indices` are given resampling rows (draws x people, from 0), `imputed` a table of completed
    data sets. `codebook` is of the data. `alpha` is the reliability of the outcome where it was scored from items.
    """

    data: Data
    codebook: tuple[Entry, ...] = ()
    badge: Badge
    versions: Versions
    indices: Whole | None = None
    imputed: Table | None = None
    alpha: float | None = None
    deviations: tuple[str, ...] = ()
