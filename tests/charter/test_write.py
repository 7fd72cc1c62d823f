"""Canonical charters: what is written reads back as the same institution, and differences are told part by part."""

import pytest

import comity
from comity.charter.read import read
from comity.charter.write import differences, write
from comity.library.places import shipped_names


@pytest.mark.parametrize("name", shipped_names("charter"))
def test_a_written_charter_reads_back_equal(name):
    institution = comity.load(name)
    again = read(write(institution), name, actors=comity.actors())
    assert differences(institution, again) == []
    assert again.rules == institution.rules
    assert write(again) == write(institution)


def test_differences_name_the_part_and_both_contents():
    old = comity.load("g5")
    text = write(old).replace("at_least: 3/5", "at_least: 4/5").replace("- JPN\n", "- DEU\n", 1)
    new = read(text.replace("JPN: 16", "DEU: 16").replace("- JPN\n", "- DEU\n"), "g5", actors=comity.actors())
    told = {path: (before, after) for path, before, after in differences(old, new)}
    assert told["rules.majority.at_least"] == ("3/5", "4/5")
    assert told["members"] == (["USA", "CHN", "RUS", "IND", "JPN"], ["USA", "CHN", "RUS", "IND", "DEU"])
    assert told["rules.budget.weights.values.JPN"] == ("16", None)
