"""No sentence that names criteria is lost: it decides the badge, or it is set aside with a reason."""

from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import ORIGIN

from rapport.evidence.publication import Publication
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.reader import Reader
from rapport.evidence.read.set_aside import ROLE_WORDS
from rapport.knowledge.load import load

READER = Reader(load())
NAMING = (
    "All 40 patients met the Canadian Consensus Criteria.",
    "The Fukuda criteria were published in 1994.",
    "Of them, 12 also met the Fukuda criteria.",
    "Controls did not meet the Fukuda criteria.",
    "Patients without post-exertional malaise were excluded.",
    "Twenty patients had a diagnosis by the Oxford criteria and ten by the ICC.",
    "We measured whether people met the IOM criteria a year later.",
)
OTHERS = ("The weather was fine.", "Ten people were asked about their sleep.")


def test_every_role_has_its_words():
    assert set(ROLE_WORDS) == set(Role)
    assert len(set(ROLE_WORDS.values())) == len(Role)


@given(st.lists(st.sampled_from(NAMING + OTHERS), min_size=1, max_size=8, unique=True))
def test_each_sentence_that_names_criteria_decides_or_is_set_aside_and_no_other_is(sentences):
    paper = Publication(origin=ORIGIN, title="Rest in ME/CFS", text=" ".join(sentences))
    reading, found = READER.explain(paper)
    assert reading == READER.read(paper)
    evidence, aside = reading.pem.evidence, [each.span for each in found]
    assert not set(aside) & set(evidence)
    weighed = {span.quote for span in (*aside, *evidence)}
    assert {each for each in sentences if each in NAMING} <= weighed
    assert not {span.quote for span in aside} & set(OTHERS)
