"""Errors that people see, and the two ways a command can end badly."""

from typing import ClassVar


class UserError(Exception):
    """An error shown to a person without a traceback.

    The message is built, never free-hand: what is wrong, where, and what to do. Anything else
    that is raised is a bug and keeps its traceback. `exit_status` 1 means that the work was
    refused or found problems.
    """

    code: ClassVar[str] = "refused"
    exit_status: ClassVar[int] = 1

    def __init__(self, problem: str, *, where: str, fix: str) -> None:
        super().__init__(f"{problem}\n  where: {where}\n  fix:   {fix}\n  code:  {self.code}")
        self.problem = problem
        self.where = where
        self.fix = fix


class InputError(UserError):
    """Input that cannot be read, or a command that was used in a wrong way (exit status 2)."""

    code: ClassVar[str] = "unreadable-input"
    exit_status: ClassVar[int] = 2


class UsageError(UserError):
    """A command or an option that does not exist or does not fit the others (exit status 2)."""

    code: ClassVar[str] = "wrong-usage"
    exit_status: ClassVar[int] = 2
