import json

import pytest

from comity.analysis.fairness import Fairness
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Text
from comity.library.institutions import load
from comity.report.draw import svg
from comity.report.reader import Reader

PEOPLE = "{basis: population, values: {USA: 400, CHN: 100, JPN: 100}}"


@pytest.fixture(scope="module")
def union(institution):
    """Three states of 400, 100 and 100 people under two thirds of the people and three fifths of the states."""
    weight = f"heads: {{at_least: 3/5, of: members}}, weight: {{at_least: 2/3, of: total_weight}}, weights: {PEOPLE}"
    double = f"{{kind: double_majority, {weight}}}"
    return institution("union", members="[USA, CHN, JPN]", weights="{USA: 1, CHN: 1, JPN: 1}", double=double)


def test_the_rule_whose_weights_are_people_comes_first(ask, union):
    """The large state and one other carry: swings 3, 1, 1. Roots 2, 1, 1: the large state has a tenth too much."""
    values = ask(Fairness(), union).values
    assert values["rule"] == "union.double.as_written"
    assert values["people"] == {"USA": 400, "CHN": 100, "JPN": 100}
    assert values["power"] == {"USA": 0.6, "CHN": 0.2, "JPN": 0.2}
    assert values["target"] == pytest.approx({"USA": 0.5, "CHN": 0.25, "JPN": 0.25})
    assert values["systems"]["charter"]["misplaced"] == pytest.approx(0.1)
    assert values["citizen"]["USA"] / values["citizen"]["CHN"] == pytest.approx(1.5)
    assert values["citizen_decides"]["USA"] == pytest.approx(0.75 * (2 / (3.141592653589793 * 400)) ** 0.5)


def test_people_come_from_the_figures_where_weights_are_none(ask, club, world):
    result = ask(Fairness(rule="majority"), club, panel=world)
    assert set(result.values["citizen"].values()) == {1.0}
    assert result.values["systems"]["charter"]["gini"] == 0
    assert any("People are the figure “Population” as of 2024" in caveat.en for caveat in result.caveats)


def test_a_member_without_a_count_is_left_out_and_named(ask, institution, world):
    body = institution("gaps", members="[USA, CHN, BRA]", weights="{USA: 1, CHN: 1, BRA: 1}")
    result = ask(Fairness(rule="majority"), body, panel=world)
    assert list(result.values["people"]) == ["USA", "CHN"]
    assert any("No count of people for Brazil" in caveat.en for caveat in result.caveats)
    with pytest.raises(InputError, match="The people of 0 of 3 members are known"):
        ask(
            Fairness(rule="majority", figure="net_energy_exports_pj"),
            institution("none", members="[BRA, ARG, CAN]", weights="{BRA: 1, ARG: 1, CAN: 1}"),
            panel=world,
        )
    with pytest.raises(UnknownName, match="heads"):
        ask(Fairness(rule="majority", figure="heads"), body, panel=world)


def test_figures_are_asked_for(ask, club):
    with pytest.raises(InputError, match="needs figures"):
        ask(Fairness(rule="majority"), club)


def test_the_council_of_the_union(ask, actors):
    """Square-root weights with the Jagiellonian quota (61.6 %) give every citizen of 27 states nearly the same say."""
    result = ask(Fairness(), load("eu-council"))
    systems = result.values["systems"]
    assert result.values["jagiellonian_quota"] == pytest.approx(0.616, abs=5e-4)
    assert systems["square_root"]["largest"] < 0.003
    assert (
        systems["square_root"]["gini"]
        < systems["charter"]["gini"]
        < systems["people"]["gini"]
        < systems["heads"]["gini"]
    )
    citizen = result.values["citizen"]
    assert max(citizen, key=citizen.get) == "MLT"
    assert result.findings[0].text.en.endswith("one of the Netherlands 0.8 times")
    for chart in result.charts:
        for lang in ("en", "zh"):
            assert "undefined" not in svg(chart, result.table(chart.table), Reader(lang, "cldr", actors))
    texts = (
        [finding.text for finding in result.findings] + list(result.caveats) + [each.title for each in result.charts]
    )
    assert all(isinstance(text, Text) and text.en and text.zh for text in texts)
    assert json.loads(json.dumps(result.as_json()))["kind"] == "analysis.fairness"
