"""Hedging: a nought tariff, more and less of it, who turns and who does not, and what is refused."""

import pytest

import comity as co
from comity.kernel.errors import InputError, NotComputable
from comity.report.draw import svg
from comity.report.reader import Reader


@pytest.fixture(scope="module")
def ask():
    def run(name="g7", against=(), **options):
        chosen = {"draws": 400, **options}
        return co.analyse(co.load(name), "hedging", against=[co.load(each) for each in against], **chosen)

    return run


def test_no_tariff_changes_nothing(ask):
    result = ask(size=0)
    for before_after in [*result.values["lean"].values(), *result.values["autonomy"].values()]:
        assert before_after["before"] == before_after["after"]
    assert set(result.values["at_risk"].values()) == {0.0}
    assert "turns nobody" in result.findings[0].text.en


def test_allies_do_not_all_turn(ask):
    verdicts = ask().values["verdict"]
    assert verdicts["CAN"] == "stays"
    assert verdicts["JPN"] == verdicts["DEU"] == "elsewhere"
    allies = ask("g5", members=("CAN", "MEX"))
    assert allies.values["verdict"] == {"CAN": "stays", "MEX": "stays"}
    assert allies.values["allies"] == ["MEX", "CAN"]
    assert "no ally turns" in allies.findings[1].text.en
    assert "没有盟国转向" in allies.findings[1].text.zh


def test_a_higher_tariff_costs_more_and_frees_more(ask):
    low, high = ask(size=0.1), ask(size=0.5)
    for member in low.values["at_risk"]:
        assert low.values["at_risk"][member] < high.values["at_risk"][member]
        assert low.values["lean"][member]["after"] > high.values["lean"][member]["after"]
        assert low.values["autonomy"][member]["after"] <= high.values["autonomy"][member]["after"]


def test_a_withdrawal_from_all_trade_leaves_none(ask):
    result = ask(act="withdrawal", size=1, members=("CAN", "KAZ"))
    assert result.values["dependence"]["CAN"]["after"] == 0
    assert result.values["lean"]["CAN"]["after"] == 0
    losses = {row["member"]: row for row in result.table("losses").rows()}
    assert losses["CAN"]["supplies"] > 0
    assert "withdrawal of the United States from all trade" in result.findings[0].text.en
    half = ask(act="withdrawal", members=("CAN", "KAZ"))
    assert half.values["dependence"]["CAN"]["after"] == pytest.approx(half.values["dependence"]["CAN"]["before"] / 2)


def test_an_answer_in_kind_cuts_imports_too(ask):
    plain, answered = (
        {row["member"]: row["supplies"] for row in ask(answered=given).table("losses").rows()}
        for given in (False, True)
    )
    assert set(plain.values()) == {0.0}
    assert all(answered[member] > 0 for member in answered)


def test_a_state_without_a_pact_or_much_trade_is_autonomous(ask):
    result = ask("g20", power="USA")
    autonomy = result.values["autonomy"]
    assert autonomy["RUS"]["before"] > 0.99
    assert autonomy["MEX"]["before"] < autonomy["IND"]["before"]
    table = {row["member"]: row for row in result.table("autonomy").rows()}
    assert table["JPN"]["security"] == pytest.approx(0.94, abs=0.01)
    assert table["IND"]["security"] == 0
    for row in table.values():
        assert row["before_low"] <= row["before"] <= row["before_high"]


def test_russia_and_china_act_too(ask):
    kazakhstan = ask("sco", power="RUS", rival="CHN", members=("KAZ", "KGZ"))
    assert set(kazakhstan.values["allies"]) == {"KGZ", "KAZ"}
    assert ask("g7", power="CHN").values["verdict"]["CAN"] == "elsewhere"  # the rival of China is the United States


