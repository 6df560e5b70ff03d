"""Where measurements come from: a file, or a folder with data, codebook and perhaps a plan."""

from pathlib import Path

import msgspec

from rapport.cohort.data.described import Described, read_codebook
from rapport.cohort.data.files import ENDINGS, read_table
from rapport.cohort.data.table import Table
from rapport.cohort.plan.model import Plan
from rapport.core.errors import InputError, UsageError

CODEBOOK, PLAN, DATA = "codebook.json", "plan.toml", "data"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a cohort. `codebook` and `plan` are None where a folder has none."""

    data: Path
    codebook: Path | None = None
    plan: Path | None = None

    def plan_or(self, named: Path | None) -> Path:
        """The plan that was named, else that of the folder. Errors: UsageError for neither."""
        found = named or self.plan
        if found is None:
            raise UsageError(
                "there is no plan",
                where=str(self.data),
                fix="name one with --plan; rapport cohort plan writes one to edit",
            )
        return found

    def table(self) -> Table:
        """The measurements with what is said of their columns. Errors: of `read_table` and
        `read_codebook`."""
        table = read_table(self.data)
        if self.codebook is None:
            return table
        return msgspec.structs.replace(
            table, described={**table.described, **read_codebook(self.codebook)}
        )

    def words(self) -> dict[str, Described]:
        """What the codebook says; empty without one."""
        return {} if self.codebook is None else read_codebook(self.codebook)


def source_of(path: Path) -> Source:
    """The files that a path names: the file itself, or those of a folder.

    Errors: InputError for a folder without data, or with several files of data.
    """
    if not path.is_dir():
        return Source(data=path)
    found = sorted(
        each for each in path.iterdir() if each.name.lower() in {DATA + end for end in ENDINGS}
    )
    if len(found) != 1:
        raise InputError(
            f"the folder has {'no data' if not found else 'several files of data'}",
            where=str(path),
            fix=f"put one file in it that is named {DATA}.csv (or ends in "
            f"{', '.join(end for end in ENDINGS if end != '.csv')})",
        )
    return Source(data=found[0], codebook=_there(path / CODEBOOK), plan=_there(path / PLAN))


def check_apart(data: Path, out: Path) -> None:
    """UsageError where results would be written into the folder that the data come from: its
    codebook would be written over."""
    if data.is_dir() and data.resolve() == out.resolve():
        raise UsageError(
            "the results would be written over the data",
            where=str(out),
            fix="name another folder with --out",
        )


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None


def with_words(plan: Plan, words: dict[str, Described]) -> Plan:
    """The plan with labels and possible ranges of a codebook where it has none of its own."""
    used = {name: words[name] for name in (*plan.repeated, *plan.fixed) if name in words}
    labels = {name: one.label for name, one in used.items() if one.label}
    ranges = {name: one.range for name, one in used.items() if one.range}
    return msgspec.structs.replace(
        plan, labels={**labels, **plan.labels}, ranges={**ranges, **plan.ranges}
    )
