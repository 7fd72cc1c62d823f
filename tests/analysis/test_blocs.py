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
