"""Tests cannot reach the network, so none can depend on it."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_only_the_loopback_can_be_reached_from_a_test():
    with pytest.raises(SocketConnectBlockedError), socket.socket() as connection:
        connection.connect(("192.0.2.1", 80))
