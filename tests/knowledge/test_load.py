"""The knowledge base is read whole and typed, and a broken file is named with its place."""

import shutil
import time

import pytest

from rapport.core.errors import InputError
from rapport.knowledge.load import DATA, load


@pytest.fixture
def folder(tmp_path):
    """A copy of the data that a test may break."""
    return shutil.copytree(DATA, tmp_path / "data")


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_packaged_knowledge_is_read_once():
    assert load() is load()


def test_a_copy_of_the_data_is_the_same_knowledge(folder):
    assert load(folder) == load()


def test_the_version_changes_with_any_byte_of_any_file(folder):
    change(folder / "designs" / "rct_blinded.toml", "\nversion = ", "\n# a comment\nversion = ")
    assert load(folder).version != load().version


def test_the_version_changes_with_a_files_name(folder):
    change(folder / "designs" / "other.toml", 'id = "other"', 'id = "another"')
    (folder / "designs" / "other.toml").rename(folder / "designs" / "another.toml")
    assert load(folder).version != load().version


def test_a_kind_without_a_folder_has_no_entries(folder):
    shutil.rmtree(folder / "topics")
    assert load(folder).topics == {}


def test_a_folder_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="no knowledge base"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "', "title = ", "not TOML"),  # a quote is missing
        ("\nversion = ", '\nversion = "one" # ', "key version"),  # wrong type
        ("\nversion = ", "\nversoin = ", "versoin"),  # a misspelt key
        (
            'status = "optional_k_of_n"',
            'status = "perhaps"',
            "key pem.status",
        ),  # a value unknown
        ("[pem]", "[pem]\nhours = 3", "key pem"),  # a key unknown, in a table
        ('id = "fukuda_1994"', 'id = "fukuda"', "rename the file to fukuda.toml"),
    ],
)
def test_a_broken_file_is_named_with_the_place_in_it(folder, old, new, said):
    change(folder / "definitions" / "fukuda_1994.toml", old, new)
    with pytest.raises(InputError) as caught:
        load(folder)
    assert "fukuda_1994.toml" in caught.value.where
    assert said in str(caught.value)


def test_a_file_that_is_not_text_is_named(folder):
    (folder / "definitions" / "fukuda_1994.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"fukuda_1994\.toml"):
        load(folder)


def test_reading_it_all_costs_less_than_a_second_of_one_core():
    started = time.process_time()
    load(DATA)
    assert time.process_time() - started < 1
