"""LaTeX as it stands in BibTeX fields, and the text it prints."""

import re
from functools import cache
from typing import Any

import bibtexparser.middlewares as _untyped

_middlewares: Any = _untyped  # bibtexparser's types are partly unknown
_MARKED = re.compile(r"[\\$~]|``|''")
_BARE_PERCENT = re.compile(r"(?<!\\)%")


def latex_text(value: str) -> str:
    """The plain text of a field: accents and symbols as characters, braces taken out.

    A bare % is a per cent sign here, not LaTeX's comment that swallows the rest of an abstract.
    What cannot be understood as LaTeX stays as it is written.
    """
    if _MARKED.search(value) is None:
        return value.replace("{", "").replace("}", "").replace("---", "—").replace("--", "–")
    text, error = _decoder()(_BARE_PERCENT.sub(r"\\%", value))
    return value if error else text


@cache
def _decoder() -> Any:
    decoding = _middlewares.LatexDecodingMiddleware(keep_math_mode=False)
    # bibtexparser has no public way to decode a single string
    return decoding._transform_python_value_string
