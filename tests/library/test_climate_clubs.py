"""A user's regions of a climate club: read, and every problem told at once."""

import pytest

from comity.kernel.errors import DocumentError, InputError
from comity.library.climate_clubs import read_climate_club

GOOD = """Country,GDP,Note,CO2,Import_North,Import_South,McKinsey_alpha,tariff_alpha,tariff_beta
North,1000,rich,500,7,20,0.02,0.6,0.5
South,500,poor,900,30,,0.03,0.5,0.5
"""


@pytest.fixture
def read(tmp_path):
    def made(text):
        path = tmp_path / "regions.csv"
        path.write_text(text, encoding="utf-8")
        return read_climate_club(path)

    return made


def test_a_table_of_regions_is_read(read):
    found = read(GOOD.replace("30,,", "30,0,"))
    assert found.names == ("North", "South")
    # the row sells to the column; what a region sells to itself does not count
    assert found.regions.sales.tolist() == [[0, 20], [30, 0]]
    assert found.regions.abatement.tolist() == [0.02, 0.03]
    assert found.digest != read(GOOD.replace("30,,", "31,0,")).digest


def test_every_number_that_is_none_is_told_at_once(read):
    with pytest.raises(DocumentError) as told:
        read(GOOD.replace("1000", "-5").replace("0.02", "much").replace("500,poor,900", "0,poor,nan"))
    assert [problem.what for problem in told.value.problems] == [
        "-5 is not a number of nought or more",
        "'much' is not a number",
        "nought is no figure here",
        "nan is not a number of nought or more",
        "'' is not a number",
    ]
    assert str(told.value.problems[0].sentence("regions.csv")).startswith("regions.csv:2:2  GDP  -5 is not")


def test_columns_that_are_missing_and_names_that_stand_twice_are_told(read):
    with pytest.raises(DocumentError) as told:
        read(GOOD.replace("CO2", "CO3").replace("South,500", "North,500").replace("Import_South", "Import_North"))
    said = {(problem.path, problem.what) for problem in told.value.problems}
    assert said == {
        ("CO2", "this column is missing"),
        ("Import_North", "stands twice"),
        ("Country", "'North' stands twice"),
    }
    with pytest.raises(DocumentError, match="a region has no name"):
        read(GOOD.replace("South,500", ",500"))


def test_one_region_is_no_club_and_no_file_is_none(read, tmp_path):
    with pytest.raises(InputError, match="1 regions"):
        read("\n".join(GOOD.splitlines()[:2]))
    with pytest.raises(InputError, match="nowhere"):
        read_climate_club(tmp_path / "nowhere.csv")
