"""The report of a cohort beside the atlas: a finished file, shown as it is."""

import base64
import functools
import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rapport.web.errors import not_found

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def report(request: HttpRequest) -> HttpResponse:
    """The report. Its styles stand in it, so the policy names them by their hashes."""
    data = _file("report.html")
    response = HttpResponse(data, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = _policy(data)
    return response


def results(request: HttpRequest) -> HttpResponse:
    """All numbers of the report."""
    return HttpResponse(_file("results.json"), content_type="application/json")


@functools.lru_cache(maxsize=2)
def _policy(page: bytes) -> str:
    hashes = sorted(
        {
            base64.b64encode(hashlib.sha256(each).digest()).decode()
            for each in _STYLE.findall(page)
        }
    )
    styles = " ".join(f"'sha256-{each}'" for each in hashes)
    return (
        f"default-src 'none'; style-src {styles}; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def _file(name: str) -> bytes:
    """A file of the folder that is served. Raises: PageError where none is served."""
    folder = settings.RAPPORT_COHORT
    if not folder:
        raise not_found("No report of a cohort is served here.", "Start from the first page.")
    return (Path(folder) / name).read_bytes()
