"""Climate clubs of a user's file: by hand, on the real inputs where they are at hand, and at the doors."""

import os
from pathlib import Path

import pytest

import comity as co
from comity.kernel.errors import InputError

TWO = """Country,GDP,CO2,Import_North,Import_South,McKinsey_alpha,tariff_alpha,tariff_beta
North,1000,1000,0,50,0.05,0.5,0.5
South,1000,1000,50,0,0.05,0.5,0.5
"""


@pytest.fixture
def two(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(TWO, encoding="utf-8")
    return str(path)


def test_two_alike_by_hand(two):
    # at 10 USD: full cost 0.837 x 0.05; abatement per dollar 1 / (2 x .04185) / 1000 = .011947; half of it alone
    # a member abates 59.737 Mt more: 0.29869 bn to itself, at a cost of 1000 x .04185 x (.11947^2 - .059737^2) = .44803
    # outside it loses 0.5 x 50 x tariff; so the tariff is (.44803 - .29869) / 25
    found = co.analyse(co.load("g5"), "stability", climate_club=two, prices=(10,))
    assert found.values["holds_all"]["10"] == pytest.approx(0.0059737, abs=1e-6)
    assert found.values["sizes"]["10"] == [0, *[2] * 10]
    assert found.values["stable_clubs"]["10"][0] == 1
    assert found.values["outside"]["10"][0] == ["North", "South"]
    assert found.values["joint_gain"]["10"] == pytest.approx(2 * (2 * 0.298686 - 0.448029), abs=1e-4)


def test_it_names_the_file_and_no_folder_and_warns_of_trade_law(two):
    found = co.analyse(co.load("g5"), "stability", climate_club=two, prices=(10,))
    assert set(found.provenance.figures) == {"two.csv"}
    assert found.provenance.options == {"climate_club": "two.csv", "prices": [10.0]}
    assert "trade law" in found.caveats[0].en
    assert "贸易法" in found.caveats[0].of("zh")
    assert found.digest == co.analyse(co.load("g20"), "stability", climate_club=two, prices=(10,)).digest


def test_the_real_inputs_give_one_stable_club_in_each_of_44_cases():
    file = Path(os.environ.get("COMITY_SOURCES") or ".") / "voting_power" / "nordhaus2015_cdice_input.csv"
    if not file.exists():
        pytest.skip("COMITY_SOURCES has no voting_power/nordhaus2015_cdice_input.csv")
    found = co.analyse(co.load("g5"), "stability", climate_club=str(file))
    assert {number for numbers in found.values["stable_clubs"].values() for number in numbers} == {1}
    assert found.values["sizes"]["25"] == [0, 9, 13, *[15] * 8]
    assert len(found.table("climate_clubs").frame) == 44


def test_a_price_of_nought_and_a_file_that_is_not_there_are_refused(two):
    with pytest.raises(InputError, match="prices"):
        co.analyse(co.load("g5"), "stability", climate_club=two, prices=(0,))
    with pytest.raises(InputError, match=r"nowhere\.csv"):
        co.analyse(co.load("g5"), "stability", climate_club="nowhere.csv")
