"""Files, folders and archives: everything is read, set aside with a reason, or refused at once."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from functools import partial

import pytest

from rapport.core.errors import InputError
from rapport.evidence.publication import Publication
from rapport.evidence.sources.files import publications, raw_records
from rapport.evidence.sources.opening import archives
from rapport.evidence.sources.record import Quarantined


def line(name):
    """A record as JSON Lines."""
    return f'{{"id":"{name}","title":"About {name}"}}\n'.encode()


def read(*paths):
    """Ids of what was read, and (file, reason) of what was set aside."""
    found = list(publications(paths))
    ids = [each.id for each in found if isinstance(each, Publication)]
    aside = [(each.origin.file, each.reason) for each in found if isinstance(each, Quarantined)]
    assert len(ids) + len(aside) == len(found)
    return ids, aside


def tar(path, members, mode="w"):
    """A tar archive of (TarInfo or name, data)."""
    with tarfile.open(path, mode) as archive:
        for info, data in members:
            info = tarfile.TarInfo(info) if isinstance(info, str) else info
            if info.isreg():
                info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def zipped(path, members):
    """A zip archive of (name, data)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_a_folder_is_read_in_the_order_of_names_and_hidden_files_are_not(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "c.jsonl").write_bytes(line("c"))
    (tmp_path / "b" / "b2.jsonl").write_bytes(line("b2"))
    (tmp_path / "b" / "b1.jsonl").write_bytes(line("b1"))
    (tmp_path / "a.jsonl").write_bytes(line("a"))
    (tmp_path / ".hidden" / "h.jsonl").write_bytes(line("h"))
    (tmp_path / ".h.jsonl").write_bytes(line("h"))
    assert read(tmp_path) == (["a", "b1", "b2", "c"], [])


