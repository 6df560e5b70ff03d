"""Reference pages drawn from the code: commands, JSON shapes, vocabularies."""

import enum
import inspect
from types import ModuleType

import msgspec
import typer
import typer.core

import rapport.core.vocabulary as vocabulary
from rapport.cards import facts, stated, study_card
from rapport.cli.app import app
from rapport.core import dates, ids, spans
from rapport.evidence import publication
from rapport.evidence.read import reading
from rapport.scoring import check_in, results

HEAD = "<!-- Drawn from the code by scripts/generate.py; edit the code, not this page. -->\n"


def commands_page() -> str:
    """Every command with its help, as a Markdown page."""
    lines = [HEAD, "# Commands", ""]
    lines += [
        "Data on standard output, talk on standard error. Exit 0: done; 1: refused or found",
        "problems; 2: wrong usage or unreadable input.",
        "",
    ]
    for name, command in walk(typer.main.get_command(app), "rapport"):
        context = typer.Context(
            command, info_name=name, max_content_width=92, terminal_width=92
        )
        usage = " ".join(command.collect_usage_pieces(context))
        lines += [f"## `{name}`", "", f"`{name} {usage}`", ""]
        lines += [inspect.cleandoc(command.help or "").replace("\b\n", ""), ""]
        lines += options(command, context)
    return "\n".join(lines).rstrip() + "\n"


def walk(
    command: typer.core.TyperCommand, name: str
) -> list[tuple[str, typer.core.TyperCommand]]:
    """Every runnable command below `command`, by its full name, in alphabetical order."""
    if not isinstance(command, typer.core.TyperGroup):
        return [(name, command)]
    context = typer.Context(command, info_name=name)
    children = sorted(command.list_commands(context))
    found = [(child, command.get_command(context, child)) for child in children]
    return [leaf for child, sub in found for leaf in walk(sub, f"{name} {child}")]


def options(command: typer.core.TyperCommand, context: typer.Context) -> list[str]:
    """The command's options as a table, without --help."""
    rows = []
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None and "--help" not in record[0]:
            rows.append("| " + " | ".join(escape(part) for part in record) + " |")
    return ["| option | |", "|---|---|", *rows, ""] if rows else []


def escape(text: str) -> str:
    """Text for a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def shapes_page() -> str:
    """Every JSON shape and vocabulary that crosses a border, as a Markdown page."""
    lines = [HEAD, "# JSON shapes", ""]
    lines += ["A field that is not stated is left out. Fields are added, never renamed.", ""]
    shown = (
        reading,
        facts,
        stated,
        study_card,
        publication,
        ids,
        spans,
        dates,
        results,
        check_in,
    )
    for module in shown:
        lines += [f"## {module.__name__}", "", inspect.getdoc(module) or "", ""]
        for shape in structs(module):
            lines += [f"### {shape.__name__}", "", inspect.getdoc(shape) or "", ""]
            lines += ["| field | type | when left out |", "|---|---|---|"]
            lines += [field_row(field) for field in msgspec.structs.fields(shape)]
            lines += [""]
    lines += ["## Vocabularies", ""]
    for values in enums(vocabulary):
        lines += [f"### {values.__name__}", "", inspect.getdoc(values) or "", ""]
        lines += [", ".join(f"`{value.value}`" for value in values), ""]
    return "\n".join(lines).rstrip() + "\n"


def structs(module: ModuleType) -> list[type[msgspec.Struct]]:
    """The public structs that a module itself defines, in the order it defines them."""
    return [
        value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]


def enums(module: ModuleType) -> list[type[enum.StrEnum]]:
    """The vocabularies that a module defines, in its order."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, enum.StrEnum)
        and value.__module__ == module.__name__
    ]


def field_row(field: msgspec.structs.FieldInfo) -> str:
    """A field as a row: its name in JSON, its type, and what its absence means."""
    if field.required:
        absent = "always there"
    elif field.default is None:
        absent = "not stated"
    elif field.default is not msgspec.NODEFAULT:
        absent = f"`{field.default}`" if field.default != () else "none"
    else:
        absent = "none"
    return f"| `{field.encode_name}` | {type_name(field.type)} | {absent} |"


def type_name(annotation: object) -> str:
    """A type as people write it, without module names."""
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    words = [
        word.rsplit(".", 1)[-1] for word in text.replace("[", " [ ").replace("]", " ] ").split()
    ]
    return escape(
        " ".join(words).replace(" [ ", "[").replace(" ]", "]").replace(", ...", ", …")
    )
