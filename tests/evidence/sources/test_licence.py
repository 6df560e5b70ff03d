"""Licences get one short name each; nothing is named that the text does not grant."""

import pytest

from rapport.evidence.sources.values.licence import licence_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/legalcode", "CC BY-NC-ND 4.0"),
        ("https://creativecommons.org/licenses/by-sa/3.0", "CC BY-SA 3.0"),
        ("http://creativecommons.org/licenses/by/3/", "CC BY 3.0"),
        ("http://creativecommons.org/licenses/by/", "CC BY"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "Public Domain Mark 1.0"),
        ("cc by", "CC BY"),
        ("CC-BY-NC 4.0", "CC BY-NC 4.0"),
        ("CC BY (4.0)", "CC BY 4.0"),
        ("cc0", "CC0"),
        (
            "Open access under the Creative Commons Attribution 4.0 International License.",
            "CC BY 4.0",
        ),
        ("under the Creative Commons Attribution License (v. 2.0), which permits", "CC BY 2.0"),
        (
            "under the Creative Commons Attribution-NonCommercial-NoDerivs License",
            "CC BY-NC-ND",
        ),
        ("Creative Commons Attribution Non Commercial (4.0) License", "CC BY-NC 4.0"),
        ("All rights reserved.", "All rights reserved."),
        ("", None),
        (None, None),
    ],
)
def test_a_licence_has_one_name(text, expected):
    assert licence_name(text) == expected
