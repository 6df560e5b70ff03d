"""Asks an OpenAI-compatible endpoint, once. The only module here that knows httpx."""

from collections.abc import Callable, Mapping

import httpx
import msgspec

LONGEST_ANSWER = 256 * 1024
"""Bytes of an answer that are read."""


class NoAnswerError(Exception):
    """Why there is no answer, in words for a person. Never shown as an error: there is no draft."""


class _Message(msgspec.Struct, frozen=True):
    content: str


class _Choice(msgspec.Struct, frozen=True):
    message: _Message


class _Completion(msgspec.Struct, frozen=True):
    choices: tuple[_Choice, ...]


class Endpoint:
    """One endpoint and model. `clock` gives seconds; a test passes its own."""

    def __init__(
        self,
        url: str,
        *,
        model: str,
        key: str | None,
        seconds: float,
        clock: Callable[[], float],
    ) -> None:
        self.model = model
        self._url = url.rstrip("/") + "/chat/completions"
        self._seconds = seconds
        self._clock = clock
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(
            timeout=seconds, headers=headers, follow_redirects=False, trust_env=False
        )

    def answer(self, messages: list[dict[str, str]]) -> str:
        """What the model says. Raises: NoAnswerError, whatever went wrong on the way."""
        request = {"model": self.model, "messages": messages, "temperature": 0}
        try:
            return self._content(self._asked(request))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswerError(
                f"the drafter could not be asked: {type(error).__name__}"
            ) from error

    def close(self) -> None:
        """Closes the connection."""
        self._client.close()

    def _asked(self, request: Mapping[str, object]) -> bytes:
        end = self._clock() + self._seconds
        with self._client.stream("POST", self._url, json=request) as response:
            if not response.is_success:
                raise NoAnswerError(f"the drafter answered with status {response.status_code}")
            data = b""
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > LONGEST_ANSWER:
                    raise NoAnswerError("the drafter's answer is too long")
                if self._clock() > end:
                    raise NoAnswerError(
                        f"the drafter did not end its answer in {self._seconds:g} s"
                    )
            return data

    def _content(self, data: bytes) -> str:
        try:
            choices = msgspec.json.decode(data, type=_Completion).choices
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise NoAnswerError("the drafter's answer is not a chat completion") from error
        if not choices:
            raise NoAnswerError("the drafter gave no answer")
        return choices[0].message.content
