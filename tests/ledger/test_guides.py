"""The guides are true: their examples run, and their case comes out as told."""

import doctest
import re
from pathlib import Path

import pytest

import comity
from comity.procedure.case import read, replay

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["law.md", "rehearsals.md", "instruments.md", "register.md"])
def test_the_examples_of_a_guide_give_what_they_show(page):
    found = doctest.testfile(str(DOCS / page), module_relative=False, verbose=False)
    assert found.attempted
    assert not found.failed


def test_the_case_of_the_guide_comes_out_as_told():
    text = re.findall(r"```yaml\n(.*?)```", (DOCS / "law.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    (case,) = read(text, "law.md")
    assert replay(case, comity.load).missed == ()


def test_the_charter_of_the_guide_is_sound():
    blocks = re.findall(r"```yaml\n(.*?)```", (DOCS / "charters.md").read_text(encoding="utf-8"), re.DOTALL)
    club = comity.read("".join(blocks), "my-club", actors=comity.actors())
    assert list(club.instruments) == ["pact"]
    assert list(club.clauses) == ["oil_stocks"]
    assert club.arrears
    assert club.amendment
