"""Goods in money: what is refused, and that shipped ones say where they come from."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from comity.kernel.result import Text
from comity.library.stakes import stakes
from comity.model.goods import Each, Good, Shared

WHY = Text("a guess")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"discount": ["0", "1/2", "3/2"]}, "discount is more than the whole"),
        ({"excludable": ["0", "1", "2"]}, "excludable is more than the whole"),
        ({"needed": "2"}, "needed is more than the whole"),
        ({"years": 3, "lead": 3}, "no year of benefit is counted"),
        ({"discount": ["1/2", "1/4", "1"]}, "is no low, mode and high"),
    ],
)
def test_a_good_that_contradicts_itself_is_refused(fields: dict[str, object], said: str):
    with pytest.raises(ValidationError, match=said):
        Good.model_validate({"benefit": "a", "cost": "b", "prices": 2024, "why": {"en": "x"}, **fields})


def test_every_shipped_estimate_says_where_it_was_seen_in_both_languages():
    for rule in stakes().rules.values():
        if isinstance(rule, Shared | Each):
            assert rule.seen is not None
            assert rule.where
            assert rule.why.zh


def test_every_shipped_good_says_what_is_counted_in_both_languages():
    goods = [issue.good for issue in stakes().issues.values() if issue.good is not None]
    assert len(goods) == 5
    assert all(good.why.zh for good in goods)


def test_an_estimate_costs_what_it_says():
    assert Each(value=(1, 2, 3), why=WHY).value[1] == 2  # pyright: ignore[reportArgumentType]
