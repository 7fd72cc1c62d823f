"""Copies of a register: verbatim, verified before they count, and a fork that nobody can take for the original."""

import datetime
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.kernel.errors import InputError
from comity.operation import tree
from comity.operation.copying import fork, import_, mirror
from comity.operation.exporting import export, exported
from comity.operation.position import follow, founding, read
from comity.operation.refusing import Conflict, NotAllowed, ReadOnly, Unreadable
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.operation.verifying import verify
from comity.procedure import State

Keys = dict[str, Key]


def content(place: str | Path) -> bytes:
    """Everything a register holds, as its export has it."""
    with Register.open(place) as register, register.store.reading() as view:
        return exported(view)


def speak(place: str | Path, keys: Keys, question: str) -> None:
    """Record one more proposal."""
    with Register.open(place, keys["register"]) as register:
        event = {"kind": "proposal_tabled", "on": "2026-03-02", "question": question, "matter": "energy"}
        statement = register.statement("member:JPN", event, request=question).signed(keys["member:JPN"])
        register.submit(statement, now=register.position().recorded)


def test_an_import_holds_the_same_bytes_and_can_only_be_read(spoken: Path, tmp_path: Path, keys: Keys):
    path = export(spoken, tmp_path / "a.jsonl")
    with import_(path, tmp_path / "copy.db") as copy, Register.open(spoken) as original:
        assert copy.id == original.id
        assert copy.position() == original.position()
        event = {"kind": "proposal_tabled", "on": "2026-03-02", "question": "Q9", "matter": "energy"}
        statement = copy.statement("member:JPN", event, request="x").signed(keys["member:JPN"])
        with pytest.raises(ReadOnly, match="reading only"):
            copy.submit(statement, now=copy.position().recorded)
    assert content(tmp_path / "copy.db") == path.read_bytes()
    assert verify(tmp_path / "copy.db") == verify(spoken)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.jsonl", "copy.db", "spoken.db"]


def test_an_import_with_the_registers_key_goes_on(spoken: Path, tmp_path: Path, keys: Keys):
    path = export(spoken, tmp_path / "a.jsonl")
    with pytest.raises(NotAllowed, match="not the register's key"):
        import_(path, tmp_path / "copy.db", key=keys["chair"])
    assert not (tmp_path / "copy.db").exists()
    import_(path, tmp_path / "copy.db", key=keys["register"]).close()
    speak(tmp_path / "copy.db", keys, "Q9")
    assert verify(tmp_path / "copy.db").size == 14


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "a vote": lambda data: data.replace(b'"choice":"no"', b'"choice":"yes"'),
    "the evidence": lambda data: data.replace(b'"content":"Z2ln', b'"content":"bWVn'),
    "a number": lambda data: data.replace(b'"number":4', b'"number":5'),
    "the charter": lambda data: b"".join(each for each in data.splitlines(keepends=True) if b"x-comity" not in each),
    "an entry": lambda data: b"".join(each for each in data.splitlines(keepends=True) if b'"number":12' not in each),
    "everything": lambda _: b"{}",
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_not_honest_is_not_imported_and_nothing_is_left(spoken: Path, tmp_path: Path, what: str):
    path = export(spoken, tmp_path / "a.jsonl")
    changed = CHANGES[what](path.read_bytes())
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    with pytest.raises(Unreadable):
        import_(path, tmp_path / "copy.db")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.jsonl", "spoken.db"]


def test_an_import_overwrites_nothing(spoken: Path, tmp_path: Path):
    path = export(spoken, tmp_path / "a.jsonl")
    before = spoken.read_bytes()
    with pytest.raises(ReadOnly, match="there already"):
        import_(path, spoken)
    assert spoken.read_bytes() == before
    with pytest.raises(Unreadable, match="cannot be read"):
        import_(tmp_path / "none.jsonl", tmp_path / "copy.db")


def test_an_export_goes_to_another_database_and_back(spoken: Path, tmp_path: Path, place: str):
    import_(export(spoken, tmp_path / "a.jsonl"), place).close()
    assert content(place) == (tmp_path / "a.jsonl").read_bytes()
    assert verify(place).honest
    with pytest.raises(ReadOnly):
        import_(tmp_path / "a.jsonl", place)


