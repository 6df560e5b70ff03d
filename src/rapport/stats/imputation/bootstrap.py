"""The bootstrap of imputed data: draws within every completed data set, put together.

The scheme is "impute, then bootstrap, and pool the draws" (MI Boot PS): each completed data set
is resampled, and all draws of all data sets make one distribution, from which every kind of
interval can be made. To let its spread be Rubin's total variance W + (1 + 1/m) B at any number m
of imputations (m means of data sets spread by only (1 - 1/m) B), the draws of each data set are
moved away from the common mean by the factor sqrt((m + 1) / (m - 1)).
Source: Schomaker and Heumann 2018, doi 10.1002/sim.7654, section 3 (the schemes); Rubin 1987, doi
10.1002/9780470316696, p. 76 (the total variance).
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec
import numpy as np

from rapport.core.errors import InputError
from rapport.stats.bootstrap import Draws, Resampling, Statistic, bootstrap
from rapport.stats.moments import Columns


def _share(chosen: Resampling, number: int, imputations: int) -> Resampling:
    """The draws of one data set: its part of given rows, or draws by a seed of its own."""
    ends = [chosen.draws * part // imputations for part in (number, number + 1)]
    seed = np.random.SeedSequence(chosen.seed, spawn_key=(number,)).generate_state(1, np.uint64)
    rows = None if chosen.indices is None else chosen.indices[ends[0] : ends[1]]
    return msgspec.structs.replace(
        chosen, draws=ends[1] - ends[0], seed=int(seed[0]), indices=rows
    )


def _together(parts: Sequence[Draws]) -> Draws:
    """The draws of all data sets as those of one estimate, the mean of theirs."""
    m = len(parts)
    estimates = np.stack([part.estimate for part in parts])
    mean = estimates.mean(axis=0)
    away = (np.sqrt((m + 1) / (m - 1)) - 1) * (estimates - mean)
    moved = [part.values + shift[:, None] for part, shift in zip(parts, away, strict=True)]
    return Draws(
        estimate=mean,
        values=np.concatenate(moved, axis=1),
        jackknife=np.mean([part.jackknife for part in parts], axis=0),
        failed=np.sum([part.failed for part in parts], axis=0),
    )


def bootstrap_imputed(
    completed: Sequence[Columns],
    statistics: Mapping[str, Statistic],
    chosen: Resampling,
    *,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Draws]:
    """Every statistic, by name, in draws of all completed data sets of the same people.

    `chosen.draws` is the number in all, shared out evenly; given rows are shared out in their
    order. `estimate` is the mean over data sets, `jackknife` the mean of theirs.
    `progress` is told the number of draws done.
    Errors: InputError as of `bootstrap`, for fewer than two data sets or too few draws.
    """
    m = len(completed)
    if m < 2 or chosen.draws < 2 * m:
        raise InputError(
            f"{chosen.draws} draws of {m} completed data set(s)",
            where="the bootstrap of imputed data",
            fix="pass two or more data sets, and many draws for each",
        )
    found: list[dict[str, Draws]] = []
    done = 0
    for number, data in enumerate(completed):
        share = _share(chosen, number, m)
        found.append(bootstrap(data, statistics, share))
        done += share.draws
        if progress is not None:
            progress(done)
    return {name: _together([one[name] for one in found]) for name in statistics}
