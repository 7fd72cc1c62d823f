"""Definitions in a toy world: every combination once, the charter's own first, undecidable years never filled."""

import pytest

from comity.kernel.errors import InputError, UnknownName
from comity.selection.acceptability import Acceptability
from comity.selection.definitions import Definitions
from comity.selection.meanings import ALTERNATIVES

FIGURES = {
    "wealth": {"AAA": 60.0, "BBB": 30.0, "CCC": 8.0, "DDD": 2.0},
    "energy": {"AAA": 10.0, "BBB": -20.0, "CCC": 25.0, "DDD": 5.0},
    "use": {"AAA": 40.0, "BBB": 40.0, "CCC": 15.0, "DDD": 5.0},
}
OTHER = {"power": ("energy:negative", "use")}


def test_every_combination_is_asked_once_the_charters_first(make):
    values = Definitions(alternatives=OTHER).run(make(FIGURES)).values
    assert [each["figures"]["power"] for each in values["definitions"]] == ["energy:zero", "energy:negative", "use"]
    own, against, use = values["definitions"]
    same = Acceptability(draws=2_000).run(make(FIGURES)).values
    assert own["p_exact_set"] == same["p_exact_set"]
    assert own["p_seat"] == {"AAA": same["p_seat"]["AAA"], "BBB": same["p_seat"]["BBB"]}
    assert (own["club"], own["same"]) == (["AAA", "CCC"], False)
    assert (use["club"], use["same"], use["p_exact_set"]) == (["AAA", "BBB"], True, 1.0)
    assert against["p_exact_set"] < own["p_exact_set"]
    assert (values["give_the_members"], values["possible"], values["asked"]) == (1, 3, 3)


def test_the_texts_say_what_the_table_says(make):
    result = Definitions(alternatives=OTHER).run(make(FIGURES))
    assert result.charts[0].title.en == "1 of 3 definitions of hard power gives these members"
    assert "Most hangs on Energy" in " ".join(finding.text.en for finding in result.findings)
    frame = result.table("definitions").frame
    assert frame["p_BBB"].to_list() == [each["p_seat"]["BBB"] for each in result.values["definitions"]]
    assert "gdp" not in frame.columns
    assert result.table("definitions").note.en == "The same in every row: Wealth."
    assert result.table("effects").frame.filter(key="use")["mean"].item() == 1.0


def test_a_definition_under_which_no_weighting_exists(make):
    figures = FIGURES | {"use": {"AAA": 40.0, "BBB": 10.0, "CCC": 45.0, "DDD": 5.0}}
    own = {"gdp": ("use",), "power": ("use",)}
    values = Definitions(alternatives=own).run(make(figures)).values
    both = next(each for each in values["definitions"] if set(each["figures"].values()) == {"use"})
    assert (both["exists"], both["p_exact_set"]) == (False, 0.0)
    assert values["possible"] < values["asked"]


def test_more_seats_than_members_are_never_exactly_the_members(make):
    values = Definitions(seats=3, alternatives=OTHER).run(make(FIGURES)).values
    assert [(each["exists"], each["p_exact_set"]) for each in values["definitions"]] == [(False, 0.0)] * 3


def test_years_are_asked_and_an_undecidable_year_is_not_filled(make, make_panel):
    poor = {"wealth": {"AAA": 60.0, "BBB": None, "CCC": None, "DDD": None}, "energy": FIGURES["energy"]}
    rich = {"wealth": {"AAA": 10.0, "BBB": 80.0, "CCC": 8.0, "DDD": 2.0}, "energy": FIGURES["energy"]}
    histories = {2010: make_panel(poor, year=2010), 2015: make_panel(rich, year=2015), 2024: make_panel(FIGURES)}
    result = Definitions(alternatives=OTHER).run(make(FIGURES, histories=histories))
    early, late = result.values["years"]
    assert (early["year"], early["decidable"], early["lacking"], early["club"]) == (2010, False, ["gdp"], [])
    assert early["p_exact_set"] is None
    assert late["decidable"]
    assert late["p_seat"]["BBB"] > 0.3
    assert result.table("years").frame["year"].to_list() == [2010, 2015, 2024]
    assert any(text.en.startswith("Not decidable with these figures: 2010;") for text in result.caveats)


def test_an_undecidable_definition_is_not_filled(make):
    figures = FIGURES | {"use": {"AAA": 40.0, "BBB": None, "CCC": None, "DDD": None}}
    result = Definitions(alternatives={"power": ("use",)}).run(make(figures))
    assert result.values["definitions"][1]["decidable"] is False
    assert result.values["definitions"][1]["p_exact_set"] is None
    assert any(text.en.startswith("1 definition is not decidable") for text in result.caveats)


def test_what_does_not_fit_is_refused(make):
    with pytest.raises(InputError, match="no criterion 'oil'"):
        Definitions(alternatives={"oil": ("use",)}).run(make(FIGURES))
    with pytest.raises(InputError, match="equal weights"):
        Definitions(weights={"gdp": "1"}).run(make(FIGURES))
    many = tuple(f"use{number}" for number in range(20))
    figures = FIGURES | dict.fromkeys(many, FIGURES["use"])
    with pytest.raises(InputError, match="441 definitions, more than 200"):
        Definitions(alternatives={"gdp": many, "power": many}).run(make(figures))
    with pytest.raises(UnknownName, match="indicator 'uses'"):
        Definitions(alternatives={"power": ("uses",)}).run(make(FIGURES))


def test_usual_alternatives_are_those_the_figures_hold(make, make_panel):
    assert "cinc" in ALTERNATIVES["military_expenditure_usd"]
    spent = {"military_expenditure_usd": {"AAA": 5.0, "BBB": 2.0}, "cinc": {"AAA": 1.0, "BBB": 3.0}, "reach": {"AAA": 1.0, "BBB": 3.0}}  # fmt: skip
    panel = make_panel(spent, natures={"reach": "rate"})
    criteria = {"m": {"weight": "1", "figure": "military_expenditure_usd"}}
    result = Definitions().run(make(panel=panel, members=("AAA",), admission={"seats": 1, "criteria": criteria}))
    assert [each["figures"]["m"] for each in result.values["definitions"]] == ["military_expenditure_usd", "cinc"]


def test_what_the_other_treatment_of_deficits_does_is_said():
    import comity as co

    result = co.analyse(co.load("g5"), "definitions", draws=300)
    own = result.values["definitions"][0]
    turned = {**own["figures"], "net_energy_exports": "net_energy_exports_pj:negative"}
    other = next(each for each in result.values["definitions"] if each["figures"] == turned)
    told = [
        finding
        for finding in result.findings
        if "deficits count against" in finding.text.en and "nothing else changed" in finding.text.en
    ]
    assert len(told) == 1
    assert told[0].figures["own"].value == own["p_exact_set"]
    assert told[0].figures["other"].value == other["p_exact_set"]
    assert "Indonesia" in told[0].text.en
