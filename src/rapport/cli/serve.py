"""`rapport serve`: the site over a release, or over the demo records that come with Rapport."""

import os
from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.country import named_pack
from rapport.cli.demo import demo_clinic, demo_release, demo_report
from rapport.cli.store import StoreFile
from rapport.evidence.release.opened import Release
from rapport.knowledge.load_practice import MADE_UP_COUNTRY
from rapport.store.home import home

TRY_NEXT = """\
The site is up: {address}

Try next:
  {address}/search?q=Fukuda          studies that name the Fukuda criteria
  {address}/search?badge=required    studies in which people had to have PEM
  {address}/definitions/             which case definitions require PEM
{more}
It holds {cards} cards of {release}.
Press Ctrl+C to stop.
"""

COHORT = "  {address}/cohort                   the report of a made-up clinic\n"
CLINIC = "  {address}/practice/demo            a made-up clinic in which you can be anybody\n"

PRACTICE = "  {address}/practice/                when a relationship is stuck\n"

ReleaseFolder = Annotated[
    Path | None,
    typer.Argument(help="Folder of a release. Without it, the demo atlas is served."),
]
Host = Annotated[
    str, typer.Option(help="Address to listen on; 0.0.0.0 for your whole network.")
]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65_535)]
Workers = Annotated[
    int | None,
    typer.Option(help="Processes; as many as processors, up to 4.", min=1, max=64),
]
Names = Annotated[
    list[str] | None,
    typer.Option(help="Another host name that people use for this server; may be repeated."),
]
Evaluations = Annotated[
    list[Path] | None,
    typer.Option(
        help="A stored evaluation for “What it gets wrong”, in place of the bundled ones; "
        "may be repeated."
    ),
]
Before = Annotated[
    Path | None,
    typer.Option(help="Folder of an earlier release, for the page of what changed."),
]
Country = Annotated[
    str | None,
    typer.Option(
        metavar="FILE_OR_ID",
        help="Where help is: a country pack, for the practice part. RAPPORT_COUNTRY if left out.",
    ),
]
BehindTls = Annotated[
    bool,
    typer.Option("--behind-tls", help="People reach the site through a server with TLS."),
]


def serve(
    release: ReleaseFolder = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = None,
    name: Names = None,
    evaluation: Evaluations = None,
    before: Before = None,
    store: StoreFile = None,
    behind_tls: BehindTls = False,
    country: Country = None,
) -> None:
    """Serve the site over a release; with a store, people can also sign in and correct cards.

    Example: rapport serve my-atlas --port 8001
    """
    # Imported here: the other commands need not wait for the server.
    from rapport.web.serving import LOOPBACK, Serving
    from rapport.web.serving import serve as serve_site

    _check(host, port, tuple(evaluation or ()))
    folder = release or demo_release()
    named = home(store, os.environ)
    is_alone = host in LOOPBACK and not name and not behind_tls
    shows_demo = release is None and named is None and is_alone
    clinic = demo_clinic() if shows_demo else None
    pack = named_pack(
        country or os.environ.get("RAPPORT_COUNTRY"),
        has_store=named is not None,
    )
    serving = Serving(
        release=folder,
        host=host,
        port=port,
        workers=workers or min(os.cpu_count() or 1, 4),
        names=tuple(name or ()),
        evaluations=tuple(evaluation or ()),
        before=before,
        cohort=demo_report() if release is None else None,
        store=named or clinic,
        is_demo=clinic is not None,
        behind_tls=behind_tls,
        country=pack or (MADE_UP_COUNTRY if clinic else ""),
    )
    cards = len(Release(folder))  # refuses here, in words, what is not a release
    if before is not None:
        Release(before)
    lines = {
        COHORT: serving.cohort is not None,
        CLINIC: clinic is not None,
        PRACTICE: bool(pack) or named is None,
    }
    what = "the bundled demo" if release is None else str(release)
    serve_site(serving, _greeting(serving.address, cards, what, lines))


def _check(host: str, port: int, evaluations: tuple[Path, ...]) -> None:
    """Refuse in words, before anything starts, what is no port, mail server or evaluation."""
    from rapport.web.accuracy import accuracies
    from rapport.web.mail import mail_server
    from rapport.web.serving import check_port

    check_port(host, port)
    mail_server(os.environ)
    accuracies(evaluations)


def _greeting(address: str, cards: int, release: str, lines: dict[str, bool]) -> str:
    """What is said once the site is up; of `lines` those that are true."""
    more = "".join(line.format(address=address) for line, is_there in lines.items() if is_there)
    return TRY_NEXT.format(address=address, cards=f"{cards:,}", release=release, more=more)
