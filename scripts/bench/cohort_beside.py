"""The four-mediator model drawn by other programs on the same people: time a draw, as ratios.

pingouin, statsmodels and semopy are looked for in the interpreter that RAPPORT_BENCH_PYTHON names
(they are no part of the environment), boot, psych and lavaan where Rscript is found. Each repeats
what one draw needs: new rows, five regressions, every indirect effect. psych's own function
cannot be told of covariates beside, so mediate() has all predictors as exposures.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import made_up
import numpy as np

from cohort import DRAWS, four_mediators, seconds

_PYTHON = os.environ.get("RAPPORT_BENCH_PYTHON", sys.executable)
_SECONDS = 300
_DATA = """
import sys, time
import numpy as np, pandas as pd
data = pd.read_csv(sys.argv[1])
rng = np.random.default_rng(1)
first, process = ["task_t0", "expect_t0", "fatigue_t0"], ["dfocus", "dcontrol", "dactivity", "dpf"]
def again():
    return data.iloc[rng.integers(0, len(data), len(data))]
"""
_TIMED = """
work(2)
start = time.process_time()
work(draws)
print((time.process_time() - start) / draws)
"""
PYTHON = {
    "pingouin": """
import pingouin
draws = 200
def work(count):
    pingouin.mediation_analysis(
        data=data, x="task_t0", m=process, y="fatigue_t4", covar=first[1:], n_boot=count, seed=1)
""",
    "statsmodels": """
import statsmodels.api as sm
draws = 100
def work(count):
    for _ in range(count):
        rows = again()
        a = [sm.OLS(rows[m], sm.add_constant(rows[first])).fit().params for m in process]
        b = sm.OLS(rows["fatigue_t4"], sm.add_constant(rows[first + process])).fit().params
        [one["task_t0"] * b[m] for one, m in zip(a, process)]
""",
    "semopy": """
import semopy
draws = 10
text = "\\n".join([*(m + " ~ " + " + ".join(first) for m in process),
                   "fatigue_t4 ~ " + " + ".join(first + process)])
def work(count):
    for _ in range(count):
        model = semopy.Model(text)
        model.fit(again())
        model.inspect()
""",
}
_R_DATA = """
data <- read.csv(commandArgs(TRUE)[1]); set.seed(1)
process <- c("dfocus", "dcontrol", "dactivity", "dpf")
first <- c("task_t0", "expect_t0", "fatigue_t0")
"""
_R_TIMED = """
invisible(work(2)); time <- system.time(work(draws))
cat(sum(time[c("user.self", "sys.self", "user.child", "sys.child")]) / draws)
"""
R = {
    "boot": """
suppressMessages(library(boot)); draws <- 500
all <- as.matrix(data)
one <- function(d, i) {
  x <- cbind(1, d[i, first])
  a <- lm.fit(x, d[i, process])$coefficients
  b <- lm.fit(cbind(x, d[i, process]), d[i, "fatigue_t4"])$coefficients
  c(a[2, ] * b[5:8], a[3, ] * b[5:8])
}
work <- function(count) boot(all, one, R = count)
""",
    "psych": """
suppressMessages(library(psych)); draws <- 200
model <- as.formula(paste("fatigue_t4 ~", paste(first, collapse = "+"), "+",
                          paste0("(", process, ")", collapse = "+")))
work <- function(count) mediate(model, data = data, n.iter = count, plot = FALSE)
""",
    "lavaan": """
suppressMessages(library(lavaan)); draws <- 20
text <- c(paste(process, "~", paste(first, collapse = "+")),
          paste("fatigue_t4 ~", paste(c(first, process), collapse = "+")))
work <- function(count) for (k in 1:count) sem(text, data[sample(nrow(data), replace = TRUE), ])
""",
}


def _seconds_a_draw(command: list[str]) -> float | None:
    """What the program prints last; None where it or its library is not there, or fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=True
        )
        return float(done.stdout.split()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def run() -> dict[str, float | str]:
    """Microseconds a draw here, and how many times as long each other program takes."""
    _, own = seconds(lambda: four_mediators(DRAWS))
    found: dict[str, float | str] = {"microseconds a draw": own / DRAWS * 1e6}
    rscript = shutil.which("Rscript")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.csv"
        data = made_up.modelled()
        header = ",".join(data)
        np.savetxt(
            path,
            np.column_stack(list(data.values())),
            delimiter=",",
            header=header,
            comments="",
        )
        commands = {
            **{
                name: [_PYTHON, "-c", _DATA + text + _TIMED, str(path)]
                for name, text in PYTHON.items()
            },
            **{
                name: [rscript or "Rscript", "-e", _R_DATA + text + _R_TIMED, str(path)]
                for name, text in R.items()
            },
        }
        for name, command in commands.items():
            taken = _seconds_a_draw(command)
            found[f"times as long: {name}"] = (
                "not installed, or it failed" if taken is None else taken / (own / DRAWS)
            )
    return found