def test_a_state_draws_the_same_in_whatever_body(ask):
    alone, among = ask("g5", members=("CAN",)), ask("g20")
    assert alone.values["lean"]["CAN"] == among.values["lean"]["CAN"]
    assert alone.values["autonomy"]["CAN"] == among.values["autonomy"]["CAN"]


def test_figures_carry_interval_number_and_seed(ask):
    result = ask()
    figure = result.findings[2].figures["at_risk_CAN"]
    assert figure.low < figure.value < figure.high
    assert (figure.n, figure.seed) == (400, 1)
    assert result.findings[0].figures["turned_CAN"].value == 0
    assert ask().digest == result.digest
    assert result.provenance.seed == 1
    told = " ".join(caveat.en for caveat in result.caveats)
    assert "elasticity of 0.76 to 5 (mode 2)" in told
    assert "2018" in told


def test_a_lower_elasticity_moves_less(ask):
    stiff, loose = ask(elasticity="0,0,0"), ask(elasticity="5,5,5")
    assert stiff.values["at_risk"]["CAN"] == 0
    assert loose.values["at_risk"]["CAN"] > 0.05
    assert ask(found="1,1,1").values["at_risk"]["CAN"] == pytest.approx(0, abs=1e-12)


def test_where_nothing_is_printed_nothing_is_said(ask):
    result = ask("unga", draws=100)
    unknown = [member for member, verdict in result.values["verdict"].items() if verdict == "unknown"]
    lean = {row["member"]: row for row in result.table("lean").rows()}
    assert unknown
    assert all(lean[member]["before"] is None for member in unknown)


def test_refusals(ask):
    with pytest.raises(InputError, match=r"USA is no rival of itself\. Name another: --rival CHN\."):
        ask(rival="United States")
    with pytest.raises(InputError, match=r"--size 2: more than all trade cannot be withdrawn\."):
        ask(act="withdrawal", size=2)
    with pytest.raises(InputError, match="trade both ways already"):
        ask(act="withdrawal", answered=True)
    with pytest.raises(InputError, match="No figures of AU"):
        ask(power="AU")
    with pytest.raises(NotComputable, match="but the powers themselves"):
        ask(members=("USA", "CHN"))


@pytest.mark.parametrize("text", ["1", "1,2", "a,b,c", "2,1,3", "-1,0,1"])
def test_what_is_no_triple_is_refused(ask, text):
    with pytest.raises(InputError, match=r"--elasticity .*Write low, mode and high: 0\.76,2,5"):
        ask(elasticity=text)


def test_what_is_found_elsewhere_is_no_more_than_all(ask):
    with pytest.raises(InputError, match="--found 0,1/2,3/2: nothing lies above 1"):
        ask(found="0,1/2,3/2")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_chart_is_drawn_and_every_text_stands_in_both_languages(lang, actors):
    result = co.analyse(co.load("g20"), "hedging", draws=100)
    for chart in result.charts:
        picture = svg(chart, result.table(chart.table), Reader(lang, "cldr", actors))
        assert "<svg" in picture
        assert "undefined" not in picture
        assert "data" not in chart.spec
        assert chart.alt.zh
    for text in [*(each.text for each in result.findings), *result.caveats, *(each.title for each in result.charts)]:
        assert text.en
        assert text.zh


def test_nobody_is_left_out_of_the_count_in_silence(ask):
    first = ask("unga", draws=100).findings[0]
    counts = [first.figures[name].value for name in ("stays", "wavers", "turns", "elsewhere", "unknown")]
    assert sum(counts) == len(ask("unga", draws=100).values["verdict"])
    assert f"; of {first.figures['unknown'].value} it is not known" in first.text.en
    assert "无从判断" in first.text.zh


def test_one_state_trades_and_several_trade(ask):
    one = ask("g5", members=("CAN", "JPN")).findings[0].text.en
    assert "1 of 2 still trades more with the United States" in one
    assert "still trade more" in ask("g5", members=("CAN", "MEX")).findings[0].text.en
