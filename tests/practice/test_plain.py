"""The words of the wing are easy enough, and none says what must not be said."""

import pytest

from rapport.cli.wing_sources import modules, templates
from rapport.knowledge.load import everything
from rapport.knowledge.practice import Audience
from rapport.practice.check import wing_problems
from rapport.practice.plain.lint import UserText, lint_of
from rapport.practice.plain.reading import grade, sentences, syllables, words
from rapport.practice.plain.templates import template_texts
from rapport.practice.plain.texts import user_texts

KNOWLEDGE = everything()
PRACTICE = KNOWLEDGE.practice
LINT = lint_of(PRACTICE.safety_rules)


def test_nothing_is_wrong_with_the_words_of_the_wing():
    assert list(wing_problems(KNOWLEDGE, templates(), modules())) == []


def test_every_kind_of_text_is_looked_at():
    places = {text.where for text in user_texts(PRACTICE, KNOWLEDGE.instruments)}
    for kind in ("consents", "texts", "cards", "register", "countries"):
        assert set(getattr(PRACTICE, kind)) <= places, kind
    assert {"scc-p", "scc-c", "red_flags", "SR2"} <= places


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("a", 1),
        ("help", 1),
        ("used", 1),
        ("hours", 1),
        ("needed", 2),
        ("question", 2),
        ("people", 2),
        ("quiet", 2),
        ("something", 2),
        ("every", 2),
        ("table", 2),
        ("changes", 2),
        ("patient", 2),
        ("doing", 2),
        ("person’s", 2),
        ("idea", 3),
        ("usual", 3),
        ("severely", 3),
        ("evidence", 3),
        ("practitioner", 4),
        ("situation", 4),
        ("emergency", 4),
        ("60.6%", 1),
    ],
)
def test_syllables(word, number):
    assert syllables(word) == number


def test_a_grade_is_that_of_the_formula():
    # 6 words, 1 sentence, 7 syllables: 0.39 x 6 + 11.8 x 7 / 6 - 15.59 = 0.52
    assert grade("The cat sat on the table.") == pytest.approx(0.5167, abs=0.001)


def test_longer_words_and_longer_sentences_are_harder():
    easy = "We ask. You can say no. That is fine."
    longer = "We ask and you can say no and that is fine."
    harder = "Participation necessitates deliberation. Refusal remains permissible."
    assert grade(easy) < grade(longer) < grade(harder)


def test_a_text_without_words_has_the_lowest_grade():
    assert grade("… – 7?") == 0.0
    assert (words("—"), sentences("")) == ([], [])


def told(text, audience=Audience.PERSON, **more):
    return [
        each.message
        for each in LINT.problems([UserText(where="x", text=text, audience=audience, **more)])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Try to increase your activity a bit.",
        "Increasing activity can be planned.",
        "You must push through.",
        "They were pushing through it.",
        "Graded exercise is on offer.",
        "Reconditioning starts now.",
        "The Lightning Process is for you.",
        "This is a non-compliant person.",
        "A difficult patient.",
    ],
)
def test_a_banned_term_is_found_in_any_form_and_allowed_where_it_is_warned_of(text):
    (said,) = told(text)
    assert said.startswith("it says “")
    assert told(text, may_name=True) == []


@pytest.mark.parametrize(
    "text", ["We rest more as activity falls.", "A degraded line.", "Push the door."]
)
def test_harmless_words_are_no_banned_terms(text):
    assert told(text) == []


def test_a_sentence_for_the_person_has_twelve_words_at_most():
    twelve = "one two three four five six seven eight nine ten six two"
    assert told(f"{twelve}.") == []
    assert "13 words" in told(f"{twelve} more.")[0]
    assert told(f"{twelve} more.", Audience.PRACTITIONER) == []


def test_hard_words_are_told_with_their_grade():
    hard = "Participation necessitates considerable deliberation. " * 8
    assert "grade" in told(hard)[0]
    assert "grade" in told(hard, Audience.PRACTITIONER)[0]


def test_a_template_gives_its_own_words_and_not_its_marks():
    source = """{# for: practitioner #}
{% extends "base.html" %}
{% block main %}
<h1>{{ title }}</h1>
<p>Read <strong>this</strong> first, {{ name }}.</p>
{# nobody sees this #}
<button aria-label="Close it">Next</button>
{% if a %}One way{% else %}Another way{% endif %}
{% endblock %}"""
    texts = template_texts("x.html", source)
    assert [each.text for each in texts] == [
        "Read this first, word.",
        "Close it",
        "Next",
        "One way",
        "Another way",
    ]
    assert {each.audience for each in texts} == {Audience.PRACTITIONER}


def test_a_template_that_does_not_say_for_whom_it_is_must_be_easy_for_the_person():
    (text,) = template_texts("x.html", "<p>Rest now.</p>")
    assert text.audience is Audience.PERSON
