"""Made-up cards in a release folder; every sentence here is invented."""

import hashlib

import msgspec

from rapport.cards.afterwards import Event, EventKind, Teller, Told
from rapport.cards.facts import DesignRecord, Participants, PemRecord, Statement
from rapport.cards.stated import (
    Age,
    Blinding,
    Comparison,
    Countries,
    DropOut,
    FollowUp,
    Groups,
    GroupSize,
    Harms,
    Randomisation,
    Sex,
)
from rapport.cards.study_card import Citation, Parts, RelatedWork, Source, StudyCard, Versions
from rapport.core.encoding import to_json_lines
from rapport.core.ids import Identifiers
from rapport.core.spans import Span
from rapport.core.vocabulary import (
    Badge,
    Band,
    BlindLevel,
    BlindParty,
    Combination,
    Control,
    Design,
    HarmsFinding,
    HarmsMethod,
    Origin,
    ReadScope,
    TimeUnit,
)
from rapport.evidence.release.card_ids import aliases
from rapport.evidence.release.manifest import (
    ALIASES,
    CARDS,
    FORMAT,
    MANIFEST,
    QUARANTINE,
    REFUSED,
    WORKS,
    Alias,
    Counts,
    FileEntry,
    Inputs,
    Makers,
    Manifest,
)

ENTRY = "All 42 people met the Lakeside criteria, which ask for worse symptoms after effort."
FOUND = "People with longer rest days reported fewer bad weeks (r = 0.31)."
SIXTY_WORDS = " ".join(
    ["People who planned their rest had fewer bad weeks than did others."] * 5
)


READ_AS = "Planned rest may help some people to have steadier weeks."


def span(quote, field="abstract", start=120, section="Methods"):
    return Span(field=field, start=start, end=start + len(quote), quote=quote, section=section)


def quoted(text, band=None, kind="observed"):
    return Statement(
        text=text,
        kind=kind,
        origin=Origin.QUOTED,
        spans=(span(text, section="Results"),),
        strength=2 if band else None,
        band=band,
    )


def ruled(text, *quotes, kind="summary"):
    return Statement(
        text=text,
        kind=kind,
        origin=Origin.RULE,
        rule="made-up",
        spans=tuple(span(quote) for quote in quotes),
    )


TRIAL = DesignRecord(
    value=Design.RCT,
    blinded=False,
    evidence=(span("This was a randomised trial of planned rest.", start=300),),
    control=Comparison(
        kinds=(Control.USUAL_CARE, Control.WAITING_LIST),
        evidence=(span("Others had usual care or waited.", start=400),),
    ),
    blinding=Blinding(
        level=BlindLevel.SINGLE,
        parties=(BlindParty.ASSESSORS,),
        evidence=(span("Those who measured did not know the group.", start=500),),
    ),
    randomisation=Randomisation(
        is_randomised=True,
        concealed=True,
        evidence=(span("Sealed letters held the lots.", start=600),),
    ),
    follow_up=FollowUp(
        length=1, unit=TimeUnit.YEARS, evidence=(span("For one year.", start=700),)
    ),
)


EVERYONE = Participants(
    n_cases=90,
    n_enrolled=96,
    n_controls=45,
    evidence=(span("Of 96 people, 90 were analysed.", start=800),),
    groups=Groups(
        sizes=(GroupSize(name="planned rest", n=48), GroupSize(name="usual care", n=48)),
        evidence=(span("Planned rest (n = 48), usual care (n = 48).", start=900),),
    ),
    age=Age(
        mean=41.5,
        low=18,
        high=70,
        evidence=(span("Mean age 41.5 years (18 to 70).", start=1000),),
    ),
    sex=Sex(
        share_female=0.8,
        n_female=72,
        n_male=18,
        evidence=(span("72 women and 18 men.", start=1100),),
    ),
    country=Countries(
        names=("Norway", "Spain"), evidence=(span("In Norway and Spain.", start=1200),)
    ),
)


HARMS = Harms(
    finding=HarmsFinding.FOUND,
    methods=(HarmsMethod.QUESTIONNAIRE,),
    serious=False,
    evidence=(span("Four felt worse; nobody was in danger.", start=1300),),
    drop_outs=(DropOut(n=4, of=48, arm="planned rest"), DropOut(n=2, of=48)),
    drop_out_evidence=(
        span("Four of 48 left the planned rest group, and two others.", start=1400),
    ),
)


PARTS = Parts(
    quick_summary=(
        ruled("This survey asked 42 people with ME/CFS about rest.", ENTRY),
        ruled("Those who planned more rest had fewer bad weeks.", FOUND),
    ),
    why_it_matters=(ruled("People ask if planned rest is worth the effort.", ENTRY),),
    observed=(quoted(FOUND, Band.ASSOCIATION),),
    inferred=(quoted(READ_AS, Band.MAY, "inferred"),),
    remaining_questions=(quoted("It is open whether this holds for severe illness."),),
    does_not_prove=(
        ruled(
            "That planned rest causes fewer bad weeks is not shown. The two go together.", FOUND
        ),
        ruled("That this holds for people who are housebound is not shown.", ENTRY),
    ),
)


