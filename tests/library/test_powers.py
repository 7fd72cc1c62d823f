"""The powers over time, against their sources and against what a share is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from comity.kernel.errors import UnknownName
from comity.library.actors import actors
from comity.library.powers import SERIES, SOURCES, climate_sessions, powers, powers_digests

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("series", SERIES)
def test_the_shares_of_a_year_are_those_of_the_whole_world(series):
    for (year,), rows in powers(series).group_by("year"):
        assert rows["share"].sum() == pytest.approx(1, abs=3e-4), year
        rest = rows.filter(who="others")
        share, squares, states = rest.select("share", "squares", "states").row(0)
        assert len(rest) == 1
        assert share**2 / states - 1e-4 <= squares <= share**2 + 1e-4
        assert set(rows["who"]) - {"others"} <= {actor.code for actor in actors()}


def test_the_years_follow_each_other():
    assert powers()["year"].unique().sort().to_list() == list(range(1816, 2023))
    assert powers("gdp_constant")["year"].unique().sort().to_list() == list(range(1990, 2025))


def test_a_series_that_does_not_ship_is_refused():
    with pytest.raises(UnknownName, match="There is no series of powers 'gold'"):
        powers("gold")


def test_climate_sessions_have_a_number_only_where_delegations_were_read():
    frame = climate_sessions()
    conferences = frame.filter(frame["session"].str.starts_with("COP"))
    committee = frame.filter(frame["session"].str.starts_with("INC"))
    assert conferences["effective"].is_null().all()
    assert (committee["effective"] <= committee["parties"]).all()
    assert (frame["delegates"] >= frame["parties"]).all()


def test_every_table_has_its_digest():
    assert set(powers_digests()) == {f"powers/{name}.csv" for name in SOURCES}


@pytest.mark.skipif("COMITY_SOURCES" not in os.environ, reason="COMITY_SOURCES is not set")
def test_the_tables_are_what_their_sources_give():
    script = ROOT / "scripts" / "build_powers.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
