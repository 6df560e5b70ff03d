"""The addresses that more than one page of the wing leads to. Ids in them mean nothing."""

HOME = "/practice/home"
ROLE = "/practice/role"
DEMO = "/practice/demo"
YOURS = "/practice/yours"
DELETED = "/practice/check-in/deleted"
CHECK_INS = "/practice/check-in/"
WORSE = "/practice/worse"
THANKS = "/practice/worse/noted"
HARM = "/practice/harm/"
SHOW = "/practice/show/"


def link(token: str) -> str:
    """The address that somebody is given to come in by."""
    return f"/practice/link/{token}"


def begin(pair: str) -> str:
    """Where a check-in of a pair begins."""
    return f"{CHECK_INS}with/{pair}/"


def check_in(name: str) -> str:
    """Where a check-in is gone on with, or looked at."""
    return f"{CHECK_INS}{name}/"


def question(name: str, item: str) -> str:
    """One question of a check-in."""
    return f"{CHECK_INS}{name}/{item}"


def step(name: str, step_: str) -> str:
    """A page of a check-in that is no question: paused, enough, help, send, sharing, delete."""
    return f"{CHECK_INS}{name}/to/{step_}"


def paper(pair: str) -> str:
    """Where a sheet of paper is keyed in."""
    return f"{CHECK_INS}with/{pair}/paper"


def sheet(side: str, length: str) -> str:
    """The sheet to print."""
    return f"/practice/sheet/{side}/{length}"


def comment(record: str) -> str:
    """Where the person says something beside an entry."""
    return f"/practice/comment/{record}/"


def reveal(pair: str) -> str:
    """Both sides together."""
    return f"/practice/reveal/{pair}/"


def visits(pair: str) -> str:
    """The visits of a pair, and the page for the next one."""
    return f"/practice/visits/{pair}/"


def held(pair: str) -> str:
    """Where a visit is noted."""
    return f"/practice/visits/{pair}/held"


def summary(pair: str) -> str:
    """The page for a visit."""
    return f"/practice/visits/{pair}/page"


def summary_text(pair: str) -> str:
    """The same as text to paste."""
    return f"/practice/visits/{pair}/page.txt"


def after(visit: str, tap: str) -> str:
    """One of the three taps after a visit."""
    return f"/practice/visit/{visit}/{tap}"


def later(record: str) -> str:
    """The question two days after a visit or a check-in."""
    return f"/practice/later/{record}/"


def over_time(pair: str) -> str:
    """The course of a pair."""
    return f"/practice/over-time/{pair}/"
