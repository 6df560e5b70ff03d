"""Each kind of record in words for the person: its heading, and its fields."""

import datetime
from enum import Enum
from typing import Any, cast

import msgspec

from rapport.practice.records.check_ins import CheckIn, Comment, HelpSeen, Result
from rapport.practice.records.coalition import (
    Action,
    Actor,
    ContactNote,
    DesiredResult,
    Letter,
    Match,
    Need,
    Plan,
    Request,
)
from rapport.practice.records.drafts import Draft
from rapport.practice.records.kept import Record
from rapport.practice.records.people import Consent, Profile, SafetyMark, Supporter
from rapport.practice.records.visits import (
    AfterVisit,
    Harm,
    Promise,
    Story,
    TwoDaysLater,
    Visit,
)

HEADINGS: dict[type[Record], str] = {
    Profile: "You",
    Supporter: "People who help you to answer",
    Consent: "What you agreed to",
    SafetyMark: "Marks for your safety",
    CheckIn: "Check-ins",
    Result: "What check-ins came to",
    HelpSeen: "When your wish for help was seen",
    Comment: "What you said about an entry",
    Visit: "Visits",
    AfterVisit: "After visits",
    TwoDaysLater: "Two days later",
    Harm: "What made things worse",
    Story: "Your story",
    Promise: "What was promised to you",
    Need: "What you need",
    DesiredResult: "What would be better",
    Match: "Services that were looked at",
    Actor: "People who share the work",
    Request: "What was asked of services",
    Action: "Who does what",
    ContactNote: "Notes of contacts",
    Plan: "Versions of your plan",
    Letter: "Letters",
    Draft: "What you began and did not save",
}
"""In the order of the page. A kind that is not here fails a test."""


def cells(record: msgspec.Struct) -> dict[str, str]:
    """The fields of a record in words, without those that say nothing."""
    found: dict[str, str] = {}
    for name in record.__struct_fields__:
        text = said(getattr(record, name))
        if text:
            found[name.replace("_", " ")] = text
    return found


def said(value: Any) -> str:
    """A value in words; empty for one that says nothing."""
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case datetime.datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case Enum():
            return str(value.value)
        case dict():
            pairs = cast("dict[Any, Any]", value).items()
            return "; ".join(f"{said(key)}: {said(each) or '-'}" for key, each in pairs)
        case tuple() | frozenset() | list():
            return "; ".join(sorted_if_set(cast("Any", value)))
        case msgspec.Struct():
            return "; ".join(f"{name}: {text}" for name, text in cells(value).items())
        case _:
            return str(value)


def sorted_if_set(values: Any) -> list[str]:
    """The values in words; those of a set in a steady order."""
    words = [said(each) for each in values]
    return sorted(words) if isinstance(values, frozenset) else words
