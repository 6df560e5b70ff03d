"""A case definition in Markdown: what it asks of PEM, its logic in words, people in and out."""

from collections.abc import Mapping

from rapport.knowledge.model import CaseDefinition, Criterion, PemStatus, PersonExample
from rapport.knowledge.pages.markdown import bullets, code, paragraph, plain, sentence, titled

PEM_IN_WORDS = {
    PemStatus.REQUIRED: "required",
    PemStatus.REQUIRED_REWORDED: "required, in other words",
    PemStatus.OPTIONAL_K_OF_N: "one of several symptoms that count; not required",
    PemStatus.NOT_PART: "not part of it",
    PemStatus.UNCLEAR: "unclear",
}
ANSWERS = {"yes": "in", "no": "out", "not_stated": "cannot be known"}
_BOUNDS = {
    "minimum": "at least",
    "more_than": "more than",
    "maximum": "at most",
    "less_than": "less than",
}


def definition_lines(definition: CaseDefinition) -> list[str]:
    """What the definition says, in the order a reader needs it."""
    return [
        *_pem(definition),
        *titled("In words", bullets(plain(each) for each in definition.logic_in_words)),
        *logic_lines(definition),
        *titled("Made-up people", bullets(_person(each) for each in definition.people)),
        *titled("Excluded", bullets(plain(each) for each in definition.exclusions)),
        *titled("Sources disagree", bullets(plain(each) for each in definition.disagreements)),
        *_published(definition),
        *_names(definition),
    ]


def _pem(definition: CaseDefinition) -> list[str]:
    pem = definition.pem
    asked = f"Post-exertional malaise: **{PEM_IN_WORDS[pem.status]}**"
    facts = [
        f"called {plain(pem.feature_name)}" if pem.feature_name else "",
        f"duration: {plain(pem.minimum_duration)}" if pem.minimum_duration else "",
        plain(pem.note) if pem.note else "",
    ]
    return paragraph(sentence("; ".join([asked, *(fact for fact in facts if fact)])))


def logic_lines(definition: CaseDefinition) -> list[str]:
    """The logic as nested bullets, as it is applied to people; a sentence where there is none."""
    if definition.logic is None:
        return paragraph("Its logic is not known well enough to apply it to a person.")
    return titled("As it is applied", criterion_lines(definition.logic, definition.features, 0))


def criterion_lines(
    criterion: str | Criterion, features: Mapping[str, str], depth: int
) -> list[str]:
    """One criterion and what is below it, each feature in words, a level of bullets deeper."""
    if isinstance(criterion, str):
        return bullets([plain(features.get(criterion, criterion))], depth=depth)
    if criterion.feature is not None:
        return bullets([bound_words(criterion, features)], depth=depth)
    groups = (
        ("all of", criterion.all_of),
        ("any of", criterion.any_of),
        ("none of", criterion.none_of),
        (f"at least {criterion.at_least} of", criterion.of),
    )
    return [
        line
        for title, parts in groups
        if parts
        for line in (
            *bullets([f"{title}:"], depth=depth),
            *(each for part in parts for each in criterion_lines(part, features, depth + 1)),
        )
    ]


def bound_words(criterion: Criterion, features: Mapping[str, str]) -> str:
    """A bound on one feature in words: "months since it began: at least 6"."""
    values = {name: getattr(criterion, name) for name in _BOUNDS}
    said = " and ".join(
        f"{_BOUNDS[name]} {value:g}" for name, value in values.items() if value is not None
    )
    name = criterion.feature or ""
    return f"{plain(features.get(name, name))}: {said}"


def _person(person: PersonExample) -> str:
    return f"{plain(person.who)} → **{ANSWERS[person.fits]}**"


def _published(definition: CaseDefinition) -> list[str]:
    work = definition.published
    ids = [f"doi {work.doi}" if work.doi else "", f"PMID {work.pmid}" if work.pmid else ""]
    said = ", ".join(each for each in ids if each)
    return paragraph(
        sentence(f"Published as: {plain(work.text)}"),
        f"{said} ({work.identifier_status})." if said else "No identifier is given.",
    )


def _names(definition: CaseDefinition) -> list[str]:
    certain, shared = definition.aliases, definition.ambiguous_aliases
    changed = ", ".join(code(name) for name in definition.modified_of)
    return paragraph(
        sentence(f"Also called: {', '.join(plain(each) for each in certain)}")
        if certain
        else None,
        f"Names it shares with others: {', '.join(plain(each) for each in shared)}."
        if shared
        else None,
        f"It changes or narrows {changed}." if changed else None,
    )
