"""Asking a server over HTTP: slowly enough, again after a failure, and not for ever.

The only module that knows httpx. The clock and the waiting are arguments, so that a test can
do without both.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from rapport.core.errors import UsageError, UserError

MAX_TRIES = 6
FIRST_WAIT = 1.0
"""Seconds before the second try; every further wait is twice as long: 31 s in all."""

LONGEST_WAIT = 300.0
"""Seconds; a server that asks for more is left in peace until the person comes again."""

MAX_ANSWER_BYTES = 256 * 1024 * 1024

_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses that may be different the next time."""


class FetchError(UserError):
    """A server could not be asked to the end; what it has answered is kept."""

    code = "fetch-stopped"


class Clock(NamedTuple):
    """Time as a shell gives it: seconds that only grow, the date for Retry-After, waiting."""

    seconds: Callable[[], float]
    now: Callable[[], datetime]
    wait: Callable[[float], None]


class Answer(NamedTuple):
    """What a server answered; a status of 400 and more is an answer too, if it is final."""

    status: int
    body: bytes


class Asker:
    """Asks one service with at least `interval` seconds from one question to the next.

    `tell` hears of every try that failed, in words for the person.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        interval: float,
        agent: str,
        timeout: float = 60.0,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._interval = interval
        self._tell = tell
        self._last: float | None = None
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout),
            headers={"User-Agent": agent, "Accept-Encoding": "gzip"},
            follow_redirects=True,
        )

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()

    def ask(
        self,
        url: str,
        parameters: Mapping[str, str],
        *,
        post: bool = False,
        faulty: Callable[[bytes], str | None] = lambda _: None,
    ) -> Answer:
        """The answer to one question, asked again as often as it makes sense.

        `faulty` says what is wrong with a body that came with status 200, so that an error
        dressed as an answer is asked for again. `post` sends the parameters as a form.
        Raises: FetchError if no try brought an answer.
        """
        reason = ""
        for attempt in range(MAX_TRIES):
            self._keep_pace()
            answer, reason, asked_wait = self._try(url, parameters, post)
            if answer is not None and answer.status == 200:
                reason = faulty(answer.body) or ""
                answer = None if reason else answer
            if answer is not None:
                return answer
            if attempt + 1 < MAX_TRIES:
                self._wait_after(attempt, reason, asked_wait, url)
        raise FetchError(
            f"The server gave no usable answer in {MAX_TRIES} tries; the last time: {reason}.",
            where=url,
            fix="Run the same command again later; what was answered is kept.",
        )

    def _try(
        self, url: str, parameters: Mapping[str, str], post: bool
    ) -> tuple[Answer | None, str, float | None]:
        """The answer or, if it is worth another try, why and after how long the server says."""
        try:
            with self._request(url, parameters, post) as response:
                if response.status_code in _AGAIN:
                    wait = _retry_after(response.headers.get("Retry-After"), self._clock.now())
                    return None, f"status {response.status_code}", wait
                return Answer(response.status_code, _body(response)), "", None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise UsageError(
                f"This is not an address that can be asked: {error}.",
                where=url,
                fix="Give an address that begins with https:// or http://.",
            ) from error
        except httpx.RequestError as error:
            return None, _words(error), None

    def _request(
        self, url: str, parameters: Mapping[str, str], post: bool
    ) -> AbstractContextManager[httpx.Response]:
        if post:
            return self._client.stream("POST", url, data=dict(parameters))
        return self._client.stream("GET", url, params=dict(parameters))

    def _keep_pace(self) -> None:
        now = self._clock.seconds()
        if self._last is not None and now - self._last < self._interval:
            self._clock.wait(self._interval - (now - self._last))
        self._last = self._clock.seconds()

    def _wait_after(
        self, attempt: int, reason: str, asked_wait: float | None, url: str
    ) -> None:
        wait = FIRST_WAIT * 2**attempt if asked_wait is None else asked_wait
        if wait > LONGEST_WAIT:
            raise FetchError(
                f"The server asks to be left in peace for {wait:.0f} seconds.",
                where=url,
                fix="Run the same command again after that; what was answered is kept.",
            )
        self._tell(f"{reason}; trying again in {wait:.0f} s")
        self._clock.wait(wait)


def _body(response: httpx.Response) -> bytes:
    pieces: list[bytes] = []
    length = 0
    for piece in response.iter_bytes():
        pieces.append(piece)
        length += len(piece)
        if length > MAX_ANSWER_BYTES:
            raise httpx.ReadError("the answer is longer than 256 MB")
    return b"".join(pieces)


def _words(error: httpx.RequestError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.DecodingError):
        return f"the answer is damaged ({error})"
    return f"the connection failed ({error or type(error).__name__})"


def _retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header: a number or a date (RFC 9110, 10.2.3)."""
    text = (header or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max((when - now).total_seconds(), 0.0)
