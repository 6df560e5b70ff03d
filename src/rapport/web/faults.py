"""What the log says of a fault of the program: where and of which kind, and nobody's words.

The message of an error can hold what was sent (a database quotes the row it refuses), and an
address can hold a link that lets somebody in. Neither is written.
"""

import logging
from types import TracebackType

TYPES = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class PlacesOnly(logging.Formatter):
    """A line on the fault, then the places in the program, the outermost first."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without its message."""
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        route = getattr(match, "url_name", None) or "no route"
        code = getattr(record, "code", "")  # a database's own, which quotes nothing
        head = f"{record.levelname} {record.name} at {route} {code}".rstrip()
        return f"{head}\n{self.formatException(record.exc_info)}" if record.exc_info else head

    def formatException(self, ei: TYPES) -> str:  # noqa: N802  # the name is logging's
        """The places and the kinds of an error and of those that led to it."""
        return "\n".join(_lines(ei[1]))


def _lines(error: BaseException | None) -> list[str]:
    if error is None:
        return []
    cause = error.__cause__ or error.__context__
    found = [*_lines(cause), type(error).__qualname__]
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"  {code.co_filename}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return found
