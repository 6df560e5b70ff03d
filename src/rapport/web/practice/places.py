"""The addresses of the practice wing that more than one page leads to."""

from urllib.parse import urlencode

PRACTICE = "/practice/"
HOME = "/practice/home"
ROLE = "/practice/role"
DEMO = "/practice/demo"
YOURS = "/practice/yours"
SIGN_IN = f"/sign-in?{urlencode({'next': HOME})}"


def link(token: str) -> str:
    """The address that somebody is given to come in by."""
    return f"/practice/link/{token}"
