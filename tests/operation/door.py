"""A register of the Group of Five for tests of what is built on it: keys that are the same every time."""

import datetime
from pathlib import Path

import comity
from comity.operation.register import Register
from comity.operation.signing import Key

SEATS = ("register", "secretariat", "chair", *(f"member:{code}" for code in ("USA", "CHN", "RUS", "IND", "JPN")))
KEYS = {seat: Key.of(seat, bytes([number]) * 32) for number, seat in enumerate(SEATS, 1)}
NOW = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
STORY = (
    ("member:JPN", {"kind": "proposal_tabled", "on": "2026-03-01", "question": "Q1", "matter": "energy"}),
    ("secretariat", {"kind": "votes_recorded", "on": "2026-03-01", "question": "Q1", "others": "yes", "no": ["USA"]}),
    ("secretariat", {"kind": "votes_recorded", "on": "2026-03-02", "question": "Q9", "others": "yes"}),
    ("secretariat", {"kind": "measured", "on": "2029-01-20", "clause": "oil_stocks", "obligor": "JPN", "value": 84}),
    ("member:IND", {"kind": "notice_given", "on": "2029-02-01", "clause": "oil_stocks", "obligor": "JPN"}),
)


def founded(place: Path) -> Register:
    """A register with nothing but its founding."""
    return Register.new(place, comity.load("g5"), "g5", keys=KEYS, now=NOW)


def told(place: Path) -> Register:
    """A register with a short story."""
    register = founded(place)
    for number, (seat, event) in enumerate(STORY):
        say(register, seat, event, f"r{number}")
    return register


def say(register: Register, seat: str, event: dict, request: str):
    """Record one event."""
    return register.submit(register.statement(seat, event, request=request).signed(KEYS[seat]), now=NOW)