def test_what_is_only_found_in_a_folder_is_set_aside_and_the_rest_is_read(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(line("a"))
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    ids, aside = read(tmp_path)
    assert ids == ["a"]
    assert [(name.rsplit("/", 1)[1], reason) for name, reason in aside] == [
        ("empty.jsonl", "it is empty"),
        ("gone.jsonl", "it cannot be opened: No such file or directory"),
        ("picture.png", "it is of a format that cannot be read"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_is_set_aside_and_never_waited_for(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(line("a"))
    os.mkfifo(tmp_path / "pipe")
    ids, aside = read(tmp_path)
    assert ids == ["a"]
    assert [reason for _, reason in aside] == [
        "it is a pipe, a socket or a device, and not a file"
    ]


def test_a_folder_that_holds_itself_is_entered_once(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(line("a"))
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    assert read(tmp_path)[0] == ["a"]


def unreadable(kind, folder):
    """A path a person may name that cannot be read."""
    path = folder / f"it{'.txt.gz' if kind == 'empty gzip' else '.xml'}"
    if kind == "folder without files":
        path.mkdir()
        (path / ".hidden").write_bytes(b"x")
    elif kind == "empty file":
        path.write_bytes(b"")
    elif kind == "unknown format":
        path.write_bytes(b"\x00\x01\x02" * 100)
    elif kind == "damaged gzip":
        path.write_bytes(b"\x1f\x8b\x08" + bytes(100))
    elif kind == "empty gzip":
        path.write_bytes(gzip.compress(b""))
    return path


@pytest.mark.parametrize(
    "kind",
    [
        "missing",
        "folder without files",
        "empty file",
        "unknown format",
        "damaged gzip",
        "empty gzip",
    ],
)
def test_a_named_path_that_cannot_be_read_is_one_clear_error_before_any_record(kind, tmp_path):
    good = tmp_path / "a.jsonl"
    good.write_bytes(line("a"))
    with pytest.raises(InputError) as caught:
        raw_records([good, unreadable(kind, tmp_path)])
    assert caught.value.exit_status == 2
    assert str(tmp_path) in caught.value.where
    assert caught.value.fix


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_named_file_that_may_not_be_read_is_an_error(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(line("a"))
    path.chmod(0)
    with pytest.raises(InputError):
        raw_records([path])


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
def test_tar_archives_are_read_in_their_order_whatever_they_are_called(mode, tmp_path):
    path = tar(tmp_path / "it", [("z/b.jsonl", line("b")), ("a.jsonl", line("a"))], mode)
    found = list(publications([path]))
    assert [each.id for each in found] == ["b", "a"]
    assert found[0].origin.file == f"{path}:z/b.jsonl"


def test_zip_archives_are_read(tmp_path):
    path = zipped(
        tmp_path / "it", [("b.jsonl", line("b")), ("a.jsonl.gz", gzip.compress(line("a")))]
    )
    assert read(path) == (["b", "a"], [])


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_a_packed_file_is_read_whatever_it_is_called(pack, tmp_path):
    path = tmp_path / "it.jsonl"
    path.write_bytes(pack(line("a") + line("b")))
    assert read(path) == (["a", "b"], [])


def test_a_packed_file_cut_short_gives_what_is_whole_and_says_so(tmp_path):
    lines = b"".join(line(f"{number:05d}{number * 7919 % 104729}") for number in range(20_000))
    path = tmp_path / "it.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-2000])
    ids, aside = read(path)
    assert len(ids) > 10_000
    assert len(aside) in (1, 2)  # the line that is cut, and the file
    assert "ends in the middle" in aside[-1][1]


def special(name, kind):
    """A member of tar that is not a file."""
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = "/etc/passwd"
    return info


def test_what_a_hostile_tar_tries_is_refused_and_the_rest_is_read(tmp_path):
    path = tar(
        tmp_path / "it.tar",
        [
            ("../../up.jsonl", line("up")),
            ("/etc/root.jsonl", line("root")),
            (special("soft", tarfile.SYMTYPE), b""),
            (special("hard", tarfile.LNKTYPE), b""),
            (special("pipe", tarfile.FIFOTYPE), b""),
            (special("device", tarfile.CHRTYPE), b""),
            ("inner.tar", tar(tmp_path / "inner", [("x.jsonl", line("x"))]).read_bytes()),
            ("inner.zip", zipped(tmp_path / "inner2", [("x.jsonl", line("x"))]).read_bytes()),
            ("__MACOSX/._a.jsonl", b"junk"),
            ("a.jsonl", line("a")),
        ],
    )
    ids, aside = read(path)
    assert ids == ["a"]
    assert [reason for _, reason in aside] == [
        "its path leads out of the archive",
        "its path leads out of the archive",
        "it is a link",
        "it is a link",
        "it is not a plain file",
        "it is not a plain file",
        "it is an archive inside an archive",
        "it is an archive inside an archive",
    ]


def test_what_a_hostile_zip_tries_is_refused_and_the_rest_is_read(tmp_path):
    path = tmp_path / "it.zip"
    zipped(path, [("../up.jsonl", line("up")), ("a.jsonl", line("a"))])
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    ids, aside = read(path)
    assert ids == ["a"]
    assert [reason for _, reason in aside] == [
        "its path leads out of the archive",
        "it is a link",
    ]


def test_a_zip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "FREE_BYTES", 10 << 20)
    path = zipped(tmp_path / "it.zip", [("a.jsonl", line("a")), ("b.jsonl", bytes(15 << 20))])
    ids, aside = read(path)
    assert ids == ["a"]
    assert "more than 200 times" in aside[-1][1]


@pytest.mark.parametrize(("pack", "ending"), [(gzip, "gz"), (lzma, "xz"), (bz2, "bz2")])
def test_a_packed_bomb_is_refused(pack, ending, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "FREE_BYTES", 10 << 20)
    path = tmp_path / f"it.jsonl.{ending}"
    with pack.open(path, "wb") as file:
        file.write(line("a"))
        for _ in range(15):
            file.write(b" " * (1 << 20) + b"\n")
    ids, aside = read(path)
    assert ids == ["a"]
    assert "more than 200 times" in aside[-1][1]


def test_a_member_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 100)
    path = tar(tmp_path / "it.tar", [("big.jsonl", line("x" * 200)), ("a.jsonl", line("a"))])
    ids, aside = read(path)
    assert (ids, [reason for _, reason in aside]) == (["a"], ["it is larger than 2 GB"])


def test_an_archive_cut_short_gives_its_whole_members_and_says_so(tmp_path):
    members = [
        (f"{number}.jsonl", os.urandom(10).hex().encode().join([b'{"id":"', b'"}']))
        for number in range(400)
    ]
    path = tar(tmp_path / "it.tar.xz", members, "w:xz")
    path.write_bytes(path.read_bytes()[:-2000])
    ids, aside = read(path)
    assert 10 < len(ids) < 400
    assert aside


def test_an_archive_without_files_is_an_error(tmp_path):
    info = tarfile.TarInfo("folder")
    info.type = tarfile.DIRTYPE
    path = tar(tmp_path / "it.tar", [(info, b"")])
    with pytest.raises(InputError, match="no file in the archive"):
        list(publications([path]))


def test_progress_hears_of_every_file_and_member(tmp_path):
    plain = tmp_path / "a.jsonl"
    plain.write_bytes(line("a"))
    path = tar(tmp_path / "it.tar", [("b.jsonl", line("b")), ("c.jsonl", line("c"))])
    heard = []
    list(raw_records([plain, path], progress=heard.append))
    assert heard == [str(plain), f"{path}:b.jsonl", f"{path}:c.jsonl"]


@pytest.fixture
def run(rapport):
    """Runs `rapport atlas text`."""
    return partial(rapport, "atlas", "text")


def test_standard_input_is_read_and_text_stays_as_it_was_given(run):
    done = run("-", given=b'{"id":"x","title":"T","abstract":"A.","text":"Two  spaces."}\n')
    assert done.returncode == 0
    assert done.stdout == '{"abstract":"A.","id":"x","text":"Two  spaces.","title":"T"}\n'
    assert done.stderr.splitlines()[-1] == "records in 1 = read 1 + quarantined 0"


def test_what_atlas_text_prints_can_be_read_again(run, tmp_path):
    first = run("-", given=b'{"id":"x","title":"T","text":"All."}\n{"id":"y","title":"U"}\n')
    again = run("-", given=first.stdout)
    assert again.returncode == 0
    assert again.stdout == first.stdout


def test_records_that_cannot_be_read_are_told_and_counted(run, tmp_path):
    path = tmp_path / "it.jsonl"
    path.write_bytes(line("a") + b'{"broken\n')
    done = run(path)
    assert done.returncode == 0
    assert '"id":"a"' in done.stdout
    told = done.stderr.splitlines()
    assert told[0].startswith(f"not read: {path}, record 2: ")
    assert told[-1] == "records in 2 = read 1 + quarantined 1"


@pytest.mark.parametrize("given", [b"", b"\x00\x01\x02"])
def test_standard_input_that_cannot_be_read_is_exit_2(run, given):
    done = run("-", given=given)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "stdin" in done.stderr
