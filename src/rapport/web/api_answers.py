"""What an operation of the data answers with, for its description."""

from typing import Any

import msgspec

from rapport.web import words
from rapport.web.shapes import Problem

SCHEMA = "#/components/schemas/{name}"


def answers(shape: type[msgspec.Struct]) -> dict[str, Any]:
    """The description of the answers: this shape, or a problem for each status of an error."""
    found = content(shape, "What was asked for.")
    wrong = {status: content(Problem, about) for status, about in words.STATUS.items()}
    return {"responses": {200: found, **wrong}}


def content(shape: type[msgspec.Struct], about: str) -> dict[str, Any]:
    """The description of one body of JSON."""
    schema = {"$ref": SCHEMA.format(name=shape.__name__)}
    return {"description": about, "content": {"application/json": {"schema": schema}}}
