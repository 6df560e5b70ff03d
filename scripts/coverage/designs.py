"""Made-up populations with known parts of R² and known paths, and samples from them."""

import msgspec
import numpy as np

from rapport.stats import paths, shares
from rapport.stats.moments import Moments, columns

OUTCOME = "y"


class Design(msgspec.Struct, frozen=True, kw_only=True):
    """Blocks of predictors with these unique parts of an outcome of variance 1.

    `sizes` are predictors a block, `within` and `between` the correlations of predictors in one
    block and in two, `signs` the direction of each block, `predictors` and `errors` their
    distributions: normal, skewed (chi-squared with 3 df), heavy (t with 5 df); unequal errors
    grow with the square of the first predictor.
    """

    name: str
    people: int
    replications: int
    unique: tuple[float, ...]
    sizes: tuple[int, ...] = (4, 4)
    within: float = 0.5
    between: float = 0.3
    signs: tuple[int, ...] = (1, 1, 1, 1)
    predictors: str = "normal"
    errors: str = "normal"

    @property
    def blocks(self) -> dict[str, tuple[str, ...]]:
        return {
            letter: tuple(f"{letter}{place}" for place in range(size))
            for letter, size in zip("ABCD", self.sizes, strict=False)
        }


class PathDesign(msgspec.Struct, frozen=True, kw_only=True):
    """One exposure, mediators side by side and a covariate; slopes of standardised variables.

    `first` leads from the exposure to each mediator, `second` from each to the outcome.
    """

    name: str
    people: int
    replications: int
    first: tuple[float, ...]
    second: tuple[float, ...]
    errors: str = "normal"


class ImputedDesign(msgspec.Struct, frozen=True, kw_only=True):
    """A path design with gaps, imputed before the bootstrap.

    The outcome is missing for about `missing` of the people, the likelier the higher the exposure
    (known for all), the mediator for `missing` / 2 at random; an early outcome (correlation 0.6
    with the late one's error) is known for all and takes part in the imputation alone.
    """

    name: str
    people: int
    replications: int
    path: PathDesign
    missing: float
    imputations: int = 20


def _sizes(people: int, replications: int, *designs: dict) -> list[Design]:
    return [Design(people=people, replications=replications, **each) for each in designs]


def parts_designs(replications: int) -> list[Design]:
    """The main ones at n = 217, fewer replications at n = 60 and n = 800."""
    return [
        *_sizes(
            217,
            replications,
            {"name": "nothing unique in A", "unique": (0.0, 0.1)},
            {"name": "small and large", "unique": (0.01, 0.2)},
            {"name": "small", "unique": (0.02, 0.05)},
            {"name": "middling", "unique": (0.05, 0.1)},
            {"name": "large", "unique": (0.2, 0.1)},
            {"name": "strongly correlated blocks", "unique": (0.05, 0.1), "within": 0.7, "between": 0.55},
            {"name": "unrelated blocks", "unique": (0.05, 0.1), "within": 0.4, "between": 0.0},
            {"name": "suppression", "unique": (0.05, 0.1), "within": 0.4, "between": -0.2},
            {"name": "skewed predictors and errors", "unique": (0.02, 0.2), "predictors": "skewed", "errors": "skewed"},
            {"name": "heavy-tailed errors", "unique": (0.02, 0.05), "errors": "heavy"},
            {"name": "unequal error variances", "unique": (0.05, 0.1), "errors": "unequal"},
            {"name": "one predictor a block", "unique": (0.01, 0.05), "sizes": (1, 1)},
            {"name": "nothing in one predictor", "unique": (0.0, 0.05), "sizes": (1, 1)},
            {"name": "four single predictors", "unique": (0.0, 0.01, 0.05, 0.1), "sizes": (1, 1, 1, 1)},
            {"name": "R² of 0.8", "unique": (0.35, 0.3), "between": 0.1},
        ),
        *_sizes(
            60,
            replications // 2,
            {"name": "middling, n = 60", "unique": (0.05, 0.1)},
            {"name": "skewed, n = 60", "unique": (0.1, 0.2), "predictors": "skewed", "errors": "skewed"},
            {"name": "one predictor a block, n = 60", "unique": (0.02, 0.1), "sizes": (1, 1)},
        ),
        *_sizes(
            800,
            replications // 2,
            {"name": "small, n = 800", "unique": (0.01, 0.05)},
            {"name": "heavy-tailed, n = 800", "unique": (0.02, 0.2), "errors": "heavy"},
        ),
    ]  # fmt: skip


