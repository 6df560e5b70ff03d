"""A release is opened only if it is one, is whole, and can be read by this version."""

import json

import pytest

from rapport.core.errors import InputError
from rapport.evidence.build import build
from rapport.evidence.release.lines import SortedLines
from rapport.evidence.release.manifest import CARDS, INDEX, MANIFEST, WORKS
from rapport.evidence.release.opened import Release
from rapport.knowledge.load import load


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A release of three made-up studies."""
    home = tmp_path_factory.mktemp("release")
    lines = [
        {
            "id": f"rec-{number}",
            "doi": f"10.1234/rest.{number}",
            "title": f"How people with ME/CFS rest: made-up survey {number}",
            "abstract": "People with ME/CFS answered questions. Rest went with less pain.",
        }
        for number in range(3)
    ]
    source = home / "made-up.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    build([source], home / "out", topic="me_cfs", knowledge=load(), processes=1)
    return home / "out"


@pytest.fixture
def release(whole, tmp_path):
    """A copy that a test may damage."""
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / INDEX).mkdir()
    for path in whole.rglob("*"):
        if path.is_file():
            (copy / path.relative_to(whole)).write_bytes(path.read_bytes())
    return copy


def test_every_card_is_found_by_its_id(release):
    opened = Release(release)
    ids = list(opened.ids())
    assert len(ids) == len(opened) == 3
    assert ids == sorted(ids)
    assert [opened.card(name).id for name in ids] == ids
    assert [card.id for card in opened.cards()] == ids
    assert all(json.loads(opened.card_json(name))["id"] == name for name in ids)
    assert all(opened.work(name).members[0].used for name in ids)
    opened.verify()


@pytest.mark.parametrize("name", ["10.1234/rest.1", "https://doi.org/10.1234/REST.1", "rec-1"])
def test_other_names_lead_to_the_card(release, name):
    card = Release(release).card(name)
    assert card.identifiers.doi == "10.1234/rest.1"


@pytest.mark.parametrize(
    "name", ["", "x", "pmid-1", "../manifest.json", "a" * 5000, "\x00", '"', "10.1/x"]
)
def test_a_name_of_nothing_is_none(release, name):
    assert Release(release).card(name) is None


def test_ids_are_safe_in_an_address(release):
    assert all(
        set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
        for name in Release(release).ids()
    )


def test_the_index_folder_may_be_missing(release):
    for path in (release / INDEX).iterdir():
        path.unlink()
    assert len(Release(release)) == 3


def test_offsets_of_other_cards_are_not_believed(release):
    path = release / INDEX / "cards.offsets"
    path.write_bytes(b"x" * len(path.read_bytes()))
    assert len(list(Release(release).cards())) == 3


def test_a_folder_that_is_no_release_is_one_clear_error(tmp_path):
    with pytest.raises(InputError, match="not a release"):
        Release(tmp_path)
    with pytest.raises(InputError, match="not a release"):
        Release(tmp_path / "missing")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (MANIFEST, lambda data: b"{"),
        (MANIFEST, lambda data: b"\xff\xfe"),
        (CARDS, lambda data: data[:-5]),
        (CARDS, lambda data: b""),
        (WORKS, lambda data: data + b"{}\n"),
        (WORKS, None),
    ],
)
def test_a_damaged_release_is_one_clear_error(release, name, damage):
    path = release / name
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(InputError, match="damaged"):
        Release(release)


def test_a_line_that_cannot_be_read_is_an_error_when_it_is_read(release):
    path = release / CARDS
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"citation":', b'"citatiom":', 1))
    opened = Release(release)
    with pytest.raises(InputError, match="damaged"):
        list(opened.cards())
    with pytest.raises(InputError, match="damaged"):
        opened.verify()


def test_a_release_of_a_newer_format_asks_for_a_newer_version(release):
    path = release / MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 99'))
    with pytest.raises(InputError, match="format 99"):
        Release(release)


def test_lines_are_found_without_reading_the_file(tmp_path):
    path = tmp_path / "lines.jsonl"
    names = [f"id-{number:05d}" for number in range(2000)]
    path.write_text("".join(f'{{"id":"{name}","n":1}}\n' for name in names))
    lines = SortedLines(path)
    assert len(lines) == 2000
    assert list(lines.ids()) == names
    assert lines.find("id-01999") == b'{"id":"id-01999","n":1}'
    assert lines.find("id-0") is None
    assert lines.find("zzz") is None


def test_an_empty_file_has_no_lines(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.touch()
    assert list(SortedLines(path)) == []
    assert SortedLines(path).find("x") is None
