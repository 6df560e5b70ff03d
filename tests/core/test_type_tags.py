"""Tags of type go, and what only looks like one stays."""

import pytest

from rapport.core.type_tags import without_tags


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Pain was lower (<i>p</i> < 0.05).", "Pain was lower (p < 0.05)."),
        ("<b>Methods</b>: H<sub>2</sub>O and 10<sup>3</sup>.", "Methods: H2O and 103."),
        ("Those with a < b and b > c.", "Those with a < b and b > c."),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("", ""),
    ],
)
def test_tags_of_type_are_taken_out_and_nothing_else(text, plain):
    assert without_tags(text) == plain
