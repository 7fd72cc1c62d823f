"""Blocs: members of other institutions that vote as one."""

import pytest

import comity as co
from comity.kernel.errors import InputError


def blocs(result):
    return {row["member"]: row for row in result.table("blocs").frame.iter_rows(named=True) if row["decision"]}


def test_the_g7_and_brics_within_the_g20():
    result = co.analyse(co.load("g20"), "power", unions=("g7", "brics"), reading="members_present")
    rows = blocs(result)
    assert {member for member, row in rows.items() if row["bloc"] == "g7"} == {
        "CAN",
        "FRA",
        "DEU",
        "ITA",
        "JPN",
        "GBR",
        "USA",
    }
    assert {member for member, row in rows.items() if row["bloc"] == "brics"} == {
        "BRA",
        "RUS",
        "IND",
        "CHN",
        "ZAF",
        "IDN",
    }
    # under consensus every union is one veto player: 2 blocs and 8 others share power equally, and a bloc's members its tenth
    assert rows["FRA"]["owen"] == pytest.approx(1 / 70)
    assert rows["CHN"]["owen"] == pytest.approx(1 / 60)
    assert rows["MEX"]["owen"] == pytest.approx(1 / 10)
    assert sum(row["owen"] for row in rows.values()) == pytest.approx(1)
    assert "G7 10" in result.findings[-1].text.en


def test_blocs_must_be_apart_and_inside():
    with pytest.raises(InputError, match="CHN belongs to both brics and sco"):
        co.analyse(co.load("g20"), "power", unions=("brics", "sco"))
    with pytest.raises(InputError, match="No member of g7 belongs to brics"):
        co.analyse(co.load("g7"), "power", unions=("brics",))


def test_blocs_among_the_190_of_the_fund_carry_a_bound():
    result = co.analyse(co.load("imf"), "power", rule="special85", unions=("g7", "brics"))
    rows = blocs(result)
    assert len(rows) == 190
    assert sum(row["owen"] for row in rows.values()) == pytest.approx(1, abs=1e-11)
    # each bloc can block 85 % alone, so that as blocs they are equals
    together = result.values["blocs"]["imf.special85.as_written"]["together"]
    assert together["g7"] == pytest.approx(together["brics"], abs=1e-12)
    assert together["g7"] > sum(row["alone"] for row in rows.values() if row["bloc"] == "g7") - 0.2
    assert rows["USA"]["owen"] == pytest.approx(
        together["g7"] - sum(row["owen"] for name, row in rows.items() if row["bloc"] == "g7" and name != "USA")
    )
    assert any("with blocs is too large to count one by one" in caveat.en for caveat in result.caveats)
    assert "low" not in rows["USA"]
    assert result.provenance.seed is None


def test_blocs_under_two_conditions_are_drawn_with_intervals():
    result = co.analyse(co.load("imf"), "power", rule="amendment", unions=("g7", "brics"), draws=2000)
    rows = blocs(result)
    assert rows["USA"]["low"] < rows["USA"]["owen"] < rows["USA"]["high"]
    assert rows["USA"]["banzhaf_owen"] is None
    assert result.provenance.seed == 1
    assert any("2,000 random orders (seed 1)" in caveat.en for caveat in result.caveats)
