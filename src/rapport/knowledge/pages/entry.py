"""One entry in Markdown, whatever its kind: first how far it can be trusted, then what it says."""

import msgspec

from rapport.core.encoding import to_pretty_json
from rapport.knowledge.entries import (
    KIND_IN_WORDS,
    checked_words,
    verification_words,
    warning_words,
)
from rapport.knowledge.instrument import Instrument
from rapport.knowledge.model import (
    CaseDefinition,
    DesignLimit,
    Entry,
    EntryRule,
    KnowledgeSource,
    RuleFile,
    SentenceExample,
    SentenceExampleOfStrength,
    Topic,
    WordingGuard,
    WordingLevel,
    WordingRule,
)
from rapport.knowledge.pages.definition import definition_lines
from rapport.knowledge.pages.instrument import instrument_lines
from rapport.knowledge.pages.markdown import bullets, code, paragraph, plain, titled, unescaped
from rapport.knowledge.pages.practice import practice_lines


def section(kind: str, entry: Entry, *, depth: int = 2) -> list[str]:
    """The lines of one entry on a page: heading, any warning, standing, what it says, sources."""
    heading = f'{"#" * depth} <a id="{entry.id}"></a>{plain(entry.title)}'
    return [heading, "", *_warning(entry), *_about(kind, entry)]


def entry_text(kind: str, entry: Entry) -> str:
    """The entry for a terminal: any warning before anything else, then as on its page."""
    lines = [*_warning(entry), f"# {plain(entry.title)}", "", *_about(kind, entry)]
    return unescaped("\n".join(lines).rstrip() + "\n")


def _about(kind: str, entry: Entry) -> list[str]:
    return [
        *standing(kind, entry),
        *paragraph(plain(entry.why)),
        *_body(entry),
        *titled("Notes", bullets(plain(note) for note in entry.notes)),
        *titled("Sources", bullets(_source(each) for each in entry.sources)),
    ]


def _warning(entry: Entry) -> list[str]:
    warning = warning_words(entry)
    return [f"> **{warning}**", ""] if warning else []


def standing(kind: str, entry: Entry) -> list[str]:
    """How far the entry can be trusted: verification, checker, dates, version, licence."""
    return paragraph(
        f"{code(entry.id)}: {KIND_IN_WORDS.get(kind, kind)}, version {entry.version}.",
        f"Verification: {verification_words(entry)}; {checked_words(entry)}.",
        f"Written by {plain(entry.authored_by)}, reviewed on {entry.reviewed_on},",
        f"next review by {entry.review_by}. {entry.licence}.",
    )


def _source(source: KnowledgeSource) -> str:
    url = f"<{source.url}>" if source.url else ""
    doi = f"doi {source.doi}" if source.doi else ""
    where = " ".join(each for each in (url, doi) if each)
    return f"{plain(source.what)}: {where}" if where else plain(source.what)


def _body(entry: Entry) -> list[str]:
    match entry:
        case CaseDefinition():
            return [*definition_lines(entry), *_sentences(entry.examples)]
        case EntryRule():
            return _rule(entry)
        case DesignLimit():
            return _limit(entry)
        case WordingLevel() | WordingGuard():
            words = ", ".join(plain(word) for word in entry.words)
            return [*paragraph(f"Words: {words}."), *_strengths(entry.examples)]
        case WordingRule():
            return _wording_rule(entry)
        case Topic():
            return _topic(entry)
        case RuleFile() | Instrument():
            return _loaded_apart(entry)
        case _:
            lines = practice_lines(entry)
            return _as_data(entry) if lines is None else lines


def _loaded_apart(entry: RuleFile | Instrument) -> list[str]:
    if isinstance(entry, Instrument):
        return instrument_lines(entry)
    return paragraph(f"The rules stand in {code(entry.file)}, with their examples.")


def _rule(rule: EntryRule) -> list[str]:
    stands_for = (
        f"{code('{' + name + '}')}: {', '.join(code(each) for each in ids)}"
        for name, ids in rule.placeholders.items()
    )
    return [
        *paragraph(
            f"Shape of the sentence: {code(rule.pattern)}.", f"Decision: **{rule.decision}**."
        ),
        *titled("Stands for", bullets(stands_for)),
        *_sentences(rule.examples),
    ]


def _sentences(examples: tuple[SentenceExample, ...]) -> list[str]:
    return titled("Examples", bullets(_sentence(each) for each in examples))


def _sentence(example: SentenceExample) -> str:
    ids = ", ".join(code(name) for name in example.definitions)
    references = "; ".join(
        f"reference {label}: {plain(text)}" for label, text in example.references.items()
    )
    said = f"“{plain(example.text)}” ({example.section}) → **{example.decision.value}**"
    return "; ".join(each for each in (said, ids, references) if each)


def _limit(limit: DesignLimit) -> list[str]:
    level = limit.highest_level
    highest = (
        f"Highest level of wording: **{level}**."
        if level is not None
        else f"Highest level: that of the included studies; {limit.level_if_not_stated} if not stated."
    )
    return [
        *paragraph(f"Also named: {', '.join(plain(name) for name in limit.names)}.", highest),
        *titled("It cannot prove", bullets(plain(each) for each in limit.cannot_prove)),
        *titled("Wording it carries", bullets(plain(each) for each in limit.wording_allowed)),
        *titled("Wording to flag", bullets(plain(each) for each in limit.wording_to_flag)),
        *_strengths(limit.examples),
    ]


def _strengths(examples: tuple[SentenceExampleOfStrength, ...]) -> list[str]:
    return titled(
        "Examples",
        bullets(
            f"“{plain(each.text)}” → level {each.level}"
            + (f", **{each.verdict}**" if each.verdict else "")
            for each in examples
        ),
    )


def _wording_rule(rule: WordingRule) -> list[str]:
    examples = (
        f"“{plain(each.text)}” ({each.design.value}) → **{each.verdict or 'says nothing'}**"
        for each in rule.examples
    )
    return [
        *paragraph(f"Verdict: **{rule.verdict}**.", f"Reason given: {plain(rule.reason)}"),
        *_only_where(rule),
        *titled("Examples", bullets(examples)),
    ]


def _only_where(rule: WordingRule) -> list[str]:
    """What of the whole text decides, in words."""
    said = [
        f"Looked for in the {' and the '.join(rule.parts)} only." if rule.parts else "",
        "Only where a cause is named that no result names." if rule.above_results else "",
        f"In a study of fewer than {rule.enough_people} people always so."
        if rule.enough_people
        else "",
        f"**{rule.elsewhere_verdict}** where other words of the same text say so."
        if rule.elsewhere_verdict
        else "",
    ]
    return paragraph(" ".join(filter(None, said))) if any(said) else []


def _topic(topic: Topic) -> list[str]:
    classes = (f"{code(each.id)}: {plain(each.name)}" for each in topic.classes)
    examples = (
        f"“{plain(each.text)}” → **{each.topic_class or 'off-topic'}**"
        for each in topic.examples
    )
    return [
        *titled("Classes", bullets(classes)),
        *titled("Examples", bullets(examples)),
    ]


def _as_data(entry: Entry) -> list[str]:
    """What the entry adds to its header, as JSON: for kinds without a drawing of their own."""
    header = {field.name for field in msgspec.structs.fields(Entry)}
    own = {
        field.name: getattr(entry, field.name)
        for field in msgspec.structs.fields(entry)
        if field.name not in header
    }
    return ["```json", *to_pretty_json(own).decode().splitlines(), "```", ""]
