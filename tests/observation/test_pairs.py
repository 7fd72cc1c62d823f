"""The tables of pairs in the catalogue: exported, described, refused."""

import pytest

from comity.cli import app
from comity.kernel.errors import InputError
from comity.observation.pairs import about, asked_for, listed, pairs


def test_a_table_of_pairs_of_some_states():
    result = pairs("partners", states=["CAN", "MEX"])
    frame = result.tables[0].frame
    assert set(frame["iso3"]) == {"CAN", "MEX"}
    assert frame.height == 20
    assert "no nought" in result.caveats[0].en
    assert result.provenance.sources[0].startswith("Central Intelligence Agency")
    assert list(result.provenance.figures) == ["ties/partners.csv"]
    assert pairs("alliances").values["rows"] == 3680


def test_what_it_holds_and_what_not():
    told = about("alliances")
    assert set(told.tables[0].frame["pact"]) == {"defence", "neutrality", "consultation"}
    assert "2018" in told.findings[0].text.en
    assert "2018年" in told.caveats[0].zh
    assert about("partners").values["states"] == 195
    assert listed().en == "Figures of pairs: partners, alliances."


def test_refusals():
    with pytest.raises(InputError, match=r"table of their own.*partners"):
        asked_for(["gdp_usd", "partners"])
    with pytest.raises(InputError, match="nothing of MCO"):
        pairs("partners", states=["USA", "MCO"])


def test_the_command(capsys):
    app(["data", "get", "partners", "--states", "KAZ"], result_action="return_value")
    shown = capsys.readouterr()
    assert shown.out.splitlines()[1] == "KAZ,export,CHN,16,2023"
    assert "no nought" in shown.err
