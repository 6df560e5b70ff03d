"""Reference of results.json, drawn from its types: a JSON Schema, and the same as tables."""

import inspect
import json
from typing import Any

import msgspec
from pages.contracts import HEAD, escape

from rapport.cohort.analysis.results import Results
from rapport.cohort.data.codebook import Codebook


def schema(kind: Any, title: str) -> str:
    """The JSON Schema (2020-12) of a type, indented; what its types say of themselves inside."""
    found = msgspec.json.schema(kind)
    for one in found["$defs"].values():
        if "description" in one:
            one["description"] = inspect.cleandoc(one["description"])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps({**head, **found}, indent=1, ensure_ascii=False) + "\n"


def results_schema() -> str:
    """The schema of results.json."""
    return schema(Results, "results.json of rapport cohort analyse")


def codebook_schema() -> str:
    """The schema of codebook.json."""
    return schema(Codebook, "codebook.json of rapport cohort analyse")


def results_page() -> str:
    """Every object of results.json with its fields, as a Markdown page."""
    parts = msgspec.json.schema(Results)["$defs"]
    lines = [HEAD, "# results.json", ""]
    lines += [
        "What `rapport cohort analyse` writes, object by object, from the whole down. `null` means not",
        "known, not asked for, or refused. Fields are added, never renamed. The same as a JSON Schema:",
        "[results.schema.json](results.schema.json); of codebook.json: [codebook.schema.json](codebook.schema.json).",
        "",
    ]
    for name, one in parts.items():
        lines += [f"## {name}", "", inspect.cleandoc(one.get("description", "")), ""]
        if "enum" in one:
            lines += [", ".join(f"`{value}`" for value in one["enum"]), ""]
            continue
        needed = one.get("required", [])
        lines += ["| field | type | |", "|---|---|---|"]
        lines += [
            f"| `{field}` | {words(kind)} | {'always there' if field in needed else 'may be left out'} |"
            for field, kind in one["properties"].items()
        ]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def words(kind: dict[str, Any]) -> str:
    """A type of the schema as people write it."""
    return escape(_words(kind))


def _words(kind: dict[str, Any]) -> str:
    if "$ref" in kind:
        name = kind["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in kind:
        return " or ".join(_words(one) for one in kind["anyOf"])
    if "enum" in kind:
        return ", ".join(f"`{value}`" for value in kind["enum"])
    if "prefixItems" in kind:
        return f"[{', '.join(_words(one) for one in kind['prefixItems'])}]"
    if kind.get("type") == "array":
        return f"list of {_words(kind['items'])}"
    if kind.get("type") == "object":
        return f"by name: {_words(kind['additionalProperties'])}"
    return kind["type"]
