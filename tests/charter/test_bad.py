"""Broken charters and the message each must give: the file is in ``tests/charters/bad``, its message beside it.

Write the messages anew, then read every change as a drafter would::

    COMITY_GOLDEN=write pytest tests/charter/test_bad.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import comity
from comity.charter.read import read

BAD = sorted((Path(__file__).parents[1] / "charters" / "bad").glob("*.yaml"))
JARGON = (
    "validation",
    "pydantic",
    "Input should",
    "NoneType",
    "dict",
    "tuple",
    "Traceback",
    "[type=",
    "scalar",
    "token",
)


def message(file: Path) -> str:
    with pytest.raises(comity.DocumentError) as found:
        read(file.read_text(encoding="utf-8"), file.stem, actors=comity.actors())
    return f"{found.value}\n"


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_broken_charter_says_where_what_and_how_to_mend_it(file: Path):
    said = message(file)
    golden = file.with_suffix(".txt")
    if os.environ.get("COMITY_GOLDEN") == "write":
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text(encoding="utf-8")


def test_there_are_many_broken_charters_and_no_message_without_its_charter():
    assert len(BAD) >= 80
    assert {file.stem for file in BAD} == {file.stem for file in (BAD[0].parent).glob("*.txt")}


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_every_problem_is_told_in_plain_words_with_its_mend(file: Path):
    with pytest.raises(comity.DocumentError) as found:
        read(file.read_text(encoding="utf-8"), file.stem, actors=comity.actors())
    lines = max(1, len(file.read_text(encoding="utf-8").splitlines()))
    problems = found.value.problems
    assert list(problems) == sorted(problems, key=lambda each: (each.line, each.column))
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.mend.endswith((".", "?"))
        assert not any(word in problem.what + problem.mend for word in JARGON)


def test_problems_of_all_stages_are_told_at_once():
    with pytest.raises(comity.DocumentError) as found:
        read(
            "comity: 1\ntitle: {en: A}\nas_of: 2026-01-01\nmembers: [FRA, FRB]\nmembers: []\nrules: {}\nstatus: odd\n",
            "a",
            actors=comity.actors(),
        )
    assert {problem.stage for problem in found.value.problems} == {"syntax", "structure", "law"}
