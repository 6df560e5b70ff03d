"""Reference pages in Markdown, drawn from the knowledge base, so that page and data agree."""

from collections.abc import Callable, Iterable, Iterator

from rapport.knowledge.entries import checked_words, entries, verification_words
from rapport.knowledge.instrument import Instrument
from rapport.knowledge.model import CaseDefinition, Entry, Knowledge
from rapport.knowledge.pages.definition import PEM_IN_WORDS
from rapport.knowledge.pages.entry import section
from rapport.knowledge.pages.markdown import code, page, paragraph, plain, table

_SAID = (
    "Every entry says where it comes from, how far that was read, when it is due for review and "
    "whether a second person has checked it."
)


def definitions_page(knowledge: Knowledge) -> str:
    """Every case definition: whether it requires PEM, its logic, its people, its sources."""
    listed = list(knowledge.definitions.values())
    unverified = sum(not each.is_verified for each in listed)
    lines = paragraph(
        f"{len(listed)} case definitions and what stands in their place.",
        f"{unverified} of them are not verified: they say so, and nothing should rest on them.",
        _SAID,
    )
    lines += table(
        ("id", "year", "post-exertional malaise", "months, adult / child", "verification"),
        (_definition_row(each) for each in listed),
    )
    return page("Case definitions", [*lines, *_sections("definitions", listed)])


def _definition_row(definition: CaseDefinition) -> tuple[str, ...]:
    months = (definition.adult_months, definition.paediatric_months)
    return (
        f"[{definition.id}](#{definition.id})",
        str(definition.year or "–"),
        PEM_IN_WORDS[definition.pem.status],
        " / ".join("–" if each is None else f"{each:g}" for each in months),
        ("" if definition.is_verified else "**NOT VERIFIED** – ")
        + f"{verification_words(definition)}; {checked_words(definition)}",
    )


def entry_rules_page(knowledge: Knowledge) -> str:
    """Every rule for reading how participants entered, by category, with its examples."""
    lines = paragraph(
        "How a sentence about entry is read. The examples are made up, and are run as tests.",
        _SAID,
    )
    categories = dict.fromkeys(rule.category for rule in knowledge.entry_rules.values())
    for category in categories:
        lines += [f"## {category.replace('_', ' ').capitalize()}", ""]
        rules = [r for r in knowledge.entry_rules.values() if r.category == category]
        lines += _sections("entry_rules", rules, depth=3)
    return page("Rules for reading who was studied", lines)


def designs_page(knowledge: Knowledge) -> str:
    """Every design: what it cannot prove and how strongly it may be worded."""
    lines = paragraph(
        "What each design cannot prove, and the highest level of wording it carries.",
        "The levels are a proposal of this project, not a published scale.",
        _SAID,
    )
    lines += table(
        ("id", "designs", "kinds", "highest level"),
        (
            (
                f"[{each.id}](#{each.id})",
                ", ".join(code(design) for design in each.designs) or "–",
                ", ".join(code(kind) for kind in each.kinds) or "–",
                _highest(each.highest_level, each.level_if_not_stated),
            )
            for each in knowledge.designs.values()
        ),
    )
    sections = _sections("designs", knowledge.designs.values())
    return page("Study designs and their limits", [*lines, *sections])


def _highest(level: int | None, otherwise: int | None) -> str:
    if level is not None:
        return str(level)
    return f"that of the included studies; {otherwise} if not stated"


def wording_page(knowledge: Knowledge) -> str:
    """The nine levels of wording, what changes a level, and the rules of the gate."""
    levels = sorted(knowledge.wording_levels.values(), key=lambda each: each.level)
    lines = paragraph(
        "How strongly a sentence words a link, from 0 to 8.",
        "People are told three bands only: association (0-3), may (4-5), causes (6-8).",
        _SAID,
    )
    lines += ["## Levels", "", *_sections("wording_levels", levels, depth=3)]
    guards = _sections("wording_guards", knowledge.wording_guards.values(), depth=3)
    rules = _sections("wording_rules", knowledge.wording_rules.values(), depth=3)
    lines += ["## Words that change what is claimed", "", *guards]
    lines += ["## Ways of saying too much", "", *rules] if rules else []
    return page("Wording", lines)


