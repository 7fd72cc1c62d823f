"""A quantity and its interval in one column."""

from __future__ import annotations

from comity.kernel.result import Column, Text
from comity.report.folding import bounds, folded, spanned


def test_only_columns_that_follow_their_value_are_folded():
    names = ("net_low", "net", "net_high", "gain", "gain_low", "gain_high")
    groups = folded([Column(name, Text(name)) for name in names])
    assert [len(group) for group in groups] == [1, 1, 1, 3]


def test_ends_below_nought_are_told_apart_in_words():
    assert spanned("1", "\u22122", "3") == "1 (\u22122 to 3)"
    assert spanned("1", "\u22122", "3", "zh") == "1 (\u22122至3)"


def test_what_interval_it_is_stands_in_the_heading():
    assert bounds("Low (95 %)", "en") == " (95 %)"
    assert bounds("下限（95%）", "zh") == "（95%）"
