"""What must not change a badge does not, and what must does: over papers of every badge.

The base texts are made up, each as an abstract and as a plain full text the way it comes out of a
file, so that every change is tried on both.
"""

import re
import unicodedata
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Badge
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

READER = Reader(load())
ABOUT = "People with ME/CFS and healthy controls were compared."
INTRODUCTION = "ME/CFS is a long illness. Earlier studies used the Holmes criteria."
RESULTS = "Sleep differed between the groups. Most patients reported poor sleep."
DISCUSSION = "Future studies should use the Canadian Consensus Criteria."
REFERENCES = (
    "1. Doe J. Sleep and rest. J Sleep. 2019;1:1-9.\n"
    "2. Fukuda K, Straus SE. The chronic fatigue syndrome: a comprehensive approach to its "
    "definition and study. Ann Intern Med. 1994;121:953-9.\n"
    "3. Carruthers BM. Clinical working case definition, diagnostic and treatment protocols. "
    "J CFS. 2003;11:7-115.\n"
    "4. Carruthers BM. Myalgic encephalomyelitis: International Consensus Criteria. 2011."
)

# Each rule, and the badge of a study of people with ME/CFS that states it and nothing else.
RULES = {
    "canadian": ("Patients met the Canadian Consensus Criteria.", "required"),
    "iom": ("ME/CFS was diagnosed according to the Institute of Medicine criteria.", "required"),
    "both": ("Patients met both the Fukuda and the Canadian criteria.", "required"),
    "fukuda": ("Patients fulfilled the Fukuda criteria.", "not_required"),
    "oxford": ("Patients fulfilled the Oxford criteria.", "not_required"),
    "either": ("Patients met either the Fukuda or the Canadian criteria.", "not_required"),
    "explicit": ("Patients met the Fukuda criteria, and PEM was required for inclusion.", "required"),
    "subgroup": ("Patients met the Fukuda criteria. A subgroup also met the Canadian criteria.", "mixed"),
    "label": ("Patients had been diagnosed with ME/CFS by a physician.", "not_stated"),
    "open": ("Patients met the CDC criteria.", "not_stated"),
    "nothing": ("Patients with ME/CFS were aged 18 to 60 years.", "not_stated"),
}  # fmt: skip
OTHERS = {
    "review": ("In this narrative review we sum up what is known of sleep in ME/CFS.", "not_applicable"),
    "long covid": ("Adults with long COVID were seen. Inclusion criteria were a positive PCR for SARS-CoV-2 and symptoms for 12 weeks. Long COVID limits sleep.", "not_required"),
}  # fmt: skip


def full_text(methods, heading="Methods", joined="\n"):
    parts = (
        ("Abstract", ABOUT),
        ("Introduction", INTRODUCTION),
        (heading, methods),
        ("Results", RESULTS),
        ("Discussion", DISCUSSION),
        ("References", REFERENCES),
    )
    return joined.join(f"{title}\n{words}" for title, words in parts if words)


@cache
def read(text, title="Sleep in people with ME/CFS"):
    origin = Origin(file="made up", position=1, format="example")
    reading = READER.read(Publication(origin=origin, title=title, text=text))
    fields = {"title": title, "text": text}
    assert all(is_verbatim(span, fields) for span in reading.pem.evidence)
    return reading.pem


BASES = [
    *[(f"{name}, abstract", f"{ABOUT} {rule}", badge) for name, (rule, badge) in RULES.items()],
    *[(f"{name}, full text", full_text(rule), badge) for name, (rule, badge) in RULES.items()],
]
ALL = [*BASES, *[(name, words, badge) for name, (words, badge) in OTHERS.items()]]


def title_of(name):
    return "Sleep in long COVID" if name == "long covid" else "Sleep in people with ME/CFS"


@pytest.mark.parametrize(("name", "text", "badge"), ALL, ids=[name for name, _, _ in ALL])
def test_the_base_texts_have_their_badges(name, text, badge):
    assert read(text, title_of(name)).badge.value == badge


# Changes that a badge must outlive.


def _wrapped(text):
    """Lines of about fifty characters, as a column of a page."""
    return re.sub(r"(?<=.{50}) (?=\S)", "\n", re.sub(r"(.{45,60}?) ", r"\1\n", text))


def _hyphenated(text):
    return re.sub(r"\b(\w{4})(\w{4,})(?= \w+ \w)", r"\1-\n\2", text, count=6)


def _soft_hyphens(text):
    return re.sub(r"\b([a-z]{3})([a-z]{4,})", "\\1\u00ad\\2", text)


def _ligatures(text):
    return text.replace("fi", "\ufb01").replace("fl", "\ufb02").replace("ff", "\ufb00")


def _spaces(text):
    return text.replace(" met ", "  met\u00a0").replace(" and ", "\u2009and  ")


def _british(text):
    return text.replace("fulfilled", "fulfil").replace("diagnosed", "were diagnosed as")


def _american(text):
    return text.replace("fulfilled", "fulfill")


def _running_heads(text):
    """A page ends inside the methods: its number, and the head of the next one."""
    return text.replace(
        "\nResults\n", "\n\n4\n\nDoe and others / Sleep in ME/CFS\n\n\nResults\n"
    )


def _typography(text):
    return text.replace("'", "\u2019").replace("-", "\u2010").replace("ME/CFS", "ME/CFS")


