"""All words of the practice wing that stand in the knowledge base, and for whom they are."""

from collections.abc import Iterable, Iterator, Mapping

from rapport.knowledge.instrument import Instrument
from rapport.knowledge.practice import (
    Audience,
    Consent,
    Contact,
    CountryPack,
    InterventionCard,
    Practice,
    RegisterEntry,
    SafetyRule,
)
from rapport.practice.plain.lint import UserText

PERSON, PRACTITIONER = Audience.PERSON, Audience.PRACTITIONER
CHECK_INS = {"scc-p": PERSON, "scc-c": PRACTITIONER}


def user_texts(practice: Practice, instruments: Mapping[str, Instrument]) -> Iterator[UserText]:
    """Everything that a person or a practitioner reads of it, place by place."""
    for consent in practice.consents.values():
        yield from _at(consent.id, PERSON, _of_consent(consent))
    for text in practice.texts.values():
        yield from _at(text.id, text.audience, (*text.passages.values(), *text.lines.values()))
    yield from _of_challenges(practice)
    for card in practice.cards.values():
        yield from of_card(card)
    for entry in practice.register.values():
        yield from _at(entry.id, PRACTITIONER, _of_finding(entry), may_name=True)
    yield from _of_safety(practice)
    for name, audience in CHECK_INS.items():
        if name in instruments:
            yield from _at(name, audience, _of_check_in(instruments[name]))


def _of_safety(practice: Practice) -> Iterator[UserText]:
    for rule in practice.safety_rules.values():
        yield from _of_rule(rule)
    flags = practice.red_flags
    yield from _at(flags.id, PERSON, (flags.says, *flags.signs))
    for pack in practice.countries.values():
        yield from _of_pack(pack)


def _at(
    where: str, audience: Audience, texts: Iterable[str], *, may_name: bool = False
) -> Iterator[UserText]:
    for text in texts:
        if text:
            yield UserText(where=where, text=text, audience=audience, may_name=may_name)


def _of_consent(consent: Consent) -> tuple[str, ...]:
    return (
        consent.asks,
        *consent.says,
        consent.yes,
        consent.no,
        consent.ends,
        *consent.stays,
    )


def _of_challenges(practice: Practice) -> Iterator[UserText]:
    """The labels; the names of the model stand beside them as what they are, a source's words."""
    listed = practice.challenges
    others = (listed.something_else, listed.nothing_now, listed.none)
    labels = (each.label for each in listed.challenges)
    yield from _at(f"{listed.id}, labels", PERSON, (*labels, *others))
    said = (each.practitioner_label for each in listed.challenges)
    yield from _at(f"{listed.id}, for practitioners", PRACTITIONER, said)


def of_card(card: InterventionCard) -> Iterator[UserText]:
    """The words of a card; what to avoid and notes on evidence may name what others say."""
    said = (
        card.title,
        card.purpose,
        *card.in_short,
        *card.steps,
        *card.phrases,
        *card.works_if,
        card.summary,
        *card.does_not_prove,
        *card.safety,
    )
    yield from _at(card.id, PRACTITIONER, said)
    notes = [text for each in card.evidence for text in (each.about, each.does_not_prove)]
    yield from _at(card.id, PRACTITIONER, (*card.avoid, *notes), may_name=True)


def _of_finding(entry: RegisterEntry) -> tuple[str, ...]:
    return (entry.title, *entry.finding, *entry.to_check)


def _of_rule(rule: SafetyRule) -> Iterator[UserText]:
    yield from _at(rule.id, PERSON, (case.person for case in rule.cases))
    yield from _at(rule.id, PRACTITIONER, (case.practitioner for case in rule.cases))


def _of_pack(pack: CountryPack) -> Iterator[UserText]:
    contacts = (
        pack.emergency,
        *pack.crisis,
        pack.out_of_hours,
        pack.clinic,
        pack.safeguarding_adults,
        pack.safeguarding_children,
    )
    said = (text for each in contacts for text in _of_contact(each))
    yield from _at(pack.id, PERSON, said)


def _of_contact(contact: Contact) -> tuple[str, ...]:
    return (contact.name, contact.about, contact.hours or "")


def _of_check_in(key: Instrument) -> Iterator[str]:
    for group in key.items:
        yield from group.texts.values()
        yield from group.words
