"""The inverse question in a toy world: yes with its region, no with its reason in words."""

import pytest

from comity.kernel.errors import NotComputable
from comity.selection.acceptability import Acceptability
from comity.selection.inverse import Inverse


def test_yes_and_where(make):
    result = Inverse().run(make())
    values = result.values
    assert values["exists"]
    assert values["weights"] == pytest.approx({"gdp": 1.0, "power": 0.0})  # Beta and Gamma part furthest there
    assert values["margin"] == pytest.approx(0.22)
    assert values["low"]["gdp"] == pytest.approx(0.625 / 0.845, abs=1e-6)
    assert values["high"]["power"] == pytest.approx(1 - 0.625 / 0.845, abs=1e-6)
    assert values["volume"] == pytest.approx(1 - 0.625 / 0.845, abs=4 * values["volume_error"])
    assert result.charts[0].title.en == "Only with Wealth at 74 % or more of all weight can these members come out"
    assert result.findings[0].text.en.startswith("Yes: some weightings give exactly the 2 members")
    assert "22 points of world share" in result.findings[1].text.en


def test_yes_whatever_the_weights(make):
    figures = {"wealth": {"AAA": 5.0, "BBB": 4.0, "CCC": 1.0}, "energy": {"AAA": 4.0, "BBB": 5.0, "CCC": 1.0}}
    result = Inverse().run(make(figures))
    assert result.charts[0].title.en == "No single weight excludes these members"
    assert result.findings[0].text.en.startswith("Yes: every weighting drawn gives exactly the charter's 2 members")
    drawn = Acceptability().run(make(figures))
    assert drawn.charts[0].title.en == "The 2 of the charter are exactly the club in every weighting drawn"


def test_no_because_one_outsider_is_better_everywhere(make):
    result = Inverse().run(make(members=("AAA", "DDD")))
    assert not result.values["exists"]
    assert result.values["outsiders"] == {"CCC": 1.0}
    assert result.values["insiders"] == {"DDD": 1.0}
    assert result.values["reason"].en == (
        "Gamma is at least Delta on every criterion, so that no weighting seats Delta without Gamma."
    )
    assert result.values["reason"].zh == "丙国在每项指标上都不低于丁国，因此任何权重都无法让丁国入选而丙国落选。"
    assert result.table("reason").frame["ahead"].to_list() == pytest.approx([0.06, 0.5])
    assert result.charts == ()
    assert result.as_json()["reason"]["en"] == result.values["reason"].en


def test_no_because_a_mix_of_outsiders_is_better_everywhere(make):
    figures = {"wealth": {"AAA": 6.0, "BBB": 0.0, "CCC": 2.0}, "energy": {"AAA": 0.0, "BBB": 6.0, "CCC": 2.0}}
    result = Inverse(seats=1).run(make(figures, members=("CCC",)))
    assert result.values["outsiders"] == pytest.approx({"AAA": 0.5, "BBB": 0.5})
    assert result.findings[0].text.en.endswith(
        "The mix 50.0 % Alpha and 50.0 % Beta is at least Gamma on every criterion, so that under any weighting at "
        "least one of these outsiders scores no less than Gamma."
    )


def test_no_because_of_a_mix_of_insiders(make):
    figures = {"wealth": {"AAA": 5.0, "BBB": 0.0, "CCC": 3.0}, "energy": {"AAA": 0.0, "BBB": 5.0, "CCC": 3.0}}
    result = Inverse().run(make(figures))
    assert result.values["insiders"] == pytest.approx({"AAA": 0.5, "BBB": 0.5})
    assert "at least the mix 50.0 % Alpha and 50.0 % Beta" in result.values["reason"].en


def test_no_because_they_are_equal(make):
    figures = {"wealth": {"AAA": 5.0, "BBB": 5.0}, "energy": {"AAA": 3.0, "BBB": 3.0}}
    result = Inverse(seats=1).run(make(figures, members=("AAA",)))
    assert "equal on every criterion" in result.values["reason"].en


def test_no_because_the_numbers_do_not_fit(make):
    result = Inverse(seats=3).run(make())
    assert result.values["reason"].en == "The charter has 2 members but 3 seats."
    assert not result.values["exists"]
    assert "cannot be seated" in Inverse(exclude=("BBB",)).run(make()).findings[0].text.en


def test_what_is_not_linear_is_refused(make):
    with pytest.raises(NotComputable, match="TOPSIS"):
        Inverse(aggregate="topsis").run(make())
