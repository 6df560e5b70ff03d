"""What a fitted template says: estimates, effects, measures of fit, or the reason for a refusal."""

from enum import StrEnum

import msgspec

from rapport.stats.templates.structure import Kind


class Information(StrEnum):
    """Where standard errors come from: what the model expects, what the data show, or a sandwich.

    The sandwich (robust) does not take the data to be normally distributed.
    """

    EXPECTED = "expected"
    OBSERVED = "observed"
    ROBUST = "robust"


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """One path, variance, covariance, mean or effect.

    `on` is the cause of a path, the partner of a covariance, "" otherwise. `standardised` is in
    standard deviations that the model implies; None where that has no meaning.
    """

    name: str
    kind: Kind | None
    of: str
    on: str
    estimate: float
    se: float
    z: float
    p: float
    low: float
    high: float
    standardised: float | None


class Compound(msgspec.Struct, frozen=True, kw_only=True):
    """An effect: a sum of products of parameters, each with its factor; divided by `per` if given."""

    name: str
    terms: tuple[tuple[float, tuple[str, ...]], ...]
    per: tuple[tuple[float, tuple[str, ...]], ...] = ()


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """How well the template describes the means and covariances.

    `log_likelihood`, `aic` and `bic` of parallel growth are given the exposure, as in lavaan.
    `chi2` compares with the unrestricted ones; p is None without degrees of freedom. `bic` uses
    people. `tli` is None where the variables are no more related than chance would have it.
    """

    chi2: float
    df: int
    p: float | None
    cfi: float
    tli: float | None
    rmsea: float
    srmr: float
    log_likelihood: float
    aic: float
    bic: float
    parameters: int


class TemplateFit(msgspec.Struct, frozen=True, kw_only=True):
    """A fitted template, or the sentence that says why there is none.

    With `refusal` there are no numbers: `estimates` and `effects` are empty and `measures` None.
    `n` people have at least one value, `left_out` have none; `missing` cells of `cells` are
    blank. `starts` were tried, `failed_starts` of them led nowhere.
    """

    template: str
    n: int
    left_out: int
    cells: int
    missing: int
    missing_patterns: int
    method: str
    information: Information
    level: float
    estimates: tuple[Estimate, ...]
    effects: tuple[Estimate, ...]
    measures: Measures | None
    refusal: str | None
    starts: int
    failed_starts: int
    warnings: tuple[str, ...]

    def estimate(self, name: str) -> Estimate:
        """The estimate or effect of that name. Errors: KeyError for a name there is not."""
        for found in (*self.estimates, *self.effects):
            if found.name == name:
                return found
        raise KeyError(name)
