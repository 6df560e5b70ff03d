"""The second factor: a number that an app on the person's own device shows (TOTP, RFC 6238).

Until a person has shown that their app works, its secret is kept with the one who gave the
password just now, and not with the account: whoever else knows the password never sees it.
"""

import datetime
from base64 import b32encode
from binascii import unhexlify
from typing import Any

import segno
from django_otp.plugins.otp_totp import models as _otp
from django_otp.util import random_hex

from rapport.store.audit.recording import Act, recording
from rapport.store.people.models import Person

Device = Any
"""A device as django-otp keeps it; the library has no types."""

_DEVICES: Any = _otp.TOTPDevice.objects


def has_one(person: Person) -> bool:
    """Whether the person has shown once that their app works."""
    return _DEVICES.filter(user=person).exists()


def new_secret() -> str:
    """A secret for an app, in hexadecimal digits."""
    return str(random_hex(20))


def picture(person: Person, secret: str) -> str:
    """The code that an app reads with its camera, as inline SVG."""
    address: str = _otp.TOTPDevice(user=person, key=secret).config_url
    return segno.make(address).svg_inline(scale=5, border=4)


def letters(secret: str) -> str:
    """The same for typing: groups of four letters and digits."""
    text = b32encode(unhexlify(secret)).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def remove(person: Person) -> None:
    """Take the second factor away: the person has to set one up again."""
    _DEVICES.filter(user=person).delete()


def confirm(person: Person, secret: str, number: str, at: datetime.datetime) -> Device | None:
    """The device, if the number is right: from now on the person has a second factor.

    None for a wrong number, and for a person who has one already.
    """
    act = Act(act="second factor set up", about=person.name, person=person.name, at=at)
    with recording(act) as detail:
        device: Device = _otp.TOTPDevice(user=person, key=secret, name="app")
        fits = not has_one(person) and bool(device.verify_token(_digits(number)))
        detail["right"] = fits
        if not fits and device.pk is not None:  # a wrong number is counted by keeping it
            device.delete()
    return device if fits else None


def is_right(person: Person, number: str, at: datetime.datetime) -> Device | None:
    """The device whose number it is; None if it is wrong, was used, or is asked too often.

    After each wrong number the device waits twice as long, from one second on.
    """
    act = Act(act="number given", about=person.name, person=person.name, at=at)
    with recording(act) as detail:
        device = _DEVICES.filter(user=person).first()
        fits = device is not None and bool(device.verify_token(_digits(number)))
        detail["right"] = fits
    return device if fits else None


def _digits(number: str) -> str:
    return "".join(number.split())
