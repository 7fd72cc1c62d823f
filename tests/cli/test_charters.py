"""Files of stakes at the door: copied, checked, listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from comity.cli.charters import check, library, new
from comity.cli.common import Common
from comity.kernel.errors import InputError


def test_a_copied_file_of_stakes_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "mine.yaml"
    new("mine", stakes="mission", to=path)
    check(str(path))
    said = capsys.readouterr().out
    assert "--stakes" in said
    assert "sound (stakes; 13 issues, 25 rules; digest " in said


def test_a_broken_file_of_stakes_is_told_with_its_lines(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    new("mine", stakes="mission", to=path)
    path.write_text(path.read_text(encoding="utf-8").replace("position: makers", "position: makrs"), encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.yaml:\d+:\d+ .*'makrs' is not declared") as found:
        check(str(path))
    assert "3 problem(s)" in str(found.value)


def test_charters_and_stakes_are_checked_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "mine.yaml"
    new("mine", stakes="mission", to=path)
    capsys.readouterr()
    check(str(path), "g7", common=Common(json=True))
    told = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in told["sound"]] == ["mine", "g7"]


def test_the_library_lists_files_of_stakes(capsys: pytest.CaptureFixture[str]):
    library()
    assert "stakes: mission" in capsys.readouterr().out
