"""The tamper battery: every kind of tampering, in the tables and in the export, is found at its entry, by its word."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.canonical import record
from comity.operation import tree
from comity.operation.checkpoint import Checkpoint
from comity.operation.comity_verify import examined
from comity.operation.exporting import export
from comity.operation.refusing import Unreadable
from comity.operation.register import Register
from comity.operation.roll import possession
from comity.operation.signing import Key
from comity.operation.verifying import verify

Keys = dict[str, Key]
Found = set[tuple[int, str]]
STRANGER = Key.of("register", bytes([99]) * 32)
NEW = Key.of("member:USA", bytes([77]) * 32)
"""The key to which the United States rotate in entry 4."""


class Tables:
    """The tables of a register in the hands of someone who can change everything.

    With ``mended`` the tree and the checkpoint are made anew over what was changed, signed by a key.
    """

    def __init__(self, place: Path) -> None:
        self.base = sqlite3.connect(place, isolation_level=None)

    def entry(self, number: int) -> dict[str, Any]:
        (content,) = self.base.execute("SELECT content FROM entries WHERE number = ?", (number,)).fetchone()
        return json.loads(content)

    def put(self, number: int, entry: dict[str, Any]) -> None:
        self.base.execute("UPDATE entries SET content = ? WHERE number = ?", (record(entry), number))

    def change(self, number: int, **fields: Any) -> None:
        held = self.entry(number)
        held["statement"]["event"] |= fields
        self.put(number, held)

    def signed(self, number: int, key: Key, **said: Any) -> None:
        """Put another statement into an entry, signed with a key."""
        held = self.entry(number)
        held["statement"] |= said
        self.put(number, {**held, "key": key.public, "signature": key.sign(record(held["statement"]))})

    def order(self, numbers: list[int]) -> None:
        """Let entries stand in another order, numbered anew; those left out are gone, those named twice doubled."""
        held = [self.entry(number) for number in numbers]
        self.base.execute("DELETE FROM entries")
        for number, entry in enumerate(held):
            said = entry["statement"]
            request = f"{said['seat']} {said['request']}"
            doubled = "" if numbers.index(numbers[number]) == number else " "
            row = (number, request + doubled, record({**entry, "number": number}))
            self.base.execute("INSERT INTO entries VALUES (?, ?, ?)", row)

    def mended(self, key: Key) -> None:
        contents = [row[0] for row in self.base.execute("SELECT content FROM entries ORDER BY number")]
        edge, nodes = tree.Frontier(), list[tuple[int, int, bytes]]()
        for content in contents:
            nodes += edge.add(tree.leaf_hash(content))
        self.base.execute("DELETE FROM nodes")
        self.base.executemany("INSERT INTO nodes VALUES (?, ?, ?)", nodes)
        note = Checkpoint(tree.leaf_hash(contents[0]).hex(), edge.size, edge.root.hex()).signed(key)
        self.base.execute("UPDATE head SET size = ?, root = ?, note = ?", (note.size, note.root, note.text()))


@pytest.fixture
def drawer(spoken: Path) -> str:
    """The newest checkpoint as a delegation keeps it elsewhere."""
    with Register.open(spoken) as register:
        return register.checkpoint().text()


def found(place: Path, *notes: str) -> Found:
    """What ``verify`` finds."""
    told = verify(place, checkpoints=[(f"drawer {number}", note) for number, note in enumerate(notes)])
    assert told.honest is not bool(told.faults)
    return {(each.entry, each.what) for each in told.faults}


def shown(place: Path, *notes: str) -> Found:
    """What ``comity-verify`` finds in the export."""
    path = export(place, place.with_suffix(".jsonl"))
    told = examined(path.read_bytes(), list(notes))
    return {(each["entry"], each["what"]) for each in told["faults"]}


def both(place: Path, *notes: str) -> tuple[Found, Found]:
    """What the two verifiers find."""
    return found(place, *notes), shown(place, *notes)


def test_nothing_is_found_in_an_honest_register(spoken: Path, drawer: str, keys: Keys):
    assert both(spoken, drawer) == (set(), set())
    with Register.open(spoken, keys["register"]) as register:
        register.keep_snapshot()
    assert both(spoken, drawer) == (set(), set())


def test_an_edited_entry(spoken: Path):
    Tables(spoken).change(2, choice="yes")
    inside, outside = both(spoken)
    assert {(2, "edited"), (2, "signature"), (-1, "checkpoint")} <= inside
    assert {(2, "signature"), (-1, "checkpoint")} <= outside


def test_an_edited_entry_with_tree_and_checkpoint_made_anew(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.change(2, choice="yes")
    tables.mended(keys["register"])
    inside, outside = both(spoken)
    assert {(2, "signature"), (-1, "checkpoint")} <= inside
    assert {(2, "signature"), (-1, "checkpoint")} <= outside  # the countersigned checkpoint at 10 has another root


def test_an_entry_taken_out_of_the_middle(spoken: Path):
    Tables(spoken).base.execute("DELETE FROM entries WHERE number = 8")
    inside, outside = both(spoken)
    assert {(8, "missing"), (8, "edited"), (-1, "checkpoint")} <= inside
    assert {(8, "missing"), (-1, "checkpoint")} <= outside


def test_the_last_entry_taken_away(spoken: Path):
    Tables(spoken).base.execute("DELETE FROM entries WHERE number = 12")
    assert (12, "truncated") in found(spoken)
    assert (12, "truncated") in shown(spoken)


def test_the_last_entries_taken_away_and_the_checkpoint_signed_anew(spoken: Path, drawer: str, keys: Keys):
    tables = Tables(spoken)
    tables.base.execute("DELETE FROM entries WHERE number > 10")
    tables.mended(keys["register"])
    assert both(spoken) == (set(), set())  # nothing inside tells of what came later
    assert both(spoken, drawer) == ({(11, "truncated")}, {(11, "truncated"), (-1, "checkpoint")})


def test_entries_cut_off_below_what_was_countersigned(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.base.execute("DELETE FROM entries WHERE number > 7")
    tables.mended(keys["register"])
    assert (8, "truncated") in found(spoken)
    assert (8, "truncated") in shown(spoken)


def test_an_entry_put_in(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.order([0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12])
    tables.signed(7, keys["secretariat"], request="put in")
    tables.mended(keys["register"])
    for each in both(spoken):
        assert (-1, "checkpoint") in each  # countersigned at 10, with another root
    assert (7, "request") in found(spoken)


def test_a_statement_sent_again(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.order([*range(13), 12])
    tables.mended(keys["register"])
    assert found(spoken) == {(13, "request"), (13, "ruling")}
    assert shown(spoken) == {(13, "request")}


def test_two_entries_in_each_others_place(spoken: Path):
    tables = Tables(spoken)
    ninth, tenth = tables.entry(9), tables.entry(10)
    tables.put(9, tenth)
    tables.put(10, ninth)
    inside, outside = both(spoken)
    assert {(9, "number"), (10, "number"), (9, "request"), (10, "request"), (10, "order")} <= inside
    assert {(9, "missing"), (9, "number"), (9, "order"), (-1, "checkpoint")} <= outside


def test_two_entries_exchanged_by_who_can_sign_checkpoints(spoken: Path, drawer: str, keys: Keys):
    tables = Tables(spoken)
    tables.order([*range(11), 12, 11])
    tables.mended(keys["register"])
    for each in both(spoken, drawer):
        assert {(12, "order"), (12, "clock"), (-1, "checkpoint")} <= each


def test_a_forged_signature(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    held = tables.entry(11)
    tables.put(11, {**held, "signature": STRANGER.sign(record(held["statement"]))})
    tables.mended(keys["register"])
    assert both(spoken) == ({(11, "signature")}, {(11, "signature")})


def test_a_statement_signed_with_a_key_that_has_ended(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.signed(7, keys["member:USA"])
    tables.mended(keys["register"])
    for each in both(spoken):
        assert {(7, "key"), (-1, "checkpoint")} <= each


def test_a_statement_signed_with_a_revoked_key(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    key = keys["member:RUS"].public
    revoked = {
        "by": "chair",
        "kind": "key_revoked",
        "seat": "member:RUS",
        "key": key,
        "reason": "lost",
        "on": "2026-03-02",
    }
    tables.signed(11, keys["chair"], seat="chair", event=revoked)
    tables.base.execute("UPDATE entries SET request = 'chair r10' WHERE number = 11")
    held = tables.entry(11)
    tables.put(11, {**held, "rulings": "none"})
    tables.mended(keys["register"])
    assert (12, "key") in found(spoken)
    assert shown(spoken) == {(12, "key")}


def test_a_statement_signed_with_the_key_of_another_seat(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.signed(12, keys["member:JPN"])
    tables.mended(keys["register"])
    assert both(spoken) == ({(12, "key")}, {(12, "key")})


def test_a_seat_that_acts_for_another(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    event = tables.entry(12)["statement"]["event"] | {"by": "member:USA"}
    tables.signed(12, keys["member:RUS"], event=event)
    tables.mended(keys["register"])
    assert found(spoken) == {(12, "ruling")}  # the register would not take it
    assert shown(spoken) == {(12, "seat")}


def test_a_key_put_in_without_its_possession(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    event = tables.entry(4)["statement"]["event"] | {"key": STRANGER.public}
    tables.signed(4, keys["member:USA"], event=event)
    tables.mended(keys["register"])
    for each in both(spoken):
        assert {(4, "key"), (7, "key")} <= each


def test_a_rotation_after_the_key_was_revoked(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    with Register.open(spoken) as register:
        proof = NEW.sign(possession(register.id, "member:RUS", STRANGER.public))
    revoked = {"by": "member:RUS", "kind": "key_revoked", "seat": "member:RUS", "key": keys["member:RUS"].public}
    tables.signed(11, keys["member:RUS"], event={**revoked, "reason": "lost", "on": "2026-03-02"})
    rotated = {"by": "member:RUS", "kind": "key_rotated", "seat": "member:RUS", "key": STRANGER.public}
    tables.signed(12, keys["member:RUS"], event={**rotated, "possession": proof, "on": "2026-03-02"})
    tables.mended(keys["register"])
    for each in both(spoken):
        assert (12, "key") in each


def test_an_edited_request_beside_an_entry(spoken: Path):
    Tables(spoken).base.execute("UPDATE entries SET request = 'member:RUS other' WHERE number = 11")
    assert found(spoken) == {(11, "request")}


@pytest.mark.parametrize("change", ["UPDATE head SET size = size - 1", "UPDATE head SET root = upper(root)"])
def test_an_edited_head(spoken: Path, change: str):
    Tables(spoken).base.execute(change)
    assert both(spoken) == ({(-1, "checkpoint")}, {(-1, "checkpoint")})


def test_a_checkpoint_forged_with_another_key(spoken: Path):
    tables = Tables(spoken)
    tables.mended(STRANGER)
    assert both(spoken) == ({(-1, "checkpoint")}, {(-1, "checkpoint")})


def test_an_edited_subtree(spoken: Path):
    Tables(spoken).base.execute("UPDATE nodes SET hash = ? WHERE level = 2 AND position = 1", (bytes(32),))
    assert found(spoken) == {(4, "subtree")}


def test_a_subtree_taken_away(spoken: Path):
    Tables(spoken).base.execute("DELETE FROM nodes WHERE level = 3")
    assert found(spoken) == {(-1, "subtree")}


def test_a_swapped_charter(spoken: Path):
    tables = Tables(spoken)
    digest, text = tables.base.execute("SELECT digest, content FROM documents WHERE media LIKE '%charter'").fetchone()
    changed = text.replace(b"energy", b"energie", 1)
    assert changed != text
    tables.base.execute("UPDATE documents SET content = ? WHERE digest = ?", (changed, digest))
    assert both(spoken) == ({(0, "document")}, {(0, "document")})
    sha256 = hashlib.sha256(changed).hexdigest()
    tables.base.execute("UPDATE documents SET digest = ? WHERE digest = ?", (sha256, digest))
    assert both(spoken) == ({(0, "document")}, {(0, "document")})


def test_an_edited_document_of_evidence(spoken: Path):
    Tables(spoken).base.execute("UPDATE documents SET content = ? WHERE media = 'text/plain'", (b"megatonnes",))
    assert both(spoken) == ({(5, "document")}, {(5, "document")})


def test_a_false_ruling_in_a_history_written_anew_by_the_secretariat(spoken: Path, drawer: str, keys: Keys):
    tables = Tables(spoken)
    held = tables.entry(3)
    tables.put(3, {**held, "rulings": hashlib.sha256(b"rejected").hexdigest()})
    tables.mended(keys["register"])
    assert {(3, "ruling"), (-1, "checkpoint")} == found(spoken, drawer)
    assert {(-1, "checkpoint")} == shown(spoken)  # it does not replay rulings; the countersigned checkpoint tells
    assert {(3, "ruling")} == {each for each in found(spoken) if each[0] >= 0}


def test_a_vote_changed_in_a_history_written_anew_needs_its_authors_key(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    event = tables.entry(2)["statement"]["event"] | {"choice": "yes"}
    tables.signed(2, keys["secretariat"], event=event)
    tables.mended(keys["register"])
    for each in both(spoken):
        assert {(2, "key"), (-1, "checkpoint")} <= each


def test_a_countersignature_that_is_another_seats(spoken: Path):
    tables = Tables(spoken)
    ((note,),) = tables.base.execute("SELECT note FROM checkpoints").fetchall()
    forged = note.replace("— member:JPN ", "— member:IND ")
    tables.base.execute("UPDATE checkpoints SET note = ?, seat = 'member:IND'", (forged,))
    assert both(spoken) == ({(-1, "countersignature")}, {(-1, "countersignature")})


def test_a_countersigned_checkpoint_taken_away_is_missed_where_it_is_kept_elsewhere(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    ((note,),) = tables.base.execute("SELECT note FROM checkpoints").fetchall()
    tables.base.execute("DELETE FROM checkpoints")
    tables.change(2, choice="yes")
    tables.signed(2, keys["member:USA"])  # the secretariat and the United States together
    tables.mended(keys["register"])
    assert (-1, "checkpoint") not in found(spoken)
    for each in both(spoken, note):
        assert (-1, "checkpoint") in each


def test_a_snapshot_is_never_trusted(spoken: Path, keys: Keys):
    with Register.open(spoken, keys["register"]) as register:
        register.keep_snapshot()
        honest = register.position()
    tables = Tables(spoken)
    ((content,),) = tables.base.execute("SELECT content FROM snapshots").fetchall()
    tables.base.execute("UPDATE snapshots SET content = ?", (content.replace(b"Q6", b"Q8"),))
    with Register.open(spoken) as register:
        assert register.position() == honest  # its signature no longer fits: the entries are followed instead
    assert both(spoken) == (set(), set())


def test_a_clock_that_goes_backwards(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.put(12, {**tables.entry(12), "recorded": "2026-03-01T11:00:00.000Z"})
    tables.mended(keys["register"])
    assert both(spoken) == ({(12, "clock")}, {(12, "clock")})


def test_a_statement_of_another_register(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.signed(12, keys["member:RUS"], register="0" * 64)
    tables.mended(keys["register"])
    assert both(spoken) == ({(12, "register")}, {(12, "register")})


def test_a_statement_that_counted_only_if_nothing_had_happened(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    tables.signed(12, keys["member:RUS"], only=True, after=11)
    tables.mended(keys["register"])
    assert both(spoken) == ({(12, "order")}, {(12, "order")})


def test_a_text_that_is_not_that_of_the_law_in_force(spoken: Path, keys: Keys):
    tables = Tables(spoken)
    event = {"by": "secretariat", "kind": "text_issued", "instrument": "charter", "lang": "zh", "on": "2026-03-02"}
    tables.signed(12, keys["secretariat"], seat="secretariat", event={**event, "digest": "0" * 64})
    tables.base.execute("UPDATE entries SET request = 'secretariat r11' WHERE number = 12")
    tables.put(12, {**tables.entry(12), "rulings": "none"})
    tables.mended(keys["register"])
    assert found(spoken) == {(12, "text")}
    assert shown(spoken) == set()  # it does not know the law, and says that rulings are not replayed


def edits(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


TAMPERED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], Found]] = {
    "an entry taken out": (lambda held: held[:6] + held[7:], {(5, "missing"), (-1, "checkpoint")}),
    "the last entry cut off": (lambda held: held[:13] + held[14:], {(12, "truncated")}),
    "an entry twice": (lambda held: [*held[:6], held[5], *held[6:]], {(4, "number"), (4, "request")}),
    "two entries exchanged": (
        lambda held: [*held[:10], held[11], held[10], *held[12:]],
        {(9, "missing"), (9, "number"), (-1, "checkpoint")},
    ),
    "a leaf changed": (
        lambda held: [*held[:3], held[3][:-10] + b"00000000" + held[3][-2:], *held[4:]],
        {(2, "edited")},
    ),
    "a vote changed": (
        lambda held: [each.replace(b'"choice":"no"', b'"choice":"yes"') for each in held],
        {(2, "edited"), (2, "signature"), (-1, "checkpoint")},
    ),
    "a space put in": (
        lambda held: [each.replace(b'"choice":"no"', b'"choice": "no"') for each in held],
        {(2, "edited"), (-1, "checkpoint")},
    ),
    "the charter taken out": (
        lambda held: [each for each in held if b"x-comity-charter" not in each],
        {(0, "document")},
    ),
    "evidence changed": (
        lambda held: [
            each.replace(base64.b64encode(b"gigatonnes of 2025"), base64.b64encode(b"gigatonnes of 2024"))
            for each in held
        ],
        {(5, "document")},
    ),
    "the head changed": (lambda held: [held[0].replace(b'"size":13', b'"size":12'), *held[1:]], {(-1, "checkpoint")}),
    "a countersignature given to another": (
        lambda held: [each.replace("— member:JPN".encode(), "— member:IND".encode()) for each in held],
        {(-1, "countersignature")},
    ),
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_an_export_that_was_changed(spoken: Path, tmp_path: Path, kind: str):
    change, expected = TAMPERED[kind]
    lines = edits(export(spoken, tmp_path / "a.jsonl"))
    changed = change(lines)
    assert changed != lines
    told = examined(b"".join(changed), [])
    assert not told["honest"]
    assert expected <= {(each["entry"], each["what"]) for each in told["faults"]}


@settings(deadline=None, max_examples=60)
@given(number=st.integers(0, 12), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_byte_of_any_entry_flipped_is_found(sample: Path, number: int, place: float, bit: int):
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(sample, folder))
        tables = Tables(copy)
        (content,) = tables.base.execute("SELECT content FROM entries WHERE number = ?", (number,)).fetchone()
        flipped = bytearray(content)
        flipped[int(place * len(flipped))] ^= 1 << bit
        tables.base.execute("UPDATE entries SET content = ? WHERE number = ?", (bytes(flipped), number))
        tables.base.close()
        assert not verify(copy).honest
        try:
            path = export(copy, Path(folder) / "a.jsonl")
        except Unreadable:
            return
        try:
            assert not examined(path.read_bytes(), [])["honest"]
        except ValueError:
            return
