"""Ranking: the club, the cut, ties, gaps and refusals, in a world small enough to check by hand."""

import pytest

from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.selection.ranking import Ranking


def test_the_club_by_hand(make):
    # wealth shares .60 .30 .08 .02; energy (deficits as nought) .25 0 .625 .125; halves of both
    result = Ranking().run(make())
    assert result.values["score"] == pytest.approx({"AAA": 0.425, "BBB": 0.15, "CCC": 0.3525, "DDD": 0.0725})
    assert result.values["club"] == ["AAA", "CCC"]
    assert result.values["cut"] == pytest.approx((0.3525 + 0.15) / 2)
    assert result.values["rank"] == {"AAA": 1, "BBB": 3, "CCC": 2, "DDD": 4}
    assert result.charts[0].title.en == "At the declared weights Gamma takes a seat, not Beta"
    assert result.charts[0].title.zh == "按所定权重，入选的是丙国，而不是乙国"
    assert "Beta, a member in the charter, comes 3rd of 4" in result.findings[1].text.en
    assert "20 points of world share ahead of Beta" in result.findings[-1].text.en
    assert result.provenance.sources == ("Source S.",)


def test_contributions_add_up_to_the_score(make):
    frame = Ranking().run(make()).table("contributions").frame
    for state, score in Ranking().run(make()).values["score"].items():
        assert frame.filter(iso3=state)["part"].sum() == pytest.approx(score)


def test_a_deficit_that_counts_changes_the_answer(make):
    criteria = {
        "gdp": {"weight": "1/2", "figure": "wealth"},
        "power": {"weight": "1/2", "figure": "energy", "deficit": "negative"},
    }
    result = Ranking().run(make(admission={"criteria": criteria}))
    assert result.values["score"]["BBB"] == pytest.approx(0.15 - 0.25)
    assert result.values["rank"]["BBB"] == 4


def test_weights_seats_scale_and_exclusions_can_be_changed(make):
    only = Ranking(weights={"power": "0"}).run(make())
    assert only.values["weights"] == {"gdp": 1.0, "power": 0.0}
    assert only.values["same"]
    assert only.charts[0].title.en == "At the declared weights the club is exactly the charter's members"
    assert Ranking(seats=3).run(make()).values["club"] == ["AAA", "CCC", "BBB"]
    assert Ranking(seats=3).run(make()).charts[0].title.en == "At the declared weights Gamma joins the members"
    without = Ranking(exclude=("AAA",)).run(make())
    assert without.values["club"] == ["CCC", "BBB"]
    assert without.values["score"]["CCC"] == pytest.approx(0.3525)  # the world stays the world
    assert Ranking(scale="rank").run(make()).values["score"]["AAA"] == pytest.approx((1 + 2 / 3) / 2)
    assert Ranking(aggregate="topsis").run(make()).values["club"] == ["AAA", "CCC"]


def test_a_tie_at_the_last_seat_is_told(make):
    figures = {"wealth": {"AAA": 3.0, "BBB": 1.0, "CCC": 1.0}, "energy": {"AAA": 1.0, "BBB": 1.0, "CCC": 1.0}}
    result = Ranking().run(make(figures))
    assert result.values["tied"] == ["BBB", "CCC"]
    assert result.findings[-1].text.en == "The last seat is a tie between Beta and Gamma."
    assert result.table("ranking").frame["tie"].to_list() == [False, True, True]


def test_gaps_compete_at_the_least_value_and_what_they_could_be_worth_is_told(make):
    figures = {
        "wealth": {"AAA": 60.0, "BBB": 30.0, "CCC": 8.0, "DDD": 2.0},
        "energy": {"AAA": 10.0, "BBB": 4.0, "CCC": None, "DDD": 6.0},
    }
    result = Ranking().run(make(figures))
    assert result.values["gaps"] == {"CCC": ["power"]}
    assert result.values["score"]["CCC"] == pytest.approx((0.08 + 0.2) / 2)
    assert result.values["could"] == ["CCC"]  # (0.08 + 0.5) / 2 is ahead of Beta's (0.3 + 0.2) / 2
    said = [text.en for text in result.caveats]
    assert (
        "Figures are missing for some states: Energy (1). Each competes with the least value of that criterion." in said
    )
    assert "1 state with missing figures would each hold a seat" in said[-1]
    dropped = Ranking(missing="drop").run(make(figures))
    assert "CCC" not in dropped.values["rank"]
    assert any(text.en == "1 state does not compete because a figure is missing: CCC." for text in dropped.caveats)


