"""Tables as a terminal has room for them, and shocks in words."""

from __future__ import annotations

from typing import get_args

import comity
from comity.rehearsal.parts.game.brief import brief
from comity.rehearsal.parts.game.problem import What
from comity.rehearsal.parts.game.shocked import SAID


def test_every_shock_has_words_in_both_languages():
    assert set(SAID) == set(get_args(What))
    assert all("{who}" in each.of(lang) for each in SAID.values() for lang in ("en", "zh"))


def test_shocks_are_told_in_words_while_the_data_keep_their_keys(g5):
    found = comity.rehearse(g5, rounds=3, shocks=["absent:USA:2", "crisis:energy:2"])
    table = found.table("rounds")
    cell = table.frame["shocks"].to_list()[1]
    assert cell == "absent USA, crisis energy"
    (column,) = (each for each in table.columns if each.name == "shocks")
    assert column.labels is not None
    assert column.labels[cell].en == "The United States stays away; a crisis over: Energy security"
    assert column.labels[cell].of("zh") == "美国缺席；危机：能源安全"
    assert any("From outside: the United States stays away (round 2)" in each.text.en for each in found.findings)


def test_without_shocks_nothing_is_said_of_them(g5):
    found = comity.rehearse(g5, rounds=2)
    assert not any("From outside" in each.text.en for each in found.findings)
    shown = [each.name for each in brief(found.table("rounds")).columns]
    assert "shocks" not in shown
    assert {"round", "adopted", "kept"} <= set(shown)


def test_a_brief_table_fits_and_leaves_out_what_is_empty(g5):
    table = brief(comity.rehearse(g5, rounds=2).table("decisions"))
    assert [each.name for each in table.columns] == table.frame.columns
    assert "organ" not in table.frame.columns
    assert all(len(each.title.en) <= 8 for each in table.columns)


def test_other_tables_stay_as_they_are(g5):
    table = comity.rehearse(g5, rounds=1).table("trust")
    assert brief(table) is table
