"""The tables of pairs: their form, some printed cells, and a user's own."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

import comity as co
from comity.kernel.errors import InputError
from comity.library.actors import actors
from comity.library.ties import alliances, digests, partners

SCRIPTS = Path(__file__).parents[2] / "scripts"


def shares(state, direction):
    frame = partners()
    return {
        row["partner"]: row["share"]
        for row in frame.filter((frame["iso3"] == state) & (frame["direction"] == direction)).to_dicts()
    }


def test_shares_are_shares_and_the_largest_comes_first():
    frame = partners()
    assert set(frame["direction"]) == {"export", "import"}
    assert set(frame["iso3"]) | set(frame["partner"]) <= {actor.code for actor in actors()}
    for (_, direction), rows in frame.group_by("iso3", "direction", maintain_order=True):
        held = rows["share"].to_list()
        assert held == sorted(held, reverse=True), direction
        assert 0 <= min(held) < sum(held) <= 100
        assert rows["partner"].n_unique() == len(held) == 5


def test_what_the_factbook_prints():
    assert shares("CAN", "export") == {"USA": 71, "CHN": 5, "GBR": 3, "JPN": 2, "MEX": 2}
    assert shares("MEX", "import") == {"USA": 46, "CHN": 20, "DEU": 4, "JPN": 3, "KOR": 3}
    assert shares("KAZ", "import") == {"CHN": 28, "RUS": 24, "GMB": 4, "TUR": 4, "USA": 4}


def test_obligations_are_those_of_one_state_to_another():
    frame = alliances()
    held = {(row["iso3"], row["partner"]): row["pact"] for row in frame.to_dicts()}
    assert len(held) == frame.height
    assert set(held.values()) == {"defence", "neutrality", "consultation"}
    assert held["USA", "JPN"] == "defence"
    assert held["JPN", "USA"] == "consultation"  # Japan is not obliged to defend the United States
    assert held["RUS", "KAZ"] == held["KAZ", "RUS"] == "defence"
    assert held["IND", "RUS"] == "consultation"
    assert ("IND", "USA") not in held
    one_sided = {pair for pair, pact in held.items() if pact == "defence" and held.get(pair[::-1]) != "defence"}
    assert one_sided == {("USA", "JPN"), ("USA", "PAK")}


def test_the_python_door():
    assert co.partners().columns == ["iso3", "direction", "partner", "share", "year"]
    assert co.alliances().columns == ["iso3", "partner", "pact"]
    assert set(digests()) == {"ties/partners.csv", "ties/alliances.csv"}


def test_a_folder_of_ones_own_is_read_and_checked(tmp_path, monkeypatch):
    (tmp_path / "comity.toml").write_text('[library]\nties = "own"\n')
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "partners.csv").write_text("iso3,direction,partner,share,year\nUSA,export,CAN,99,2025\n")
    monkeypatch.chdir(tmp_path)
    assert partners().rows() == [("USA", "export", "CAN", 99.0, 2025)]
    (tmp_path / "own" / "alliances.csv").write_text("iso3,partner\nUSA,CAN\n")
    with pytest.raises(InputError, match="its columns are not iso3, partner, pact"):
        alliances()
    (tmp_path / "own" / "alliances.csv").unlink()
    with pytest.raises(InputError, match=r"alliances\.csv"):
        alliances()


def test_the_tables_are_as_their_sources_give_them(monkeypatch):
    folder = os.environ.get("COMITY_SOURCES")
    if not folder:
        pytest.skip("COMITY_SOURCES is not set to the folder of sources")
    monkeypatch.syspath_prepend(str(SCRIPTS))
    spec = importlib.util.spec_from_file_location("build_ties", SCRIPTS / "build_ties.py")
    build_ties = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "build_ties", build_ties)
    spec.loader.exec_module(build_ties)
    for name, text in build_ties.build(Path(folder)).items():
        assert (build_ties.FOLDER / f"{name}.csv").read_text(encoding="utf-8") == text
