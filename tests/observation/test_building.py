"""The tables of positions that ship are what their source gives, and a newer file gives newer ones."""

import os
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from comity.kernel.errors import DocumentError, InputError
from comity.library.positions import ideal_points
from comity.observation.building import build_positions, roll_calls
from comity.observation.estimating import pairwise
from comity.observation.points import asked_for, points

SOURCES = os.environ.get("COMITY_SOURCES")
needs_sources = pytest.mark.skipif(SOURCES is None, reason="COMITY_SOURCES is not set")
SHIPPED = files("comity.library").joinpath("figures", "ideal_points")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    folder = Path(SOURCES) / "unga"
    into = tmp_path_factory.mktemp("positions")
    votes, issues = folder / "unga_votes_matrix_1946_2019.csv.gz", folder / "unga_roll_calls.csv.gz"
    return build_positions(votes, issues, into)


@needs_sources
def test_the_shipped_tables_are_those_that_the_source_gives(rebuilt):
    assert set(rebuilt) == {entry.name for entry in SHIPPED.iterdir()}
    for name, path in rebuilt.items():
        ours, fresh = pl.read_csv(SHIPPED.joinpath(name).read_bytes()), pl.read_csv(path)
        assert ours.columns == fresh.columns
        assert ours.height == fresh.height
        numbers = [column for column, kind in ours.schema.items() if kind == pl.Float64]
        for column in numbers:
            assert (ours[column] - fresh[column]).abs().max() <= 2e-3, (name, column)


def synthetic(tmp_path, states=12, calls=40):
    """An export in the form of the UN Digital Library, with the United States at one end."""
    codes = ["USA", "GBR", "FRA", "JPN", "DEU", "BRA", "IND", "ZAF", "CHN", "RUS", "IRN", "CUB"][:states]
    rows = ["undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title"]
    for call in range(calls):
        turn = 2 + (call * 7) % 9
        for place, code in enumerate(codes):
            vote = "N" if place < turn else "A" if place == turn else "Y"
            rows.append(f"{call},{code},{code},{vote},2024-10-{1 + call % 28:02},79,A/RES/79/{call},T")
    path = tmp_path / "new.csv"
    path.write_text("\n".join(rows))
    return path


def test_a_newer_file_gives_the_overall_dimension(tmp_path):
    made = build_positions(synthetic(tmp_path), None, tmp_path / "out")
    assert set(made) == {"overall.csv", "agreement.csv", "turnout.csv"}
    frame = pl.read_csv(made["overall.csv"])
    assert frame.columns == ["iso3", "session", "value", "low", "high"]
    value = dict(zip(frame["iso3"], frame["value"], strict=True))
    assert value["USA"] > value["IND"] > value["CUB"]


def test_a_projects_own_tables_come_first(tmp_path, monkeypatch):
    build_positions(synthetic(tmp_path), None, tmp_path / "positions")
    (tmp_path / "comity.toml").write_text('[library]\nideal_points = "positions"\n')
    monkeypatch.chdir(tmp_path)
    assert ideal_points()["session"].unique().to_list() == [79]
    with pytest.raises(InputError, match="nuclear"):
        ideal_points("nuclear")


def test_a_missing_file_and_a_wrong_one_are_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        roll_calls(tmp_path / "none.csv", None)
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    with pytest.raises(DocumentError, match="is missing"):
        roll_calls(tmp_path / "odd.csv", None)


def test_agreement_is_one_for_the_same_vote_and_nought_for_yes_against_no():
    import numpy as np

    score, both = pairwise(np.array([[2.0, 0.0, -1.0], [2.0, 2.0, 2.0]]))
    assert (score[0, 1], both[0, 1]) == (1.0, 2.0)


def test_positions_are_exported_by_session_and_year():
    table = points("overall", states=["USA"], years=(2018, 2019)).tables[0]
    assert [column.name for column in table.columns] == ["iso3", "session", "value", "low", "high"]
    assert table.frame["session"].to_list() == [73, 74]
    assert points("overall", states=["SUN"]).tables[0].frame["session"].to_list() == [46]


def test_what_cannot_be_asked_for_is_refused():
    for named in (["ideal_points", "gdp_usd"], ["ideal_points_fisheries"]):
        with pytest.raises(InputError):
            asked_for(named)
    with pytest.raises(InputError, match="No votes of XKX"):
        points("overall", states=["XKX"])
