"""Polite asking: one connection, a pause between requests, patience with a service in trouble, pages kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comity.kernel.errors import SourceError
from comity.kernel.waiting import retry_after
from comity.library.writing import write
from comity.model.source import Answer, Refused, Request, Source, Unreadable

if TYPE_CHECKING:
    import httpx

PAUSE = 0.5
TRIES = 5
LONGEST_WAIT = 120.0
_PASSING = {408, 425, 429, 500, 502, 503, 504}


@dataclass
class Fetching:
    """Answers to requests: from the folder where they were kept, else from the service.

    Attributes:
        source: who reads the answers.
        client: the connection.
        sleep: waits so many seconds.
        folder: where finished pages are kept until the whole is there.
        agent: how the program names itself to the service.
    """

    source: Source
    client: httpx.Client
    sleep: Callable[[float], None]
    folder: Path
    agent: str

    def answer(self, request: Request) -> Answer:
        """The answer to one request.

        Raises:
            SourceError: where the service did not answer as documented in several tries, or asks to come back later.
            Refused: where it says that it will not answer.
        """
        kept = self.folder / f"{request.name}.json"
        if kept.is_file():
            try:
                return self.source.read(kept.read_bytes(), request)
            except Unreadable:
                kept.unlink()
        content, answer = self._asked(request)
        write(kept, content)
        return answer

    def forget(self, indicator: str) -> None:
        """Drop the kept pages of one indicator."""
        for page in self.folder.glob(f"{indicator}-*.json"):
            page.unlink()

    def _asked(self, request: Request) -> tuple[bytes, Answer]:
        import httpx

        trouble, wait = "", PAUSE
        for attempt in range(TRIES):
            self.sleep(wait)
            wait = float(2**attempt)
            try:
                response = self.client.get(
                    request.url, headers={"User-Agent": self.agent, "Accept": "application/json"}
                )
            except httpx.TimeoutException:
                trouble = "no answer in time"
            except httpx.TransportError as error:
                trouble = f"no connection ({error})"
            else:
                if response.is_success:
                    try:
                        return response.content, self.source.read(response.content, request)
                    except Unreadable as error:
                        trouble = str(error)
                elif response.status_code in _PASSING:
                    trouble = f"HTTP status {response.status_code}"
                    wait = self._patience(response, request, wait)
                else:
                    raise Refused(f"HTTP status {response.status_code} for {request.url}")
        raise SourceError(
            f"{self.source.title}: {trouble}, {TRIES} times over, for {request.url}.",
            mend="Finished pages are kept: run the same command again later.",
        )

    def _patience(self, response: httpx.Response, request: Request, wait: float) -> float:
        """Seconds to wait: what the service asks for, else the usual."""
        told = retry_after(response.headers.get("Retry-After", ""), response.headers.get("Date", ""))
        if told is not None and told > LONGEST_WAIT:
            raise SourceError(
                f"{self.source.title} asks to wait {told:.0f} seconds before {request.url} is asked for again.",
                mend="Finished pages are kept: run the same command again then.",
            )
        return wait if told is None else max(told, PAUSE)
