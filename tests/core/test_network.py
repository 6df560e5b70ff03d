"""Tests cannot reach the network, so none can depend on it."""

import socket

import pytest


def test_only_the_loopback_can_be_reached_from_a_test():
    # The guard warns before it blocks, and warnings are errors here.
    with socket.socket() as connection, pytest.raises(UserWarning, match=r"192\.0\.2\.1"):
        connection.connect(("192.0.2.1", 80))
