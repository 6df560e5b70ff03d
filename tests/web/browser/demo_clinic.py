"""Serves a release with a demo clinic of its own: RELEASE STORE PORT."""

import datetime
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from rapport.store.home import file_home
from rapport.web.serving import Serving, serve


def fill(made):
    from rapport.store.tables import renew

    renew(made)
    from rapport.store.practice.demo import make

    make(datetime.datetime.now(datetime.UTC))  # noqa: TID251


if __name__ == "__main__":
    release, store, port = sys.argv[1:]
    home = file_home(Path(store))
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        apart.submit(fill, home).result()
    serve(
        Serving(
            release=Path(release), store=home, is_demo=True, country="evenland", port=int(port)
        ),
        "",
    )
