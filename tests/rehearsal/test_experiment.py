"""What difference it makes: settings that are played, what is told of them, and what is refused."""

from __future__ import annotations

import pytest

import comity as co
from comity.kernel.errors import Cancelled, InputError, NotComputable, UnknownName
from comity.rehearsal.experiment import Experiment
from comity.study.ask import inputs, wanting

REWARD = "reward: {from: pot, amount: 6 million USD 2024}"
AMOUNT = "clauses.charts.reward.amount=0..12 million USD 2024"
MISS = "clauses.charts.verified.miss=0..1/2"
ABSENT = "shocks.absent.USA=0..1/2"


@pytest.fixture(scope="module")
def asked(club):
    def run(against=(), **options):
        given = club(against, REWARD=REWARD, ERRORS=", false_alarm: 1/20, miss: 1/20", WORTH="20, 30, 60")
        return Experiment.model_validate({"runs": 300, "looks": 6, **options}).run(given)

    return run


def rows(result, table, **where):
    found = result.table(table).frame.to_dicts()
    return [each for each in found if all(each[name] == value for name, value in where.items())]


def test_without_factors_the_setting_as_written_is_told_with_its_interval(asked):
    found = asked()
    assert found.values["settings"] == 1
    worth = found.values["written"]["worth"]
    assert worth["low"] < worth["value"] < worth["high"]
    figure = found.findings[0].figures["worth"]
    assert (figure.n, figure.seed) == (300, 1)
    assert [table.name for table in found.tables] == ["outcomes"]
    assert found.charts == ()


def test_one_factor_gives_a_curve_with_its_band_and_a_tornado(asked):
    found = asked(vary=(AMOUNT,), points=5)
    curve = rows(found, "response")
    assert [each["x"] for each in curve] == [0, 3, 6, 9, 12]
    assert all(each["low"] <= each["mean"] <= each["high"] for each in curve)
    assert [chart.name for chart in found.charts] == ["tornado", "response"]
    # the level of the charter is the setting as written
    assert curve[2]["mean"] == found.values["written"]["worth"]["value"]
    low, high = rows(found, "swings")
    assert (low["mean"], high["mean"]) == (curve[0]["mean"], curve[-1]["mean"])
    assert low["difference"] == pytest.approx(low["mean"] - low["written"])


def test_two_factors_give_a_map(asked):
    found = asked(vary=(AMOUNT, ABSENT), points=3)
    assert len(rows(found, "response")) == 9
    assert [chart.name for chart in found.charts] == ["tornado", "map"]
    by = {(each["x"], each["y"]): each["mean"] for each in rows(found, "response")}
    assert all(by[amount, 0] >= by[amount, 0.5] for amount in (0, 6, 12))


def test_three_factors_give_indices_and_the_idle_one_has_none(asked):
    found = asked(vary=(AMOUNT, ABSENT, "stakes.issues.one.good.years=1..9"), points=32)
    assert found.values["design"] == "sobol"
    assert found.values["settings"] == 1 + 6 + 32 * 5
    shares = found.values["indices"]["worth"]
    assert shares["stakes.issues.one.good.years"] == {"first": 0, "total": 0}
    assert shares["shocks.absent.USA"]["total"] > 0.05
    told = rows(found, "indices", outcome="worth")
    assert all(each["low"] <= each["share"] + 0.05 for each in told)
    assert "indices" in [chart.name for chart in found.charts]
    assert any("hardly matters" in each.text.en for each in found.findings)


def test_a_latin_hypercube_is_played_where_it_is_asked(asked):
    found = asked(vary=(AMOUNT, MISS), design="latin_hypercube", points=10)
    assert len({each["point"] for each in rows(found, "outcomes", role="design")}) == 10
    assert [chart.name for chart in found.charts] == ["tornado"]


def test_words_are_played_in_their_order(asked):
    found = asked(vary=("clauses.charts.reward=written|none",))
    assert [each["x_value"] for each in rows(found, "response")] == ["written", "none"]
    assert rows(found, "response")[0]["mean"] == found.values["written"]["worth"]["value"]


def test_with_and_without_the_payment_is_compared_run_by_run(asked):
    found = asked(instead=("clauses.charts.reward=none",), outcome="paid")
    apart = found.values["differences"]["instead"]["paid"]
    assert apart["mean"] == pytest.approx(-found.values["written"]["paid"]["value"])
    assert apart["high"] < 0
    assert apart["better"] == 0
    told = found.findings[-1]
    assert "left out" in told.text.en
    assert told.figures["difference"].n == 300
    assert [chart.name for chart in found.charts] == ["differences"]


