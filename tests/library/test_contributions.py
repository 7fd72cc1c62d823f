"""Contributions that ship: the scales add up, the recalled list of rates agrees, and the gaps are told."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from comity.kernel.errors import UnknownName
from comity.library.actors import actors
from comity.library.contributions import COLUMNS, KINDS, contributions, contributions_digest, funds

ROOT = Path(__file__).parents[2]


def test_every_row_names_a_fund_a_state_and_where_it_was_read():
    frame = contributions()
    assert tuple(frame.columns) == COLUMNS
    assert set(frame["kind"]) == set(KINDS)
    assert set(frame["seen"]) <= {"text", "quoted", "recalled"}
    assert frame["source"].null_count() == 0
    known = {actor.code for actor in actors()}
    assert set(frame.filter(pl.col("kind") != "total")["iso3"]) <= known
    assert frame.filter(pl.col("kind") == "total")["iso3"].null_count() == 4
    key = ["fund", "iso3", "period", "kind"]
    assert frame.select(key).n_unique() == frame.height


@pytest.mark.parametrize("period", ["1998", "2001", "2004-2006", "2010-2012", "2019-2021", "2022-2024", "2025-2027"])
def test_a_scale_adds_up_to_a_hundred_per_cent(period: str):
    scale = contributions("un_regular_budget").filter(kind="assessed_rate", period=period)
    assert scale["amount"].sum() == pytest.approx(100, abs=1e-9)


def test_the_latest_scale_covers_all_members_and_keeps_its_limits():
    scale = contributions("un_regular_budget").filter(kind="assessed_rate", period="2025-2027")
    assert sorted(scale["iso3"]) == sorted(actors().un_members())
    assert (scale["amount"].min(), scale["amount"].max()) == (0.001, 22)


def test_every_shipped_source_is_told():
    told = ROOT.joinpath("src", "comity", "library", "figures", "SOURCES.md").read_text(encoding="utf-8")
    missing = [source for source in set(contributions()["source"]) if source not in told and source != "recalled"]
    assert not missing


def test_a_row_from_memory_is_marked():
    recalled = contributions().filter(seen="recalled")
    assert recalled.select("fund", "iso3", "period", "kind").rows() == [("gcf", "USA", "IRM", "confirmed")]


def test_an_unknown_fund_is_refused_with_a_near_one():
    with pytest.raises(UnknownName, match="There is no fund 'gfc'"):
        contributions("gfc")
    assert funds() == ["gcf", "un_regular_budget"]
    assert len(contributions_digest()) == 64


@pytest.mark.skipif("COMITY_SOURCES" not in os.environ, reason="COMITY_SOURCES is unset")
def test_the_rates_compiled_from_memory_agree_with_the_table():
    listed = Path(os.environ["COMITY_SOURCES"], "weights", "un_scale_of_assessments_PARTIAL_recalled.csv")
    frame = contributions("un_regular_budget").filter(kind="assessed_rate")
    rates = {(state, period): amount for state, period, amount in frame.select("iso3", "period", "amount").rows()}
    for line in csv.DictReader(listed.read_text(encoding="utf-8").splitlines()):
        assert rates[line["iso3"], line["period"]] == float(line["rate_pct"])


@pytest.mark.skipif("COMITY_SOURCES" not in os.environ, reason="COMITY_SOURCES is unset")
def test_the_table_is_what_the_sources_say():
    scales = Path(os.environ["COMITY_SOURCES"], "weights", "un_scale_of_assessments_1946_2027.csv")
    if not scales.exists():
        pytest.skip("the table of scales is not among the sources")
    script = ROOT / "scripts" / "build_contributions.py"
    found = subprocess.run([sys.executable, str(script), "--check"], check=False, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
