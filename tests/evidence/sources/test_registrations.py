"""Numbers of trial registers are found as they are written, and nothing else is."""

import pytest

from rapport.evidence.sources.values.registrations import registrations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ClinicalTrials.gov NCT01234567, and NCT01234567 again", ("NCT01234567",)),
        ("ISRCTN 12345678", ("ISRCTN12345678",)),
        ("ACTRN12612345678901; CTRI/2015/01/123456", ("ACTRN12612345678901", "CTRI/2015/01/123456")),
        ("PROSPERO CRD42020123456", ("CRD42020123456",)),
        ("EudraCT 2015-001234-12", ("EudraCT2015-001234-12",)),
        ("NCT0123456 is too short, grant 12345678, NCTXXXXXXXX", ()),
    ],
)  # fmt: skip
def test_registrations_are_found(text, expected):
    assert registrations(text) == expected
