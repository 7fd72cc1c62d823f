"""``co.register``: one call founds a register, or opens it."""

import datetime

import pytest

import comity as co
from comity.kernel.errors import InputError, UnknownName
from comity.operation.refusing import NotAllowed, ReadOnly
from comity.operation.signing import Key

NOW = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def test_a_founding_makes_the_keys_that_the_folder_lacks(tmp_path):
    with co.register(tmp_path / "a.db", "g5", keys=tmp_path / "keys", seats=["verifier:IEA"], now=NOW) as first:
        assert "verifier:IEA" in first.founded.keys
    with co.register(tmp_path / "b.db", co.load("g5"), keys=tmp_path / "keys", now=NOW, minutes=True) as second:
        assert second.founded.minutes
        assert second.founded.keys["chair"] == first.founded.keys["chair"]


def test_a_register_opens_for_recording_with_its_key_and_for_reading_without(tmp_path):
    keys = {seat: Key.made(seat) for seat in ("register", "secretariat")}
    co.register(tmp_path / "a.db", "g5", keys=keys, now=NOW).close()
    event = {"kind": "proposal_tabled", "on": "2026-03-01", "question": "Q1", "matter": "energy"}
    with co.register(tmp_path / "a.db", keys=keys) as register:
        said = register.statement("secretariat", event, request="1").signed(keys["secretariat"])
        assert register.submit(said, now=NOW).number == 1
    with co.register(tmp_path / "a.db") as register, pytest.raises(ReadOnly, match="open for reading only"):
        register.submit(said, now=NOW)
    with pytest.raises(NotAllowed, match="not the register's key"):
        co.register(tmp_path / "a.db", keys={"register": Key.made("register")})
    with pytest.raises(UnknownName, match="key in this folder"):
        co.register(tmp_path / "a.db", keys=tmp_path)


@pytest.mark.parametrize("given", [{}, {"keys": {}}, {"now": NOW}])
def test_time_and_keys_are_given(tmp_path, given):
    with pytest.raises(InputError, match="founded with keys, at an instant"):
        co.register(tmp_path / "a.db", "g5", **given)
