"""Who may open what, by the table in `routes`: checked before any view runs."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from rapport.evidence.curate.workflow import Role
from rapport.store.people.models import Person
from rapport.web import addresses
from rapport.web.errors import PageError
from rapport.web.routes import Access, rule_of
from rapport.web.views import errors

_OF_ACCOUNTS = (Access.SIGNED_IN, Access.ROLE, Access.CURATOR)
"""What is asked of an account; the others are public, or of a clinic (`practice.access`)."""
_ROLES = {Access.ROLE: frozenset(Role), Access.CURATOR: frozenset({Role.CURATOR})}


def person_of(request: HttpRequest) -> Person | None:
    """Who has signed in with both steps; None for everybody else."""
    user = request.user
    is_verified = getattr(user, "is_verified", None)
    return (
        cast("Person", user)
        if user.is_authenticated and is_verified and is_verified()
        else None
    )


def signed_in(request: HttpRequest) -> Person:
    """Who has signed in. Raises: PageError (403) for nobody, though no route lets that happen."""
    person = person_of(request)
    if person is None:
        raise PageError(403, "Sign in first.")
    return person


class SignedIn:
    """Lets through what the rule of the route lets through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing before a route is known."""
        return self._next(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, values: object
    ) -> HttpResponse | None:
        """The way to sign in, or a refusal; None to go on."""
        match = request.resolver_match
        rule = rule_of(match.url_name or "") if match else None
        if rule is None or rule.access not in _OF_ACCOUNTS:
            return None
        person = person_of(request)
        if person is None:
            if request.method == "POST":
                return errors.shown(request, PageError(403, "You are not signed in."))
            back = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{addresses.SIGN_IN}?{back}")
        needed = _ROLES.get(rule.access)
        if needed is not None and not needed & person.role_set:
            named = " or ".join(sorted(needed))
            return errors.shown(request, PageError(403, f"This needs the role {named}."))
        return None