def test_pairing_saves_runs_where_both_settings_share_their_fortune(asked):
    (told,) = rows(asked(instead=("clauses.charts.verified.miss=1/10",)), "differences", outcome="worth")
    assert told["saving"] is None or told["saving"] > 2


def test_another_institution_with_the_clause_is_compared_and_one_without_is_told(asked, club):
    other = club(REWARD=REWARD, ERRORS=", false_alarm: 0, miss: 0").institution.named("exact")
    found = asked(against=(other, co.load("g7")))
    assert found.values["differences"]["exact"]["false_notices"]["mean"] < 0
    assert any("G7 has no such clause" in caveat.en for caveat in found.caveats)


def test_the_same_answer_by_any_number_of_workers_and_from_a_folder(asked, tmp_path):
    plain = asked(vary=(AMOUNT,), points=3)
    for options in ({"workers": 2}, {"keep": str(tmp_path / "kept")}, {"keep": str(tmp_path / "kept")}):
        other = asked(vary=(AMOUNT,), points=3, **options)
        assert other.digest == plain.digest
        assert other.provenance == plain.provenance
    assert "workers" not in plain.provenance.options
    assert "keep" not in plain.provenance.options


def test_interrupted_work_is_told_where_to_go_on(club, tmp_path):
    from dataclasses import replace

    given = replace(club(REWARD=REWARD, ERRORS=", false_alarm: 0, miss: 0"), cancelled=lambda: True)
    with pytest.raises(Cancelled) as stopped:
        Experiment(vary=(AMOUNT,), runs=100, keep=str(tmp_path / "kept")).run(given)
    assert "ask again with it to go on" in stopped.value.mend


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"clause": "chart"}, UnknownName, "There is no clause in the charter 'club' 'chart'."),
        ({"vary": ("clauses.charts.verified.miss=0..2",)}, InputError, "miss: 2 is more than the whole"),
        ({"vary": (AMOUNT, MISS, ABSENT), "points": 100}, InputError, "take 64 or 128, not 100"),
        ({"vary": ("clauses.charts.reward.amount=0..5 million EUR 2024",)}, InputError, "is not in USD 2024"),
        ({"instead": ("clauses.charts.reward",)}, InputError, "names no path and no value"),
        ({"instead": (f"{ABSENT.partition('=')[0]}=1/2",) * 2}, InputError, "is given two values"),
        ({"instead": ("clauses.charts.obligor.0=FRA",)}, InputError, "the charter club does not allow it"),
        ({"cluster": "tcp://127.0.0.1:9", "workers": 2}, InputError, "Either 2 processes here play"),
    ],
)
def test_what_cannot_be_rehearsed_is_refused(asked, options, error, told):
    with pytest.raises(error) as refused:
        asked(**options)
    assert told in refused.value.message
    assert refused.value.mend


def test_a_charter_without_a_clause_is_refused():
    with pytest.raises(InputError, match="has no clause that could be rehearsed"):
        Experiment().run(wanting(inputs(co.load("g7"))))


def test_a_clause_whose_errors_nobody_states_is_refused(club):
    with pytest.raises(NotComputable, match="how often its verification errs"):
        Experiment(runs=100).run(club(ERRORS=""))


def test_the_shipped_club_asked_from_the_door():
    vary = ["clauses.oil_stocks.reward.amount=0..500 million USD 2024", "shocks.absent.JPN=0..1/2"]
    found = co.analyse(co.load("g5"), "experiment", vary=vary, points=3, runs=500)
    by = {(each["x"], each["y"]): each["mean"] for each in rows(found, "response")}
    assert by[500, 0] > by[250, 0] > by[0, 0]
    assert by[500, 0] > by[500, 0.5]
    for chart in found.charts:
        assert chart.title.zh
        assert chart.alt.zh


@pytest.fixture(scope="module")
def institution(club):
    def run(against=(), **options):
        given = club(against, REWARD=REWARD, ERRORS=", false_alarm: 1/20, miss: 1/20", WORTH="20, 30, 60")
        return Experiment.model_validate({"plays": "institution", "runs": 200, "rounds": 6, **options}).run(given)

    return run


