"""For the tests of sources: bytes of a file in, everything it gives out."""

import io
from pathlib import Path

import pytest

from rapport.evidence.sources.formats import sniffed
from rapport.evidence.sources.parse import publication
from rapport.evidence.sources.raw import RawRecord


@pytest.fixture(scope="session")
def pieces():
    """A function: what the bytes of one file give, parsed; its format is found by content."""

    def read(data, name="made.txt", wanted=None):
        form = sniffed(data[: 1 << 16], name)
        assert form is not None, "no format claims the file"
        found = form.split(io.BytesIO(data), name, wanted)
        return [publication(each) if isinstance(each, RawRecord) else each for each in found]

    return read


@pytest.fixture(scope="session")
def corpus():
    """The folder of made-up files, one for each way an exporter has of writing."""
    return Path(__file__).parent / "corpus"
