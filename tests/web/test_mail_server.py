"""What the environment can say about e-mail, and what is refused without repeating a password."""

import socket

import pytest

from rapport.core.errors import UsageError
from rapport.web.mail import mail_server

FROM = {"RAPPORT_MAIL_FROM": "rapport@clinic.example"}


def test_without_an_address_no_mail_is_sent():
    assert mail_server({}) is None
    assert mail_server(FROM) is None


@pytest.mark.parametrize(
    ("text", "host", "port", "is_tls", "is_clear"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, False, False),
        ("smtp://ann:a%40b@mail.example.org:2525", "mail.example.org", 2525, False, False),
        ("smtps://mail.example.org", "mail.example.org", 465, True, False),
        ("smtp+clear://localhost:25", "localhost", 25, False, True),
    ],
)
def test_an_address_says_where_and_how(text, host, port, is_tls, is_clear):
    found = mail_server({"RAPPORT_MAIL": text, **FROM})
    assert (found.host, found.port) == (host, port)
    assert (found.is_tls, found.is_clear) == (is_tls, is_clear)
    assert (found.user, found.password) == (("ann", "a@b") if "ann" in text else ("", ""))


@pytest.mark.parametrize(
    "environment",
    [
        {"RAPPORT_MAIL": "smtp://ann:s3cret@mail.example.org"},
        {"RAPPORT_MAIL": "smtp://ann:s3cret@mail.example.org", "RAPPORT_MAIL_FROM": "nobody"},
        {"RAPPORT_MAIL": "smtp://ann:s3cret@x", "RAPPORT_MAIL_FROM": "a@b\nBcc: c@d"},
        {"RAPPORT_MAIL": "http://ann:s3cret@mail.example.org", **FROM},
        {"RAPPORT_MAIL": "smtp://ann:s3cret@mail.example.org:x", **FROM},
        {"RAPPORT_MAIL": "smtp://ann:s3cret@", **FROM},
        {"RAPPORT_MAIL": "smtp+clear://ann:s3cret@mail.example.org", **FROM},
        {"RAPPORT_MAIL": "s3cret", **FROM},
    ],
)
def test_what_cannot_be_used_is_refused_and_not_repeated(environment):
    with pytest.raises(UsageError) as told:
        mail_server(environment)
    assert "s3cret" not in str(told.value)
    assert told.value.fix


def test_the_site_does_not_start_with_a_mail_server_that_cannot_be_used(rapport, monkeypatch):
    monkeypatch.setenv("RAPPORT_MAIL", "http://ann:s3cret@mail.example.org")
    monkeypatch.setenv("RAPPORT_MAIL_FROM", "rapport@clinic.example")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = rapport("serve", "--port", port)
    assert done.returncode == 2
    assert "The setting for e-mail cannot be used" in done.stderr
    assert "s3cret" not in done.stderr
    assert "Traceback" not in done.stderr
