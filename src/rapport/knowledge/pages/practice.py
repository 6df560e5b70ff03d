"""Entries of the practice wing in Markdown: texts, cards, findings, safety rules, packs."""

from collections.abc import Callable
from typing import Any

from rapport.knowledge.header import Entry
from rapport.knowledge.pages.markdown import bullets, code, paragraph, plain, titled
from rapport.knowledge.practice import (
    Challenges,
    Consent,
    Contact,
    CountryPack,
    InterventionCard,
    PracticeText,
    RedFlags,
    RegisterEntry,
    SafetyRule,
    ThresholdSet,
    Work,
)


def practice_lines(entry: Entry) -> list[str] | None:
    """What an entry of the practice wing says below its header; None for any other entry."""
    for kind, drawn in _DRAWN.items():
        if isinstance(entry, kind):
            return drawn(entry)
    return None


def _list(title: str, lines: tuple[str, ...]) -> list[str]:
    return titled(title, bullets(plain(each) for each in lines))


def _consent(entry: Consent) -> list[str]:
    return [
        *paragraph(f"Kind: {code(entry.kind)}, for {plain(entry.per)}."),
        *paragraph(f"**{plain(entry.asks)}**"),
        *bullets(plain(each) for each in entry.says),
        "",
        *paragraph(f"Answers: “{plain(entry.yes)}”, “{plain(entry.no)}”."),
        *paragraph(f"Taken back: {plain(entry.ends)}"),
        *_list("What cannot be erased", entry.stays),
    ]


def _text(entry: PracticeText) -> list[str]:
    return [
        *paragraph(f"For the {entry.audience.value}."),
        *_named("Passages", entry.passages),
        *_named("Lines", entry.lines),
    ]


def _named(title: str, texts: dict[str, str]) -> list[str]:
    return titled(
        title, bullets(f"{code(name)}: {plain(text)}" for name, text in texts.items())
    )


def _challenges(entry: Challenges) -> list[str]:
    rows = (
        f"{each.number}. {plain(each.name)} → {plain(each.intervention)}. "
        f"For the person: “{plain(each.label)}”. "
        f"For the practitioner: “{plain(each.practitioner_label)}”."
        for each in entry.challenges
    )
    return [*bullets(rows), ""]


def _thresholds(entry: ThresholdSet) -> list[str]:
    rows = (
        f"{code(name)} = {getattr(entry, name):g}: {plain(meaning)}. "
        f"Basis: {plain(entry.basis.get(name, 'not said'))}."
        for name, meaning in entry.meaning.items()
    )
    return [*bullets(rows), ""]


def _finding(entry: RegisterEntry) -> list[str]:
    note = f" ({plain(entry.pem_note)})" if entry.pem_note else ""
    return [
        *paragraph(f"Design: {code(entry.design)}. PEM: **{entry.pem.value}**{note}."),
        *paragraph(f"People: {plain(entry.people)}." if entry.people else None),
        *_list("Finding, in our own words", entry.finding),
        *titled("Works", bullets(_work(each) for each in entry.works)),
        *_to_check(entry),
    ]


def _work(work: Work) -> str:
    names = (("doi", work.doi), ("PMID", work.pmid), ("", work.pmcid))
    known = [f"{name} {value}".strip() for name, value in names if value]
    if work.url:
        known.append(f"<{work.url}>")
    return ": ".join(filter(None, (plain(work.text), ", ".join(known))))


def _red_flags(entry: RedFlags) -> list[str]:
    return [*paragraph(plain(entry.says)), *_list("Signs", entry.signs), *_to_check(entry)]


def _to_check(entry: RegisterEntry | RedFlags) -> list[str]:
    return _list("To be checked", entry.to_check)


def _card(entry: InterventionCard) -> list[str]:
    evidence = (
        f"{code(each.id)} **{each.direction.value}**: {plain(each.about)} "
        f"Does not prove: {plain(each.does_not_prove)}"
        for each in entry.evidence
    )
    return [
        *paragraph(f"Challenge {entry.challenge}. {plain(entry.reviewed_words).capitalize()}."),
        *paragraph(f"About {entry.minutes} minutes, an estimate."),
        *paragraph(f"Effort of the person: {entry.effort.value}."),
        *paragraph(f"Purpose: {plain(entry.purpose)}"),
        *_list("In thirty seconds", entry.in_short),
        *_list("Steps", entry.steps),
        *_list("Phrases", entry.phrases),
        *_list("Avoid", entry.avoid),
        *_list("Works if", entry.works_if),
        *titled("Measured by", bullets(code(each) for each in entry.measures)),
        *paragraph(plain(entry.summary)),
        *titled("Evidence", bullets(evidence)),
        *_list("Does not prove", entry.does_not_prove),
        *_list("Safety", entry.safety),
    ]


def _rule(entry: SafetyRule) -> list[str]:
    reviewed = ", ".join(entry.reviewed_for) or "no country yet"
    examples = (
        f"{', '.join(f'{name} {value}' for name, value in each.facts.items()) or 'always'}"
        f" → {', '.join(each.then) or 'nothing'}"
        for each in entry.examples
    )
    return [
        *paragraph(f"Reviewed by a clinician for: {plain(reviewed)}."),
        *paragraph(f"Trigger: {plain(entry.trigger)}"),
        *paragraph(f"What happens: {plain(entry.happens)}"),
        *_list("Never", entry.never),
        *titled(
            "Terms that no text may say",
            bullets(f"{code(each.pattern)}: {plain(each.why)}" for each in entry.banned),
        ),
        *titled("Examples", bullets(plain(each) for each in examples)),
    ]


def _pack(entry: CountryPack) -> list[str]:
    warning = "**Made up: nothing here leads anywhere.**" if entry.is_made_up else None
    watched = "is" if entry.inbox_is_watched else "is not"
    contacts = (
        ("Emergency", entry.emergency),
        *(("Crisis", each) for each in entry.crisis),
        ("Out of hours", entry.out_of_hours),
        ("Clinic", entry.clinic),
        ("Safeguarding, adults", entry.safeguarding_adults),
        ("Safeguarding, children", entry.safeguarding_children),
    )
    return [
        *paragraph(warning, f"{plain(entry.country)}. The inbox {watched} watched."),
        *bullets(f"{name}: {_contact(contact)}" for name, contact in contacts),
        "",
    ]


def _contact(contact: Contact) -> str:
    ways = (("text", contact.text), ("phone", contact.phone), ("", contact.web))
    known = [f"{name} {value}".strip() for name, value in ways if value]
    said = f"{plain(contact.name)}, {plain(', '.join(known))}. {plain(contact.about)}"
    return f"{said} {plain(contact.hours)}" if contact.hours else said


_DRAWN: dict[type[Entry], Callable[[Any], list[str]]] = {
    Consent: _consent,
    PracticeText: _text,
    Challenges: _challenges,
    ThresholdSet: _thresholds,
    RegisterEntry: _finding,
    InterventionCard: _card,
    SafetyRule: _rule,
    RedFlags: _red_flags,
    CountryPack: _pack,
}
