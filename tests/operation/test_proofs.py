"""Proofs: each is accepted by a verifier that has nothing else, and none is accepted once changed."""

import copy
import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

from comity.kernel.errors import InputError
from comity.operation import comity_verify
from comity.operation.comity_verify import examined
from comity.operation.proofs import consistency, proof
from comity.operation.register import Register
from comity.operation.roll import possession
from comity.operation.signing import Key
from comity.operation.tree import continues


def told(proved: object, *notes: str) -> list[tuple[int, str]]:
    """What the verifier finds wrong with a proof."""
    found = examined(json.dumps(proved, indent=1).encode(), list(notes))
    return [(each["entry"], each["what"]) for each in found["faults"]]


def rotated(place: Path, keys: dict[str, Key]) -> None:
    """Let a register rotate its own key."""
    new = Key.of("register", bytes([88]) * 32)
    with Register.open(place, keys["register"]) as register:
        held = new.sign(possession(register.id, "register", new.public))
        event = {"kind": "key_rotated", "seat": "register", "key": new.public, "possession": held, "on": "2026-03-03"}
        statement = register.statement("register", event, request="rotate").signed(keys["register"])
        register.submit(statement, now=register.position().recorded)
    with Register.open(place, new) as register:
        event = {"kind": "proposal_tabled", "on": "2026-03-04", "question": "Q9", "matter": "energy"}
        statement = register.statement("member:JPN", event, request="later").signed(keys["member:JPN"])
        register.submit(statement, now=register.position().recorded + datetime.timedelta(minutes=1))


@pytest.mark.parametrize("with_rotation", [False, True])
def test_every_entry_is_proved_and_every_older_state_continued(
    spoken: Path, keys: dict[str, Key], *, with_rotation: bool
):
    if with_rotation:
        rotated(spoken, keys)
    with Register.open(spoken) as register:
        for number in range(register.size):
            assert told(proof(register, number), register.checkpoint().text()) == []
            assert told(consistency(register, number + 1)) == []
        assert len(proof(register, 0)["keys"]) == 1 + with_rotation


def test_a_proof_says_what_it_proves(spoken: Path):
    with Register.open(spoken) as register:
        found = examined(json.dumps(proof(register, 5)).encode(), [])
        assert (found["proves"], found["entry"], found["entries"]) == ("inclusion/1", 5, 13)
        assert found["root"] == register.checkpoint().root
        made = consistency(register, 8, 13)
        assert continues(
            (8, bytes.fromhex(made["old"]["root"])),
            (13, bytes.fromhex(register.checkpoint().root)),
            [bytes.fromhex(each) for each in made["path"]],
        )


def test_a_changed_proof_is_found_out(spoken: Path, keys: dict[str, Key]):
    with Register.open(spoken) as register:
        inclusion, growth = proof(register, 5), consistency(register, 7)
        older = register.checkpoint()
    changed = copy.deepcopy(inclusion)
    changed["entry"]["statement"]["event"]["title"] = "Another"
    assert told(changed) == [(5, "proof"), (5, "signature")]
    assert (5, "proof") in told({**inclusion, "path": inclusion["path"][1:]})
    assert (-1, "proof") in told({**growth, "path": [*growth["path"], "00" * 32]})
    assert (-1, "proof") in told({**growth, "old": {**growth["old"], "size": 6}})
    assert (-1, "checkpoint") in told({**inclusion, "note": older.signed(Key.of("register", bytes(32))).text()})
    assert (-1, "checkpoint") in told({**inclusion, "keys": []})
    other = copy.deepcopy(inclusion)
    other["keys"][0]["statement"]["event"]["keys"]["register"] = keys["chair"].public
    assert (0, "register") in told(other)


def test_a_checkpoint_from_elsewhere_must_be_one_that_the_proof_speaks_of(spoken: Path, keys: dict[str, Key]):
    with Register.open(spoken) as register:
        before = register.checkpoint().text()
        assert told(proof(register, 3), before) == []
    rotated(spoken, keys)
    with Register.open(spoken) as register:
        assert told(consistency(register, 13), before) == []
        assert told(consistency(register, 12), before) == [(-1, "checkpoint")]


def test_what_is_not_there_is_not_proved(spoken: Path):
    with Register.open(spoken) as register:
        for number in (-1, 13):
            with pytest.raises(InputError, match="has no entry"):
                proof(register, number)
        for old in (0, 14):
            with pytest.raises(InputError, match="does not continue"):
                consistency(register, old)
        with pytest.raises(InputError, match="no checkpoint is kept of 12"):
            consistency(register, 5, 12)


def test_a_proof_is_checked_by_the_verifier_as_a_program(spoken: Path, tmp_path: Path):
    with Register.open(spoken) as register:
        (tmp_path / "proof.json").write_text(json.dumps(proof(register, 7), ensure_ascii=False), encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-I", comity_verify.__file__, tmp_path / "proof.json"], capture_output=True, check=False
    )
    assert found.returncode == 0
    assert "inclusion/1" in found.stdout.decode()
