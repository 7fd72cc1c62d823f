"""The command that serves a register, and issues its tokens: a secret is shown once."""

import datetime
import json

import pytest

import comity
from comity.cli import run
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.web.register import serving
from comity.web.register.serving import Listening
from comity.web.register.tokens import Tokens


@pytest.fixture
def place(tmp_path):
    keys = {seat: Key.of(seat, bytes([number + 1]) * 32) for number, seat in enumerate(("register", "secretariat"))}
    now = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    Register.new(tmp_path / "g5.db", comity.load("g5"), "g5", keys=keys, now=now).close()
    return str(tmp_path / "g5.db")


def test_a_token_is_shown_once_and_listed_without_its_secret(place, capsys):
    assert run(["serve", "token", "list", place]) == 0
    assert "No token" in capsys.readouterr().out
    assert run(["serve", "token", "new", place, "secretariat", "--days", "7"]) == 0
    shown = capsys.readouterr()
    words = shown.out.strip()
    assert words[24:] not in shown.err
    with Register.open(place) as register:
        assert Tokens(register).seat(words, now=serving.now()) == "secretariat"
    assert run(["serve", "token", "list", place, "--json"]) == 0
    listed = capsys.readouterr().out
    (held,) = json.loads(listed)["tokens"]
    assert (held["id"], held["seat"], held["revoked"]) == (words[7:23], "secretariat", "")
    assert words[24:] not in listed
    assert run(["serve", "token", "revoke", place, held["id"]]) == 0
    ended = capsys.readouterr().out
    assert "revoked" in ended
    assert words[24:] not in ended


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["new", "PLACE", "member:JPN"], "no seat with a valid key 'member:JPN'"),
        (["new", "PLACE", "secretariat", "--days", "900"], "cannot count for 900 days"),
        (["revoke", "PLACE", "0000"], "no token '0000'"),
        (["list", "nowhere.db"], "no register nowhere.db"),
    ],
)
def test_what_cannot_be_done_is_said(place, capsys, asked, said):
    assert run(["serve", "token", *(place if each == "PLACE" else each for each in asked)]) == 2
    assert said in capsys.readouterr().err


def test_serving_says_where_and_what_to_beware_of(place, capsys, monkeypatch):
    begun = []
    monkeypatch.setattr(serving, "serve", lambda _, listening, **more: begun.append((listening, more)))
    assert run(["serve", place]) == 0
    said = capsys.readouterr().err
    assert "http://127.0.0.1:8480/v1/register" in said
    assert "For reading only" in said
    assert "unencrypted" not in said
    assert run(["serve", place, "--host", "::", "--port", "9000", "--largest", "1"]) == 0
    said = capsys.readouterr().err
    assert "http://[::]:9000/v1/register" in said
    assert "unencrypted" in said
    assert begun[1] == (Listening("::", 9000), {"writable": False, "largest": 2**20})


def test_the_key_must_be_the_registers(place, tmp_path, capsys):
    from comity.operation.signing import keep

    assert run(["serve", place, "--keys", str(tmp_path)]) == 2
    assert "There is no key in this folder" in capsys.readouterr().err
    keep([Key.of("register", b"x" * 32)], tmp_path / "keys")
    assert run(["serve", place, "--keys", str(tmp_path / "keys")]) == 2
    assert "not the register's key" in capsys.readouterr().err
