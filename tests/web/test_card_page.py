"""A card on its page: the short version, the limits of size, and nothing left out silently."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from rapport.cards.facts import DesignRecord, Participants, PemRecord, Statement
from rapport.cards.stated import (
    Age,
    Blinding,
    Comparison,
    Countries,
    DropOut,
    Groups,
    GroupSize,
    Harms,
    Sex,
)
from rapport.cards.study_card import Citation, Parts
from rapport.core.spans import Span
from rapport.core.vocabulary import (
    Badge,
    BlindParty,
    Combination,
    Control,
    Design,
    DesignKind,
    HarmsFinding,
    Origin,
)
from rapport.knowledge.load import load
from rapport.web.card_facts import facts_of
from rapport.web.card_page import (
    PARTS,
    badge_sentence,
    byline,
    cut,
    first_screen,
    parts_of,
    said,
    shortened,
    size,
    where,
)
from rapport.web.card_text import card_text


def sentence(words, text="rest"):
    return Statement(text=" ".join([text] * words), kind="summary", origin=Origin.RULE)


@pytest.mark.parametrize(
    ("lengths", "shown", "more"),
    [
        ((), 0, False),  # no summary at all
        ((20, 20), 2, False),
        ((20, 40), 2, False),  # sixty exactly
        ((20, 41), 1, True),  # one word too many: the sentence waits
        ((20, 20, 20, 1), 3, True),
        ((61,), 1, True),  # cut, for the first sentence is shown in any case
    ],
)
def test_the_first_screen_holds_whole_sentences_of_at_most_sixty_words(lengths, shown, more):
    first = shortened([sentence(length) for length in lengths])
    assert (len(first.sentences), first.more) == (shown, more)
    assert sum(len(text.split()) for text in first.sentences) <= 60


def test_tags_of_type_in_a_source_are_not_printed():
    words = "Pain was lower (<i>p</i> < 0.05)."
    span = Span(field="abstract", start=0, end=len(words), quote=words)
    told = Statement(text=words, kind="observed", origin=Origin.QUOTED, spans=(span,))
    ruled = Statement(text="Pain.", kind="summary", origin=Origin.RULE, spans=(span,))
    plain = "Pain was lower (p < 0.05)."
    assert said(told).text == plain
    assert "characters 0 to" in said(told).about
    assert [place.quote for place in said(ruled).places] == [plain]
    assert shortened([told]).sentences == (plain,)


def test_what_the_badge_has_said_is_not_said_again_on_the_first_screen(made_up):
    told = Statement(
        text="Nobody had to have PEM.", kind="summary", origin=Origin.RULE, rule="badge_made_up"
    )
    parts = msgspec.structs.replace(
        made_up.parts, quick_summary=(told, sentence(40, "rest"), sentence(30, "sleep"))
    )
    card = msgspec.structs.replace(made_up, parts=parts)
    assert badge_sentence(card) == told.text
    first = first_screen(card)
    assert first.sentences == (sentence(40).text,)
    assert first.more  # five words of the badge, forty, and thirty are more than sixty


@given(st.lists(st.text(max_size=600), max_size=8))
def test_the_first_screen_never_has_more_than_sixty_words(texts):
    summary = [Statement(text=text, kind="summary", origin=Origin.RULE) for text in texts]
    assert sum(len(text.split()) for text in shortened(summary).sentences) <= 60


def heavy_card(made_up):
    """A card of a paper that says far too much, in letters that take many bytes."""
    quote = "<&\"'>" * 40 + "Ж漢" * 400
    span = Span(field="body", start=1, end=1001, quote=quote, section="Ω" * 900)

    def spans(start):
        return tuple(
            msgspec.structs.replace(span, start=n, end=n + 1000)
            for n in range(start, start + 9)
        )

    many = tuple(
        Statement(
            text=f"{n} {quote}", kind="observed", origin=Origin.RULE, rule="r" * 500,
            spans=(span,) * 9, note="n" * 900,
        )
        for n in range(300)
    )  # fmt: skip
    return msgspec.structs.replace(
        made_up,
        parts=Parts(**{name.id: many for name in PARTS}),
        badge=PemRecord(
            badge=Badge.REQUIRED,
            why="w" * 3000,
            definitions=tuple(f"unknown_definition_{n}" for n in range(99)),
            combination=Combination.ALL,
            instrument="i" * 3000,
            flags=("reworded", "something_new") * 5,
            evidence=(span,) * 9,
        ),
        participants=Participants(
            n_cases=1,
            evidence=spans(10),
            groups=Groups(
                sizes=tuple(GroupSize(name=f"{n}{quote}", n=n) for n in range(99)),
                evidence=spans(20),
            ),
            age=Age(mean=1, evidence=spans(30)),
            sex=Sex(share_female=1, evidence=spans(40)),
            country=Countries(names=(quote,) * 99, evidence=spans(50)),
        ),
        design=DesignRecord(
            value=Design.RCT,
            kinds=tuple(DesignKind),
            evidence=spans(60),
            control=Comparison(kinds=tuple(Control), evidence=spans(70)),
            blinding=Blinding(parties=tuple(BlindParty), evidence=spans(80)),
        ),
        harms=Harms(
            finding=HarmsFinding.FOUND,
            evidence=spans(90),
            drop_outs=tuple(DropOut(n=n, of=99, arm=quote) for n in range(99)),
            drop_out_evidence=spans(100),
        ),
        citation=Citation(text="c" * 9000, title="t " * 4000, authors=("a" * 900,) * 900),
        missing=("m" * 4000,) * 90,
    )


def full_card(made_up):
    """The same with sentences of common length, which fill every part to its brim."""
    short = span_of_words(30)
    says = tuple(
        Statement(
            text=f"{n} {short.quote}", kind="observed", origin=Origin.RULE, spans=(short,)
        )
        for n in range(300)
    )
    parts = Parts(**{name.id: says for name in PARTS})
    return msgspec.structs.replace(heavy_card(made_up), parts=parts)


def span_of_words(n):
    quote = " ".join(["steps"] * n)
    return Span(field="abstract", start=0, end=len(quote), quote=quote, section="Results")


@pytest.mark.parametrize("made", [heavy_card, full_card])
def test_a_card_that_says_too_much_still_weighs_less_than_fifty_kilobytes(
    client, open_site, tmp_path, release_of, made_up, made
):
    card = made(made_up)
    changes = msgspec.structs.asdict(card)
    for name in ("id", "identifiers"):
        changes.pop(name)
    opened = open_site(release_of(tmp_path / "heavy", 1, **changes))
    page = client.get(f"/cards/{card.id}/").content
    assert len(page) + len(opened.styles[opened.style_address]) <= 50_000
    assert b"All 300 sentences of" in page


def test_what_does_not_fit_stands_on_the_page_of_its_part(
    client, open_site, tmp_path, release_of, made_up
):
    one = made_up.parts.does_not_prove[0]
    many = tuple(msgspec.structs.replace(one, text=f"{n} of them.") for n in range(300))
    open_site(release_of(tmp_path / "many", 1, parts=Parts(observed=many)))
    seen = 0
    for number in range(1, 16):
        page = client.get(f"/cards/{made_up.id}/parts/observed/?page={number}").content.decode()
        seen += page.count('<p class="from">Written by a rule')
    assert seen == 300


def test_every_part_is_there_and_an_empty_one_says_so(made_up):
    parts = parts_of(msgspec.structs.replace(made_up, parts=Parts()))
    assert [part.name.id for part in parts] == list(Parts.__struct_fields__)
    assert all(part.says == () and part.name.empty for part in parts)


def test_a_quoted_statement_is_not_printed_twice(made_up):
    one = said(made_up.parts.observed[0])
    assert one.places == ()
    assert "abstract, Results, characters" in one.about


def test_a_statement_of_a_rule_shows_the_words_it_rests_on(made_up):
    one = said(made_up.parts.does_not_prove[0])
    assert one.about == "Written by a rule (made-up)."
    assert not one.is_quoted
    assert one.places[0].quote == made_up.parts.does_not_prove[0].spans[0].quote


@pytest.mark.parametrize(
    ("authors", "year", "shown"),
    [
        ((), None, ""),
        (("Lake, Ada",), 2019, "Lake, 2019"),
        (("Lake, Ada", "Hill, Ben"), 2019, "Lake and Hill, 2019"),
        (("Lake, Ada", "Hill, Ben", "Wood, Cleo"), 2019, "Lake and others, 2019"),
        (("The Lakeside Group",), None, "The Lakeside Group"),
    ],
)
def test_the_byline_is_short(made_up, authors, year, shown):
    citation = Citation(text="x", authors=authors, year=year)
    assert byline(msgspec.structs.replace(made_up, citation=citation)) == shown


def test_a_place_is_told_in_words():
    span = Span(field="body", start=10, end=25, quote="x", section="Methods > People")
    assert where(span) == "Full text, Methods > People, characters 10 to 25"


@pytest.mark.parametrize("badge", list(Badge))
def test_every_badge_has_a_sentence_even_where_the_reading_gives_none(made_up, badge):
    card = msgspec.structs.replace(made_up, badge=PemRecord(badge=badge))
    assert badge_sentence(card).endswith(".")


def test_what_is_not_stated_is_said_to_be(made_up):
    card = msgspec.structs.replace(
        made_up, participants=Participants(), badge=PemRecord(badge=Badge.NOT_STATED)
    )
    lines = {fact.label: fact.lines for fact in facts_of(card, load().definitions)}
    assert lines["Who was studied"] == ("Not stated in the text we read.",)
    assert lines["How people were chosen"] == ("No definition was found in the text we read.",)


def test_a_definition_that_is_not_known_is_still_named(made_up):
    badge = PemRecord(badge=Badge.REQUIRED, definitions=("made_up_1999",))
    facts = facts_of(msgspec.structs.replace(made_up, badge=badge), {})
    assert facts[0].links[0].text == "made up 1999"


def test_the_plain_text_holds_the_badge_the_parts_and_the_citation(made_up):
    text = card_text(made_up, load().definitions, "snapshot")
    for words in ("PEM required", *(name.label for name in PARTS), made_up.citation.text[:30]):
        assert words in text
    assert max(len(line) for line in text.splitlines()) <= 72


@given(st.text(max_size=300), st.integers(min_value=10, max_value=400))
def test_a_cut_text_is_small_and_marked(text, most):
    short = cut(text, most)
    assert size(short) <= most
    assert short == text or short.endswith(" …")


@given(st.text(max_size=300))
def test_a_text_never_takes_more_bytes_than_its_size_says(text):
    assert len(escape(text).encode()) <= size(text)
