"""The process that serves: killed at any moment, nothing that was acknowledged is lost, and nothing is there twice."""

import datetime
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest

import comity
from comity.kernel.errors import InputError
from comity.operation.register import Register
from comity.operation.signing import Key, keep
from comity.operation.verifying import verify
from comity.web.register.serving import Listening, now, opened, serve
from comity.web.register.tokens import Tokens

SEATS = ("register", "secretariat", "member:USA", "member:CHN", "member:RUS", "member:IND", "member:JPN")


class Process:
    """`comity serve` in a process of its own, on one port through its lives."""

    def __init__(self, place, keys):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.at = f"http://127.0.0.1:{self.port}/v1"
        self._command = [
            str(pathlib.Path(sys.executable).with_name("comity")),
            *("serve", str(place), "--keys", str(keys), "--port", str(self.port)),
        ]
        self.log = b""

    def begin(self):
        self.child = subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self.child.poll() is None, self.child.communicate()[0].decode()
            try:
                return httpx.get(f"{self.at}/register", timeout=30).json()
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("it does not listen")

    def end(self, sign=signal.SIGTERM):
        self.child.send_signal(sign)
        self.log += self.child.communicate(timeout=60)[0]
        return self.child.returncode


def test_killed_in_the_middle_of_writing_it_keeps_all_it_acknowledged(tmp_path):
    place, folder = tmp_path / "g5.db", tmp_path / "keys"
    keys = {seat: Key.made(seat) for seat in SEATS}
    keep(keys.values(), folder)
    with Register.new(place, comity.load("g5"), "g5", keys=keys, now=now()) as register:
        tokens = Tokens(register)
        words = {seat: tokens.issue(seat, now=now(), lasts=datetime.timedelta(days=1))[1] for seat in SEATS[1:]}
        day = now().date().isoformat()
        sent = {
            seat: [
                register.statement(
                    seat,
                    {"kind": "proposal_tabled", "on": day, "question": f"{seat}-{number}", "matter": "energy"},
                    request=f"r{number}",
                )
                .signed(keys[seat])
                .plain()
                for number in range(60)
            ]
            for seat in SEATS[2:]
        }
    process, acknowledged, enough = Process(place, folder), {}, threading.Event()

    def speak(seat):
        with httpx.Client(headers={"Authorization": f"Bearer {words[seat]}"}, timeout=60) as client:
            for each in sent[seat]:
                try:
                    answer = client.post(f"{process.at}/statements", json=each)
                except httpx.TransportError:
                    return
                assert answer.status_code in {200, 201}, answer.text
                acknowledged.setdefault((seat, each["statement"]["request"]), []).append(answer.json()["number"])
                if len(acknowledged) >= 40:
                    enough.set()

    def all_speak(kill):
        threads = [threading.Thread(target=speak, args=(seat,)) for seat in sent]
        for each in threads:
            each.start()
        if kill:
            assert enough.wait(120)
            assert process.end(signal.SIGKILL) == -signal.SIGKILL
        for each in threads:
            each.join()

    process.begin()
    all_speak(kill=True)
    before = dict(acknowledged)
    assert 40 <= len(before) < 300
    assert verify(place).honest
    process.begin()
    all_speak(kill=False)
    assert process.end() in {0, -signal.SIGTERM}
    assert len(acknowledged) == 300
    assert all(len(set(numbers)) == 1 for numbers in acknowledged.values())
    assert sorted(numbers[0] for numbers in acknowledged.values()) == list(range(1, 301))
    assert all(acknowledged[name][0] == numbers[0] for name, numbers in before.items())
    assert verify(place).honest
    for secret in words.values():
        assert secret[24:].encode() not in process.log


def test_without_its_key_a_register_is_served_for_reading_only(house):
    from comity.web.register.api import api

    app = api(opened(house.place, None), clock=lambda: house.now, writable=False)
    with type(house.client)(app) as house.client:
        assert house.get("register").json()["writable"] is False
        answer = house.table()
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        note = house.register.checkpoint().signed(house.keys["chair"]).text()
        for path in ("countersignatures", "documents"):
            sent = house.client.post(f"/v1/{path}", content=note, headers=house.bearer("chair"))
            assert sent.status_code == 503


def test_where_it_listens():
    assert all(Listening(host).here_only for host in ("127.0.0.1", "::1", "localhost", "127.0.0.9"))
    assert not any(Listening(host).here_only for host in ("::", "example.org", "10.0.0.1"))
    assert Listening().here_only


def test_a_certificate_needs_its_key(house):
    with pytest.raises(InputError, match="its key"):
        serve(house.register, Listening(certificate=pathlib.Path("cert.pem")), writable=True)


def test_the_clock_is_in_utc():
    assert now().tzinfo is datetime.UTC
