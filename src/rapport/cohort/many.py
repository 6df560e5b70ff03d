"""Many cohorts at once: each a folder of results of its own, in processes or on a Dask cluster.

What is read and written stays here; working processes get values and give back files, so the
machines of a cluster need the program alone and no common disk. A cohort that cannot be analysed
stops no other. Finished cohorts are kept: a run that is started again goes on with the rest.
"""

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from enum import StrEnum
from multiprocessing import active_children
from pathlib import Path
from typing import Any, cast

import msgspec

from rapport.cohort import LAYERS
from rapport.cohort.data.files import ENDINGS
from rapport.cohort.data.source import DATA, PLAN, check_apart
from rapport.cohort.folder import Folder
from rapport.cohort.report.files import outcome_files
from rapport.cohort.run import Asked, Ready, ready
from rapport.core.encoding import to_pretty_json
from rapport.core.errors import InputError, UsageError, UserError
from rapport.core.processes import end_with, starting
from rapport.core.program import code_hash
from rapport.knowledge.load import load
from rapport.knowledge.model import Knowledge

SUMMARY = "cohorts.json"
_FINISHED = ".finished"
_PATIENCE = "10s"
_AT_ONCE = 64
"""Cohorts under way at the same time: memory does not grow with their number."""


class State(StrEnum):
    """What became of a cohort."""

    DONE = "done"
    KEPT = "kept"
    REFUSED = "refused"
    FAILED = "failed"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A cohort: its name (that of its folder of results), its data, and its plan."""

    name: str
    data: Path
    plan: Path | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a cohort. `refused`: analysed, and its card is refused. `kept`: a run before
    has finished it. `problem` says why where it is not done, `attention` which cells of the data
    a person must look at now."""

    cohort: str
    state: State
    problem: str | None = None
    attention: tuple[str, ...] = ()


Told = Callable[[int, int, Outcome | None], None]
"""Told how many cohorts are finished, of how many, and what became of the last."""


# --- Which cohorts ----------------------------------------------------------------------------


def jobs(sources: Iterable[Path], plan: Path | None = None) -> tuple[Job, ...]:
    """The cohorts of files and folders, by name.

    A folder with data.csv (or another ending) is one cohort; in any other, each folder with data
    and each file of measurements. The plan of a file `clinic.csv` is `clinic.toml` beside it, that
    of a folder its plan.toml; else `plan`.
    Errors: UsageError for a source that is not there or has no cohorts, and for two cohorts of one name.
    """
    found: dict[str, Job] = {}
    for source in sources:
        if not source.exists():
            raise UsageError(
                "there is no such file or folder",
                where=str(source),
                fix="name one that exists",
            )
        here = list(_of_folder(source, plan) if source.is_dir() else [_of_file(source, plan)])
        if not here:
            raise UsageError(
                "there is no cohort",
                where=str(source),
                fix="name a folder that holds folders with data.csv and plan.toml",
            )
        for job in here:
            if job.name in found:
                raise UsageError(
                    f"two cohorts are named {job.name}",
                    where=f"{found[job.name].data} and {job.data}",
                    fix="give one of them another name: their results need folders of their own",
                )
            found[job.name] = job
    return tuple(found[name] for name in sorted(found))


def _of_folder(folder: Path, plan: Path | None) -> Iterator[Job]:
    if _has_data(folder):
        yield _job(folder, plan)
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and _has_data(path):
            yield _job(path, plan)
        elif path.is_file() and _ending(path):
            yield _of_file(path, plan)


def _has_data(folder: Path) -> bool:
    return any((folder / f"{DATA}{ending}").is_file() for ending in ENDINGS)


def _job(folder: Path, plan: Path | None) -> Job:
    own = folder / PLAN
    return Job(name=folder.resolve().name, data=folder, plan=own if own.is_file() else plan)


def _of_file(path: Path, plan: Path | None) -> Job:
    name = path.name.removesuffix(_ending(path))
    beside = path.with_name(f"{name}.toml")
    return Job(name=name, data=path, plan=beside if beside.is_file() else plan)


def _ending(path: Path) -> str:
    """The ending of a file of measurements; empty for any other file."""
    fitting = [ending for ending in ENDINGS if path.name.lower().endswith(ending)]
    return max(fitting, key=len, default="")


# --- The work ---------------------------------------------------------------------------------


