"""The country pack of a server: read at the start, asked for where people are looked after."""

import pytest

from rapport.cli.country import named_pack
from rapport.core.errors import InputError, UsageError
from rapport.knowledge.entry_file import DATA
from rapport.web.serving import Serving, environment


@pytest.fixture
def real_pack(tmp_path):
    """The pack of a clinic that says it is not made up."""
    text = (DATA / "countries" / "evenland.toml").read_text()
    path = tmp_path / "lakeland.toml"
    path.write_text(
        text.replace('id = "evenland"', 'id = "lakeland"').replace(
            "is_made_up = true", "is_made_up = false"
        )
    )
    return path


def test_with_a_store_and_without_a_pack_the_practice_part_says_that_it_does_not_start(capsys):
    assert named_pack(None, has_store=True) == ""
    said = capsys.readouterr().err
    assert "The practice part does not start without a country pack" in said
    assert said.count("\n") == 1


def test_without_a_store_no_pack_is_asked_for(capsys):
    assert named_pack(None, has_store=False) == ""
    assert capsys.readouterr().err == ""


def test_a_file_is_named_by_its_whole_path(real_pack, monkeypatch):
    monkeypatch.chdir(real_pack.parent)
    assert named_pack("lakeland.toml", has_store=True) == str(real_pack)


def test_a_made_up_pack_is_for_servers_that_look_after_nobody():
    assert named_pack("evenland", has_store=False) == "evenland"
    with pytest.raises(UsageError, match="its numbers lead nowhere"):
        named_pack("evenland", has_store=True)


def test_a_pack_that_cannot_be_read_stops_the_start(tmp_path):
    (tmp_path / "x.toml").write_text("id = ")
    for name in ("nowhere", str(tmp_path / "x.toml")):
        with pytest.raises(InputError):
            named_pack(name, has_store=False)


def test_the_workers_are_told_of_the_pack(tmp_path):
    told = environment(Serving(release=tmp_path, country="evenland"))
    assert told["RAPPORT_COUNTRY"] == "evenland"
