"""A register of the G5 with keys made from fixed bytes, served with a clock that the test sets."""

import datetime
import warnings
from collections.abc import Iterator

import pytest

import comity
from comity.operation.entry import Signed
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.web.register.api import api
from comity.web.register.tokens import Tokens

with warnings.catch_warnings():  # starlette asks for httpx2, which is not on every index yet
    warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")
    from fastapi.testclient import TestClient

START = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SEATS = ("register", "secretariat", "chair", *(f"member:{code}" for code in ("USA", "CHN", "RUS", "IND", "JPN")))
KEYS = {seat: Key.of(seat, bytes([number + 1]) * 32) for number, seat in enumerate(SEATS)}


class House:
    """A register that is served, and those who hold its keys and tokens."""

    def __init__(self, place, *, writable=True, largest=2**20):
        self.place, self.keys, self.now = str(place), dict(KEYS), START
        self.register = Register.new(place, comity.load("g5"), "g5", keys=self.keys, now=self.now)
        tokens = Tokens(self.register)
        day = datetime.timedelta(days=1)
        self.ids, self.tokens = {}, {}
        for seat in SEATS[1:]:
            made, self.tokens[seat] = tokens.issue(seat, now=self.now, lasts=day)
            self.ids[seat] = made.id
        self.app = api(self.register, clock=lambda: self.now, writable=writable, largest=largest)

    def bearer(self, seat: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[seat]}"}

    def signed(self, seat: str, event: dict, request: str, *, key: str = "", **more) -> Signed:
        said = self.register.statement(seat, {"on": "2026-03-01", **event}, request=request, **more)
        return said.signed(self.keys[key or seat])

    def post(self, said: Signed, *, as_: str = "", **headers):
        return self.client.post(
            "/v1/statements", json=said.plain(), headers={**self.bearer(as_ or said.statement.seat), **headers}
        )

    def say(self, seat: str, event: dict, request: str, **more):
        return self.post(self.signed(seat, event, request, **more))

    def table(self, question: str = "Q1", request: str = "table", seat: str = "member:JPN"):
        return self.say(seat, {"kind": "proposal_tabled", "question": question, "matter": "energy"}, request)

    def get(self, path: str, seat: str = "", **options):
        headers = {**options.pop("headers", {}), **(self.bearer(seat) if seat else {})}
        return self.client.get(f"/v1/{path}", headers=headers, **options)


@pytest.fixture
def house(tmp_path) -> Iterator[House]:
    held = House(tmp_path / "g5.db")
    with TestClient(held.app, raise_server_exceptions=False) as held.client:
        yield held
