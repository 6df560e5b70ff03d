"""The processes that share the work: bounded queues, results in order, no orphans."""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Self, TypeVar

from rapport.core.errors import UserError
from rapport.core.processes import end_with, starting
from rapport.evidence.build.worker import Worker
from rapport.knowledge.model import Knowledge, Topic

T = TypeVar("T")
R = TypeVar("R")
Task = Callable[[Worker, list[T]], list[R]]

_worker: Worker | None = None


class Crew:
    """Runs tasks over batches, in this process or in several; a context manager."""

    def __init__(self, topic: Topic, knowledge: Knowledge, processes: int) -> None:
        self.processes = processes
        self.worker = Worker(topic, knowledge)
        self._pool = _pool(topic, knowledge, processes, self.worker) if processes > 1 else None
        if self._pool is not None:
            # Begun now, before the build opens files: a process that outlives a killed build for
            # a moment must not hold the build's lock.
            self._pool.submit(os.getpid)

    def each(self, task: "Task[T, R]", batches: Iterable[list[T]]) -> Iterator[list[R]]:
        """The results of `task` for each batch, in the order of the batches.

        At most a few batches a process are under way, so memory does not grow with their number.
        Raises: UserError if a process was ended from outside.
        """
        if self._pool is None:
            return (task(self.worker, batch) for batch in batches)
        return self._shared(self._pool, task, batches)

    def _shared(
        self, pool: ProcessPoolExecutor, task: "Task[T, R]", batches: Iterable[list[T]]
    ) -> Iterator[list[R]]:
        waiting: deque[Future[list[R]]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(_run, task, batch))
                if len(waiting) > 3 * self.processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise UserError(
                "A working process was ended from outside, perhaps for want of memory.",
                where="rapport atlas build",
                fix="run it again with fewer --processes; what was read is kept",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _pool(
    topic: Topic, knowledge: Knowledge, processes: int, worker: Worker
) -> ProcessPoolExecutor:
    global _worker
    context = starting()
    forked = context.get_start_method() == "fork"
    _worker = worker if forked else None  # a forked process finds it ready
    return ProcessPoolExecutor(
        processes,
        mp_context=context,
        initializer=_start,
        initargs=(os.getpid(), None if forked else (topic, knowledge)),
    )


_NEW_OBJECTS_BETWEEN_COLLECTIONS = 200_000


def _start(parent: int, made_of: tuple[Topic, Knowledge] | None) -> None:
    """Begin a process: Ctrl-C is the parent's business, and the parent's end is ours."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    if made_of is not None:
        _worker = Worker(*made_of)
    # The rules stay until the process ends, and records are trees that need no collector to be
    # freed: it need not walk the first, nor look at the second all the time.
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS_BETWEEN_COLLECTIONS)


def _run(task: "Task[T, R]", batch: list[T]) -> list[R]:
    if _worker is None:
        raise RuntimeError("the process was not begun")
    return task(_worker, batch)