def topics_page(knowledge: Knowledge) -> str:
    """What each atlas is about: its classes of studies and the words that find them."""
    lines = paragraph("What an atlas takes in, and as what.", _SAID)
    return page("Topics", [*lines, *_sections("topics", knowledge.topics.values())])


def collisions_page(knowledge: Knowledge) -> str:
    """The sentences in which words look like the name of a definition and are not one."""
    collisions = knowledge.collisions
    if collisions is None:
        return page("Collisions", ["There are none."])
    rows = (
        (plain(each.text), ", ".join(code(name) for name in each.looks_like), plain(each.why))
        for each in collisions.sentences
    )
    lines = [*paragraph(plain(collisions.why)), *paragraph(f"{checked_words(collisions)}.")]
    lines += table(("sentence", "does not name", "because"), rows)
    return page("Words that look like a definition's name", lines)


def instruments_page(knowledge: Knowledge) -> str:
    """Every questionnaire: how it is scored, or why it is not."""
    listed = list(knowledge.instruments.values())
    refused = sum(bool(each.incomplete) for each in listed)
    lines = paragraph(
        f"{len(listed)} questionnaires; {refused} of them are not scored, because their key is not "
        "verified: they say so, and nothing is guessed.",
        "Item texts are here only where their licence allows it. No score is a diagnosis.",
        _SAID,
    )
    lines += paragraph(
        "`rapport score ID ANSWERS.json` takes answers as `{item: value}`: numbers, or the answers "
        "in words. An item with parts is answered under `14f` and `14s`, or as "
        '`{"14": {"frequency": 2, "severity": 3}}`. What was not answered is left out, or null.'
    )
    lines += table(
        ("id", "questionnaire", "scores", "verification"),
        (_instrument_row(each) for each in listed),
    )
    return page("Questionnaires", [*lines, *_sections("instruments", listed)])


def _instrument_row(instrument: Instrument) -> tuple[str, ...]:
    made = [scale.id for scale in instrument.scales] + [each.id for each in instrument.findings]
    made += [key.definition for key in instrument.definitions]
    return (
        f"[{instrument.id}](#{instrument.id})",
        plain(instrument.name),
        "**not scored**" if instrument.incomplete else ", ".join(code(each) for each in made),
        verification_words(instrument),
    )


_PRACTICE = {
    "practice": (
        "Texts of the practice wing",
        "What people are asked to agree to, and what the screens say. Every word is this "
        "project's own; none was tested with patients yet.",
        ("challenges", "consents", "texts", "thresholds"),
    ),
    "evidence-register": (
        "Evidence register",
        "What is known of the relationship between people with ME/CFS and those who treat them, "
        "for and against, each in our own words, with what is still to be checked.",
        ("register",),
    ),
    "intervention-cards": (
        "Intervention cards",
        "One card for each challenge. Written by this project from the model of Stein and "
        "others, of which we know the abstract; not the authors' text.",
        ("cards",),
    ),
    "safety": (
        "Safety rules and country packs",
        "The tool detects nothing and treats nothing. It keeps help visible and gets out of the "
        "way. No clinician has reviewed the rules yet.",
        ("safety_rules", "red_flags", "countries"),
    ),
}


def _practice_page(name: str) -> Callable[[Knowledge], str]:
    title, about, kinds = _PRACTICE[name]

    def drawn(knowledge: Knowledge) -> str:
        lines = paragraph(about, _SAID)
        for kind, entry in entries(knowledge):
            if kind in kinds:
                lines += section(kind, entry)
        return page(title, lines)

    return drawn


PAGES: dict[str, Callable[[Knowledge], str]] = {
    "knowledge/definitions.md": definitions_page,
    "knowledge/entry-rules.md": entry_rules_page,
    "knowledge/designs.md": designs_page,
    "knowledge/wording.md": wording_page,
    "knowledge/topics.md": topics_page,
    "knowledge/collisions.md": collisions_page,
    "knowledge/instruments.md": instruments_page,
    **{f"knowledge/{name}.md": _practice_page(name) for name in _PRACTICE},
}
"""Path below docs/reference to the function that draws the page."""


def _sections(kind: str, listed: Iterable[Entry], *, depth: int = 2) -> Iterator[str]:
    for entry in listed:
        yield from section(kind, entry, depth=depth)