EVENTS = (
    Event(
        kind=EventKind.CONCERN,
        date="2019-07",
        identifiers=Identifiers(doi="10.9999/concern"),
        differ=("kind", "date"),
        told=(
            Told(
                by=Teller.LIST,
                source="Retraction Watch",
                kind=EventKind.CORRECTION,
                date="2020",
                label="erratum",
            ),
            Told(
                by=Teller.RECORD,
                source="pubmed_xml",
                kind=EventKind.CONCERN,
                identifiers=Identifiers(pmid="90000006"),
                date="2019-07",
            ),
        ),
    ),
    Event(
        kind=EventKind.COMMENT,
        card="pmid-90000001",
        told=(Told(by=Teller.LIKENESS, source="", kind=EventKind.COMMENT),),
    ),
)
"""A concern on which two sources differ, and a comment that has a card and no date."""


def made_up_card(number=1, **changes):
    """A card of a study that does not exist."""
    pmid = str(90_000_000 + number)
    identifiers = Identifiers(pmid=pmid, doi=f"10.9999/made.up({number})")
    card = StudyCard(
        id=f"pmid-{pmid}",
        identifiers=identifiers,
        citation=Citation(
            text=f"Lake A, Hill B, Wood C. Planned rest and bad weeks, part {number}. J Made Up. 2019.",
            title=f"Planned rest and bad weeks in people with ME/CFS: a survey, part {number}",
            authors=("Lake, Ada", "Hill, Ben", "Wood, Cleo"),
            journal="Journal of Made-Up Studies",
            year=2019,
        ),
        read=ReadScope.ABSTRACT,
        badge=PemRecord(
            badge=Badge.REQUIRED,
            definitions=("ccc_2003",),
            combination=Combination.SINGLE,
            minimum_hours=24,
            share_with_pem=0.97,
            why="Everyone had to meet criteria that require PEM.",
            evidence=(span(ENTRY),),
        ),
        design=DesignRecord(value=Design.CROSS_SECTIONAL, evidence=(span("We ran a survey."),)),
        participants=Participants(
            n_cases=42,
            n_controls=20,
            evidence=(span(ENTRY),),
            age=Age(mean=44, evidence=(span("Their mean age was 44 years.", start=1200),)),
            sex=Sex(
                share_female=0.75, evidence=(span("Three in four were women.", start=1300),)
            ),
        ),
        parts=PARTS,
        source=Source(
            file="made-up.jsonl", position=number, format="jsonl", licence="CC BY 4.0"
        ),
        versions=Versions(reader="1", knowledge="abc123"),
        topics=("me_cfs",),
    )
    return msgspec.structs.replace(card, **changes)


def badge(value, **more):
    return PemRecord(badge=value, **more)


def made_up_cards():
    """Every badge value, a retraction, a record without an abstract, a digest, a pair."""
    return [
        made_up_card(1),
        made_up_card(
            2,
            badge=badge(
                Badge.NOT_REQUIRED,
                definitions=("fukuda_1994", "oxford_1991"),
                combination=Combination.ANY,
                evidence=(span("Patients met one of two older criteria."),),
            ),
            design=TRIAL,
            participants=EVERYONE,
            harms=HARMS,
            retracted=True,
        ),
        made_up_card(
            3,
            badge=badge(Badge.NOT_STATED),
            parts=Parts(),
            read=ReadScope.TITLE,
            missing=("The record has no abstract and no text. So there is no summary.",),
        ),
        made_up_card(4, badge=badge(Badge.MIXED, definitions=("fukuda_1994", "ccc_2003"))),
        made_up_card(
            5,
            badge=badge(Badge.NOT_APPLICABLE),
            design=DesignRecord(value=Design.NARRATIVE_REVIEW),
            participants=Participants(),
        ),
        made_up_card(
            6,
            source=Source(file="x", position=1, format="jsonl", text_origin="digest"),
            events=EVENTS,
            cohort="pmid-90000001",
            relations=(
                RelatedWork(kind="published_as", card="pmid-90000001"),
                RelatedWork(kind="comment_on", identifiers=Identifiers(doi="10.9999/else")),
            ),
        ),
        made_up_card(99, parts=Parts(quick_summary=(ruled(SIXTY_WORDS, ENTRY),))),
        *(made_up_card(n, badge=badge(Badge.NOT_STATED)) for n in range(7, 30)),
    ]


def manifest(files, n):
    """The manifest of `n` cards in files by name."""
    return Manifest(
        format=FORMAT,
        release=hashlib.sha256(files[CARDS]).hexdigest(),
        topic="me_cfs",
        as_of="2026-01-01",
        inputs=Inputs(sources=("made-up.jsonl",), sha256="0" * 64),
        reviews=None,
        makers=Makers(rapport="0", reader="1", knowledge="abc123", program="0"),
        counts=Counts(
            records=n,
            read=n,
            off_topic=0,
            passed_over=0,
            duplicate=0,
            quarantined=0,
            cards=n,
            refused=0,
        ),
        refusals={},
        topics={"me_cfs": n},
        files={
            name: FileEntry(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
            for name, content in files.items()
        },
    )


def write_release(folder, cards):
    """A release folder, written by hand, as `rapport.evidence.release` opens it."""
    cards = sorted(cards, key=lambda card: card.id)
    names = [
        Alias(id=name, card=card.id)
        for card in cards
        for name in aliases(
            [card.identifiers], titles=[card.citation.title or ""], given_ids=[]
        )
    ]
    files = {
        CARDS: to_json_lines(cards),
        ALIASES: to_json_lines(sorted(names, key=lambda alias: alias.id)),
        WORKS: b"",
        QUARANTINE: b"",
        REFUSED: b"",
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / MANIFEST).write_bytes(msgspec.json.encode(manifest(files, len(cards))))
    return folder
