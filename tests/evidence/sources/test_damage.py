"""A damaged file gives its whole records, sets the rest aside with the cure, or is one error."""

import bz2
import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile

import pytest

from rapport.core.errors import InputError
from rapport.evidence.publication import Publication
from rapport.evidence.sources.files import publications
from rapport.evidence.sources.record import Quarantined

COUNT = 1000


def _title(number):
    """A title that does not pack well, so that packed files are long enough to be cut."""
    return f"On {hashlib.sha256(str(number).encode()).hexdigest()}"


def _pubmed(number):
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><ArticleTitle>"
        f"{_title(number)}</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n"
    )


def _jats(number):
    return (
        '<article><front><article-meta><article-id pub-id-type="pmid">'
        f"{number}</article-id><title-group><article-title>{_title(number)}</article-title>"
        "</title-group></article-meta></front></article>\n"
    )


def _endnote(number):
    return f"<record><titles><title>{_title(number)}</title></titles></record>\n"


FORMS = {
    "jsonl": ("", lambda n: f'{{"id": "{n}", "title": "{_title(n)}"}}\n', ""),
    "json": ("[", lambda n: f'{{"DOI": "10.1000/{n}", "title": "{_title(n)}"}},\n', "{}]"),
    "pubmed.xml": ("<PubmedArticleSet>\n", _pubmed, "</PubmedArticleSet>"),
    "jats.xml": ("<pmc-articleset>\n", _jats, "</pmc-articleset>"),
    "endnote.xml": ("<xml><records>", _endnote, "</records></xml>"),
    "nbib": ("", lambda n: f"PMID- {n}\nTI  - {_title(n)}\nSO  - Made up\n\n", ""),
    "ris": ("", lambda n: f"TY  - JOUR\nTI  - {_title(n)}\nER  - \n\n", ""),
    "bib": ("", lambda n: f"@article{{a{n}, title = {{{_title(n)}}}}}\n", ""),
    "csv": ("Title,PMID\n", lambda n: f"{_title(n)},{n}\n", ""),
}


def _file(form):
    before, record, after = FORMS[form]
    records = "".join(record(number) for number in range(1, COUNT + 1))
    return (before + records.rstrip(",\n") + "\n" + after.replace("{}", "")).encode()


def _zipped(data, name):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return into.getvalue()


def _tarred(mode):
    def pack(data, name):
        into = io.BytesIO()
        with tarfile.open(fileobj=into, mode=mode) as archive:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        return into.getvalue()

    return pack


PACKINGS = {
    "": lambda data, _: data,
    ".gz": lambda data, _: gzip.compress(data),
    ".xz": lambda data, _: lzma.compress(data),
    ".bz2": lambda data, _: bz2.compress(data, compresslevel=1),
    ".zip": _zipped,
    ".tar": _tarred("w"),
    ".tar.gz": _tarred("w:gz"),
    ".tar.xz": _tarred("w:xz"),
}


def _taken(path):
    """Titles of what was read, reasons of what was set aside; an error's words alone."""
    try:
        found = list(publications([path]))
    except InputError as error:
        return [], [str(error)]
    titles = [each.title for each in found if isinstance(each, Publication)]
    aside = [each for each in found if isinstance(each, Quarantined)]
    assert all(each.origin.file.startswith(str(path)) for each in aside)
    assert len(titles) + len(aside) == len(found)
    return titles, [each.reason for each in aside]


def _are_of(titles):
    """Whether these are true titles, each once and in order."""
    numbers = {_title(number): number for number in range(1, COUNT + 1)}
    places = [numbers[title] for title in titles]
    return places == sorted(set(places))


@pytest.fixture(scope="module")
def whole():
    """A function: the bytes of a whole file; made once."""
    made = {}

    def of(form, packing):
        if (form, packing) not in made:
            made[form, packing] = PACKINGS[packing](_file(form), f"it.{form}")
        return made[form, packing]

    return of


EVERY = [
    (form, packing)
    for form in FORMS
    for packing in PACKINGS
    if form in ("jsonl", "pubmed.xml", "jats.xml") or packing in ("", ".xz")
]
EACH = [(form, packing) for form, packing in EVERY if form == "jsonl" or not packing]
"""Every form once and every packing once."""


@pytest.mark.parametrize(("form", "packing"), EVERY)
def test_a_whole_file_is_read_to_the_last_record(form, packing, whole, tmp_path):
    path = tmp_path / f"it.{form}{packing}"
    path.write_bytes(whole(form, packing))
    titles, reasons = _taken(path)
    assert (len(titles), reasons) == (COUNT, [])


@pytest.mark.parametrize(
    ("form", "packing", "share"),
    [(*each, share) for each in EACH for share in (0.1, 0.99)]
    + [(*each, 0.5) for each in EVERY],
)
def test_a_file_cut_short_gives_what_is_whole_and_tells_the_cure(
    form, packing, share, whole, tmp_path
):
    path = tmp_path / f"it.{form}{packing}"
    data = whole(form, packing)
    path.write_bytes(data[: int(len(data) * share) - 30])
    titles, reasons = _taken(path)
    assert _are_of(titles)
    slack = 1 if packing == ".bz2" else 0.2  # bzip2 unpacks whole blocks of 100 kB
    assert len(titles) > COUNT * (share - slack)
    assert reasons or (packing == ".tar" and len(titles) == COUNT)  # it ends in many zeros


@pytest.mark.parametrize(("form", "packing"), EVERY)
def test_garbage_in_the_middle_is_told_and_costs_no_record_before_it(
    form, packing, whole, tmp_path
):
    path = tmp_path / f"it.{form}{packing}"
    data = bytearray(whole(form, packing))
    middle = len(data) // 2
    data[middle : middle + 300] = b'\xff\x00"<{' * 60
    path.write_bytes(data)
    titles, reasons = _taken(path)
    numbers = {_title(number) for number in range(1, COUNT + 1)}
    assert sum(title in numbers for title in titles) >= COUNT * (
        0 if packing == ".bz2" else 0.3
    )
    assert reasons


@pytest.mark.parametrize(("form", "packing"), EACH)
def test_a_wrong_ending_harms_nothing(form, packing, whole, tmp_path):
    path = tmp_path / "it.pdf"
    path.write_bytes(whole(form, packing))
    assert len(_taken(path)[0]) == COUNT


@pytest.mark.parametrize("packing", PACKINGS)
def test_an_empty_file_is_one_error_that_tells_the_cure(packing, tmp_path):
    path = tmp_path / f"it.jsonl{packing}"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="is empty") as caught:
        list(publications([path]))
    assert caught.value.fix == "Fetch it again."


@pytest.mark.parametrize("packing", [name for name in PACKINGS if name])
def test_a_packed_file_with_nothing_whole_in_it_is_one_error(packing, whole, tmp_path):
    path = tmp_path / f"it.jsonl{packing}"
    path.write_bytes(whole("jsonl", packing)[:24])
    with pytest.raises(InputError) as caught:
        list(publications([path]))
    assert caught.value.exit_status == 2
