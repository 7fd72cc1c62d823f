"""What a panel answers, on a small made-up table."""

import polars as pl
import pytest

from comity.kernel.errors import UnknownName
from comity.kernel.result import Text
from comity.model.panel import COLUMNS, Indicator, Panel

NAMES = {"gdp": {"World Bank": "The World Bank."}, "ships": {"Lloyd": "By Lloyd."}, "unused": {}}


def panel(cells):
    rows = [(iso3, name, year, value, "x", None, None, "reported", "s", "l") for iso3, name, year, value in cells]
    return Panel(
        frame=pl.DataFrame(rows, schema=list(COLUMNS), orient="row"),
        year=2024,
        back=5,
        indicators={
            name: Indicator(id=name, title=Text(name), unit="x", definition=Text(name), sources=sources)
            for name, sources in NAMES.items()
        },
        actors=("AAA", "BBB", "CCC"),
        digests={},
    )


WORLD = panel(
    [("AAA", "gdp", 2024, 10.0), ("BBB", "gdp", 2022, 0.0), ("ZZZ", "gdp", 2024, 7.0), ("AAA", "ships", 2020, 3.0)]
)


def test_a_value_a_zero_and_a_gap_are_three_things():
    assert WORLD.value("AAA", "gdp") == 10.0
    assert WORLD.value("BBB", "gdp") == 0.0
    assert WORLD.value("CCC", "gdp") is None


def test_a_column_keeps_the_order_asked_for_and_the_world_is_the_default():
    assert WORLD.column("gdp") == [10.0, 0.0, None]
    assert WORLD.column("gdp", ["ZZZ", "CCC", "AAA"]) == [7.0, None, 10.0]
    assert WORLD.column("unused") == [None, None, None]


def test_older_cells_and_gaps_are_told():
    assert WORLD.older(["gdp", "ships"], ["AAA", "BBB", "CCC"]) == [("BBB", "gdp", 2022), ("AAA", "ships", 2020)]
    assert WORLD.gaps(["gdp", "ships"], ["AAA", "BBB"]) == [("BBB", "ships")]


def test_an_unknown_indicator_is_refused_with_near_ones():
    with pytest.raises(UnknownName, match=r"indicator 'ship'.*ships.*--figures"):
        WORLD.value("AAA", "ship")


def test_sources_of_several_indicators():
    assert WORLD.sources(["gdp", "ships"]) == {"World Bank": "The World Bank.", "Lloyd": "By Lloyd."}


def test_the_digest_knows_values_and_nothing_else():
    assert WORLD.digest == panel(list(WORLD.frame.select("iso3", "indicator", "year", "value").iter_rows())).digest
    assert WORLD.digest != panel([("AAA", "gdp", 2024, 11.0)]).digest
