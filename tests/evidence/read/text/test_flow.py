"""Text is made even with its places kept, whichever way it is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.evidence.read.text.flow import flow

PIECES = st.sampled_from(
    ["rest", "Pain", "a", "-", "/", " ", "  ", "\n", "\t", "\u00a0", "\u2009", "\u202f", "\u2003",
     "\u2019", "\u201c", "\u2010", "\u2212", "\u2013", "\ufb01", "\u00ad", "\u200b", "\u0085",
     "<i>", "</i>", "<", "\x00", "\u00e9", "\uff11", "\u2028"]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.integers(0, 40))
def test_a_stretch_read_at_once_is_even_as_if_it_were_read_in_parts(text, cut):
    cut = min(cut, len(text))
    whole, parts = flow(text, ((0, len(text)),)), flow(text, ((0, cut), (cut, len(text))))
    assert whole.text == parts.text
    for at in range(len(whole.text)):
        assert whole.bounds(at, at + 1) == parts.bounds(at, at + 1)


@pytest.mark.parametrize(
    ("text", "even"),
    [
        ("It\u2019s a\u00a0\u201cgood\u201d day", 'It\'s a "good" day'),
        ("5\u2009mg", "5 mg"),
        ("a \u00a0b", "a b"),
        ("dose-\nresponse", "doseresponse"),
        ("post-\nexertional", "post-exertional"),
    ],
)
def test_signs_stand_for_plain_ones(text, even):
    assert flow(text, ((0, len(text)),)).text == even
