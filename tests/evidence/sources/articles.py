"""Made-up articles as JATS, and what is read of them."""

import io

from rapport.evidence.publication import Publication
from rapport.evidence.sources.jats import full_text
from rapport.evidence.sources.raw import RawRecord

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def article(body="", *, meta="", back="", attributes="", floats=""):
    """A whole article around the part a test is about."""
    return (
        f'<article {XLINK} xmlns:mml="http://www.w3.org/1998/Math/MathML" {attributes}><front>'
        "<journal-meta><journal-title-group><journal-title>Journal of Examples</journal-title>"
        "</journal-title-group></journal-meta><article-meta>"
        f"<title-group><article-title>A title</article-title></title-group>{meta}"
        f"</article-meta></front><body>{body}</body><back>{back}</back>{floats}</article>"
    )


def pieces(data):
    """What one file gives, parsed."""
    data = data.encode() if isinstance(data, str) else data
    found = full_text.split(io.BytesIO(data), "made.xml", None)
    return [
        full_text.parse(piece) if isinstance(piece, RawRecord) else piece for piece in found
    ]


def read(data):
    """The one publication of a file."""
    (found,) = pieces(data)
    assert isinstance(found, Publication), found
    return found


def paragraphs(body, **more):
    """All paragraphs of an article with this body, in order."""
    return [text for each in read(article(body, **more)).sections for text in each.paragraphs]
