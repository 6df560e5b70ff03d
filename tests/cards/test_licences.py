"""Which licences let a card quote at length."""

import pytest

from rapport.cards.licences import is_open


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        (None, False),  # none stated
        ("", False),
        ("CC BY 4.0", True),
        ("cc-by", True),
        ("CC0", True),
        ("https://creativecommons.org/licenses/by/4.0/", True),
        ("http://creativecommons.org/publicdomain/zero/1.0/", True),
        ("Creative Commons Attribution 4.0 International", True),
        ("CC BY-NC 4.0", False),
        ("CC BY-ND 4.0", False),
        ("CC BY-SA 4.0", False),
        ("CC BY-NC-ND 4.0", False),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", False),
        ("Creative Commons Attribution-NonCommercial License", False),
        ("Creative Commons Attribution Non-Commercial No Derivatives", False),
        ("Copyright the authors. All rights reserved.", False),
    ],
)
def test_only_licences_without_conditions_beyond_naming_are_open(licence, expected):
    assert is_open(licence) is expected
