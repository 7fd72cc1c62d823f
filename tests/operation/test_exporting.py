"""An export: the same bytes for the same register, whole or not at all, and refused where it is none."""

import json
from pathlib import Path

import pytest

from comity.kernel.errors import DestinationError
from comity.operation.exporting import export, is_export, read
from comity.operation.refusing import Unreadable
from comity.operation.register import CHARTER, Register
from comity.operation.tree import leaf_hash


def test_the_same_register_gives_the_same_bytes(spoken: Path, tmp_path: Path):
    first, second = (export(spoken, tmp_path / name).read_bytes() for name in ("a.jsonl", "b.jsonl"))
    assert first == second
    assert first.endswith(b"\n")


def test_an_export_holds_entries_as_they_are_kept_with_leaves_checkpoints_and_documents(spoken: Path, tmp_path: Path):
    lines = export(spoken, tmp_path / "a.jsonl").read_bytes().splitlines()
    with Register.open(spoken) as register, register.store.reading() as view:
        kept = [content for _, _, content in view.rows()]
        head = json.loads(lines[0])
        assert (head["comity"], head["register"], head["size"]) == ("export/1", register.id, 13)
        assert head["note"] == register.checkpoint().text()
        assert [json.loads(line)["leaf"] for line in lines[1:14]] == [leaf_hash(each).hex() for each in kept]
        assert [json.loads(line)["entry"] for line in lines[1:14]] == [json.loads(each) for each in kept]
        made = read((tmp_path / "a.jsonl").read_bytes())
        assert made.contents == kept
        assert made.countersigned == view.checkpoints()
        assert sorted(made.documents) == sorted((media, content) for _, media, content in view.documents())
    assert [(size, seat) for size, seat, _ in made.countersigned] == [(10, "member:JPN")]
    assert {media for media, _ in made.documents} == {CHARTER, "text/plain"}


def test_an_export_is_known_by_its_first_bytes(spoken: Path, tmp_path: Path):
    assert is_export(export(spoken, tmp_path / "a.jsonl"))
    assert not is_export(spoken)
    assert not is_export(tmp_path / "nothing")
    assert not is_export("postgresql://localhost/g5")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"{}", 1),
        (b'{"comity":"export/2"}', 1),
        (b'{"comity":"export/1","size":1,"root":"","note":""}\n{"else":1}', 2),
        (b'{"comity":"export/1","size":1,"root":"","note":""}\n{"document":{"media":"m","content":"*"}}', 2),
    ],
)
def test_what_is_no_export_is_refused_with_the_line(data: bytes, line: int):
    with pytest.raises(Unreadable, match=f"line {line}, is not that of an export"):
        read(data)


def test_an_entry_of_two_lines_is_not_exported(spoken: Path, tmp_path: Path):
    with Register.open(spoken) as register, register.store.engine.begin() as base:
        base.exec_driver_sql("UPDATE entries SET content = ? WHERE number = 4", (b"{\n}",))
    with pytest.raises(Unreadable, match=r"Entry 4 .*cannot be exported"):
        export(spoken, tmp_path / "a.jsonl")
    assert not (tmp_path / "a.jsonl").exists()


def test_nothing_is_exported_from_nothing_or_to_a_folder(spoken: Path, tmp_path: Path):
    with pytest.raises(Unreadable, match="There is no register"):
        export(tmp_path / "none.db", tmp_path / "a.jsonl")
    with pytest.raises(DestinationError, match="folder"):
        export(spoken, tmp_path)
