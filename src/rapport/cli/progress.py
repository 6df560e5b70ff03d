"""Progress on standard error: a bar on a terminal, nothing elsewhere."""

from typing import Any, Self


class Shown:
    """A bar a task, shown as soon as something of it is done. A context manager.

    No refreshing thread: work may start processes by forking, which wants a single thread.
    """

    def __init__(self) -> None:
        # Imported here, as other commands need not wait for it.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(stderr=True)
        self._bar: Any = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            auto_refresh=False,
            transient=True,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, Any] = {}

    def step(self, what: str, done: int, total: int | None) -> None:
        """Show that `done` of `total` is done (None: it is not known of how many)."""
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        self._bar.update(self._tasks[what], completed=done, total=total, refresh=True)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
