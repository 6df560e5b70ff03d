"""Answers for what went wrong: calm, short, with the right status, never a traceback."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.http import escape_leading_slashes

from rapport.web import addresses
from rapport.web.errors import PageError
from rapport.web.render import data, page


def shown(request: HttpRequest, error: PageError) -> HttpResponse:
    """The error as a page, or as data where data was asked for."""
    if wants_data(request.path_info):
        answer = {"status": error.status, "problem": error.problem, "fix": list(error.fixes)}
        response = data(answer, status=error.status)
    else:
        response = page(request, "error.html", status=error.status, error=error)
    if error.allow:
        response["Allow"] = ", ".join(error.allow)
    return response


def wants_data(path: str) -> bool:
    """Whether an address is one of data rather than of a page."""
    return path.endswith(".json")


def wrong_method(methods: tuple[str, ...]) -> PageError:
    """The error for a method that a page does not have."""
    can = "This page can only be read." if "POST" not in methods else "It cannot be asked so."
    return PageError(405, can, allow=methods)


def from_elsewhere() -> PageError:
    """The error for a form that another site has sent."""
    return PageError(403, "Another site has sent this form.", "Open the page here and send it.")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form without the mark that this site put into it."""
    problem = "This form is too old, or did not come from here. Nothing was changed."
    return shown(request, PageError(403, problem, "Go back, load the page anew, and send it."))


def unknown_host(request: HttpRequest) -> HttpResponse:
    """The answer to a request for a name that is not this server's: plain text, nothing else."""
    return HttpResponse(
        "This server does not answer to that name.\n"
        "If it should, start it with --name and the name.\n",
        status=400,
        content_type="text/plain; charset=utf-8",
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For a request that the framework could not read."""
    return shown(request, PageError(400, "We could not read what was sent."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For a request that the framework would not take."""
    return shown(request, PageError(403, "That is not open to you."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For an address that leads nowhere; one slash too many or too few leads on."""
    other = _other_slash(request)
    if other is not None:
        return HttpResponsePermanentRedirect(other)
    return shown(
        request,
        PageError(404, "The address may be old, or have a slip in it.", "Try a search."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """For a fault of the program; the log has it, the reader is spared it.

    It is plain text without any look: whatever broke may be what pages are made of.
    """
    return HttpResponse(
        "Something broke on our side. It is not your fault. Please try again later.\n",
        status=500,
        content_type="text/plain; charset=utf-8",
    )


def _other_slash(request: HttpRequest) -> str | None:
    path = request.path_info
    other = path[:-1] if path.endswith("/") else f"{path}/"
    try:
        resolve(other)
    except Resolver404:
        return None
    query = request.META.get("QUERY_STRING", "")
    written = escape_leading_slashes(addresses.path(other))
    return f"{written}?{query}" if query else written
