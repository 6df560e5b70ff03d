"""A finding of the register as a study card, so that one gate judges all that is said of it.

Its record is what the register says, in this project's own words; every sentence names the
place of it that it rests on.
"""

import msgspec

from rapport.cards.facts import DesignRecord, Participants, PemRecord, Statement
from rapport.cards.study_card import Citation, Parts, Source, StudyCard, Versions
from rapport.core.ids import Identifiers
from rapport.core.spans import Span
from rapport.core.vocabulary import Badge, Origin, ReadScope
from rapport.knowledge.practice import CardEvidence, RegisterEntry, RegisterPem

FIELD = "text"
RULE = "evidence_register"
"""What made the sentences: a person, from the register."""

BADGES = {
    RegisterPem.REQUIRED: Badge.REQUIRED,
    RegisterPem.NOT_REQUIRED: Badge.NOT_REQUIRED,
    RegisterPem.MIXED: Badge.MIXED,
    RegisterPem.UNCLEAR: Badge.NOT_STATED,
    RegisterPem.NOT_STATED: Badge.NOT_STATED,
    RegisterPem.NOT_ASKED: Badge.NOT_APPLICABLE,
}
PEM_WORDS = {
    RegisterPem.REQUIRED: "PEM required",
    RegisterPem.NOT_REQUIRED: "PEM not required",
    RegisterPem.MIXED: "PEM differs among its studies",
    RegisterPem.UNCLEAR: "PEM unclear",
    RegisterPem.NOT_STATED: "PEM not stated",
    RegisterPem.NOT_ASKED: "Not about people with ME/CFS",
}
"""What the badge of a finding says. Of a work without such patients PEM could not be asked."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as a draft of a study card, and the text that carries its sentences."""

    card: StudyCard
    fields: dict[str, str]


def record(entry: RegisterEntry, evidence: CardEvidence | None = None) -> Record:
    """The finding, with what one card makes of it where that is given."""
    lines = [*entry.finding, f"{PEM_WORDS[entry.pem]}."]
    lines += filter(None, (entry.people, entry.pem_note))
    text = "\n".join(lines)
    whole = Span(field=FIELD, start=0, end=len(text), quote=text)
    return Record(
        card=StudyCard(
            id=entry.id,
            identifiers=_identifiers(entry),
            citation=Citation(text=entry.works[0].text, title=entry.title),
            read=ReadScope.ABSTRACT,
            badge=PemRecord(badge=BADGES[entry.pem], evidence=(whole,)),
            design=DesignRecord(
                value=entry.design,
                blinded=entry.blinded,
                kinds=entry.kinds,
                basis="the evidence register of this project",
            ),
            participants=Participants(),
            parts=_parts(entry, evidence, text),
            source=Source(
                file=f"evidence_register/{entry.id}.toml",
                position=1,
                format="toml",
                text_origin="digest",
                licence=entry.licence,
            ),
            versions=Versions(reader=f"register {entry.version}", knowledge=""),
        ),
        fields={FIELD: text},
    )


def _parts(entry: RegisterEntry, evidence: CardEvidence | None, text: str) -> Parts:
    found = tuple(_statement(each, _place(each, text), "observed") for each in entry.finding)
    if evidence is None:
        return Parts(observed=found)
    first = _place(entry.finding[0], text)
    return Parts(
        observed=found,
        inferred=(_statement(evidence.about, first, "inferred"),),
        does_not_prove=(_statement(evidence.does_not_prove, first, "limit"),),
    )


def _statement(text: str, span: Span, kind: str) -> Statement:
    return Statement(text=text, kind=kind, origin=Origin.PERSON, rule=RULE, spans=(span,))


def _place(sentence: str, text: str) -> Span:
    start = text.index(sentence)
    return Span(field=FIELD, start=start, end=start + len(sentence), quote=sentence)


def _identifiers(entry: RegisterEntry) -> Identifiers:
    """Those of the first work."""
    work = entry.works[0]
    return Identifiers(doi=work.doi, pmid=work.pmid, pmcid=work.pmcid)
