"""What a plan says: which columns play which part, and how they are to be analysed."""

from enum import StrEnum

import msgspec

from rapport.core.vocabulary import Combination, Design


class Missing(StrEnum):
    """What is done about missing values."""

    COMPLETE = "complete"
    MI = "mi"
    FIML = "fiml"


class ProcessAs(StrEnum):
    """Over which time a process variable is taken.

    `change` is the last wave minus the first: the same time as the outcome. `lagged` is the
    wave before the last minus the first: it ends before the outcome is measured.
    """

    CHANGE = "change"
    LAGGED = "lagged"


class HighIs(StrEnum):
    """What a high value of the outcome means."""

    WORSE = "worse"
    BETTER = "better"


class Multiplicity(StrEnum):
    """How many tests are allowed for."""

    HOLM = "holm"
    NONE = "none"


class Estimand(StrEnum):
    """The analyses a plan can ask for, in the order of the report."""

    DESCRIPTION = "description"
    CHANGE = "change"
    PREDICTION = "prediction"
    PARTITION = "partition"
    DOMINANCE = "dominance"
    PATHS = "paths"
    MIXED = "mixed"
    TEMPLATES = "templates"
    CAUSAL = "causal"


class Order(StrEnum):
    """Whether mediators stand side by side or one after the other."""

    PARALLEL = "parallel"
    SERIAL = "serial"


class OtherWaves(StrEnum):
    """What is done with rows of long data whose wave the plan does not name."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave_out"


class PathPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A path model: exposures, mediators and covariates, each a variable or `variable_wave`.

    A relation variable alone stands for its first wave, a process variable for its change.
    `covariates` are beside the outcome at the first wave; None takes those of the plan. In a
    serial model, a mediator taken at a later wave is adjusted for its own first value.
    """

    name: str
    exposures: tuple[str, ...]
    mediators: tuple[str, ...]
    covariates: tuple[str, ...] | None = None
    order: Order = Order.PARALLEL


class ReliabilityPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What reliable change of the outcome is measured against.

    `reliability` is None where it is to be computed from items (Cronbach's alpha). `kind` says
    which it is ("alpha", "retest"). `sd` is that of the first wave unless given. `cutoff` parts
    the ill from the recovered.
    """

    reliability: float | None = None
    kind: str = "not stated"
    source: str | None = None
    sd: float | None = None
    cutoff: float | None = None


class Score(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a variable is scored from items: the instrument, and the columns of its items.

    `items` is a pattern such as "fat{item}_{wave}"; long data have no "{wave}" in it. `scale` is
    one of the instrument's scales, the first where it is left out.
    """

    instrument: str
    items: str
    scale: str | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A plan as its file says it. Everything after `design` may be left out.

    `times` are the times of the waves (equal steps where left out), in `time_unit`; `time`
    names a column of long data with the measured time, which is checked to rise.
    `rated_by_others` are the variables that the person did not rate. `ranges` are the lowest and highest value a variable can have. `blocks` divides relation and
    process further for the partition of variance. `randomised` names the column of a
    randomised exposure (0 or 1); only then may the report speak of effects.
    """

    id: str
    person: str
    waves: tuple[str, ...]
    outcome: str
    relation: tuple[str, ...]
    process: tuple[str, ...]
    design: Design
    covariates: tuple[str, ...] = ()
    therapist: str | None = None
    wave: str = "wave"
    other_waves: OtherWaves = OtherWaves.REFUSE
    time: str | None = None
    baseline_outcome: bool = True
    process_as: ProcessAs = ProcessAs.CHANGE
    entry_rule: tuple[str, ...] = ()
    entry_combination: Combination | None = None
    missing: Missing = Missing.COMPLETE
    imputations: int = 20
    auxiliary: tuple[str, ...] = ()
    draws: int = 5000
    seed: int = 1
    level: float = 0.95
    multiplicity: Multiplicity = Multiplicity.HOLM
    estimands: tuple[Estimand, ...] = tuple(Estimand)
    outcome_high_is: HighIs | None = None
    times: tuple[float, ...] = ()
    time_unit: str = "weeks"
    group: str | None = None
    rated_by_others: tuple[str, ...] = ()
    randomised: str | None = None
    deltas: tuple[float, ...] = (0.0, 0.25, 0.5, 0.75, 1.0)
    ranges: dict[str, tuple[float, float]] = {}
    blocks: dict[str, tuple[str, ...]] = {}
    scores: dict[str, Score] = {}
    labels: dict[str, str] = {}
    reliable_change: ReliabilityPlan | None = None
    paths: tuple[PathPlan, ...] = ()
    title: str | None = None
    therapy: str | None = None
    """The treatment that everyone got, in words; None where the plan does not name it."""
    relation_words: str = "the therapeutic relationship"
    simulated: bool = False
    """Whether the data are made up; every page of the report then says so."""
    registered: str | None = None
    """Where and when the plan was registered; None where it was not."""

    @property
    def first(self) -> str:
        """The first wave."""
        return self.waves[0]

    @property
    def last(self) -> str:
        """The last wave."""
        return self.waves[-1]

    @property
    def repeated(self) -> tuple[str, ...]:
        """The variables that are measured at every wave."""
        return tuple(dict.fromkeys((self.outcome, *self.relation, *self.process)))

    @property
    def fixed(self) -> tuple[str, ...]:
        """The columns with one value a person."""
        more = [name for name in (self.group, self.randomised) if name]
        return tuple(dict.fromkeys((*self.covariates, *self.auxiliary, *more)))

    def label(self, variable: str) -> str:
        """The variable in words for a reader."""
        return self.labels.get(variable, variable.replace("_", " "))
