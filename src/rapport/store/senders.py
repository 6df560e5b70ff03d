"""Who sends: a keyed hash of where a request comes from, so that no address is kept."""

import hmac
from ipaddress import IPv6Address, ip_address


def hashed(address: str, key: str) -> str:
    """What stands for a sender, in hexadecimal: the same for one network under one key.

    `key` is a secret of the site: without it nobody can try out addresses.
    """
    return hmac.digest(key.encode(), network(address).encode(), "sha256").hex()


def network(address: str) -> str:
    """What one sender can be told by: of IPv6, the half that a provider gives to a household."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped) if ip.ipv4_mapped else ip.exploded[:19]
    return str(ip)
