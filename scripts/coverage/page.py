"""The page of what was measured."""

LIMIT = 0.93
ESTIMANDS = ("R2", "unique", "common", "dominance", "path", "imputed")
TITLES = {
    "R2": "R² of a model",
    "unique": "Unique parts of R²",
    "common": "Common parts of R²",
    "dominance": "General (set) dominance",
    "path": "Indirect effects",
    "imputed": "After multiple imputation",
}
MEASURED = {"parts": "of parts", "paths": "of paths", "imputed": "after imputation"}
HEADS = {
    "percentile": "percentile",
    "expanded": "expanded percentile",
    "basic": "basic",
    "bias_corrected": "bias-corrected",
    "bca": "BCa",
    "default": "**default**",
    "monte_carlo": "Monte Carlo",
}

INTRODUCTION = """# How often intervals hold the true value

A 95 % interval should hold the true value in 95 of 100 studies. That was measured: people were drawn from made-up populations whose true
values are known, each study was bootstrapped, and it was counted how often the interval held the true value. Every number below is such a
share. With 1,000 studies its own standard error is 0.007, so 0.937 to 0.963 is what a perfect interval shows (with 2,000: 0.940 to 0.960, with
500: 0.930 to 0.970); shares below 0.93 are bold.

- **R², unique parts and dominance:** the default takes the estimate as a scaled non-central chi-squared value on the scale of Fisher's z; the
  scale comes from the mean and the variance of the draws (`rapport.stats.shares`). Percentile intervals of these lie too high: the draws are
  biased upward twice. The smaller the part and the more predictors a block has, the worse they cover; basic and BCa intervals miss too.
- **Common parts** may be below 0: the default is the percentile interval, moved by twice the bias of the draws and slightly widened.
- **Indirect effects:** the default is the percentile interval, *expanded*: cut as far out as Student's t would, with the people less the
  coefficients of the largest equation as degrees of freedom (draws of residuals spread too little by as many). Of all kinds its lowest share is
  the highest, with 217 people and with 60; as expanded for a mean (people less 1) it is next, then the plain percentile interval. BCa and
  bias-corrected intervals are as good where both paths are middling, but miss more often where one of them is 0, which finds effects that are
  not there. Monte Carlo intervals fail under unequal error variances.
- Where both paths are 0 every interval of their product covers nearly always; that is known and harmless.
- A true value of 0 of a unique part is on the boundary (nothing can lie below it). A percentile or BCa interval hardly ever holds it,
  because no draw is 0; the default starts at 0 there.
- **After multiple imputation** (20 completed data sets, 50 draws of each) the same intervals hold where a quarter of the outcomes is missing; where
  nearly half is, that of an indirect effect holds the true value a little too seldom.
"""


def kind_of(measured: dict, row: dict) -> str:
    own = {"paths": "path", "imputed": "imputed"}
    return own.get(measured["of"]) or row["name"].split(":")[0]


def on_boundary(measured: dict, row: dict) -> bool:
    if measured["of"] == "paths":
        return measured["design"].startswith("both paths 0")
    return not row["name"].startswith("common") and row["true"] < 1e-9


def rows_of(stored: list[dict], estimand: str) -> list[tuple[dict, dict]]:
    return [
        (one, row) for one in stored for row in one["rows"] if kind_of(one, row) == estimand
    ]


def share(value: float) -> str:
    return f"**{value:.3f}**" if value < LIMIT - 5e-4 else f"{value:.3f}"


def table(heads: list[str], lines: list[list[str]]) -> str:
    rows = [heads, ["---", *["---:"] * (len(heads) - 1)], *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def lowest(stored: list[dict]) -> str:
    """The lowest share of every kind of interval, the boundary left out."""
    lines = []
    for estimand in ESTIMANDS:
        for people in (217, 60, 800):
            some = [
                row["kinds"]
                for one, row in rows_of(stored, estimand)
                if one["people"] == people and not on_boundary(one, row)
            ]
            if some:
                cells = [
                    share(min(kinds[kind]["coverage"] for kinds in some))
                    if kind in some[0]
                    else "–"
                    for kind in HEADS
                ]
                lines.append([TITLES[estimand], str(people), str(len(some)), *cells])
    return table(["", "n", "values", *HEADS.values()], lines)


def details(stored: list[dict], estimand: str) -> str:
    some = rows_of(stored, estimand)
    kinds = [kind for kind in HEADS if kind in some[0][1]["kinds"]]
    own = "default" if "default" in kinds else "monte_carlo"
    lines = []
    for one, row in some:
        found = row["kinds"]
        lines.append(
            [
                one["design"],
                str(one["people"]),
                row["name"],
                f"{row['true']:.3f}" + (" (boundary)" if on_boundary(one, row) else ""),
                *(share(found[kind]["coverage"]) for kind in kinds),
                f"{found['percentile']['width']:.3f}",
                f"{found[own]['width']:.3f}",
            ]
        )
    widths = ["width, percentile", f"width, {HEADS[own].strip('*')}"]
    return table(["design", "n", "", "true", *(HEADS[kind] for kind in kinds), *widths], lines)


def made(stored: list[dict]) -> str:
    first = stored[0]
    versions = ", ".join(f"{name} {value}" for name, value in first["versions"].items())
    dates = sorted({one["date"] for one in stored})
    counts = {(one["of"], one["people"]): one["replications"] for one in stored}
    numbers = "; ".join(
        f"{words} "
        + ", ".join(f"{n:,} at n = {p}" for (of, p), n in counts.items() if of == named)
        for named, words in MEASURED.items()
    )
    return (
        f"Measured {' to '.join(dict.fromkeys((dates[0], dates[-1])))} with `python scripts/coverage`: seed {first['seed']}, "
        f"{first['draws']:,} draws a study, studies a design: {numbers}; {versions}. "
        f"{sum(one['cpu_seconds'] for one in stored) / 60:.0f} minutes of one core.{_earlier(stored)}\n"
    )


def _earlier(stored: list[dict]) -> str:
    """What was not measured again since draws come from another stream of random numbers."""
    named = {MEASURED[one["of"]] for one in stored if "stream" in one}
    if not named:
        return ""
    return (
        f" The numbers {' and '.join(sorted(named))} are those of the stream of random numbers before today's: a new run"
        " moves each by about its standard error."
    )


def page(stored: list[dict]) -> str:
    parts = [
        INTRODUCTION,
        made(stored),
        "## The lowest share of each kind of interval\n",
        "Values on the boundary are left out.\n",
        lowest(stored),
    ]
    for estimand in filter(lambda name: rows_of(stored, name), ESTIMANDS):
        parts += [f"## {TITLES[estimand]}\n", details(stored, estimand)]
    return "\n".join(parts)
