"""Countersigning: a seat signs what continues its last checkpoint, and nothing else."""

import shutil
import sqlite3

import pytest
from tests.operation.door import KEYS, founded, say, told

from comity.operation.countersigning import NotContinued, countersign
from comity.operation.refusing import NotAllowed, Unreadable
from comity.operation.signing import Key
from comity.operation.verifying import verify

JPN = KEYS["member:JPN"]


def test_the_note_is_kept_in_the_register_and_continues_the_last_one(tmp_path):
    place = tmp_path / "g5.db"
    told(place).close()
    first = countersign(place, JPN)
    assert first.size == 6
    assert first.carries("member:JPN", JPN.public)
    assert first.carries("register", KEYS["register"].public)
    assert countersign(place, JPN, ("mine", first.text())).size == 6
    assert verify(place).countersigned == {"member:JPN": 6}


def test_another_history_is_not_countersigned(tmp_path):
    place, other = tmp_path / "g5.db", tmp_path / "other.db"
    founded(place).close()
    shutil.copy(place, other)
    told_twice = {"kind": "proposal_tabled", "on": "2026-03-01", "question": "Q1", "matter": "energy"}
    for at, question in ((place, "Q1"), (other, "Q2")):
        from comity.operation.register import Register

        with Register.open(at, KEYS["register"]) as register:
            say(register, "member:JPN", {**told_twice, "question": question}, "r1")
    kept = countersign(place, JPN)
    with pytest.raises(NotContinued, match="member:JPN does not countersign") as refused:
        countersign(other, JPN, ("mine", kept.text()))
    assert refused.value.exit_code == 1
    assert verify(other).countersigned == {}


def test_an_edited_register_is_not_countersigned(tmp_path):
    place = tmp_path / "g5.db"
    told(place).close()
    with sqlite3.connect(place) as raw:
        raw.execute("UPDATE entries SET content = replace(content, 'energy', 'enargy') WHERE number = 1")
    raw.close()
    with pytest.raises((NotContinued, Unreadable)):
        countersign(place, JPN)


def test_a_key_that_is_not_the_seats_signs_nothing(tmp_path):
    place = tmp_path / "g5.db"
    told(place).close()
    with pytest.raises(NotAllowed, match="does not hold this key as that of member:JPN"):
        countersign(place, Key.made("member:JPN"))


def test_a_file_that_is_no_checkpoint_is_told(tmp_path):
    place = tmp_path / "g5.db"
    told(place).close()
    with pytest.raises(Unreadable, match="mine is no checkpoint"):
        countersign(place, JPN, ("mine", "nothing"))
