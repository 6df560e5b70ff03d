"""Sources go by the shortest names that tell them apart, whatever their order."""

from pathlib import Path

import pytest

from rapport.evidence.build.names import Renamed, source_names


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/home/anna/papers/a.xml"], ["a.xml"]),
        (["a.xml", "b.xml"], ["a.xml", "b.xml"]),
        (["x/a.xml", "y/a.xml"], ["x/a.xml", "y/a.xml"]),
        (["a.xml", "y/a.xml"], ["a.xml", "y/a.xml"]),
        (["../shared/papers/"], ["papers"]),
        (["-"], ["stdin"]),
    ],
)
def test_a_source_goes_by_its_last_parts(paths, names):
    given = [Path(path) for path in paths]
    assert sorted(source_names(given).values()) == sorted(names)
    assert source_names(given) == source_names(given[::-1])


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("/data/papers/sub/one.xml", "papers/sub/one.xml"),
        ("/data/papers.tar.xz/one.xml", "papers.tar.xz/one.xml"),
        ("/data/papers.tar.xz:one.xml", "papers.tar.xz:one.xml"),
        ("/data/papersandmore/one.xml", "/data/papersandmore/one.xml"),
    ],
)
def test_a_file_goes_by_its_source_and_its_place_in_it(file, name):
    renamed = Renamed([Path("/data/papers"), Path("/data/papers.tar.xz")])
    assert renamed.file(file) == name
