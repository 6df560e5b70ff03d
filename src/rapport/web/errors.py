"""Errors of the site: a status and short sentences, shown as a calm page or as data."""


class PageError(Exception):
    """An answer that is not the page that was asked for.

    `status` is the HTTP status; `problem` says what is wrong and `fixes` what to do, both in
    words for a person. `allow` names the methods that would have been right (status 405).
    """

    def __init__(
        self,
        status: int,
        problem: str,
        *fixes: str,
        title: str | None = None,
        allow: tuple[str, ...] = (),
    ) -> None:
        super().__init__(problem)
        self.status = status
        self.title = title or TITLES.get(status, "This did not work")
        self.problem = problem
        self.fixes = fixes
        self.allow = allow


TITLES = {
    400: "That did not make sense to us",
    403: "That is not open to you",
    404: "There is no such page",
    405: "That does not work here",
    413: "That was too much at once",
    414: "That address is too long",
    500: "Something broke on our side",
    503: "This does not work just now",
}


def not_found(problem: str, *fixes: str) -> PageError:
    """The answer for something that is not there."""
    return PageError(404, problem, *fixes)
