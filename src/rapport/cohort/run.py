"""From files to results: a plan, a file of measurements, and what else was given."""

from pathlib import Path

import msgspec
import numpy as np

from rapport import __version__
from rapport.cards.entry_rule import entry_badge
from rapport.cohort import LAYERS
from rapport.cohort.analysis.everything import Keep, analyse
from rapport.cohort.analysis.resample import Progress
from rapport.cohort.analysis.results import Data, Inputs, Results, Versions
from rapport.cohort.data.codebook import codebook
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.data.files import read_table
from rapport.cohort.data.given import read_indices
from rapport.cohort.data.scored import from_items
from rapport.cohort.data.shape import to_cohort, without_other_waves
from rapport.cohort.data.source import Source, source_of, with_words
from rapport.cohort.data.table import Table
from rapport.cohort.plan.model import Missing, Plan
from rapport.cohort.plan.parse import parse_plan
from rapport.core.encoding import content_hash, to_json
from rapport.core.errors import InputError
from rapport.core.program import code_hash
from rapport.core.vocabulary import Badge
from rapport.knowledge.load import Knowledge, instruments
from rapport.stats.arrays import Whole


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The files of an analysis, and what replaces a key of its plan (None: nothing).

    `data` is a file, or a folder with data, codebook and perhaps a plan; `plan` may be left out
    where the folder has one.
    """

    data: Path
    plan: Path | None = None
    seed: int | None = None
    draws: int | None = None
    indices: Path | None = None
    imputed: Path | None = None


class Read(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Measurements and plan as values: what an analysis needs, wherever it came from.

    `where` names the plan in an error. `data_hash` is SHA-256 of the data. `given` are the hashes
    of what else the result hangs on.
    """

    table: Table
    plan: Plan
    where: str
    data_hash: str
    indices: Whole | None = None
    imputed: Table | None = None
    deviations: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


class Ready(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Everything an analysis is made from, read and checked. `made_from` is the hash of it all.

    `attention` names the cells of the data that a person must look at now.
    """

    plan: Plan
    cohort: Cohort
    inputs: Inputs
    made_from: str
    attention: tuple[str, ...] = ()

    def results(self, *, progress: Progress | None = None, keep: Keep | None = None) -> Results:
        """The results; see `analyse`."""
        return analyse(self.plan, self.cohort, self.inputs, progress=progress, keep=keep)


def ready(asked: Asked, knowledge: Knowledge) -> Ready:
    """The files read and checked, before anything is computed or written.

    Errors: UsageError where no plan is named; InputError for every fault of plan or data, naming
    key, row or column.
    """
    source = source_of(asked.data)
    path = source.plan_or(asked.plan)
    plan, deviations = _plan(asked, path)
    read = of_source(source, plan, str(path))
    given = [path for path in (asked.indices, asked.imputed) if path]
    return checked(
        msgspec.structs.replace(
            read,
            indices=None if asked.indices is None else read_indices(asked.indices),
            imputed=_imputed(asked.imputed, plan, path),
            deviations=deviations,
            given=(*read.given, *map(_hash, given)),
        ),
        knowledge,
    )


def of_source(source: Source, plan: Plan, where: str) -> Read:
    """The measurements of a source with a plan. Errors: InputError for what cannot be read."""
    return Read(
        table=source.table(),
        plan=with_words(plan, source.words()),
        where=where,
        data_hash=_hash(source.data),
        given=() if source.codebook is None else (_hash(source.codebook),),
    )


def checked(read: Read, knowledge: Knowledge) -> Ready:
    """Measurements and plan put together and checked.

    Errors: InputError for every fault of plan or data, naming key, row or column.
    """
    plan = read.plan
    badge = badge_of(plan, knowledge, read.where)
    table = without_other_waves(read.table, plan)
    scored = from_items(table, plan, instruments() if plan.scores else {}, where=read.where)
    cohort = to_cohort(scored.table, plan)
    inputs = Inputs(
        data=Data(
            people=cohort.people,
            waves=cohort.waves,
            layout=cohort.layout,
            rows=cohort.rows,
            hash=read.data_hash,
            never_measured=cohort.never,
            unused=cohort.unused,
            left_out=read.table.rows - table.rows,
        ),
        codebook=codebook(table, plan, cohort, scored.items),
        badge=badge,
        versions=Versions(
            rapport=__version__, knowledge=knowledge.version, numpy=np.__version__
        ),
        indices=read.indices,
        imputed=read.imputed,
        alpha=scored.alpha,
        deviations=read.deviations,
    )
    parts = (read.data_hash, code_hash(*LAYERS), knowledge.version, *read.given)
    return Ready(
        plan=plan,
        cohort=cohort,
        inputs=inputs,
        attention=scored.attention,
        made_from=content_hash(to_json(plan), *(part.encode() for part in parts)),
    )


def _hash(path: Path) -> str:
    return content_hash(path.read_bytes())


def read_plan(path: Path) -> Plan:
    """The plan in a file. Errors: InputError for a file that cannot be read or is no plan."""
    where = str(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(
            f"the plan cannot be read: {error.strerror or error}",
            where=where,
            fix="write one with: rapport cohort plan --like heins-2013 --out plan.toml",
        ) from None
    except UnicodeDecodeError:
        raise InputError(
            "the plan is not text in UTF-8", where=where, fix="save it as UTF-8"
        ) from None
    return parse_plan(text, where=where)


def _plan(asked: Asked, path: Path) -> tuple[Plan, tuple[str, ...]]:
    """The plan as it is carried out, and where that differs from the plan as written."""
    plan, deviations = replaced(read_plan(path), seed=asked.seed, draws=asked.draws)
    if asked.indices is not None:
        deviations.append(
            "resampling rows were given; seed and draws of the plan were not used"
        )
    if asked.imputed is not None:
        deviations.append("completed data sets were given; none were made here")
    return plan, tuple(deviations)


def replaced(written: Plan, *, seed: int | None, draws: int | None) -> tuple[Plan, list[str]]:
    """The plan with another seed or number of draws (None: its own), and what that differs in."""
    changes = {
        name: value
        for name, value in (("seed", seed), ("draws", draws))
        if value is not None and value != getattr(written, name)
    }
    deviations = [
        f"{name} is {value}, the plan says {getattr(written, name)}"
        for name, value in changes.items()
    ]
    return msgspec.structs.replace(written, **changes), deviations


def _imputed(path: Path | None, plan: Plan, where: Path) -> Table | None:
    """The table of completed data sets. Errors: InputError where the plan does not want any."""
    if path is None:
        return None
    if plan.missing is not Missing.MI:
        raise InputError(
            "completed data sets are given, but the plan does not use them",
            where=f"{where}, key missing",
            fix='write missing = "mi", or leave out --imputed',
        )
    return read_table(path)


def badge_of(plan: Plan, knowledge: Knowledge, where: str) -> Badge:
    """The badge of the cohort from its entry rule.

    Errors: InputError for an entry rule that names no case definition of the knowledge base.
    """
    known = knowledge.definitions
    for name in plan.entry_rule:
        if name not in known:
            raise InputError(
                f"there is no case definition {name}",
                where=f"{where}, key entry_rule",
                fix=f"choose from {', '.join(sorted(known))}",
            )
    return entry_badge([known[name] for name in plan.entry_rule], plan.entry_combination)