class Task(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A cohort on its way to a working process. `code` is the hash of the program that sent it;
    `folder` is where finished sections may be kept (None: on another machine)."""

    ready: Ready
    code: str
    folder: Path | None


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a working process gives back: the files, or why there are none."""

    files: dict[str, bytes] = {}
    refusals: tuple[str, ...] = ()
    problem: str | None = None


def make(task: Task) -> Made:
    """The files of a cohort. Never raises: what went wrong is told."""
    if code_hash(*LAYERS) != task.code:
        return Made(problem="the working process runs another version of the program")
    try:
        kept = None if task.folder is None else Folder(task.folder, task.ready.made_from).keep
        card, files = outcome_files(task.ready.results(keep=kept), load())
    except UserError as error:
        return Made(problem=str(error))
    except Exception as error:
        return Made(problem=f"a fault of the program: {type(error).__name__}")
    return Made(files=files, refusals=tuple(one.reason for one in card.refusals))


def analyse_all(
    cohorts: Iterable[Job],
    out: Path,
    *,
    processes: int | None = None,
    scheduler: str | None = None,
    told: Told | None = None,
) -> tuple[Outcome, ...]:
    """The results of every cohort in a folder of its name below `out`, and a summary of them.

    `processes` is how many work here (all cores without it), `scheduler` the address of a Dask
    cluster that works instead. The summary has the cohorts in the order of their names.
    Errors: UsageError where Dask is not installed and where results would be written over data, InputError where the cluster or the folder
    cannot be reached, UserError where a working process was ended from outside.
    """
    todo, found = sorted(cohorts, key=lambda job: job.name), dict[str, Outcome]()
    for job in todo:
        check_apart(job.data, out / job.name)

    def note(outcome: Outcome) -> None:
        found[outcome.cohort] = outcome
        if told is not None:
            told(len(found), len(todo), outcome)

    if told is not None:
        told(0, len(todo), None)
    count = min(processes or os.cpu_count() or 1, max(len(todo), 1))
    with _executor(count, scheduler) as pool:
        try:
            for outcome in _shared(pool, todo, out, is_here=scheduler is None):
                note(outcome)
        except BrokenProcessPool:
            raise UserError(
                "A working process was ended from outside, perhaps for want of memory.",
                where=str(out),
                fix="run it again with fewer --processes; finished cohorts are kept",
            ) from None
    outcomes = tuple(found[job.name] for job in todo)
    Folder(out, "summary").finish({SUMMARY: to_pretty_json(outcomes)})
    return outcomes


def _shared(
    pool: Executor, todo: Iterable[Job], out: Path, *, is_here: bool
) -> Iterator[Outcome]:
    """Each cohort's outcome as it comes; a few are under way at a time."""
    knowledge, code = load(), code_hash(*LAYERS)
    waiting: dict[Future[Made], tuple[Job, Ready]] = {}
    for job in todo:
        prepared = _prepared(job, out, knowledge)
        if isinstance(prepared, Outcome):
            yield prepared
            continue
        folder = out / job.name if is_here else None
        task = Task(ready=prepared, code=code, folder=folder)
        waiting[pool.submit(make, task)] = (job, prepared)
        while len(waiting) >= _AT_ONCE or any(future.done() for future in waiting):
            yield from _finished(waiting, out)
    while waiting:
        yield from _finished(waiting, out)


def _prepared(job: Job, out: Path, knowledge: Knowledge) -> Ready | Outcome:
    """The cohort read and checked; its outcome where it cannot be, or is finished already."""
    try:
        found = ready(Asked(data=job.data, plan=job.plan), knowledge)
    except UserError as error:
        return Outcome(cohort=job.name, state=State.FAILED, problem=str(error))
    mark = out / _FINISHED / job.name
    is_there = (out / job.name / "results.json").is_file() and mark.is_file()
    if is_there and mark.read_text("utf-8") == found.made_from:
        return Outcome(cohort=job.name, state=State.KEPT, attention=found.attention)
    return found


def _finished(waiting: dict[Future[Made], tuple[Job, Ready]], out: Path) -> Iterator[Outcome]:
    """Write what is done next, and say what became of it."""
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        job, prepared = waiting.pop(future)
        yield _written(job, prepared, future.result(), out)


def _written(job: Job, prepared: Ready, made: Made, out: Path) -> Outcome:
    if made.problem is not None:
        state, problem = State.FAILED, made.problem
    else:
        Folder(out / job.name, prepared.made_from).finish(made.files)
        mark = {job.name: prepared.made_from.encode()}
        Folder(out / _FINISHED, "marks").finish(mark)
        state = State.REFUSED if made.refusals else State.DONE
        problem = "; ".join(made.refusals) or None
    return Outcome(cohort=job.name, state=state, problem=problem, attention=prepared.attention)


# --- Who works --------------------------------------------------------------------------------


@contextmanager
def _executor(processes: int, scheduler: str | None) -> Generator[Executor]:
    """Working processes of this machine, or of a cluster."""
    if scheduler is not None:
        with _cluster(scheduler) as pool:
            yield pool
        return
    if processes == 1:
        yield _Here()
        return
    others = set(active_children())
    pool = ProcessPoolExecutor(
        processes, mp_context=starting(), initializer=_begin, initargs=(os.getpid(),)
    )
    # Begun now, before anything is read: a fork takes along what is open and what is running.
    pool.submit(os.getpid)
    try:
        yield pool
    except KeyboardInterrupt:
        # What they are at would take its time; the sections they have finished are kept.
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Here(Executor):
    """Everything is done in this process, when it is asked for."""

    def submit(  # pyright: ignore[reportIncompatibleMethodOverride]  # the same, positional alone
        self, fn: Callable[[Task], Made], task: Task, /
    ) -> Future[Made]:
        """The task, done."""
        future: Future[Made] = Future()
        future.set_result(fn(task))
        return future


def _begin(parent: int) -> None:
    """Begin a process: Ctrl-C is the business of the one that began it, and its end is ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)


@contextmanager
def _cluster(address: str) -> Generator[Executor]:
    """The processes of a Dask cluster.

    Errors: UsageError where Dask is not installed and where results would be written over data, InputError where nobody answers.
    """
    try:
        import distributed
    except ImportError:
        raise UsageError(
            "Dask is not installed",
            where="--scheduler",
            fix="install rapport with its extra: rapport[cluster]",
        ) from None
    try:
        client = cast(Any, distributed).Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise InputError(
            "no Dask scheduler answers",
            where=address,
            fix="start one with: dask scheduler; its address looks like tcp://10.0.0.1:8786",
        ) from None
    with client, client.get_executor(pure=False, retries=1) as pool:
        yield pool


def counted(outcomes: Iterable[Outcome]) -> Mapping[State, int]:
    """How many cohorts there are of each state that occurs."""
    found: dict[State, int] = {}
    for one in outcomes:
        found[one.state] = found.get(one.state, 0) + 1
    return found
