"""Made-up records, written in each format by a few lines of the test, come back as they were."""

import csv
import html
import io
import json
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.core.ids import Identifiers
from rapport.evidence.publication import Author, Publication
from rapport.evidence.sources.formats import FORMATS
from rapport.evidence.sources.parse import publication
from rapport.evidence.sources.raw import RawRecord

FEW = settings(max_examples=20)  # for each of the formats
WORD = st.text("abcdefXYZ0189éüßŁ", min_size=2, max_size=8)
SENTENCE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
NAME = st.text("aeilnorté", min_size=3, max_size=7).map(str.capitalize)


class Made(NamedTuple):
    title: str
    abstract: str
    authors: tuple[tuple[str, str], ...]
    number: int
    year: int


MADE = st.builds(
    Made,
    title=SENTENCE.map(lambda text: f"On {text}"),
    abstract=st.lists(SENTENCE, min_size=1, max_size=3)
    .map(". ".join)
    .map(lambda text: f"{text}."),
    authors=st.lists(
        st.tuples(NAME, NAME),
        min_size=1,
        max_size=3,
    ).map(tuple),
    number=st.integers(1, 10**8 - 1),
    year=st.integers(1900, 2030),
)


def as_ris(records):
    return "".join(
        f"TY  - JOUR\nTI  - {each.title}\nAB  - {each.abstract}\n"
        + "".join(f"AU  - {family}, {given}\n" for family, given in each.authors)
        + f"PY  - {each.year}\nDO  - 10.5555/{each.number}\nER  - \n\n"
        for each in records
    ).encode()


def as_nbib(records):
    return "".join(
        f"PMID- {each.number}\nTI  - {each.title}\nAB  - {each.abstract}\nDP  - {each.year}\n"
        + "".join(f"FAU - {family}, {given}\n" for family, given in each.authors)
        + f"LID - 10.5555/{each.number} [doi]\nSO  - x\n\n"
        for each in records
    ).encode()


def as_bibtex(records):
    return "".join(
        f"@article{{key{place},\n  title = {{{each.title}}},\n  abstract = {{{each.abstract}}},\n"
        f"  author = {{{' and '.join(f'{family}, {given}' for family, given in each.authors)}}},\n"
        f"  year = {each.year},\n  doi = {{10.5555/{each.number}}}\n}}\n\n"
        for place, each in enumerate(records)
    ).encode()


def as_csl(records):
    items = [
        {
            "type": "article-journal",
            "title": each.title,
            "abstract": each.abstract,
            "author": [{"family": family, "given": given} for family, given in each.authors],
            "issued": {"date-parts": [[each.year]]},
            "DOI": f"10.5555/{each.number}",
        }
        for each in records
    ]
    return json.dumps(items).encode()


def as_csv(records):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Title", "Abstract", "Authors", "Year", "DOI"])
    for each in records:
        names = "; ".join(f"{family}, {given}" for family, given in each.authors)
        writer.writerow([each.title, each.abstract, names, each.year, f"10.5555/{each.number}"])
    return out.getvalue().encode()


def as_endnote(records):
    return (
        "<xml><records>"
        + "".join(
            "<record><contributors><authors>"
            + "".join(f"<author>{family}, {given}</author>" for family, given in each.authors)
            + f"</authors></contributors><titles><title>{html.escape(each.title)}</title></titles>"
            f"<dates><year>{each.year}</year></dates><abstract>{html.escape(each.abstract)}"
            f"</abstract><electronic-resource-num>10.5555/{each.number}"
            "</electronic-resource-num></record>"
            for each in records
        )
        + "</records></xml>"
    ).encode()


def as_medline(records):
    return (
        "<PubmedArticleSet>"
        + "".join(
            f"<PubmedArticle><MedlineCitation><PMID>{each.number}</PMID><Article><Journal>"
            f"<JournalIssue><PubDate><Year>{each.year}</Year></PubDate></JournalIssue></Journal>"
            f"<ArticleTitle>{html.escape(each.title)}</ArticleTitle><ELocationID "
            f'EIdType="doi">10.5555/{each.number}</ELocationID><Abstract><AbstractText>'
            f"{html.escape(each.abstract)}</AbstractText></Abstract><AuthorList>"
            + "".join(
                f"<Author><LastName>{family}</LastName><ForeName>{given}</ForeName></Author>"
                for family, given in each.authors
            )
            + "</AuthorList></Article></MedlineCitation></PubmedArticle>"
            for each in records
        )
        + "</PubmedArticleSet>"
    ).encode()


WRITERS = {
    "ris": as_ris,
    "nbib": as_nbib,
    "bibtex": as_bibtex,
    "csl_json": as_csl,
    "csv_table": as_csv,
    "endnote_xml": as_endnote,
    "medline_xml": as_medline,
}


def read(form, data):
    found = FORMATS[form].split(io.BytesIO(data), "made", None)
    return [publication(each) if isinstance(each, RawRecord) else each for each in found]


@pytest.mark.parametrize("form", WRITERS)
@FEW
@given(records=st.lists(MADE, min_size=1, max_size=4))
def test_what_is_written_is_what_is_read(form, records):
    found = read(form, WRITERS[form](records))
    assert len(found) == len(records)
    for each, made in zip(found, records, strict=True):
        assert isinstance(each, Publication), each
        assert each.title == made.title
        assert [part.text for part in each.abstract] == [made.abstract]
        assert each.authors == tuple(
            Author(family=family, given=given) for family, given in made.authors
        )
        assert str(each.date) == str(made.year)
        assert each.identifiers.doi == f"10.5555/{made.number}"
        assert each.identifiers == Identifiers(
            doi=each.identifiers.doi, pmid=each.identifiers.pmid
        )


@pytest.mark.parametrize("form", WRITERS)
@FEW
@given(records=st.lists(MADE, min_size=2, max_size=4), cut=st.floats(0.3, 0.99))
def test_of_a_truncated_file_every_whole_record_is_read(form, records, cut):
    data = WRITERS[form](records)
    found = read(form, data[: int(len(data) * cut)])
    whole = [each.title for each in read(form, data)]
    kept = [each.title for each in found if isinstance(each, Publication)]
    assert len(found) <= len(records) + 1
    assert kept[:-1] == whole[: len(kept[:-1])]


@pytest.mark.parametrize("form", WRITERS)
@FEW
@given(records=st.lists(MADE, min_size=1, max_size=3), size=st.integers(1, 50))
def test_the_size_of_reads_changes_nothing(form, records, size):
    class Slow(io.BytesIO):
        def read(self, _=-1):
            return super().read(size)

    data = WRITERS[form](records)
    found = FORMATS[form].split(Slow(data), "made", None)
    assert list(found) == list(FORMATS[form].split(io.BytesIO(data), "made", None))