def _before_and_after(text):
    noise = (
        "Agreement was good (ICC = 0.91). Ethics approval came from the University of Oxford."
    )
    return text.replace("Patients ", f"{noise} Patients ", 1)


CHANGES = {
    "lines": _wrapped,
    "hyphens at line ends": _hyphenated,
    "soft hyphens": _soft_hyphens,
    "ligatures": _ligatures,
    "spaces": _spaces,
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "compatible letters": lambda text: unicodedata.normalize("NFKC", text),
    "american spelling": _american,
    "running heads": _running_heads,
    "typography": _typography,
    "irrelevant sentences": _before_and_after,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("name", "text", "badge"), ALL, ids=[name for name, _, _ in ALL])
def test_how_a_text_is_printed_changes_nothing(name, text, badge, change):
    before, after = read(text, title_of(name)), read(change(text), title_of(name))
    assert after.badge.value == badge
    assert (after.definitions, after.combination) == (before.definitions, before.combination)


@given(
    st.sampled_from(ALL),
    st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=4, unique=True),
)
@settings(max_examples=80)
def test_several_changes_together_change_nothing(base, names):
    name, text, badge = base
    for change in names:
        text = CHANGES[change](text)
    assert read(text, title_of(name)).badge.value == badge


HEADINGS = [
    "METHODS", "2. Materials and methods", "Patients and Methods", "Methodology", "2 | Methods",
    "Subjects and methods", "Material and Methods",
    # The heading of the methods was lost, that of the participants was not.
    "## Participants", "## Study population", "## 2.1. Participants",
]  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize(("rule", "badge"), RULES.values(), ids=RULES)
def test_the_title_of_the_section_changes_nothing(rule, badge, heading):
    assert read(full_text(rule, heading)).badge.value == badge


STYLES = {
    "number": "Patients met the {name} criteria [{number}].",
    "round brackets": "Patients met the {name} criteria ({number}).",
    "superscript": "Patients met the {name} criteria{high}.",
    "glued": "Patients met the {name} criteria{number}.",
    "author and year": "Patients met the {name} criteria ({author}, {year}).",
    "range": "Patients met the {name} criteria [1,{number}].",
}
WORKS = {
    "fukuda_1994": ("Fukuda", "2", "\u00b2", "Fukuda et al.", "1994"),
    "ccc_2003": ("Canadian", "3", "\u00b3", "Carruthers et al.", "2003"),
    "icc_2011": ("International Consensus", "4", "\u2074", "Carruthers et al.", "2011"),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize(("which", "work"), WORKS.items(), ids=WORKS)
def test_the_style_of_citation_changes_nothing(which, work, style):
    name, number, high, author, year = work
    words = style.format(name=name, number=number, high=high, author=author, year=year)
    found = read(full_text(words))
    assert found.definitions == (which,)
    assert found.badge is not Badge.NOT_STATED


# A name that several definitions share is settled by the work that stands behind it.
@pytest.mark.parametrize(
    ("words", "which"),
    [
        ("Patients met the CDC criteria [2].", "fukuda_1994"),
        ("Patients met the criteria of Carruthers et al. [3].", "ccc_2003"),
        ("Patients met the criteria of Carruthers et al. [4].", "icc_2011"),
        ("ME/CFS was diagnosed by published criteria [3].", "ccc_2003"),
    ],
)
def test_a_reference_says_which_definition_is_meant(words, which):
    assert read(full_text(words)).definitions == (which,)


# Changes that must show.


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        ("Fukuda", "Canadian", "required", "not_required"),
        ("Fukuda", "IOM", "required", "not_required"),
        ("Oxford", "Canadian", "required", "not_required"),
        ("Canadian", "IOM", "required", "required"),
        ("Fukuda", "Oxford", "not_required", "not_required"),
    ],
)
@pytest.mark.parametrize("text", [full_text, lambda rule: f"{ABOUT} {rule}"], ids=["full", "abstract"])  # fmt: skip
def test_and_for_or_flips_what_it_must(one, other, both, either, text):
    rule = f"Patients met the {one} criteria {{}} the {other} criteria."
    found = {word: read(text(rule.format(word))).badge.value for word in ("and", "or")}
    assert found == {"and": both, "or": either}


ORDER = ["not_stated", "not_required", "mixed", "required"]


@pytest.mark.parametrize(("rule", "badge"), RULES.values(), ids=RULES)
@pytest.mark.parametrize(
    "words", ["Patients without PEM were excluded.", "PEM was mandatory for inclusion."]
)
def test_shutting_out_people_without_pem_never_lowers_the_badge(rule, badge, words):
    found = read(full_text(f"{rule} {words}")).badge.value
    assert ORDER.index(found) >= ORDER.index(badge)
    assert found == "required"


@pytest.mark.parametrize(("rule", "badge"), RULES.values(), ids=RULES)
def test_without_its_methods_a_paper_states_nothing(rule, badge):
    assert read(full_text(rule)).badge.value == badge
    assert read(full_text("")).badge is Badge.NOT_STATED


def test_an_asserted_badge_always_has_a_span():
    for name, text, _ in ALL:
        found = read(text, title_of(name))
        if found.badge in (Badge.REQUIRED, Badge.NOT_REQUIRED, Badge.MIXED):
            assert found.evidence, name
