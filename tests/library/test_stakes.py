"""Files of stakes: the shipped one is sound and says what it assumes; broken ones say where, what and how to mend it.

Write the messages anew, then read every change as an author would::

    COMITY_GOLDEN=write pytest tests/library/test_stakes.py
"""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path

import pytest

from comity.kernel.errors import DocumentError
from comity.library.stakes import ground, read_stakes, stakes
from comity.model.stakes import Same

BAD = sorted((Path(__file__).parent / "stakes_bad").glob("*.yaml"))
TEN = {"USA", "CHN", "RUS", "IND", "JPN", "CAN", "FRA", "DEU", "GBR", "ITA"}


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_broken_file_says_where_what_and_how_to_mend_it(file: Path):
    with pytest.raises(DocumentError) as found:
        read_stakes(file.read_text(encoding="utf-8"), file.stem)
    said = f"{found.value}\n"
    golden = file.with_suffix(".txt")
    if os.environ.get("COMITY_GOLDEN") == "write":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")
    assert all(re.match(rf"{file.stem}\.yaml:\d+:\d+ ", line) for line in said.splitlines())


def test_the_shipped_issues_are_those_of_the_mission_by_sensitivity():
    by: dict[str, set[str]] = {}
    for name, issue in stakes().issues.items():
        by.setdefault(issue.sensitivity, set()).add(name)
    assert by == {
        "low": {"climate_monitoring", "public_health", "anti_piracy"},
        "medium": {"energy", "supply_chains", "capital_regulation", "climate_finance", "humanitarian_aid"},
        "high": {"south_china_sea", "indo_pacific", "ai_arms", "rare_earths", "middle_east"},
    }


def test_numbers_are_written_by_hand_for_ten_states_on_at_most_six_issues_and_wide():
    written = [issue for issue in stakes().issues.values() if issue.seats]
    assert 0 < len(written) <= 6
    for issue in written:
        assert set(issue.seats) == TEN
        for seat in issue.seats.values():
            assert seat.position is not None
            assert seat.position[2] - seat.position[0] >= 25
    assert set(stakes().ratifiers) == TEN


def test_everything_a_reader_sees_is_said_in_both_languages():
    held = stakes()
    said = [held.title, held.note, *(rule.why for rule in held.rules.values())]
    said += [text for home in held.ratifiers.values() for text in (home.title, home.why)]
    for issue in held.issues.values():
        said += [issue.title, *issue.ends.values(), *(seat.why for seat in issue.seats.values())]
    assert all(text is not None and text.zh for text in said)


def test_a_charter_without_a_file_of_its_own_reads_the_shipped_one():
    assert stakes("g5").digest == stakes().digest


def test_an_issue_is_found_at_its_line_of_the_file():
    lines = (files("comity.library") / "stakes" / "mission.yaml").read_text(encoding="utf-8").splitlines()
    assert stakes().place("rare_earths") == f"mission.yaml:{lines.index('  rare_earths:') + 1}"


def test_every_member_of_either_group_has_stakes_where_no_votes_are_read():
    held = stakes()
    kinds = {name: rule.kind for name, rule in held.rules.items()}
    for name, issue in held.issues.items():
        if any(kinds[rule] == "votes" for rule in issue.asked().values()):
            continue
        found = ground().stands(name, sorted(TEN))
        assert set(found) == TEN, name
        for stand in found.values():
            low, mode, high = stand.position
            assert 0 <= low <= mode <= high <= 100


def test_a_rule_that_says_the_same_for_all_is_wide():
    for rule in stakes().rules.values():
        if isinstance(rule, Same):
            assert rule.value[2] - rule.value[0] >= 50
