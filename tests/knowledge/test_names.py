"""Names of definitions in text: found where they are meant, not where they only seem to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.knowledge.load import load
from rapport.knowledge.names import Names

KNOWLEDGE = load()
NAMES = Names(KNOWLEDGE.definitions.values())


def found(text):
    """What the names in a text may mean, in their order."""
    return [name.definitions for name in NAMES.find(text)]


@pytest.mark.parametrize(
    ("text", "definitions"),
    [
        ("Patients met the Fukuda criteria.", [("fukuda_1994",)]),
        ("Patients met the 1994 CDC criteria.", [("fukuda_1994",)]),
        ("Patients met the CDC criteria.", [("fukuda_1994", "holmes_1988", "iom_2015")]),
        ("Patients met the CDC criteria (Fukuda et al., 1994).", [("fukuda_1994",)]),
        ("Patients met the CDC/Fukuda criteria.", [("fukuda_1994",)]),
        ("Patients met the CDC/IOM criteria.", [("iom_2015",)]),
        ("Patients met the NICE criteria.", [("nice_2007", "nice_2021")]),
        ("Patients met the NICE (2007) criteria.", [("nice_2007",)]),
        ("Patients were diagnosed by NICE guideline NG206.", [("nice_2021",)]),
        ("Patients met the Canadian criteria.", [("ccc_2003",)]),
        ("Patients met the revised Canadian criteria.", [("jason_revised_ccc_2010",)]),
        ("All met the criteria of Carruthers et al. [3].", [("ccc_2003", "icc_2011")]),
        ("All met the criteria of Carruthers et al. (2011).", [("icc_2011",)]),
        ("All met the case definition of Jason et al. (2006).", [("jason_ped_2006",)]),
        ("They met international consensus criteria.", [("fukuda_1994", "icc_2011")]),
        ("They met the International Consensus Criteria.", [("icc_2011",)]),
        ("They met the CCC or ICC.", [("ccc_2003",), ("icc_2011",)]),
        ("They met CCC with PEM of at least 14 h.", [("charite_modified_ccc",)]),
        ("Fukuda and Oxford criteria were met.", [("fukuda_1994",), ("oxford_1991",)]),
        ("The ICC was 0.81.", []),
        ("People who met the ICC were enrolled.", [("icc_2011",)]),
        ("They met Canadian and IOM criteria.", [("ccc_2003",), ("iom_2015",)]),
        ("Cases had a self-reported clinical diagnosis.", [("physician_dx_or_code",)]),
        ("They were diagnosed by the NICE guideline.", [("nice_2007", "nice_2021")]),
        ("Care followed the NICE guideline.", []),
        ("Long COVID by the WHO definition of post-COVID-19 condition.", [("who_pcc_2021",)]),
        ("The ICC criteria were met (ICC = 0.9 for agreement).", [("icc_2011",)]),
        ("Nothing is named here.", []),
        ("", []),
    ],
)
def test_what_a_text_names(text, definitions):
    names = found(text)
    assert list(dict.fromkeys(names)) == definitions


def test_a_shared_name_is_not_certain():
    certain, shared = NAMES.find("Fukuda; later the NICE criteria")
    assert certain.is_certain
    assert not shared.is_certain


SENTENCES = [
    pytest.param(each.text, each.looks_like, id=each.text[:40])
    for each in KNOWLEDGE.collisions.sentences
] + [
    pytest.param(text, (definition.id,), id=text[:40])
    for definition in KNOWLEDGE.definitions.values()
    for text in definition.collisions
]


@pytest.mark.parametrize(("text", "looks_like"), SENTENCES)
def test_words_that_only_look_like_a_name_are_not_found(text, looks_like):
    assert not {each for ids in found(text) for each in ids} & set(looks_like)


EXAMPLES = [
    pytest.param(example, id=example.text[:40])
    for definition in KNOWLEDGE.definitions.values()
    for example in definition.examples
    if example.definitions and not example.references
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_definitions_examples_name_it(example):
    assert set(example.definitions) <= {each for ids in found(example.text) for each in ids}


PIECES = [
    "Fukuda",
    "CDC criteria",
    "ICC",
    "CCC",
    "(",
    "[4]",
    "é",
    "≥",
    " ",
    ".",
    "14 h",
    "NICE",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12))
def test_places_are_inside_the_text_and_in_order(pieces):
    text = "".join(pieces)
    names = NAMES.find(text)
    assert list(names) == sorted(names)
    assert all(0 <= name.start < name.end <= len(text) for name in names)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_is_found_whatever_stands_around_it(before, after):
    text = f"{before}\n\nPatients met the IOM criteria.\n\n{after}"
    place = text.index("IOM criteria")
    assert any(
        name.definitions == ("iom_2015",) and name.start <= place < name.end
        for name in NAMES.find(text)
    )


REFERENCES = {
    "fukuda_1994": "Fukuda K, Straus SE, Hickie I. The chronic fatigue syndrome: a comprehensive "
    "approach to its definition and study. Ann Intern Med. 1994;121:953-9.",
    "ccc_2003": "Carruthers BM, Jain AK. Myalgic encephalomyelitis/chronic fatigue syndrome: "
    "Clinical working case definition, diagnostic and treatment protocols. 2003;11:7-115.",
    "icc_2011": "Carruthers BM, et al. Myalgic encephalomyelitis: International Consensus "
    "Criteria. J Intern Med 2011;270:327-38.",
    "iom_2015": "Institute of Medicine. Beyond ME/CFS: Redefining an Illness. Washington, 2015.",
    "reeves_2005": "Reeves WC, et al. Chronic fatigue syndrome - a clinically empirical approach "
    "to its definition and study. BMC Med 2005;3:19.",
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_is_that_of_one_definition(name):
    from rapport.knowledge.patterns import TextPattern

    fitting = [
        definition.id
        for definition in KNOWLEDGE.definitions.values()
        if TextPattern(definition.reference_patterns).occurs_in(REFERENCES[name])
    ]
    assert fitting == [name]
