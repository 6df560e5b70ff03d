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
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.data.files import read_table
from rapport.cohort.data.given import read_indices
from rapport.cohort.data.scored import from_items
from rapport.cohort.data.shape import to_cohort
from rapport.cohort.data.table import Table
from rapport.cohort.plan.model import Missing, Plan
from rapport.cohort.plan.parse import parse_plan
from rapport.core.encoding import content_hash, to_json
from rapport.core.errors import InputError
from rapport.core.program import code_hash
from rapport.core.vocabulary import Badge
from rapport.knowledge.load import Knowledge, instruments


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The files of an analysis, and what replaces a key of its plan (None: nothing)."""

    data: Path
    plan: Path
    seed: int | None = None
    draws: int | None = None
    indices: Path | None = None
    imputed: Path | None = None


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

    Errors: InputError for every fault of plan or data, naming key, row or column.
    """
    plan, deviations = _plan(asked)
    badge = badge_of(plan, knowledge, str(asked.plan))
    scored = from_items(
        read_table(asked.data),
        plan,
        instruments() if plan.scores else {},
        where=str(asked.plan),
    )
    cohort = to_cohort(scored.table, plan)
    data_hash = _hash(asked.data)
    inputs = Inputs(
        data=Data(
            people=cohort.people,
            waves=cohort.waves,
            layout=cohort.layout,
            rows=cohort.rows,
            hash=data_hash,
            never_measured=cohort.never,
            unused=cohort.unused,
        ),
        badge=badge,
        versions=Versions(
            rapport=__version__, knowledge=knowledge.version, numpy=np.__version__
        ),
        indices=None if asked.indices is None else read_indices(asked.indices),
        imputed=_imputed(asked, plan),
        alpha=scored.alpha,
        deviations=deviations,
    )
    given = [path for path in (asked.indices, asked.imputed) if path is not None]
    parts = [data_hash, code_hash(*LAYERS), knowledge.version, *map(_hash, given)]
    return Ready(
        plan=plan,
        cohort=cohort,
        inputs=inputs,
        attention=scored.attention,
        made_from=content_hash(to_json(plan), *(part.encode() for part in parts)),
    )


def _hash(path: Path) -> str:
    return content_hash(path.read_bytes())


def _plan(asked: Asked) -> tuple[Plan, tuple[str, ...]]:
    """The plan as it is carried out, and where that differs from the plan as written."""
    where = str(asked.plan)
    try:
        text = asked.plan.read_bytes().decode("utf-8")
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
    written = parse_plan(text, where=where)
    changes = {
        name: value
        for name, value in (("seed", asked.seed), ("draws", asked.draws))
        if value is not None and value != getattr(written, name)
    }
    deviations = [
        f"{name} is {value}, the plan says {getattr(written, name)}"
        for name, value in changes.items()
    ]
    if asked.indices is not None:
        deviations.append(
            "resampling rows were given; seed and draws of the plan were not used"
        )
    if asked.imputed is not None:
        deviations.append("completed data sets were given; none were made here")
    return msgspec.structs.replace(written, **changes), tuple(deviations)


def _imputed(asked: Asked, plan: Plan) -> Table | None:
    """The table of completed data sets. Errors: InputError where the plan does not want any."""
    if asked.imputed is None:
        return None
    if plan.missing is not Missing.MI:
        raise InputError(
            "completed data sets are given, but the plan does not use them",
            where=f"{asked.plan}, key missing",
            fix='write missing = "mi", or leave out --imputed',
        )
    return read_table(asked.imputed)


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
