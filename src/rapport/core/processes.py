"""How working processes begin and end: at once where that is safe, and never as orphans."""

import os
import sys
import threading
import time
from multiprocessing import get_context
from multiprocessing.context import BaseContext


def starting() -> BaseContext:
    """Fork where it is safe (Linux, a single thread): workers are there at once; else spawn."""
    may_fork = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork" if may_fork else "spawn")


def end_with(parent: int) -> None:
    """Have this process end when that one is gone, killed too hard to say so."""
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