def test_the_whole_institution_as_written_is_the_campaign(institution, club):
    from comity.rehearsal.campaign import Campaign

    found = institution()
    given = club(REWARD=REWARD, ERRORS=", false_alarm: 1/20, miss: 1/20", WORTH="20, 30, 60")
    campaign = Campaign(runs=200, rounds=6).run(given)
    present = sum(each["value"] for each in campaign.values["present_value"].values())
    assert found.values["written"]["worth"]["value"] == pytest.approx(present)
    adopted = [each["value"] for each in campaign.values["adopted"].values()]
    assert found.values["written"]["adopted"]["value"] == pytest.approx(sum(adopted) / len(adopted))
    notices = found.values["written"]["true_notices"]["value"] + found.values["written"]["false_notices"]["value"]
    assert notices == pytest.approx(campaign.values["notices"]["value"])
    assert (found.values["plays"], found.values["clause"]) == ("institution", None)


def test_players_are_factors_of_the_institution(institution):
    found = institution(vary=("players.*=reciprocate|free_ride",), outcome="broken")
    kept, ridden = rows(found, "response")
    assert (kept["x_value"], ridden["x_value"]) == ("reciprocate", "free_ride")
    assert ridden["mean"] > kept["mean"]
    assert any("follow their own rules" in caveat.en for caveat in found.caveats)


def test_a_shock_is_a_factor_whose_chance_moves_no_other(institution):
    found = institution(vary=(ABSENT,), points=3, outcome="adopted")
    curve = rows(found, "response")
    assert curve[0]["mean"] == found.values["written"]["adopted"]["value"]
    assert curve[-1]["mean"] <= curve[0]["mean"]


def test_two_institutions_are_compared_whether_or_not_they_share_a_clause(institution, club):
    other = club(REWARD=REWARD, ERRORS=", false_alarm: 0, miss: 0", OBLIGOR="USA").institution.named("lean")
    found = institution(against=(other, co.load("g7")))
    assert set(found.values["differences"]) == {"lean", "g7"}


def test_the_institution_is_the_same_by_two_processes(institution):
    assert institution(vary=(ABSENT,), points=2).digest == institution(vary=(ABSENT,), points=2, workers=2).digest


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"clause": "charts"}, InputError, "The whole institution is played, and charts with it."),
        ({"outcome": "kept"}, UnknownName, "There is no outcome of the institution 'kept'."),
        ({"players": {"USA": "holdout"}}, UnknownName, "holdout"),
        ({"players": {"FRA": "hold_out"}}, UnknownName, "There is no member of club 'FRA'."),
        ({"vary": ("players.USA=hold_out|sulk",)}, UnknownName, "sulk"),
        ({"players": {"USA": "human"}}, InputError, "USA would be played by a person"),
        ({"vary": ("terms.period=1..2",)}, UnknownName, "There is no field in the terms of an adopted text, 'period'"),
        ({"terms": {"grace": "0"}}, InputError, "terms.grace=0: the terms do not allow it"),
    ],
)
def test_what_an_institution_cannot_rehearse_is_refused(institution, options, error, told):
    with pytest.raises(error) as refused:
        institution(**options)
    assert told in refused.value.message
    assert refused.value.mend


def test_players_do_not_play_a_clause(asked):
    with pytest.raises(InputError, match="played without players"):
        asked(vary=("players.USA=hold_out|reciprocate",))


def test_players_without_a_table_are_rehearsed_on_the_law_engine(institution):
    vary = ("players.USA=script|reciprocate",)
    found = institution(vary=vary, runs=3, rounds=2)
    assert found.values["path"] == "law engine"
    assert found.caveats[-1].en.startswith("Some settings were played on the law engine")
    swing = found.table("swings").frame if "swings" in {each.name for each in found.tables} else None
    assert swing is None or swing.height > 0


def test_terms_of_an_adopted_text_are_varied(institution):
    few, many = (institution(terms={"periods": each}).values["written"]["delivered"]["value"] for each in ("1", "4"))
    assert few < many
    varied = institution(vary=("terms.periods=1..4",), points=2)
    means = varied.table("response").frame["mean"].to_list()
    assert len(means) == 2


def test_a_clause_alone_has_no_terms_and_no_shocks(club):
    for given in ({"terms": {"periods": "1"}}, {"shocks": ("absent:USA:1",)}, {"items": 2}):
        with pytest.raises(InputError, match="A clause alone is played, and it has no"):
            Experiment.model_validate(given).run(club())
    with pytest.raises(InputError, match="A clause alone is played without texts"):
        Experiment(vary=("terms.periods=1..4",)).run(club())
