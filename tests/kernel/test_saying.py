"""Sums of money are said in one way everywhere."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.saying import CHARACTERS, WORDS, money


@pytest.mark.parametrize(
    ("millions", "figures", "english", "chinese"),
    [
        (3450.4263, 3, "USD 3.45 billion", "34.5亿美元"),
        (0.001234, 3, "USD 1,234", "1234美元"),
        (25.0, 3, "USD 25 million", "2500万美元"),
        (4e6, 3, "USD 4 trillion", "4万亿美元"),
        (228.4, 2, "USD 228 million", "2.3亿美元"),
        (999.96, 2, "USD 1 billion", "10亿美元"),
        (-1300.0, 2, "USD -1.3 billion", "-13亿美元"),
        (0.0, 2, "USD 0", "0美元"),
    ],
)
def test_a_sum_is_said_in_words_of_both_languages(millions, figures, english, chinese):
    said = money(millions, figures=figures)
    assert (said.en, said.zh) == (english, chinese)


def test_other_currencies_have_their_names():
    assert money(82_990, "XDR", figures=3).en == "SDR 83 billion"
    assert money(82_990, "XDR", figures=3).zh == "830亿特别提款权"
    assert money(5, "CHF").en == "CHF 5 million"


@given(st.floats(1e-3, 1e8), st.sampled_from([2, 3]))
def test_what_is_said_is_within_a_rounding_of_what_is_meant(millions, figures):
    for told, words in (
        (money(millions, figures=figures).en[4:], WORDS),
        (money(millions, figures=figures).zh[:-2], CHARACTERS),
    ):
        factor, word = next(row for row in words if told.endswith(row[1]))
        number = float(told.removesuffix(word).replace(",", "")) * factor
        assert math.isclose(number, millions, rel_tol=0.51 * 10 ** (1 - figures))