def test_a_gap_that_could_change_nothing_is_told_as_well(make):
    figures = {"wealth": {"AAA": 60.0, "BBB": 39.0, "CCC": 1.0}, "energy": {"AAA": 5.0, "BBB": 4.9, "CCC": None}}
    result = Ranking(weights={"gdp": "9"}).run(make(figures))
    assert result.values["could"] == []
    assert result.caveats[-1].en.startswith("No state with a missing figure would hold a seat")


def test_older_and_recalled_cells_are_caveats(make, make_panel):
    figures = {"wealth": {"AAA": 60.0, "BBB": 30.0}, "energy": {"AAA": 1.0, "BBB": 2.0}}
    panel = make_panel(figures, years={("BBB", "wealth"): 2020}, status="recalled")
    said = [text.en for text in Ranking(seats=1).run(make(panel=panel)).caveats]
    assert said[0] == "Each figure keeps its own year: Wealth 2024 (1 older, back to 2020) and Energy 2024."
    assert said[1].startswith("4 figures are recalled")


def test_conditions_alone_admit_everyone_who_meets_them(make):
    way = {"rich": {"conditions": {"wealth": {"figure": "wealth", "more_than": "8"}}}}
    exactly = Ranking().run(make(variant=way))
    assert exactly.values["club"] == ["AAA", "BBB"]
    assert exactly.values["same"]
    way = {"rich": {"conditions": {"wealth": {"figure": "wealth", "at_least": "8"}}}}
    more = Ranking().run(make(variant=way))
    assert more.values["club"] == ["AAA", "BBB", "CCC"]
    assert "do not select the 2 by themselves" in more.findings[0].text.en
    assert more.charts[0].title.en == "The condition alone admits 3 states, not 2"
    fewer = Ranking().run(make(variant=way, members=("AAA", "BBB", "CCC", "DDD")))
    assert "leave out Delta" in fewer.findings[0].text.en


def test_whoever_has_no_figure_for_a_condition_is_not_admitted(make):
    way = {"rich": {"conditions": {"wealth": {"figure": "wealth", "at_least": "1"}}}}
    figures = {"wealth": {"AAA": 5.0, "BBB": None, "CCC": 2.0}}
    result = Ranking().run(make(figures, variant=way))
    assert result.values["club"] == ["AAA", "CCC"]
    assert any("is not known" in text.en and "BBB" in text.en for text in result.caveats)


def test_conditions_narrow_who_competes(make):
    way = {"both": {"seats": 1, "criteria": {"p": {"weight": "1", "figure": "energy", "deficit": "zero"}},
                    "conditions": {"wealth": {"figure": "wealth", "more_than": "10"}}}}  # fmt: skip
    assert Ranking().run(make(variant=way)).values["club"] == ["AAA"]


@pytest.mark.parametrize(
    ("criterion", "message"),
    [
        ({"weight": "1", "figure": "wealth"}, "rates cannot be summed"),
        ({"weight": "1", "figure": "energy"}, "does not say how a deficit counts"),
    ],
)
def test_figures_used_wrongly_are_refused(make, make_panel, criterion, message):
    figures = {"wealth": {"AAA": 60.0, "BBB": 30.0}, "energy": {"AAA": 1.0, "BBB": -2.0}}
    panel = make_panel(figures, natures={"wealth": "rate"})
    with pytest.raises(InputError, match=message):
        Ranking().run(make(panel=panel, admission={"seats": 1, "criteria": {"x": criterion}}))
    if criterion["figure"] == "wealth":
        assert Ranking(scale="rank").run(make(panel=panel, admission={"seats": 1, "criteria": {"x": criterion}}))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"variant": "own_"}, UnknownName, "variant of admission in toy 'own_'"),
        ({"weights": {"gpd": "1"}}, UnknownName, "criterion 'gpd'"),
        ({"weights": {"gdp": "0", "power": "0"}}, InputError, "All weights are nought"),
        ({"seats": 5}, InputError, "5 seats cannot be filled from 4 states"),
        ({"aggregate": "weighted_product"}, InputError, "BBB has none"),
        ({"exclude": ("AAA", "BBB", "CCC", "DDD")}, InputError, "No state competes"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_a_sentence(make, options, error, message):
    with pytest.raises(error, match=message):
        Ranking(**options).run(make())


def test_an_institution_that_does_not_choose_by_figures_says_so(make):
    inputs = make()
    bare = inputs.institution.model_copy(update={"admission": {}})
    with pytest.raises(NotComputable, match="no admission by figures"):
        Ranking().run(type(inputs)(bare, inputs.actors, panel=inputs.panel))


def test_every_column_is_described_and_the_answer_is_json(make):
    for result in (Ranking().run(make()), Ranking(aggregate="topsis").run(make())):
        written = result.as_json()
        assert written["club"] == ["AAA", "CCC"]
        assert written["digest"] == result.digest
        assert all(column.title.zh for table in result.tables for column in table.columns)
