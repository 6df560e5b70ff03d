"""Publications that are not wanted are not parsed to the end; wanted ones lose nothing."""

import pytest

from rapport.evidence.publication import Origin
from rapport.evidence.sources import parse
from rapport.evidence.sources.parse import publication, wanted_publication
from rapport.evidence.sources.raw import RawRecord

JATS = """<article article-type="research-article"><front>
<journal-meta><journal-title-group><journal-title>Rest</journal-title></journal-title-group>
</journal-meta><article-meta>
<article-id pub-id-type="pmid">90000001</article-id>
<title-group><article-title>Rest in ME/CFS</article-title></title-group>
<abstract><p>Twenty people rested.</p></abstract>
<kwd-group><kwd>pacing</kwd></kwd-group></article-meta></front>
<body><sec><title>Methods</title><p>They met the criteria <xref ref-type="bibr" rid="r1">1</xref>.
</p></sec><table-wrap id="t"><caption><p>People</p></caption><table><tr><td>20</td></tr></table>
</table-wrap></body>
<back><ref-list><ref id="r1"><label>1</label><mixed-citation>Criteria. 2003.</mixed-citation>
</ref></ref-list></back></article>"""
LINE = '{"pmid": "90000002", "title": "Rest", "abstract": "Twenty people rested."}'
RECORDS = [
    RawRecord(origin=Origin(file="a", position=1, format=form), data=data.encode())
    for form, data in (("jats", JATS), ("json_lines", LINE))
]


@pytest.mark.parametrize("raw", RECORDS, ids=lambda raw: raw.origin.format)
def test_a_wanted_publication_is_the_whole_one_and_the_question_is_asked_once(raw):
    asked = []
    found = wanted_publication(raw, lambda told: asked.append(told) or True)
    assert found == publication(raw)
    assert len(asked) == 1
    whole = publication(raw)
    for name in ("title", "abstract", "keywords", "mesh", "sections", "text"):
        assert getattr(asked[0], name) == getattr(whole, name)


@pytest.mark.parametrize("raw", RECORDS, ids=lambda raw: raw.origin.format)
def test_a_publication_that_is_not_wanted_is_none(raw):
    assert wanted_publication(raw, lambda _: False) is None


def test_a_broken_record_is_set_aside_without_a_question():
    raw = RawRecord(origin=Origin(file="a", position=1, format="jats"), data=b"<article><")
    assert wanted_publication(raw, pytest.fail) == publication(raw)
    unknown = RawRecord(origin=Origin(file="a", position=1, format="scroll"), data=b"")
    assert "scroll" in wanted_publication(unknown, pytest.fail).reason


def test_a_text_beyond_all_papers_is_set_aside_with_its_length(monkeypatch):
    monkeypatch.setattr(parse, "MAX_TEXT", 20)
    for raw in RECORDS:
        found = publication(raw)
        assert "characters; more than 20 are not read" in found.reason
    monkeypatch.setattr(parse, "MAX_TEXT", 2_000)
    assert publication(RECORDS[1]).title == "Rest"
