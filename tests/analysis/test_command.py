import pytest

from comity.analysis.command import Command
from comity.kernel.errors import InputError, UnknownName


def test_shares_of_the_world(ask, club, world):
    result = ask(Command(indicators=("gdp_usd", "population")), club, panel=world)
    shares = result.values["shares"]["club"]
    assert shares["gdp_usd"] == pytest.approx((30 + 20 + 5) / 100)
    assert shares["population"] == pytest.approx(0.5)
    assert any("no figure for India and Russia" in caveat.en for caveat in result.caveats)


def test_deficits_count_as_nought_and_it_is_said(ask, club, world):
    result = ask(Command(indicators=("net_energy_exports_pj",)), club, panel=world)
    assert result.values["shares"]["club"]["net_energy_exports_pj"] == pytest.approx(10 / 40)
    assert any("deficits count as nought" in caveat.en for caveat in result.caveats)


def test_a_rate_has_no_share(ask, club, world):
    with pytest.raises(InputError, match="cannot be summed"):
        ask(Command(indicators=("internet_users_pct",)), club, panel=world)
    with pytest.raises(UnknownName, match="gdp_usd"):
        ask(Command(indicators=("gdp",)), club, panel=world)


def test_who_holds_more(ask, club, institution, world):
    other = institution("other", members="[SAU, FRA]", weights="{SAU: 1, FRA: 1}")
    mixed = ask(Command(indicators=("gdp_usd", "population", "net_energy_exports_pj")), club, other, panel=world)
    assert mixed.findings[0].text.en == "Club holds more of 2 of 3 capabilities; other leads in net energy exports"
    sweep = ask(Command(indicators=("gdp_usd", "population")), club, other, panel=world)
    assert sweep.findings[0].text.en.startswith("Club holds more than other of all 2 capabilities")
    assert sweep.findings[0].text.zh.startswith("全部2项实力Club均多于other")
    same = ask(Command(indicators=("gdp_usd",)), club, club, panel=world)
    assert "the same share" in same.findings[0].text.en


def test_the_capabilities_of_the_charter_come_first(ask, institution, world):
    body = institution(
        "led",
        admission="{ways: {seats: 2, criteria: {energy: {weight: 1, figure: net_energy_exports_pj, deficit: zero}}}}",
    )
    result = ask(Command(), body, panel=world)
    assert list(result.values["shares"]["led"]) == ["net_energy_exports_pj", "gdp_usd", "population"]


def test_figures_are_needed(ask, club):
    with pytest.raises(InputError, match="needs figures"):
        ask(Command(), club)