def test_a_mirror_follows_a_register_and_its_exports(spoken: Path, tmp_path: Path, keys: Keys):
    copy = tmp_path / "mirror.db"
    told = mirror(spoken, copy)
    assert (told.before, told.size) == (0, 13)
    assert content(copy) == content(spoken)
    assert mirror(spoken, copy).before == 13
    speak(spoken, keys, "Q9")
    speak(spoken, keys, "Q10")
    with Register.open(spoken, keys["register"]) as register:
        digest = register.lay(b"more", "text/plain")
        note = register.checkpoint().signed(keys["member:IND"])
        with register.store.writing() as turn:
            turn.countersign(note.size, "member:IND", note.text())
    told = mirror(spoken, copy)
    assert (told.before, told.size) == (13, 15)
    assert content(copy) == content(spoken)
    assert digest.encode() in content(copy)
    assert verify(copy).countersigned == {"member:IND": 15, "member:JPN": 10}
    speak(spoken, keys, "Q11")
    assert mirror(export(spoken, tmp_path / "a.jsonl"), copy).size == 16
    assert content(copy) == content(spoken)


def test_a_mirror_on_another_database(spoken: Path, keys: Keys, place: str):
    mirror(spoken, place)
    speak(spoken, keys, "Q9")
    assert mirror(spoken, place).size == 14
    assert content(place) == content(spoken)


def test_a_source_that_does_not_continue_the_mirror_is_refused(spoken: Path, tmp_path: Path, keys: Keys):
    copy, older = tmp_path / "mirror.db", tmp_path / "older.jsonl"
    export(spoken, older)
    speak(spoken, keys, "Q9")
    mirror(spoken, copy)
    held = content(copy)
    with pytest.raises(Conflict, match="does not continue the mirror"):
        mirror(older, copy)
    import_(older, tmp_path / "branch.db", key=keys["register"]).close()
    for question in ("Q10", "Q11"):  # another history from 13 on, with the register's own key
        speak(tmp_path / "branch.db", keys, question)
        with pytest.raises(Conflict, match="does not continue the mirror"):
            mirror(tmp_path / "branch.db", copy)
    assert content(copy) == held


def test_what_is_new_and_not_honest_is_not_mirrored(spoken: Path, tmp_path: Path, keys: Keys):
    copy = tmp_path / "mirror.db"
    mirror(spoken, copy)
    held = content(copy)
    speak(spoken, keys, "Q9")
    with sqlite3.connect(spoken) as base:
        base.execute("UPDATE documents SET content = ? WHERE media = 'text/plain'", (b"other",))
    with pytest.raises(Unreadable, match="not what its digest says"):
        mirror(spoken, copy)
    assert content(copy) == held


def test_a_fork_begins_where_its_ancestor_stood(spoken: Path, tmp_path: Path, now: datetime.datetime):
    new = {seat: Key.of(seat, bytes([number + 50]) * 32) for number, seat in enumerate(["register", "secretariat"])}
    with Register.open(spoken) as ancestor:
        with fork(spoken, tmp_path / "exercise.db", 9, keys=new, now=now) as exercise:
            assert exercise.id != ancestor.id
            assert exercise.founded.minutes
            assert exercise.founded.exercise
            assert exercise.founded.forked is not None
            named = exercise.founded.forked.model_dump(by_alias=True)
            assert named == {"register": ancestor.id, "size": 9, "root": verify_root(spoken, 9)}
            state = exercise.position().state
            assert set(state.questions) == {"Q1", "Q2", "Q3"}
            assert state.questions == ancestor_state(spoken, 9).questions
            assert set(exercise.position().roll.current) == {"register", "secretariat"}
            assert not exercise.position().docket.evidence
        assert ancestor.size == 13
    assert verify(tmp_path / "exercise.db").honest


def verify_root(place: Path, size: int) -> str:
    """The root over the first entries."""
    with Register.open(place) as register:
        edge = tree.Frontier()
        for each in register.entries(0, size):
            edge.add(tree.leaf_hash(each.content()))
        return edge.root.hex()


def ancestor_state(place: Path, size: int) -> State:
    """The institution after the first entries of a register."""

    with Register.open(place) as register:
        first, *rest = register.entries(0, size)
        position = founding(register.institution, register.founded, register.id, first.recorded)
        for each in rest:
            position, _ = follow(position, each.signed.statement, read(each.signed.statement.event), each.recorded)
        return position.state


@pytest.mark.parametrize("at", [0, 14])
def test_a_fork_beyond_its_ancestor_is_refused(
    spoken: Path, tmp_path: Path, keys: Keys, now: datetime.datetime, at: int
):
    with pytest.raises(InputError, match=r"13 entries; it cannot be forked"):
        fork(spoken, tmp_path / "exercise.db", at, keys=keys, now=now)
    assert not (tmp_path / "exercise.db").exists()