def path_designs(replications: int) -> list[PathDesign]:
    """Null, half-null, small, middling and large paths; several mediators; few and many people.

    Few people have twice as many replications: there the kinds differ most.
    """
    main = [
        {"name": "both paths 0", "first": (0.0,), "second": (0.0,)},
        {"name": "first path 0, second large", "first": (0.0,), "second": (0.39,)},
        {"name": "first path large, second 0", "first": (0.39,), "second": (0.0,)},
        {"name": "both small", "first": (0.14,), "second": (0.14,)},
        {"name": "small and large", "first": (0.14,), "second": (0.39,)},
        {"name": "both middling", "first": (0.26,), "second": (0.26,)},
        {"name": "both large", "first": (0.5,), "second": (0.5,)},
        {"name": "both middling, skewed errors", "first": (0.26,), "second": (0.26,), "errors": "skewed"},
        {"name": "both middling, unequal errors", "first": (0.26,), "second": (0.26,), "errors": "unequal"},
        {"name": "four mediators", "first": (0.3, 0.2, 0.0, 0.1), "second": (0.3, 0.2, 0.2, 0.0)},
    ]  # fmt: skip
    return [
        *(PathDesign(people=217, replications=replications, **each) for each in main),
        *(
            PathDesign(people=60, replications=2 * replications, **named(each, 60))
            for each in main[1:]
        ),
        PathDesign(people=800, replications=replications // 2, **named(main[3], 800)),
    ]


def imputed_designs(replications: int) -> list[ImputedDesign]:
    """One mediator; a quarter of the outcomes missing, and nearly half."""
    path = PathDesign(name="", people=217, replications=0, first=(0.3,), second=(0.3,))
    return [
        ImputedDesign(
            name=f"{share:.0%} of outcomes missing",
            people=217,
            replications=replications // 2,
            path=path,
            missing=share,
        )
        for share in (0.25, 0.45)
    ]


def named(design: dict, people: int) -> dict:
    return {**design, "name": f"{design['name']}, n = {people}"}


def predictor_correlations(design: Design) -> np.ndarray:
    block = np.repeat(np.arange(len(design.sizes)), design.sizes)
    square = np.where(block[:, None] == block, design.within, design.between)
    np.fill_diagonal(square, 1.0)
    return square


def slopes(design: Design) -> np.ndarray:
    """Coefficients under which each block has its unique part of an outcome of variance 1."""
    square = predictor_correlations(design)
    found = np.zeros(len(square))
    last = 0
    for size, unique, sign in zip(design.sizes, design.unique, design.signs, strict=False):
        own = np.arange(last, last + size)
        rest = np.setdiff1d(np.arange(len(square)), own)
        toward = np.linalg.solve(square[np.ix_(rest, rest)], square[np.ix_(rest, own)])
        left = square[np.ix_(own, own)] - square[np.ix_(own, rest)] @ toward
        direction = np.linspace(1.0, 0.3, size)
        found[own] = sign * direction * np.sqrt(unique / (direction @ left @ direction))
        last += size
    return found


def population(names: list[str], covariance: np.ndarray) -> Moments:
    """The moments of endless people."""
    size = len(names)
    return Moments(
        names=tuple(names),
        centre=np.zeros(size),
        scale=np.ones(size),
        mean=np.zeros((size, 1)),
        pairs=covariance[np.triu_indices(size)][:, None],
        size=np.array([np.inf]),
    )


def parts_truth(design: Design) -> np.ndarray:
    square, beta = predictor_correlations(design), slopes(design)
    if beta @ square @ beta >= 1:
        raise ValueError(design.name)
    toward = square @ beta
    whole = np.block([[square, toward[:, None]], [toward[None], np.ones((1, 1))]])
    names = [name for block in design.blocks.values() for name in block]
    statistic = shares.statistic(OUTCOME, design.blocks)
    return statistic(population([*names, OUTCOME], whole))[:, 0]


def noise(random: np.random.Generator, shape, kind: str) -> np.ndarray:
    """Values with mean 0 and variance 1."""
    if kind == "skewed":
        return (random.chisquare(3, shape) - 3) / np.sqrt(6)
    if kind == "heavy":
        return random.standard_t(5, shape) / np.sqrt(5 / 3)
    return random.standard_normal(shape)


def errors(random: np.random.Generator, kind: str, driver: np.ndarray) -> np.ndarray:
    drawn = noise(random, len(driver), kind)
    return drawn * np.sqrt(0.5 + 0.5 * driver**2) if kind == "unequal" else drawn


def parts_sample(design: Design, random: np.random.Generator):
    square, beta = predictor_correlations(design), slopes(design)
    root = np.linalg.cholesky(square)
    x = noise(random, (design.people, len(beta)), design.predictors) @ root.T
    left = np.sqrt(1 - beta @ square @ beta)
    y = x @ beta + left * errors(random, design.errors, x[:, 0])
    names = [name for block in design.blocks.values() for name in block]
    return columns({**dict(zip(names, x.T, strict=True)), OUTCOME: y})


def path_model(design: PathDesign) -> paths.PathModel:
    mediators = [f"m{place}" for place in range(len(design.first))]
    return paths.parallel(["x"], mediators, OUTCOME, ["c"])


def path_rows(design: PathDesign) -> list[int]:
    """The rows that are looked at: the first route, and with several mediators also the sum."""
    names = path_model(design).names
    return [0, names.index("x: indirect")] if len(design.first) > 1 else [0]


def path_truth(design: PathDesign) -> np.ndarray:
    products = np.array(design.first) * np.array(design.second)
    return np.array([products[0], products.sum()][: len(path_rows(design))])


def path_sample(design: PathDesign, random: np.random.Generator):
    c = random.standard_normal(design.people)
    x = 0.3 * c + np.sqrt(1 - 0.09) * random.standard_normal(design.people)
    mediators = {}
    y = 0.2 * x + 0.2 * c
    for place, (first, second) in enumerate(zip(design.first, design.second, strict=True)):
        m = first * x + 0.2 * c + errors(random, design.errors, x)
        mediators[f"m{place}"] = m
        y = y + second * m
    y = y + errors(random, design.errors, x)
    return columns({"x": x, "c": c, **mediators, OUTCOME: y})


BLOCKS_OF_PATH = {"exposure": ("x",), "mediator": ("m0",)}


def imputed_truth(design: ImputedDesign) -> np.ndarray:
    """The indirect effect, then R² and its parts of exposure and mediator beside the covariate."""
    a, b = design.path.first[0], design.path.second[0]
    # Rows of c, x, m0, y in terms of their independent causes.
    c = np.array([1.0, 0, 0, 0])
    x = 0.3 * c + np.array([0, np.sqrt(0.91), 0, 0])
    m = a * x + 0.2 * c + np.array([0, 0, 1.0, 0])
    y = 0.2 * x + 0.2 * c + b * m + np.array([0, 0, 0, 1.0])
    causes = np.stack([c, x, m, y])
    known = population(["c", "x", "m0", OUTCOME], causes @ causes.T)
    return np.r_[a * b, shares.statistic(OUTCOME, BLOCKS_OF_PATH, ["c"])(known)[:, 0]]


def imputed_sample(design: ImputedDesign, random: np.random.Generator) -> dict:
    """Variables with NaN where missing; `early` is the auxiliary variable."""
    data = path_sample(design.path, random)
    raw = dict(zip(data.names, (data.values * data.scale + data.centre).T, strict=True))
    y, x = raw[OUTCOME].copy(), raw["x"]
    raw["early"] = 0.75 * y + random.standard_normal(len(y))
    # The cut is moved until the share is about right; the slope of 1 makes it selective.
    chance = 1 / (1 + np.exp(-(x + np.log(design.missing / (1 - design.missing)) * 1.2)))
    y[random.random(len(y)) < chance] = np.nan
    m = raw["m0"].copy()
    m[random.random(len(m)) < design.missing / 2] = np.nan
    return {**raw, OUTCOME: y, "m0": m}
