"""Agenda: published numbers through the analysis, caps, fixed chairs, prerogatives, and what is refused."""

import dataclasses

import pytest

import comity as co
from comity.analysis.agenda import Agenda
from comity.kernel.errors import InputError, UnknownName
from comity.study.ask import inputs


@pytest.fixture(scope="module")
def ask(club, wanted):
    def run(*against, body=None, **options):
        given = dataclasses.replace(inputs(body or club, against=against), stakes=wanted())
        return Agenda(**options).run(given)

    return run


@pytest.fixture(scope="module")
def found(ask):
    return ask()


def test_baron_and_ferejohn_by_majority_of_five(found):
    # T7: 1 - d (q - 1) / n for the proposer of a club of five, three to carry, at a discount of 0.9
    assert found.values["proposing"]["club.majority.as_written"]["JPN"] == pytest.approx(0.64, abs=1e-6)
    assert found.values["shares"]["club.majority.as_written"]["JPN"] == pytest.approx(0.2, abs=1e-6)


def test_unanimity_leaves_the_proposer_least(found):
    assert found.values["proposing"]["club.consensus.members_present"]["IND"] == pytest.approx(0.28, abs=1e-6)


def test_expected_shares_sum_to_one_and_follow_weight(found):
    for shares in found.values["shares"].values():
        assert sum(shares.values()) == pytest.approx(1, abs=1e-6)
    budget = found.values["shares"]["club.budget.as_written"]
    assert budget["USA"] > budget["JPN"] - 1e-9
    assert budget["JPN"] == pytest.approx(budget["IND"], abs=1e-6) == pytest.approx(budget["RUS"], abs=1e-6)


def test_a_fixed_chair_under_consensus_takes_everything(found):
    frame = found.table("chairs").frame
    rows = frame.filter((frame["decision"] == "club.consensus.members_present") & (frame["chair"] == frame["member"]))
    assert rows["then"].to_list() == pytest.approx([1.0] * 5)


def test_a_single_proposer_written_in_the_charter_is_recognised_alone(institution, ask):
    body = institution("led", proposes="USA")
    shares = ask(body=body, rule="majority")
    rows = {row["member"]: row for row in shares.table("shares").frame.to_dicts()}
    assert rows["USA"]["recognition"] == 1.0
    assert rows["USA"]["origin"] == "one_member"
    assert rows["USA"]["expected"] > 0.9
    assert any("exceeds the charter's cap" in finding.text.en for finding in shares.findings)


def test_the_balanced_chance_keeps_every_share_within_the_cap(found):
    from comity.solvers.bargain.legislative import divide

    chance = found.values["balanced"]["club.majority.as_written"]
    assert 0.2 < chance < 1
    rest = (1 - chance) / 4
    shares = divide([chance, rest, rest, rest, rest], 0.9, lambda yes: yes.sum(axis=1) >= 3).expected
    assert shares.max() == pytest.approx(0.4, abs=1e-3)


def test_without_a_cap_nothing_is_balanced(institution, ask):
    body = institution("free", balance="{power_cap: 2/5, index: shapley_shubik}")
    assert set(ask(body=body).values["balanced"].values()) == {None}


def test_who_interprets_gains_at_most_the_ambiguity(ask, found):
    frame = found.table("readings").frame
    assert set(frame["holder"]) == {"USA"}
    assert frame["gain"].drop_nulls().max() <= 10.0
    wider = ask(ambiguity=30.0).table("readings").frame
    assert wider["gain"].drop_nulls().sum() > frame["gain"].drop_nulls().sum()
    assert ask(ambiguity=0.0).table("readings").frame["gain"].drop_nulls().max() == pytest.approx(0, abs=1e-9)


def test_on_an_issue_the_text_is_nearer_to_whoever_proposes(found):
    frame = found.table("proposals").frame
    assert (frame["premium"] >= -1e-9).all()
    one = {row["member"]: row for row in frame.filter(frame["issue"] == "one").to_dicts()}
    assert one["RUS"]["text"] > one["JPN"]["text"] > one["IND"]["text"]
    assert one["JPN"]["text"] == pytest.approx(50)  # the median proposes what it likes best


def test_without_patience_whoever_proposes_takes_what_the_pivot_prefers_to_nothing(ask):
    # status quo 0, positions 10 40 50 60 80, three of five: the third most willing (50) takes up to 100
    frame = ask(discount=0.0, issues=("one",)).table("proposals").frame
    texts = dict(zip(frame["member"], frame["text"], strict=True))
    assert texts["RUS"] == pytest.approx(80)
    assert texts["IND"] == pytest.approx(10)


def test_a_cap_that_no_chance_keeps_is_told(institution, ask):
    body = institution("narrow", balance="{agenda_cap: 1/10, power_cap: 2/5, index: shapley_shubik}")
    result = ask(body=body, rule="majority")
    assert result.values["balanced"] == {"narrow.majority.as_written": None}
    assert any("no limit on who proposes" in finding.text.en for finding in result.findings)


def test_impatience_raises_the_premium(ask):
    patient, hasty = (ask(rule="majority", discount=each).values["proposing"] for each in (1.0, 0.5))
    assert hasty["club.majority.as_written"]["JPN"] > patient["club.majority.as_written"]["JPN"]


def test_a_large_body_of_equals_has_the_closed_form():
    shares = co.analyse(co.load("unga"), "agenda", rule="other", issues=("middle_east",))
    # 193 members, 97 to carry: the proposer keeps 1 - 0.9 * 96 / 193
    assert next(iter(shares.values["proposing"].values()))["FRA"] == pytest.approx(1 - 0.9 * 96 / 193)


def test_what_cannot_be_asked_is_refused(ask):
    with pytest.raises(UnknownName, match="unanimity"):
        ask(rule="unanimity")
    with pytest.raises(InputError):
        co.analyse(co.load("g5"), "agenda", discount=1.5)


def test_the_same_seed_gives_the_same_bytes(ask, found):
    assert ask().digest == found.digest
