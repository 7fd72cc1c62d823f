"""Snapshots: they make a register open quickly, and one that was touched, or is another program's, counts for nothing."""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

import comity
from comity.operation import snapshot
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.operation.status import status
from comity.operation.verifying import verify


@pytest.fixture
def kept(
    place: str, found: Callable[[str], Register], keys: dict[str, Key], now: datetime
) -> Callable[..., dict[str, Any]]:
    """A register with a snapshot; changed in a way, and opened again: its status and whether the state was thawed."""
    register = found(place)
    made = {"kind": "proposal_tabled", "on": "2026-02-06", "question": "Q", "matter": "energy"}
    register.submit(register.statement("member:JPN", made, request="Q").signed(keys["member:JPN"]), now=now)
    register.keep_snapshot()

    def changed(**fields: Any) -> dict[str, Any]:
        with register.store.writing() as turn:
            row = turn.snapshot()
            turn.keep_snapshot({**row._asdict(), **fields})
        with Register.open(place) as again:
            return {
                "held": again._snapshot is not None,
                "status": again.status(),
                "thawed": again._position is not None,
                "position": again.position(),
                "faults": [each.what for each in verify(place).faults],
            }

    return changed


def test_status_is_ready_in_a_snapshot(kept: Callable[..., dict[str, Any]]) -> None:
    """Nothing was recorded since: the status is read without following or thawing anything, and it is the same."""
    found = kept()
    assert found["held"]
    assert not found["thawed"]
    assert found["status"] == json.loads(json.dumps(status(found["position"])))
    assert found["status"]["open_questions"] == ["Q"]
    assert found["faults"] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": b'{"open_questions":[]}'},
        {"content": b"{}"},
        {"content": b"no JSON"},
        {"size": 1},
        {"root": "00" * 32},
        {"signature": "00" * 64},
        {"program": "0.0.1"},
        {"program": "another"},
    ],
    ids=lambda each: " ".join(f"{name} {str(value)[:12]}" for name, value in each.items()),
)
def test_a_snapshot_that_was_touched_counts_for_nothing(
    kept: Callable[..., dict[str, Any]], fields: dict[str, Any]
) -> None:
    """Status, state, size, root, signature or version changed: the entries are followed from the first."""
    found = kept(**fields)
    assert not found["held"]
    assert found["thawed"]
    assert found["status"]["open_questions"] == ["Q"]
    assert found["position"].size == 2


def test_a_snapshot_is_followed_by_what_came_after(
    place: str, found: Callable[[str], Register], keys: dict[str, Key], now: datetime
) -> None:
    """After a snapshot of two entries the third is followed from it, not from the first."""
    register = found(place)
    made = {"kind": "proposal_tabled", "on": "2026-02-06", "question": "Q", "matter": "energy"}
    register.submit(register.statement("member:JPN", made, request="Q").signed(keys["member:JPN"]), now=now)
    register.keep_snapshot()
    made["question"] = "R"
    register.submit(register.statement("member:JPN", made, request="R").signed(keys["member:JPN"]), now=now)
    with Register.open(place) as again:
        assert again.status() == status(register.position())
        assert again.position() == register.position()
        assert again._snapshot is not None
        assert again._snapshot.size == 2


def test_one_that_its_own_key_signed_falsely_is_a_fault(
    place: str, found: Callable[[str], Register], keys: dict[str, Key], now: datetime
) -> None:
    """A snapshot with another state, signed with the register's own key, is found by verifying."""
    register = found(place)
    position = dataclasses.replace(register.position(), flagged=register.position().flagged.set(0, ("void",)))
    made = {"kind": "proposal_tabled", "on": "2026-02-06", "question": "Q", "matter": "energy"}
    register.submit(register.statement("member:JPN", made, request="Q").signed(keys["member:JPN"]), now=now)
    head = register.checkpoint()
    forged = snapshot.made(dataclasses.replace(position, size=2), head.root, keys["register"])
    with register.store.writing() as turn:
        turn.keep_snapshot(forged.row())
    assert forged.program == comity.__version__
    assert "snapshot" in {each.what for each in verify(place).faults}


def test_closing_keeps_one_where_much_was_recorded(
    place: str, found: Callable[[str], Register], keys: dict[str, Key], now: datetime, monkeypatch: Any
) -> None:
    """A register of which much was recorded leaves a snapshot of its last entry."""
    monkeypatch.setattr("comity.operation.register.SNAPSHOT", 2)
    register = found(place)
    made = {"kind": "proposal_tabled", "on": "2026-02-06", "question": "Q", "matter": "energy"}
    register.submit(register.statement("member:JPN", made, request="Q").signed(keys["member:JPN"]), now=now)
    register.close()
    with Register.open(place) as again:
        assert again._snapshot is not None
        assert again._snapshot.size == again.size == 2
