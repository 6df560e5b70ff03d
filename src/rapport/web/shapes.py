"""The shapes of the site's data: what the JSON of each page holds."""

import msgspec

from rapport.evidence.release.difference import CardChange
from rapport.evidence.release.manifest import Counts
from rapport.knowledge.model import CaseDefinition
from rapport.web.accuracy import Accuracy
from rapport.web.content import Passage, Term
from rapport.web.silence import Silence


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The home page: the release, its counts, and where everything else is.

    `badges`: badge -> number of cards. `addresses`: what -> its address on this site.
    """

    release: str
    as_of: str | None
    software: str
    reader: str
    knowledge: str
    cards: int
    badges: dict[str, int]
    not_stated_share: float | None
    records: Counts
    addresses: dict[str, str]


class DefinitionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case definition in the list; `cards` is how many cards name it in their entry rule."""

    id: str
    name: str
    short_name: str
    year: int | None
    pem: str
    verification: str
    checked_by: str
    cards: int
    page: str
    data: str


class DefinitionList(msgspec.Struct, frozen=True, kw_only=True):
    """Every case definition of the knowledge base."""

    knowledge: str
    definitions: tuple[DefinitionRow, ...]


class DefinitionData(msgspec.Struct, frozen=True, kw_only=True):
    """One case definition as the knowledge base holds it, and its use in this release."""

    definition: CaseDefinition
    cards: int
    badges: dict[str, int]
    search: str


class Passages(msgspec.Struct, frozen=True, kw_only=True):
    """The passages of a page of text."""

    passages: tuple[Passage, ...]


class Glossary(msgspec.Struct, frozen=True, kw_only=True):
    """Words and what they mean here."""

    terms: tuple[Term, ...]


class LookRow(msgspec.Struct, frozen=True, kw_only=True):
    """A look with its name and what it is like."""

    id: str
    name: str
    about: str


class LookList(msgspec.Struct, frozen=True, kw_only=True):
    """The looks a reader can choose."""

    looks: tuple[LookRow, ...]


class GateChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What can be sent to be judged: field -> value -> its words. Only `design` is needed."""

    most_characters: int
    choices: dict[str, dict[str, str]]


class ReleaseName(msgspec.Struct, frozen=True, kw_only=True):
    """A release by its content hash, and the date it speaks for, if it was made for one."""

    release: str
    as_of: str | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What changed since the release `before`; null where the site shows one release only.

    `counts`: what became of cards -> how many; `causes`: cause -> changed cards for which it may be it.
    `changes` are those of one page of the cards that `what` names.
    """

    before: ReleaseName | None
    now: ReleaseName
    counts: dict[str, int] = {}
    unchanged: int = 0
    causes: dict[str, int] = {}
    what: str = ""
    page: int = 1
    pages: int = 1
    changes: tuple[CardChange, ...] = ()


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is not what was asked for."""

    status: int
    problem: str
    fix: tuple[str, ...]


class GetsWrong(msgspec.Struct, frozen=True, kw_only=True):
    """Measured accuracy (empty: not measured yet), silence by field, and weak spots in words.

    `untested_definitions` are the ids of those by which no labelled study took people in.
    """

    accuracy: tuple[Accuracy, ...]
    untested_definitions: tuple[str, ...]
    silence: Silence
    weak_spots: tuple[str, ...]
