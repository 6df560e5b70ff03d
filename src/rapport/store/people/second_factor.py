"""The second factor: a number that an app on the person's own device shows (TOTP, RFC 6238)."""

import datetime
from base64 import b32encode
from typing import Any

import segno
from django_otp.plugins.otp_totp import models as _otp

from rapport.store.audit.recording import Act, recording
from rapport.store.people.models import Person

Device = Any
"""A device as django-otp keeps it; the library has no types."""

_DEVICES: Any = _otp.TOTPDevice.objects


def has_one(person: Person) -> bool:
    """Whether the person has shown once that their app works."""
    return _DEVICES.filter(user=person, confirmed=True).exists()


def confirmed(person: Person) -> Device:
    """The device of a person who has one."""
    return _DEVICES.get(user=person, confirmed=True)


def new(person: Person) -> Device:
    """The device to be confirmed; the same one until it is."""
    device, _ = _DEVICES.get_or_create(user=person, confirmed=False, name="app")
    return device


def picture(device: Device) -> str:
    """The code that an app reads with its camera, as inline SVG."""
    return segno.make(_address(device)).svg_inline(scale=5, border=4)


def secret(device: Device) -> str:
    """The same for typing: groups of four letters and digits."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def remove(person: Person) -> None:
    """Take the second factor away: the person has to set one up again."""
    _DEVICES.filter(user=person).delete()


def confirm(person: Person, number: str, at: datetime.datetime) -> bool:
    """Whether the number is right; if so, the person has a second factor from now on."""
    device = new(person)
    if not device.verify_token(_digits(number)):
        return False
    with recording(
        Act(act="second factor set up", about=person.name, person=person.name, at=at)
    ):
        _DEVICES.filter(user=person, confirmed=True).delete()
        device.confirmed = True
        device.save()
    return True


def is_right(person: Person, number: str) -> Device | None:
    """The device whose number it is; None if it is wrong, was used, or is asked too often."""
    device = _DEVICES.filter(user=person, confirmed=True).first()
    if device is None or not device.verify_is_allowed()[0]:
        return None
    return device if device.verify_token(_digits(number)) else None


def _digits(number: str) -> str:
    return "".join(number.split())


def _address(device: Device) -> str:
    address: str = device.config_url
    return address
