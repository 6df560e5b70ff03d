"""Reads a short text of our own; short names for badges and definitions."""

from rapport.core.vocabulary import Badge
from rapport.evidence.publication import AbstractPart, Origin, Publication, Section
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

READER = Reader(load())
ORIGIN = Origin(file="made up", position=1, format="example")
R, N, M = Badge.REQUIRED, Badge.NOT_REQUIRED, Badge.MIXED
S, A = Badge.NOT_STATED, Badge.NOT_APPLICABLE
F, C, I, O = "fukuda_1994", "ccc_2003", "icc_2011", "iom_2015"  # noqa: E741
DX, W = "physician_dx_or_code", "who_pcc_2021"


def read(title, abstract, methods=""):
    parts = (Section(title="Methods", paragraphs=(methods,)),) if methods else ()
    return READER.read(
        Publication(
            origin=ORIGIN, title=title, abstract=(AbstractPart(text=abstract),), sections=parts
        )
    )


def told(pem, definitions, combination=None):
    """The badge, and what is to be compared of the definitions (None: nothing)."""
    return (
        pem.badge,
        None if definitions is None else set(pem.definitions),
        None if combination is None else pem.combination.value,
    )
