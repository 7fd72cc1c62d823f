"""What a file of stakes holds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.kernel.errors import UnknownName
from comity.kernel.result import Text
from comity.library.stakes import read_stakes
from comity.model.stakes import Same, Stakes

FILE = """
comity: 1
title: {en: Try}
on: 2026-01-01
rules:
  usual: {kind: same, value: [20, 50, 80], why: {en: nothing is known}}
ratifiers: {USA: {title: {en: Senate}, resists: [0, 1/3, 1/2], why: {en: two thirds}}}
issues:
  energy:
    {title: {en: E}, sensitivity: low, ends: {0: {en: a}, 100: {en: b}}, status_quo: 20, position: usual, salience: usual}
"""


def test_shares_are_exact():
    assert read_stakes(FILE, "try").ratifiers["USA"].resists == (0, Fraction(1, 3), Fraction(1, 2))


def test_the_digest_follows_what_is_said_and_not_how_it_is_set():
    held = read_stakes(FILE, "try")
    assert held.digest == read_stakes(FILE.replace("\n", "  # a remark\n"), "other").digest
    assert held.digest != read_stakes(FILE.replace("status_quo: 20", "status_quo: 21"), "try").digest


def test_an_issue_names_the_rules_it_asks():
    assert read_stakes(FILE, "try").issue("energy").asked() == {"position": "usual", "salience": "usual"}


def test_an_issue_that_is_not_there_is_named_with_near_ones():
    with pytest.raises(UnknownName, match="energy"):
        read_stakes(FILE, "try").issue("enrgy")


def test_the_name_and_place_of_a_file_are_no_part_of_what_it_says():
    held = read_stakes(FILE, "try")
    renamed = held.named("else", {})
    assert (renamed.name, renamed.place("energy"), held.place("energy")) == ("else", "else", "try.yaml:9")
    assert renamed.digest == held.digest


def test_an_unused_rule_and_an_undescribed_end_are_problems_of_stakes_built_in_python():
    held = read_stakes(FILE, "try")
    idle = Same(value=(Fraction(0), Fraction(1), Fraction(2)), why=Text("idle"))
    issue = held.issues["energy"].model_copy(update={"ends": {"0": Text("a")}})
    built: Stakes = held.model_copy(update={"rules": {**held.rules, "idle": idle}, "issues": {"energy": issue}})
    assert [path for path, _, _ in built.problems()] == [("issues", "energy", "ends"), ("rules", "idle")]
    assert not list(held.problems())
