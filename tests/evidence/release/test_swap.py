"""A release is put in place in one step, and nothing else is ever replaced."""

import pytest

from rapport.core.errors import InputError, UsageError
from rapport.evidence.release import swap
from rapport.evidence.release.manifest import MANIFEST
from rapport.evidence.release.swap import (
    check_target,
    exchange,
    locked,
    put_in_place,
    work_folder,
)


def folder(path, text):
    path.mkdir(parents=True)
    (path / MANIFEST).write_text(text)
    return path


@pytest.fixture(params=["exchange", "two renames"])
def way(request, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(swap, "exchange", lambda one, other: False)


@pytest.mark.parametrize("before", ["absent", "empty", "a release"])
def test_the_new_release_takes_the_place(tmp_path, way, before):
    out = tmp_path / "out"
    if before == "empty":
        out.mkdir()
    elif before == "a release":
        folder(out, "old")
    with locked(out) as work:
        put_in_place(folder(work / "new", "new"), out)
        assert not (work / "new").exists()
        assert not (work / "old").exists()
    assert (out / MANIFEST).read_text() == "new"


def test_a_release_behind_a_link_is_replaced_where_it_is(tmp_path, way):
    place = folder(tmp_path / "place", "old")
    link = tmp_path / "link"
    link.symlink_to(place)
    with locked(link) as work:
        put_in_place(folder(work / "new", "new"), link)
    assert link.is_symlink()
    assert (place / MANIFEST).read_text() == "new"


def test_a_kill_between_two_renames_is_mended_by_the_next_build(tmp_path):
    out = tmp_path / "out"
    folder(work_folder(out) / "old", "old")
    with locked(out):
        assert (out / MANIFEST).read_text() == "old"


def test_two_folders_change_places(tmp_path):
    one, other = folder(tmp_path / "one", "1"), folder(tmp_path / "other", "2")
    if not exchange(one, other):
        pytest.skip("this file system cannot exchange two folders")
    assert (one / MANIFEST).read_text() == "2"
    assert (other / MANIFEST).read_text() == "1"


def test_a_file_is_no_place_for_a_release(tmp_path):
    (tmp_path / "out").write_text("a letter")
    with pytest.raises(UsageError, match="file of this name"):
        check_target(tmp_path / "out")


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(InputError, match="cannot be written"),
        locked(tmp_path / "file" / "out"),
    ):
        pass
