"""`rapport`: runs a command; a UserError ends it with one message and its exit status."""

import os
import sys

from rapport.core.errors import UsageError, UserError
from rapport.store.away import away

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""What tells the libraries of linear algebra to use one thread, read when numpy is loaded.

The matrices here are small: several threads cost more than they bring, by a factor of ten where
other work is going on. And one thread adds up in one order, so the same data give the same bytes.
"""

_STOPPED = 130
"""What typer ends with at Ctrl-C; here, that is a 1."""


def main() -> None:
    """Run the command line; exit 0 done, 1 refused or found problems, 2 wrong usage or input."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    # Imported here: the server's worker processes import this module and need no commands.
    from rapport.cli.app import app

    try:
        app()
    except SystemExit as ending:
        if ending.code != _STOPPED:
            raise
        _say_stopped()
    except KeyboardInterrupt:
        _say_stopped()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        sys.stderr.write(f"rapport: {told}\n")
        sys.exit(told.exit_status)


def _told(error: Exception) -> UserError | None:
    """What a person is told; None for a fault of the program, which keeps its traceback."""
    if isinstance(error, UserError):
        return error
    code = away(error)
    if code is None:
        return None
    return UsageError(
        "The database cannot be used right now. What was not finished is as before.",
        where=f"--store or DATABASE_URL ({code})",
        fix="see that it runs, has room and is not kept by another program; then run the "
        "command again",
    )


def _say_stopped() -> None:
    sys.stderr.write("rapport: stopped. What was finished is kept; run it again to go on.\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
