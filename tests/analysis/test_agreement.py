"""Agreement: zones found by hand, probabilities that behave, and what is refused."""

import dataclasses

import pytest

import comity as co
from comity.analysis.agreement import Agreement
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.study.ask import inputs


@pytest.fixture(scope="module")
def ask_club(club, wanted):
    def ask(*against, **options):
        given = dataclasses.replace(inputs(club, against=against), stakes=wanted())
        return Agreement(**{"clubs": (), "draws": 400, **options}).run(given)

    return ask


@pytest.fixture(scope="module")
def found(ask_club):
    return ask_club()


def row(result, table, **where):
    rows = [each for each in result.table(table).frame.to_dicts() if all(each[key] == where[key] for key in where)]
    assert len(rows) == 1
    return rows[0]


def test_the_zone_of_a_three_fifths_majority_is_found_by_hand(found):
    # accepted up to twice the position: 20, 80, 100, 120, 160; the third highest of these is 100
    one = row(found, "issues", issue="one")
    assert (one["zone_low"], one["zone_high"]) == (5.0, 100.0)
    assert one["probability"] == 1.0
    assert one["low"] < 1.0


def test_consensus_is_stopped_by_the_member_on_the_other_side(found):
    two = row(found, "issues", issue="two")
    assert two["zone_low"] is None
    assert two["probability"] == 0.0
    assert two["high"] > 0.0
    assert (two["core_low"], two["core_high"]) == (10.0, 90.0)
    assert next(iter(found.values["issues"]["club"]["two"]["blockers"])) == "CHN"


def test_issues_come_in_the_order_of_their_sensitivity(found):
    assert found.table("issues").frame["issue"].to_list() == ["one", "three", "two"]


def test_an_easier_rule_never_lowers_the_chances(found):
    for issue in ("one", "two", "three"):
        share = {
            each["venue"]: each["probability"]
            for each in found.table("heat").frame.to_dicts()
            if each["issue"] == issue
        }
        assert share["club.consensus"] <= share["club.two_thirds"] <= share["club.half"]
        assert share["club.half_with_veto"] <= share["club.half"]


def test_a_text_is_no_likelier_than_any_text(ask_club, found):
    for text in (20.0, 55.0, 90.0):
        asked = ask_club(text=text, least=0.0).values["probability"]["club"]
        assert all(share <= found.values["probability"]["club"][issue] for issue, share in asked.items())
    assert ask_club(text=55.0).values["probability"]["club"]["one"] == 1.0
    assert ask_club(text=85.0, issues=("one",)).values["probability"]["club"]["one"] == 1.0


def test_a_larger_step_is_no_likelier(ask_club):
    small, large = ask_club(least=1.0), ask_club(least=40.0)
    for issue, share in large.values["probability"]["club"].items():
        assert share <= small.values["probability"]["club"][issue]


def test_the_same_member_is_drawn_alike_in_every_body(ask_club, institution):
    again = institution("again")
    both = ask_club(again)
    assert both.values["probability"]["club"] == both.values["probability"]["again"]


def test_the_same_seed_gives_the_same_bytes(ask_club, found):
    assert ask_club().digest == found.digest


def test_a_club_without_enough_stakes_has_an_empty_cell_and_a_reason(ask_club, institution):
    other = institution(
        "other", members="[USA, CHN, FRA, DEU, BRA]", weights="{USA: 1, CHN: 1, FRA: 1, DEU: 1, BRA: 1}"
    )
    result = ask_club(other)
    cell = row(result, "heat", issue="one", venue="other")
    assert cell["probability"] is None
    assert "no stakes for 3 of 5 members" in cell["reason"]
    assert any("Not judged" in caveat.en for caveat in result.caveats)


def test_a_club_without_a_rule_has_an_empty_cell_and_a_reason(ask_club):
    cell = row(ask_club(co.load("ibrd"), issues=("three",)), "heat", venue="ibrd")
    assert cell["probability"] is None
    assert "has no rule for Three" in cell["reason"]


def test_an_issue_without_a_rule_is_refused_with_its_line(wanted):
    given = dataclasses.replace(inputs(co.load("ibrd")), stakes=wanted())
    with pytest.raises(InputError, match=r"mine.yaml:\d+: .*has no rule for Three"):
        Agreement(issues=("three",), clubs=()).run(given)


def test_a_body_without_rules_or_stakes_is_not_computable(wanted):
    given = dataclasses.replace(inputs(co.load("ibrd")), stakes=wanted())
    with pytest.raises(NotComputable, match=r"No issue can be judged: .* has no rule for One"):
        Agreement(clubs=()).run(given)


def test_unknown_issues_and_clubs_are_refused(ask_club):
    with pytest.raises(UnknownName, match="fisheries"):
        ask_club(issues=("fisheries",))
    with pytest.raises(UnknownName, match="g77"):
        ask_club(clubs=("g77",))


@pytest.mark.parametrize("option", [{"draws": 10}, {"least": -1}, {"text": 101.0}, {"least": 200}])
def test_options_out_of_range_are_refused(option):
    with pytest.raises(InputError):
        co.analyse(co.load("g5"), "agreement", **option)


def test_without_stakes_it_says_what_it_needs(club):
    with pytest.raises(InputError, match="needs stakes"):
        Agreement().run(inputs(club))


def test_every_figure_of_a_finding_that_was_drawn_has_an_interval_and_a_seed(found):
    for finding in found.findings:
        for figure in finding.figures.values():
            if figure.unit == "share":
                assert figure.low is not None
                assert figure.high is not None
                assert figure.low <= float(figure.value) <= figure.high
                assert (figure.n or 0) > 0
                assert figure.seed == 1


def test_the_shipped_stakes_are_judged_in_every_club_of_the_mission():
    result = co.analyse(co.load("g5"), "agreement", against=[co.load("g7")], draws=200)
    assert set(result.values["probability"]) == {"g5", "g7"}
    assert {chart.name for chart in result.charts} == {"heat", "positions"}
    assert len(result.provenance.stakes) == 1
