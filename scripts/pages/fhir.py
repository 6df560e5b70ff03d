"""The page of what leaves as FHIR, drawn from the map that the export obeys."""

from rapport.practice.exchange.fhir.map import page

_NOTE = "<!-- Drawn from the code by scripts/generate.py; edit the code, not this page. -->"


def fhir_page() -> str:
    """Each kind of record, its resource, and the reason."""
    lines = [
        _NOTE,
        "",
        "# What is kept of a person, in FHIR R4B",
        "",
        "A person's copy holds one Bundle (`collection`, tagged 4.3.0). What FHIR has an element",
        "for stands there; the rest travels in the extension `urn:rapport:fhir:details`, so that",
        "each record comes back as it was. A tag of `meta` names the kind of record.",
        "",
        page(),
        "",
    ]
    return "\n".join(lines)
