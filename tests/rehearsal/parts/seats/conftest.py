"""A server that speaks the protocol of chat completions, and misbehaves on purpose."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

import comity
from comity.library.figures import panel
from comity.library.stakes import ground, stakes
from comity.rehearsal.parts.seats.endpoint import Endpoint, Request

KEY = "sk-a-key-that-nobody-may-see-0123456789"


def completion(said: Any, usage: Any = None, **more: Any) -> bytes:
    """A chat completion."""
    body = {
        "id": "c",
        "model": "served-1",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": said}}],
    }
    return json.dumps({**body, **({} if usage is None else {"usage": usage}), **more}).encode()


class Server(ThreadingHTTPServer):
    """Answers one request after the other as it was told to; the last way of answering lasts."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.ways: list[Callable[[Answering, dict[str, Any]], None]] = []
        self.seen: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.models = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is expected."""


class Answering(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        self.give(b"{}", status=self.server.models)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append(body)
        self.server.headers.append(dict(self.headers))
        ways = self.server.ways
        way = ways.pop(0) if len(ways) > 1 else ways[0]
        with suppress(BrokenPipeError, ConnectionResetError):
            way(self, body)

    def give(self, content: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def says(content: Any, usage: Any = None, **more: Any) -> Callable[[Answering, dict[str, Any]], None]:
    """Answers in these words."""
    return lambda to, _body: to.give(completion(content, usage, **more))


def gives(content: bytes, status: int = 200, **headers: str) -> Callable[[Answering, dict[str, Any]], None]:
    """Answers with these bytes."""
    return lambda to, _body: to.give(content, status, **headers)


def sleeps(to: Answering, _body: dict[str, Any]) -> None:
    """Is too slow."""
    threading.Event().wait(1.5)  # tests put another time.sleep in place
    to.give(completion("late"))


def drips(to: Answering, _body: dict[str, Any]) -> None:
    """Sends its answer byte by byte."""
    to.send_response(200)
    to.send_header("Transfer-Encoding", "chunked")
    to.end_headers()
    for byte in completion("slow"):
        to.wfile.write(b"1\r\n" + bytes([byte]) + b"\r\n")
        to.wfile.flush()
        threading.Event().wait(0.005)
    to.wfile.write(b"0\r\n\r\n")


def cuts(to: Answering, _body: dict[str, Any]) -> None:
    """Hangs up in the middle."""
    to.send_response(200)
    to.send_header("Content-Length", "5000")
    to.end_headers()
    to.wfile.write(b'{"choices": [')
    to.wfile.flush()
    to.close_connection = True
    to.connection.shutdown(socket.SHUT_RDWR)


def floods(to: Answering, _body: dict[str, Any]) -> None:
    """Never stops."""
    to.send_response(200)
    to.send_header("Transfer-Encoding", "chunked")
    to.end_headers()
    for _ in range(1000):
        to.wfile.write(b"10000\r\n" + b" " * 65536 + b"\r\n")


def plays(to: Answering, body: dict[str, Any], usage: Any = None) -> None:
    """Plays the last move of the menu, with the first word or the highest number in each slot."""
    move = json.loads(body["messages"][1]["content"].partition("\n\n")[0])["menu"][-1]
    slots = {name: each[0] if isinstance(each, list) else each["to"] for name, each in move["slots"].items()}
    told = {"prompt_tokens": 400, "completion_tokens": 20} if usage is None else usage
    to.give(completion(json.dumps({"move": move["id"], "slots": slots, "reason": "As I please."}), told))


WAYS = {
    "says": says,
    "gives": gives,
    "sleeps": sleeps,
    "drips": drips,
    "cuts": cuts,
    "floods": floods,
    "plays": plays,
}


@pytest.fixture(scope="session")
def g5():
    return comity.load("g5")


@pytest.fixture(scope="session")
def grounds():
    return ground(stakes("mission"), panel())


@pytest.fixture
def server():
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def way() -> Callable[[str], Any]:
    """A way of answering, by its name."""
    return WAYS.__getitem__


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def endpoint(server, waits):
    with httpx.Client() as client:
        yield Endpoint(server.url, client, waits.append, time.monotonic, KEY)


@pytest.fixture
def request_() -> Callable[..., Request]:
    def made(seconds: int = 5, tries: int = 1) -> Request:
        return Request({"model": "m", "messages": [{"role": "user", "content": "?"}]}, seconds, tries)

    return made
