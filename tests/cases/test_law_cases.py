"""Cases that are replayed event by event: real events with known outcomes, and some that follow from a rule.

Each file of the library holds cases in the form of :mod:`comity.procedure.case`: ``given``, ``events``, ``then``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import comity
from comity.procedure.case import Case, read, replay

FOLDER = Path(comity.__file__).parent / "library" / "cases"
FILES = sorted(FOLDER.glob("*.yaml"))
CASES: list[Case] = [case for file in FILES for case in read(file.read_text(encoding="utf-8"), file.name)]


def named(case: Case) -> Any:
    return pytest.param(case, id=case.id)


@pytest.mark.parametrize("case", [named(case) for case in CASES])
def test_the_law_says_what_is_known(case: Case):
    assert case.then, "nothing is expected"
    assert replay(case, comity.load).missed == ()


@pytest.mark.parametrize("case", [named(case) for case in CASES])
def test_a_case_says_where_its_facts_come_from(case: Case):
    assert len(case.facts) > 20
    assert case.said


def test_cases_have_names_of_their_own():
    assert len({case.id for case in CASES}) == len(CASES)


def test_the_known_cases_are_there():
    numbers = {case.id.split(" ")[0] for case in CASES}
    wanted = {f"C{number}" for number in range(1, 33)} - {"C8"}
    wanted |= {"C8a", "C8b", "C8c", "C9b", "C16b", "C18b", "C24b", "C24c", "C24d"}
    assert wanted - numbers == set()
