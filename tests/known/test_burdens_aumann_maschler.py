"""The divisions of the Mishnah (Ketubot 93a), as printed by Aumann and Maschler, J. Economic Theory 36 (1985), 195-213.

Three widows claim 100, 200 and 300. The contested garment (Baba Metzia 2a): one claims all of it, the other half.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.burdens.talmud import Talmud
from comity.solvers.sharing import talmud

CLAIMS = [Fraction(100), Fraction(200), Fraction(300)]


@pytest.mark.parametrize(
    ("estate", "awards"),
    [
        (100, ["100/3", "100/3", "100/3"]),
        (200, ["50", "75", "75"]),
        (300, ["50", "100", "150"]),
    ],
)
def test_the_table_of_the_mishnah(estate: int, awards: list[str]):
    assert [str(each) for each in talmud(CLAIMS, Fraction(estate))] == awards
    rule = Talmud.model_validate({"values": {"AAA": 100, "BBB": 200, "CCC": 300}, "estate": estate})
    shares = rule.shares(["AAA", "BBB", "CCC"], {})
    assert [str(share * estate) for share in shares.values()] == awards


def test_the_contested_garment():
    assert talmud([Fraction(1), Fraction(1, 2)], Fraction(1)) == [Fraction(3, 4), Fraction(1, 4)]


def test_every_two_divide_what_they_have_together_as_a_contested_garment():
    for estate in range(10, 600, 37):
        awards = talmud(CLAIMS, Fraction(estate))
        for one in range(3):
            for other in range(one + 1, 3):
                both = awards[one] + awards[other]
                assert talmud([CLAIMS[one], CLAIMS[other]], both) == [awards[one], awards[other]]
