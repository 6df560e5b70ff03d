"""The page of the export that a person reads: plain HTML, no script, prints as it is."""

import datetime
from html import escape

from rapport.practice.exchange.fhir.trail import Access
from rapport.practice.exchange.person.told import HEADINGS, cells
from rapport.practice.records.kept import Kept
from rapport.practice.trail_words import done

_STYLE = (
    "body{font:20px/1.6 sans-serif;max-width:60ch;margin:1em auto;padding:0 1em;"
    "color:#2b2a27;background:#efe9dc}dt{font-weight:bold}dd{margin:0 0 .5em 1em;"
    "white-space:pre-wrap;overflow-wrap:anywhere}section{border-top:1px solid #6b6558}"
    "@media print{body{color:#000;background:#fff}}"
)
_OF_A_PAGE = "practice-"
"""How the name of a page begins: it says nothing to a person about what something was for."""


def page(kept: list[Kept], trail: list[Access], on: datetime.date) -> str:
    """The whole page. Kinds of which there is nothing are named at the end."""
    parts: list[str] = []
    empty: list[str] = []
    for kind, heading in HEADINGS.items():
        mine = [each for each in kept if isinstance(each.record, kind)]
        if mine:
            parts.append(f"<h2>{escape(heading)}</h2>\n" + "\n".join(map(_entry, mine)))
        else:
            empty.append(heading)
    body = "".join(f"{part}\n" for part in parts)
    nothing = "".join(
        f"<li>{escape(heading)}</li>\n"
        for heading in empty or ["There is something of everything."]
    )
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What is kept about you</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>What is kept about you</h1>
<p>Made on {on}. Keep this file safe: it is about you.</p>
<p>The file “everything.json” holds the same for programs. The folder “tables” holds it for spreadsheets. The file “fhir-r4b-bundle.json” is for other clinics.</p>
{body}<h2>Who opened or changed it</h2>
{_trail(trail)}
<h2>Nothing is kept on this</h2>
<ul>
{nothing}</ul>
</main>
</body>
</html>
"""


def _entry(kept: Kept) -> str:
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>\n"
        for name, text in cells(kept.record).items()
    )
    when = f"Written {kept.made_at:%Y-%m-%d} by the {escape(kept.author.role.value)}."
    return f"<section>\n<p>{when}</p>\n<dl>\n{rows}</dl>\n</section>"


def _trail(trail: list[Access]) -> str:
    if not trail:
        return "<p>Nobody but you.</p>"
    lines = (
        f"<li>{line.at:%Y-%m-%d %H:%M}: the {escape(line.role or 'program')} "
        f"{escape(done(line.act, line.kinds))}{_why(line.why)}.</li>"
        for line in trail
    )
    return "<ul>\n" + "\n".join(lines) + "\n</ul>"


def _why(why: str) -> str:
    return f" ({escape(why)})" if why and not why.startswith(_OF_A_PAGE) else ""
