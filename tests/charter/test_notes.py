"""Remarks on sound charters: the file is in ``tests/charters/noted``, its remarks beside it.

Write the remarks anew, then read every change as a drafter would::

    COMITY_GOLDEN=write pytest tests/charter/test_notes.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from comity.charter.notes import notes
from comity.cli import run
from comity.library.institutions import load, remarked
from comity.library.places import shipped_names

NOTED = sorted((Path(__file__).parents[1] / "charters" / "noted").glob("*.yaml"))


@pytest.mark.parametrize("file", NOTED, ids=lambda file: file.stem)
def test_a_sound_charter_is_remarked_on_where_and_why(file: Path):
    _, found = remarked(str(file))
    said = "".join(f"{each.sentence(file.name)}\n" for each in found)
    golden = file.with_suffix(".txt")
    if os.environ.get("COMITY_GOLDEN") == "write":
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text(encoding="utf-8")
    assert said


def test_every_remark_has_its_charter_and_every_charter_its_remarks():
    assert {file.stem for file in NOTED} == {file.stem for file in NOTED[0].parent.glob("*.txt")}
    told = "".join(file.with_suffix(".txt").read_text(encoding="utf-8") for file in NOTED)
    for words in ("nothing is decided", "nobody can convene", "can hang for ever", "staying away", "is weaker than"):
        assert words in told


def test_remarks_leave_a_charter_sound(capsys):
    file = str(next(file for file in NOTED if file.stem == "rule-that-decides-nothing"))
    assert run(["check", file, "g7"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith(f"{file}: sound (")
    assert shown[1].startswith(f"  note: {file}:14:3  rules.forgotten  nothing is decided by this rule")
    assert shown[2].startswith("g7: sound (")
    assert run(["check", file, "--json"]) == 0
    sound = json.loads(capsys.readouterr().out)["sound"][0]
    assert [(each["line"], each["path"]) for each in sound["notes"]] == [(14, "rules.forgotten")]


@pytest.mark.parametrize("name", shipped_names("charter"))
def test_what_ships_hangs_nowhere_and_is_convened(name: str):
    said = " ".join(what for _, what, _ in notes(load(name)))
    assert "can hang for ever" not in said
    assert "nobody can convene" not in said
