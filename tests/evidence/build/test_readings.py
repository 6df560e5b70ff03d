"""Kept readings survive kills, torn writes and damage; what is not sure is read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.evidence.build.readings import Readings

KEYS = [format(number, "064x") for number in range(6)]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "readings.bin"
    with Readings(path) as readings:
        for number, key in enumerate(KEYS[:3]):
            readings.add(key, f"reading {number}".encode())
    return path


def test_what_was_kept_is_found_again(path):
    with Readings(path) as readings:
        assert [readings.get(key) for key in KEYS[:4]] == [
            b"reading 0",
            b"reading 1",
            b"reading 2",
            None,
        ]


@given(cut=st.integers(0, 200))
def test_a_torn_file_gives_whole_readings_or_none(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("torn") / "readings.bin"
    with Readings(path) as readings:
        for number, key in enumerate(KEYS[:3]):
            readings.add(key, f"reading {number}".encode())
    path.write_bytes(path.read_bytes()[:cut])
    with Readings(path) as readings:
        for number, key in enumerate(KEYS[:3]):
            assert readings.get(key) in (None, f"reading {number}".encode())
        readings.add(KEYS[4], b"after the tear")
    with Readings(path) as readings:
        assert readings.get(KEYS[4]) == b"after the tear"


def test_a_changed_byte_is_noticed(path):
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with Readings(path) as readings:
        assert readings.get(KEYS[2]) is None
        assert readings.get(KEYS[0]) == b"reading 0"


def test_what_no_build_uses_any_more_is_forgotten(path):
    with Readings(path) as readings:
        for key in KEYS[3:]:
            readings.add(key, b"x" * 1000)
    with Readings(path) as readings:
        assert readings.get(KEYS[0]) == b"reading 0"
        readings.tidy()
    with Readings(path) as readings:
        assert readings.get(KEYS[0]) == b"reading 0"
        assert readings.get(KEYS[4]) is None
