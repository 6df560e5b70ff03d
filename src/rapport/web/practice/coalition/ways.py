"""The addresses of the pages of the coalition. Ids in them mean nothing."""

from urllib.parse import quote

SERVICES = "/practice/services/"
TABLE = "/practice/services/table"
TABLE_FILE = "/practice/services/table.csv"
GAPS = "/practice/services/gaps"


def plan(patient: str) -> str:
    """All needs of somebody, and the ways on."""
    return f"/practice/plan/{patient}/"


def of_plan(patient: str, what: str) -> str:
    """A page about the whole plan: need, people, ledger, page, agree, dates.ics, week."""
    return f"{plan(patient)}{what}"


def need(name: str) -> str:
    """One need."""
    return f"/practice/need/{name}/"


def of_need(name: str, what: str) -> str:
    """A page about one need: result, services, ask, do, note, letter, close, who, ..."""
    return f"{need(name)}{what}"


def service_for(need_: str, service: str) -> str:
    """Whether one service fits one need."""
    return f"{need(need_)}services/{quote(service, safe='')}"


def request(name: str) -> str:
    """Something that was asked of a service."""
    return f"/practice/asked/{name}/"


def request_with(name: str) -> str:
    """What goes with a request."""
    return f"{request(name)}with"


def action(name: str) -> str:
    """Something that somebody does."""
    return f"/practice/action/{name}/"


def letter(name: str) -> str:
    """A letter."""
    return f"/practice/letters/{name}/"


def letter_text(name: str) -> str:
    """An approved letter as text."""
    return f"/practice/letters/{name}/letter.txt"


def service(name: str) -> str:
    """One service of the map."""
    return f"/practice/services/of/{quote(name, safe='')}"
