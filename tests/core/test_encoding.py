"""The same value gives the same bytes."""

from rapport.core.encoding import content_hash, to_json, to_json_lines


def test_keys_of_mappings_are_sorted_so_that_order_of_insertion_does_not_show():
    assert to_json({"b": 1, "a": 2}) == to_json({"a": 2, "b": 1}) == b'{"a":2,"b":1}'


def test_no_values_give_no_bytes_and_each_value_a_line():
    assert to_json_lines([]) == b""
    assert to_json_lines([1, "é"]) == '1\n"é"\n'.encode()


def test_a_hash_knows_where_one_part_ends_and_the_next_begins():
    assert content_hash(b"ab", b"c") != content_hash(b"a", b"bc")
    assert len(content_hash()) == 64
