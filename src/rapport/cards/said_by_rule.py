"""The sentences a card says by rule: which of them hold for a study, and in what words."""

import re

from rapport.cards.card_facts import KNOWN, Fact, Facts
from rapport.cards.facts import Statement
from rapport.core.spans import Span
from rapport.core.vocabulary import Origin
from rapport.knowledge.model import CardSentence, Knowledge

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def said_by_rule(part: str, facts: Facts, knowledge: Knowledge) -> tuple[Statement, ...]:
    """The sentences of one part that hold, in their order, each with the facts it used."""
    holding = [
        sentence
        for sentence in knowledge.card_sentences.values()
        if sentence.part == part and holds(sentence, facts)
    ]
    replaced = {each for sentence in holding for each in sentence.instead_of}
    kept = sorted(
        (sentence for sentence in holding if sentence.id not in replaced),
        key=lambda sentence: (sentence.rank, sentence.id),
    )
    return tuple(said(sentence, facts) for sentence in kept)


def holds(sentence: CardSentence, facts: Facts) -> bool:
    """Whether every condition is met, and every word the sentence needs is known."""
    return all(
        _is_among(facts.get(name), values) for name, values in sentence.when.items()
    ) and all(name in facts for name in placeholders(sentence.text))


def placeholders(text: str) -> tuple[str, ...]:
    """The names of the facts in a text, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def said(sentence: CardSentence, facts: Facts) -> Statement:
    """The sentence in the words of this study."""
    used = [*sentence.when, *placeholders(sentence.text)]
    known = {name: facts[name] for name in used if name in facts}
    return Statement(
        text=_filled(sentence.text, known),
        kind=sentence.kind,
        origin=Origin.RULE,
        rule=sentence.id,
        spans=_spans(known),
        facts={name: fact.value for name, fact in known.items()},
    )


def _is_among(fact: Fact | None, values: tuple[str, ...]) -> bool:
    return fact is not None and (fact.value in values or KNOWN in values)


def _filled(template: str, known: Facts) -> str:
    text = _PLACEHOLDER.sub(lambda match: known[match.group(1)].value, template)
    return text[:1].upper() + text[1:]


def _spans(known: Facts) -> tuple[Span, ...]:
    found = {
        (span.field, span.start, span.end): span
        for fact in known.values()
        for span in fact.spans
    }
    return tuple(found.values())
