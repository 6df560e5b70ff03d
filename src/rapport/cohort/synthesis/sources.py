"""Studies from results of cohorts and from tables, each with badge and definition."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import msgspec
import numpy as np

from rapport.cohort.account import title
from rapport.cohort.analysis.results import Results
from rapport.cohort.data.files import read_table
from rapport.cohort.data.table import Table
from rapport.cohort.plan.model import Plan
from rapport.cohort.synthesis.estimands import estimands
from rapport.core.errors import InputError, UsageError
from rapport.core.vocabulary import Badge, Combination
from rapport.stats.arrays import Numbers
from rapport.stats.distributions import normal_quantile
from rapport.stats.meta.studies import NOT_STATED, Study

RESULTS = "results.json"
_MOST_ASKEW = 0.1
"""How far an estimate may lie from the middle of its interval, as a share of the interval."""


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """Studies, and what a reader has to know of their estimates."""

    studies: tuple[Study, ...]
    notes: tuple[str, ...] = ()


def read_studies(sources: Iterable[Path], estimand: str | None) -> Read:
    """The studies of results.json files, of folders that hold them, and of tables.

    Errors: InputError for what cannot be read, a row without a name, estimate or error, a badge
    that is not known, and for data that come twice; UsageError where an estimand is needed, or a
    cohort lacks it (with those that all cohorts have).
    """
    results: list[tuple[Path, Results]] = []
    studies: list[Study] = []
    for source in sources:
        found = list(_results_files(source))
        if found:
            results += [(path, _results(path)) for path in found]
        else:
            studies += _of_table(read_table(source))
    cohorts = list(_of_cohorts(results, estimand)) if results else []
    _check_names([*cohorts, *studies])
    return Read(
        studies=(*cohorts, *studies),
        notes=tuple(_notes([one for _, one in results], estimand)),
    )


def common_estimands(sources: Iterable[Path]) -> tuple[str, ...]:
    """The estimands that the results of all cohorts have, in the order of the first.

    Raises: InputError for what cannot be read, and where there are no results of a cohort.
    """
    named = list(sources)
    found = [_results(path) for source in named for path in _results_files(source)]
    if not found:
        raise InputError(
            "there are no results of a cohort to list the estimands of",
            where=", ".join(str(source) for source in named),
            fix="name results.json files or folders of them; a table of studies has one estimand",
        )
    return _shared(found)


# --- Results of cohorts -----------------------------------------------------------------------


def _results_files(source: Path) -> Iterator[Path]:
    """The results of a folder and of the folders in it; a file of results itself."""
    if not source.exists():
        raise InputError(
            "there is no such file or folder", where=str(source), fix="name one that exists"
        )
    if source.is_dir():
        found = [source / RESULTS, *sorted(source.glob(f"*/{RESULTS}"))]
        there = [path for path in found if path.is_file()]
        if not there:
            raise InputError(
                "the folder holds no results",
                where=str(source),
                fix="name a folder that rapport cohort analyse or batch has written",
            )
        yield from there
    elif source.suffix == ".json":
        yield source


def _results(path: Path) -> Results:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Results)
    except OSError as error:
        raise InputError(
            f"the results cannot be read: {error.strerror or error}",
            where=str(path),
            fix="name a file that exists",
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"these are no results of a cohort: {error}",
            where=str(path),
            fix="analyse the cohort again with this version of the program",
        ) from None


def _of_cohorts(
    results: Sequence[tuple[Path, Results]], estimand: str | None
) -> Iterator[Study]:
    seen: dict[str, Path] = {}
    for path, one in results:
        if one.data.hash in seen:
            raise InputError(
                "the same data come twice",
                where=f"{seen[one.data.hash]} and {path}",
                fix="leave one of them out: a cohort counts once",
            )
        seen[one.data.hash] = path
        known = estimands(one)
        if estimand not in known:
            raise _lacking(path, estimand, _shared([other for _, other in results]))
        value, error = known[estimand]
        yield Study(
            name=title(one.plan) if one.plan.title else one.plan.id,
            estimate=value,
            se=error,
            badge=one.badge,
            definition=_definition(one.plan),
        )


def _lacking(path: Path, estimand: str | None, shared: Sequence[str]) -> UsageError:
    near = get_close_matches(estimand or "", shared, n=3) or list(shared)[:12]
    return UsageError(
        "no estimand was chosen"
        if estimand is None
        else f"the results have no estimand {estimand}, or no standard error of it",
        where=f"{path}, option --estimand",
        fix=(
            f"choose one that all have, such as {'; '.join(near)}"
            if near
            else "the cohorts have no estimand in common"
        )
        + "; --list shows all",
    )


def _shared(results: Sequence[Results]) -> tuple[str, ...]:
    known = [estimands(one) for one in results]
    return tuple(name for name in (known[0] if known else ()) if all(name in k for k in known))


def _definition(plan: Plan) -> str:
    connector = " or " if plan.entry_combination is Combination.ANY else " and "
    return connector.join(plan.entry_rule) or NOT_STATED


def _notes(results: Sequence[Results], estimand: str | None) -> Iterator[str]:
    """What a reader has to know of an estimand across cohorts."""
    if not results or estimand is None:
        return
    if estimand.startswith("partition."):
        yield (
            "Parts of R² cannot be below 0 or above 1: near the ends their errors are not "
            "symmetric, and a mean of them is a rough one."
        )
    elif not estimand.endswith(".standardised"):
        outcomes = {one.plan.label(one.plan.outcome) for one in results}
        yield (
            "Raw numbers are in the units of each cohort's questionnaires: put them together "
            "only where these are the same."
            + (f" The outcomes are {', '.join(sorted(outcomes))}." if len(outcomes) > 1 else "")
        )
    if any(one.plan.simulated for one in results):
        yield "Some of these data are simulated: no real people are in them."


# --- Tables -----------------------------------------------------------------------------------


def _of_table(table: Table) -> Iterator[Study]:
    """A row a study: study, estimate, se (or low, high, level), badge, definition."""
    _check_columns(table)
    names = table.labels("study")
    estimates, errors = table.numbers("estimate"), _errors(table)
    badges = table.labels("badge") if "badge" in table.columns else None
    definitions = table.labels("definition") if "definition" in table.columns else None
    for row in range(table.rows):
        name = names.at(row)
        if name is None:
            raise InputError(
                "the study has no name", where=table.place(row, "study"), fix="give it one"
            )
        if not np.isfinite(estimates[row]):
            raise InputError(
                "the study has no estimate",
                where=table.place(row, "estimate"),
                fix="fill it in, or take the row out",
            )
        badge = badges.at(row) if badges else None
        yield Study(
            name=name,
            estimate=float(estimates[row]),
            se=float(errors[row]),
            badge=_badge(table, row, badge),
            definition=(definitions.at(row) if definitions else None) or NOT_STATED,
        )


def _check_columns(table: Table) -> None:
    """InputError that names every column which a table of studies lacks, and those it has."""
    there = list(table.columns)
    has_ends = "se" not in there and ("low" in there or "high" in there)
    needed = ("study", "estimate", *(("low", "high") if has_ends else ("se",)))
    missing = [name for name in needed if name not in there]
    if not missing:
        return
    raise InputError(
        f"a table of studies needs {_columns(missing)} and has only {table.header()}",
        where=f"{table.source}, names of the columns",
        fix="write a row a study, with study, estimate, and se (or low and high); "
        "of a cohort's own data, give the results.json of rapport cohort analyse",
    )


def _columns(names: Sequence[str]) -> str:
    return f"the column{'s' * (len(names) > 1)} {', '.join(names)}"


def _badge(table: Table, row: int, word: str | None) -> Badge:
    known = {badge.value: badge for badge in Badge}
    if word is None:
        return Badge.NOT_STATED
    if word not in known:
        raise InputError(
            "there is no such badge",
            where=table.place(row, "badge"),
            fix=f"use one of {', '.join(known)}, or leave the cell empty",
        )
    return known[word]


def _errors(table: Table) -> Numbers:
    """Standard errors: given, or from intervals. Errors: InputError naming the row."""
    if "se" in table.columns:
        errors, column = table.numbers("se"), "se"
    else:
        errors, column = _from_intervals(table), "low"
    wrong = np.flatnonzero(~(errors > 0))
    if len(wrong):
        raise InputError(
            "the study has no standard error above 0",
            where=table.place(int(wrong[0]), column),
            fix="give se, or low and high, or take the row out",
        )
    return errors


def _from_intervals(table: Table) -> Numbers:
    low, high = table.numbers("low"), table.numbers("high")
    level = table.numbers("level") if "level" in table.columns else np.full(table.rows, 0.95)
    askew = np.abs((low + high) / 2 - table.numbers("estimate"))
    wrong = np.flatnonzero(askew > _MOST_ASKEW * (high - low))
    if len(wrong):
        raise InputError(
            "the estimate is not in the middle of its interval",
            where=table.place(int(wrong[0]), "low"),
            fix="give ratios as logarithms, or se instead of low and high",
        )
    impossible = np.flatnonzero(~((level > 0) & (level < 1)))
    if len(impossible):
        raise InputError(
            "the level of the interval is not between 0 and 1",
            where=table.place(int(impossible[0]), "level"),
            fix="write 0.95 for a 95 % interval",
        )
    return (high - low) / (2 * np.array([float(normal_quantile((1 + x) / 2)) for x in level]))


def _check_names(studies: Sequence[Study]) -> None:
    seen: set[str] = set()
    for one in studies:
        if one.name in seen:
            raise InputError(
                "two studies have one name",
                where=f"the study {one.name}",
                fix="give each its own name; a study counts once",
            )
        seen.add(one.name)
