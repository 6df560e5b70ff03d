"""The addresses of the practice wing that more than one page leads to."""

from urllib.parse import urlencode

PRACTICE = "/practice/"
HOME = "/practice/home"
ROLE = "/practice/role"
DEMO = "/practice/demo"
LEAVE = "/practice/leave"
YOURS = "/practice/yours"
INVITE = "/practice/invite"
SIGN_IN = f"/sign-in?{urlencode({'next': HOME})}"


def link(token: str) -> str:
    """The address that somebody is given to come in by."""
    return f"/practice/link/{token}"
