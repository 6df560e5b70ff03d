"""`rapport score`: a person's answers to a questionnaire, as scores that say what they mean."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from rapport.cli.attention import listed
from rapport.core.encoding import to_json, to_pretty_json
from rapport.core.errors import InputError, UsageError
from rapport.knowledge.instrument import Instrument
from rapport.knowledge.load import instrument as key_of
from rapport.knowledge.load import instruments, load
from rapport.scoring.results import Scored
from rapport.scoring.score import Options
from rapport.scoring.score import score as scored


def score(
    instrument: Annotated[
        str,
        typer.Argument(help="An id: phq-9, cfq-11, dsq-pem, scc-p; docs/reference has all."),
    ],
    answers: Annotated[
        Path, typer.Argument(help='JSON: {"1": 2, "2": 0}; - for standard input.')
    ],
    threshold: Annotated[
        str | None,
        typer.Option(
            metavar="F/S",
            help="From which frequency and severity a symptom counts (2/2 if left out).",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="On one line; indented if left out.")
    ] = False,
) -> None:
    """Score answers: scores, missing items, bands, case definitions they fit. Never a diagnosis.

    Standard output gets JSON. A questionnaire whose key is not verified is refused (exit 1) with
    the reason.

    Example: rapport score dsq-pem answers.json
    """
    key = _instrument(instrument)
    found = scored(
        key,
        _answers(answers),
        load().definitions if key.definitions else {},
        Options(least=_least(threshold), other=key_of(key.other_side)),
        where=_where(answers),
    )
    sys.stdout.write((to_json(found) + b"\n" if as_json else to_pretty_json(found)).decode())
    for line in _told(found):
        sys.stderr.write(line + "\n")


def _instrument(name: str) -> Instrument:
    key = key_of(name)
    if key is None:
        raise UsageError(
            f"there is no questionnaire '{name[:40]}'",
            where="the first argument",
            fix=f"use one of {', '.join(sorted(instruments()))}",
        )
    return key


def _least(threshold: str | None) -> dict[str, int] | None:
    """The threshold as its two parts. Errors: UsageError for anything but two of 1 to 4."""
    if threshold is None:
        return None
    numbers = threshold.split("/")
    if len(numbers) != 2 or any(each not in ("1", "2", "3", "4") for each in numbers):
        raise UsageError(
            "the threshold is not two numbers from 1 to 4",
            where="--threshold",
            fix="write the least frequency and severity, as in 2/2",
        )
    return dict(zip(("f", "s"), map(int, numbers), strict=True))


def _where(file: Path) -> str:
    return "standard input" if str(file) == "-" else str(file)


def _answers(file: Path) -> dict[str, object]:
    """The answers in the file. Errors: InputError for what is not one JSON object of answers."""
    where = _where(file)
    try:
        data = sys.stdin.buffer.read() if where == "standard input" else file.read_bytes()
        content: Any = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object)
    except OSError as error:
        raise InputError(
            f"the answers cannot be read: {error.strerror or error}",
            where=where,
            fix="name a JSON file that exists",
        ) from None
    except _TwiceError as error:
        raise InputError(
            "an item is answered twice", where=f"{where}, item {error}", fix="keep one"
        ) from None
    except (ValueError, RecursionError):
        raise InputError(
            "the answers are not JSON in UTF-8",
            where=where,
            fix='write them as {"1": 2, "2": 0}',
        ) from None
    if not isinstance(content, dict):
        raise InputError(
            "the answers are not one object", where=where, fix='write them as {"1": 2, "2": 0}'
        )
    return cast("dict[str, object]", content)


class _TwiceError(Exception):
    """A name that stands twice in one object."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(name[:40])
        found[name] = value
    return found


def _told(found: Scored) -> list[str]:
    """What a person at the terminal is told beside the data; what needs somebody now comes first."""
    lines = listed(f"ITEM {each.item}: {each.says}" for each in found.attention)
    if found.check_in is not None and found.check_in.help:
        lines.append("S0: help is asked for before the next visit; this comes before any card")
    open_scales = [name for name, each in found.scores.items() if each.value is None]
    if open_scales:
        lines.append(f"no score, too few answers: {', '.join(open_scales)}")
    if found.research_only:
        lines.append(found.research_only)
    return lines
