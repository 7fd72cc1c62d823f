"""The independent verifier: it needs nothing of comity, agrees with it, and says no where it must."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.canonical import record
from comity.operation import comity_verify, tree
from comity.operation.exporting import export
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.operation.verifying import verify

FILE = Path(comity_verify.__file__)
VALUES = st.recursive(
    st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inside),
    max_leaves=12,
)
LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


def kept(leaves: list[bytes]) -> tree.Node:
    nodes = {(0, place): leaf for place, leaf in enumerate(leaves)}
    frontier = tree.Frontier()
    for leaf in leaves:
        nodes |= {(level, place): made for level, place, made in frontier.add(leaf)}
    return lambda level, place: nodes[level, place]


def run(*said: str | Path) -> subprocess.CompletedProcess[str]:
    """The verifier as a program of its own: isolated, so that nothing of comity can be imported by chance."""
    return subprocess.run(
        [sys.executable, "-I", FILE, *map(str, said)], capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_the_verifier_is_one_short_file_that_needs_only_the_standard_library_and_cryptography():
    text = FILE.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 300
    imports = {
        (each.module if isinstance(each, ast.ImportFrom) else alias.name).split(".")[0]
        for each in ast.walk(ast.parse(text))
        if isinstance(each, ast.Import | ast.ImportFrom)
        for alias in each.names
    }
    assert imports - set(sys.stdlib_module_names) == {"cryptography"}


@given(VALUES)
def test_its_canonical_json_is_that_of_the_register(value: object):
    assert comity_verify.canonical(value) == record(value)


@pytest.mark.parametrize("value", [1.0, None, 2**53, -(2**53), [0.5], {"a": None}])
def test_what_cannot_be_recorded_has_no_canonical_form_here_either(value: object):
    with pytest.raises((ValueError, TypeError)):
        record(value)
    with pytest.raises((ValueError, TypeError)):
        comity_verify.canonical(value)


@given(LEAVES, st.data())
def test_its_tree_is_that_of_the_register(leaves: list[bytes], data: st.DataObject):
    node, size = kept(leaves), len(leaves)
    assert comity_verify.root(leaves) == tree.root(size, node).hex()
    number = data.draw(st.integers(0, size - 1))
    path = tree.inclusion(number, size, node)
    assert comity_verify.included(leaves[number], number, size, path).hex() == comity_verify.root(leaves)
    old = data.draw(st.integers(1, size))
    path, before = tree.consistency(old, size, node), tree.root(old, node)
    assert comity_verify.grown(old, size, path, [before]) == (before, tree.root(size, node))


@given(LEAVES, st.data())
def test_a_proof_that_is_longer_shorter_or_changed_leads_nowhere(leaves: list[bytes], data: st.DataObject):
    node, size = kept(leaves), len(leaves)
    number, old, root = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size)), tree.root(size, node)
    before = tree.root(old, node)
    inclusion, consistency = tree.inclusion(number, size, node), tree.consistency(old, size, node)
    for spoilt in ([*inclusion, bytes(32)], [bytes(32), *inclusion], inclusion[1:], inclusion[:-1]):
        if spoilt != inclusion:
            assert comity_verify.included(leaves[number], number, size, spoilt) != root
    for spoilt in ([*consistency, bytes(32)], [bytes(32), *consistency], consistency[1:], consistency[:-1]):
        if spoilt != consistency:
            assert comity_verify.grown(old, size, spoilt, [before]) != (before, root)
    assert comity_verify.included(bytes(32), number, size, inclusion) != root or leaves[number] == bytes(32)


def test_an_honest_export_is_accepted(spoken: Path, tmp_path: Path):
    found = run(export(spoken, tmp_path / "a.jsonl"), "--json")
    assert (found.returncode, found.stderr) == (0, "")
    told, verified = json.loads(found.stdout), verify(spoken)
    assert told == {
        "honest": True,
        "register": verified.register,
        "proves": "export/1",
        "entries": 13,
        "root": verified.root,
        "countersigned": {"member:JPN": 10},
        "faults": [],
        "notes": ["rulings not replayed"],
    }
    assert verified.honest
    assert verified.countersigned == told["countersigned"]


def test_it_says_in_both_languages_what_it_found(spoken: Path, tmp_path: Path):
    path = export(spoken, tmp_path / "a.jsonl")
    assert run(path).stdout.splitlines()[0] == "honest 可信"
    path.write_bytes(path.read_bytes().replace(b'"choice":"no"', b'"choice":"yes"'))
    found = run(path)
    assert found.returncode == 1
    lines = found.stdout.splitlines()
    assert lines[0] == "NOT honest 不可信"
    assert "2: edited: its bytes are not those that were recorded 其字节与入册时不符" in lines
    assert "2: signature: its signature is not that of its statement 其签名与陈述不符" in lines
    assert lines[-1] == "rulings not replayed 未重演裁定"


def test_what_is_no_export_is_unreadable(spoken: Path, tmp_path: Path):
    (tmp_path / "half.jsonl").write_bytes(export(spoken, tmp_path / "a.jsonl").read_bytes()[:200])
    for path in (spoken, tmp_path / "half.jsonl", tmp_path / "none"):
        found = run(path)
        assert (found.returncode, found.stdout) == (2, "")
        assert found.stderr.startswith(f"{path}: ")
        assert "Traceback" not in found.stderr


def test_a_checkpoint_from_elsewhere_shows_what_was_cut_off(spoken: Path, tmp_path: Path, keys: dict[str, Key]):
    path = export(spoken, tmp_path / "before.jsonl")
    with Register.open(spoken, keys["register"]) as register:
        drawer = tmp_path / "drawer.txt"
        event = {"kind": "proposal_tabled", "on": "2026-03-02", "question": "Q9", "matter": "energy"}
        statement = register.statement("member:JPN", event, request="later").signed(keys["member:JPN"])
        register.submit(statement, now=register.position().recorded)
        drawer.write_text(register.checkpoint().text(), encoding="utf-8")
    found = json.loads(run(path, "--checkpoint", drawer, "--json").stdout)
    assert [(each["entry"], each["what"]) for each in found["faults"]] == [(-1, "checkpoint"), (13, "truncated")]
    assert run(export(spoken, tmp_path / "after.jsonl"), "--checkpoint", drawer).returncode == 0


def test_the_command_is_installed(spoken: Path, tmp_path: Path):
    path = export(spoken, tmp_path / "a.jsonl")
    command = Path(sys.executable).with_name("comity-verify")
    assert subprocess.run([command, path], capture_output=True, check=False).returncode == 0
