"""The endpoint of a language model: HTTP in the protocol that OpenAI's chat completions set, with patience and limits.

The key stands in the header of a request and nowhere else: what the endpoint sends back is cleared of it before
anything is kept, and no message shows it.

Source:
    OpenAI API reference, "Create chat completion"; RFC 9110, section 10.2.3, for ``Retry-After``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from comity.kernel.errors import InputError, SourceError
from comity.kernel.waiting import retry_after

if TYPE_CHECKING:
    import httpx

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
"""Statuses after which asking again makes sense."""
LARGEST = 1_000_000
"""The most bytes that are read of one response."""
LONGEST = 20_000
"""The most signs that an answer may have."""
LONGEST_WAIT = 120.0
"""The longest wait, in seconds, that an endpoint may ask for between two requests."""
SHORTEST_KEY = 8
"""A shorter key is a placeholder, as local servers want one, and hides nothing."""
LOCAL = "http://localhost:11434/v1"


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model: what is sent, and with how much patience.

    Attributes:
        body: model, messages and limits, as they are sent.
        seconds: how long one try may take.
        tries: how often it may be sent.
    """

    body: Mapping[str, Any]
    seconds: int = 60
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a request.

    Attributes:
        text: what the model said; None where nothing came that can be read.
        fault: why not.
        requests: how often it was sent.
        usage: tokens as the endpoint counts them, as they came: ``prompt_tokens`` and ``completion_tokens``.
        served: the model that answered, by the endpoint's own word.
        refused: whether the endpoint refuses the question for good: a wrong key, an unknown model.
    """

    text: str | None
    fault: str = ""
    requests: int = 1
    usage: Mapping[str, Any] = field(default_factory=dict[str, Any])
    served: str = ""
    refused: bool = False


Complete = Callable[[Request], Reply]
"""Whoever answers a question in words: an endpoint, or a function in its place."""


class _Trouble(Exception):
    """One try came to nothing; the message says why."""

    def __init__(self, why: str, *, wait: float | None = 0.0, refused: bool = False) -> None:
        super().__init__(why)
        self.wait, self.refused = wait, refused


@dataclass
class Endpoint:
    """A server that speaks the protocol.

    Attributes:
        url: its base, such as ``http://localhost:11434/v1``.
        client: the connection.
        sleep: waits so many seconds.
        now: a clock that only runs forwards, in seconds.
        key: the key, where it wants one.
        pause: the wait before the second try, in seconds; it doubles with each.
    """

    url: str
    client: httpx.Client
    sleep: Callable[[float], None]
    now: Callable[[], float]
    key: str = field(default="", repr=False)
    pause: float = 1.0

    def __post_init__(self) -> None:
        self.url = _base(self.url)
        self.key = self.key.strip()
        if not all("!" <= sign <= "~" for sign in self.key):
            raise InputError("The key of the model holds signs that no key has.", mend="Set COMITY_MODEL_KEY anew.")

    def __call__(self, request: Request) -> Reply:
        """Ask, and ask again where the endpoint is late or in trouble."""
        attempt, wait = 1, self.pause
        while True:
            try:
                return self._asked(request, attempt)
            except _Trouble as trouble:
                if trouble.wait is None or attempt >= request.tries:
                    times = f", {attempt} times over" if attempt > 1 else ""
                    fault = f"The model gave no answer: {trouble}{times}."
                    return Reply(None, fault, attempt, refused=trouble.refused)
                self.sleep(max(wait, trouble.wait))
            attempt, wait = attempt + 1, wait * 2

    def reach(self) -> None:
        """See whether anybody is there, before anything is played.

        Raises:
            SourceError: where nobody answers.
            InputError: where the key is refused.
        """
        import httpx

        try:
            response = self.client.get(
                f"{self.url}/models", headers=self._headers(), timeout=10, follow_redirects=False
            )
        except httpx.HTTPError:
            what = f"The endpoint of the language model, {self.url}, cannot be reached."
            raise SourceError(what, mend=f"Start it, or name another: --model-url {LOCAL}.") from None
        if response.status_code in {401, 403}:
            what = f"The endpoint of the language model, {self.url}, refuses the key (HTTP {response.status_code})."
            raise InputError(what, mend="Set COMITY_MODEL_KEY.")

    def _headers(self) -> dict[str, str]:
        plain = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "comity"}
        return {**plain, "Authorization": f"Bearer {self.key}"} if self.key else plain

    def _asked(self, request: Request, attempt: int) -> Reply:
        """One try."""
        import httpx

        try:
            response, content = self._sent(request)
        except httpx.TimeoutException:
            raise _Trouble(f"nothing within {request.seconds} seconds") from None
        except httpx.HTTPError:
            raise _Trouble("the connection failed or broke off") from None
        if not response.is_success:
            raise _refusal(response)
        said, found = _read(content)
        served = self._cleared(str(found.get("model") or ""))[:100]
        usage = found.get("usage")
        counted = cast("dict[str, Any]", usage) if isinstance(usage, dict) else {}
        tokens = {name: counted.get(name) for name in ("prompt_tokens", "completion_tokens")}
        if len(said) > LONGEST:
            fault = f"The model gave an answer of {len(said)} signs, more than {LONGEST}."
            return Reply(None, fault, attempt, tokens, served)
        return Reply(self._cleared(said), "", attempt, tokens, served)

    def _sent(self, request: Request) -> tuple[httpx.Response, bytes]:
        """The response, read piece by piece, so that neither a drip nor a flood holds the game up."""
        began, parts, size = self.now(), list[bytes](), 0
        with self.client.stream(
            "POST",
            f"{self.url}/chat/completions",
            json=dict(request.body),
            headers=self._headers(),
            timeout=float(request.seconds),
            follow_redirects=False,
        ) as response:
            for part in response.iter_raw():
                size += len(part)
                if size > LARGEST:
                    raise _Trouble(f"a response of more than {LARGEST} bytes", wait=None)
                if self.now() - began > request.seconds:
                    raise _Trouble(f"not all within {request.seconds} seconds")
                parts.append(part)
        return response, b"".join(parts)

    def _cleared(self, text: str) -> str:
        """A text of the endpoint without the key, which it may send back."""
        return text.replace(self.key, "[key]") if len(self.key) >= SHORTEST_KEY else text


@contextmanager
def connected(url: str, key: str, *, sleep: Callable[[float], None], now: Callable[[], float]) -> Generator[Endpoint]:
    """An endpoint, connected for as long as it is needed.

    Raises:
        InputError: where the URL is none, or the key cannot be one.
    """
    import httpx

    with httpx.Client() as client:
        yield Endpoint(url, client, sleep, now, key)


def _base(url: str) -> str:
    """The base of an endpoint.

    Raises:
        InputError: where it is none, or holds a password or key.
    """
    import httpx

    mend = f"Write it as {LOCAL}; a key goes into COMITY_MODEL_KEY."
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
        httpx.URL(url.strip())
    except (ValueError, httpx.InvalidURL):
        raise InputError("The URL of the model is none.", mend=mend) from None
    if parts.username is not None or parts.query or parts.fragment:
        raise InputError("The URL of the model holds a name, a key or a query.", mend=mend)
    if not known:
        raise InputError(f"'{url}' is no URL of a model.", mend=mend)
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/").removesuffix("/chat/completions")


def _refusal(response: httpx.Response) -> _Trouble:
    """What a status means for asking again; what the endpoint says beside it is not repeated."""
    status = response.status_code
    if status not in PASSING:
        return _Trouble(f"HTTP status {status}", wait=None, refused=400 <= status < 500 and status != 413)
    told = retry_after(response.headers.get("Retry-After", ""), response.headers.get("Date", ""))
    if told is not None and told > LONGEST_WAIT:
        return _Trouble(f"HTTP status {status}, and it asks to wait {told:.0f} seconds", wait=None)
    return _Trouble(f"HTTP status {status}", wait=told or 0.0)


def _read(content: bytes) -> tuple[str, dict[str, Any]]:
    """The answer in a chat completion, and the completion."""
    try:
        found: Any = json.loads(content)
        said: Any = found["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise _Trouble("what came is no chat completion") from None
    if said is not None and not isinstance(said, str):
        raise _Trouble("what came is no chat completion in words")
    return said or "", cast("dict[str, Any]", found)
