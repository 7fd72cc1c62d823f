import pytest

from comity.analysis.absence import Absence
from comity.kernel.errors import UnknownName


def outcomes(result, decision, member):
    rows = result.table("chairs").rows()
    return {row["mode"]: row["stopped_by"] for row in rows if (row["decision"], row["member"]) == (decision, member)}


def test_under_consensus_of_those_present_only_an_objection_stops(ask, club):
    result = ask(Absence(rule="consensus"), club)
    present = outcomes(result, "club.consensus.members_present", "USA")
    assert present == {"absent": "", "abstain": "", "objects": "consent", "walked_out": "", "no": "consent"}
    everyone = outcomes(result, "club.consensus.all_members", "USA")
    assert {mode for mode, stop in everyone.items() if stop} == {"absent", "objects", "walked_out", "no"}
    said = [finding.text.en for finding in result.findings]
    assert any("an absent member stops nothing; one that objects stops everything" in each for each in said)
    assert any("one empty chair stops a decision as surely as an objection" in each for each in said)


def test_one_member_is_named(ask, club):
    result = ask(Absence(rule="consensus", reading="members_present", member="USA"), club)
    assert (
        "the United States stops nothing by staying away; its objection stops everything" in result.findings[0].text.en
    )
    assert "美国缺席阻止不了什么，反对则能阻止一切" in result.findings[0].text.zh


def test_who_walks_out_counts_for_opening_and_not_for_deciding(ask, institution):
    body = institution("strict", quorum="{open: 1, decide: 1, of: members}")
    result = ask(Absence(rule="majority"), body)
    found = outcomes(result, "strict.majority.as_written", "JPN")
    assert found == {"absent": "opening", "abstain": "", "objects": "", "walked_out": "quorum", "no": ""}
    opens = {row["mode"]: row["opens"] for row in result.table("chairs").rows() if row["member"] == "JPN"}
    assert (opens["absent"], opens["walked_out"]) == ("no", "yes")


def test_a_quorum_of_more_than_a_share_is_not_reached_by_that_share(ask, institution):
    body = institution(
        "half", members="[USA, CHN]", weights="{USA: 1, CHN: 1}", quorum="{open: {more_than: 1/2}, of: members}"
    )
    assert outcomes(ask(Absence(rule="majority"), body), "half.majority.as_written", "USA")["absent"] == "opening"


def test_a_veto_is_named_only_where_the_threshold_was_reached(ask, institution):
    held = institution("held", veto="[CHN]")
    result = ask(Absence(rule="majority"), held)
    assert outcomes(result, "held.majority.as_written", "CHN")["no"] == "veto"
    assert outcomes(result, "held.majority.as_written", "CHN")["abstain"] == ""
    assert outcomes(result, "held.majority.as_written", "USA")["no"] == ""
    assert "no empty chair stops a decision; an objection by China does" in result.findings[0].text.en
    pair = institution("pair", members="[USA, CHN]", weights="{USA: 1, CHN: 1}", veto="[CHN]")
    assert outcomes(ask(Absence(rule="majority"), pair), "pair.majority.as_written", "CHN")["no"] == "threshold"


def test_who_gains_while_a_chair_is_empty(ask, club):
    result = ask(Absence(rule="budget", member="USA"), club)
    gains = {row["member"]: (row["before"], row["after"]) for row in result.table("gains").rows()}
    assert gains["RUS"] == (pytest.approx(2 / 15), 0.25)
    assert gains["CHN"] == (pytest.approx(0.3), 0.25)
    assert result.findings[-1].text.en.startswith("Japan, India and Russia gain most from an empty chair")


def test_verdicts_depend_on_who_it_is(ask, institution):
    heavy = institution("heavy", weights="{USA: 40, CHN: 20, JPN: 20, IND: 10, RUS: 10}")
    result = ask(Absence(rule="budget"), heavy)
    modes = {row["mode"]: (row["verdict"], row["count"]) for row in result.table("modes").rows()}
    assert modes["absent"] == ("depends", "1/5")
    assert "only the United States can stop a decision" in result.findings[0].text.en


def test_one_mode_and_unknown_members(ask, club):
    result = ask(Absence(mode="walked_out", rule="majority"), club)
    assert {row["mode"] for row in result.table("chairs").rows()} == {"walked_out"}
    assert "when one member walks out, the proposal is stopped by nobody" in result.findings[0].text.en
    with pytest.raises(UnknownName, match="FRA"):
        ask(Absence(member="FRA"), club)


def test_large_bodies_name_the_heaviest(ask, large):
    result = ask(Absence(), large)
    assert len({row["member"] for row in result.table("chairs").rows()}) == 12
    assert [table.name for table in result.tables] == ["modes", "chairs"]
    assert any("Who gains power is not counted here" in caveat.en for caveat in result.caveats)
    assert {row["members"] for row in result.table("modes").rows()} == {60}


def test_one_chair_of_a_large_body_can_be_asked_for(ask, large):
    result = ask(Absence(member="USA", rule="majority"), large)
    assert {row["member"] for row in result.table("chairs").rows()} == {"USA"}
    assert {row["after"] for row in result.table("gains").rows()} == {1 / 59}


def test_every_cell_is_what_the_rule_itself_decides(ask, club):
    result = ask(Absence(), club)
    for row in result.table("chairs").rows():
        _, name, reading = row["decision"].split(".")
        _, rule = club.rule(name).readings()[reading]
        choice = "absent" if row["mode"] == "walked_out" else row["mode"]
        ballots = dict.fromkeys(club.members_on(club.as_of), "yes") | {row["member"]: choice}
        ruling = rule.decide(ballots, on=club.as_of, quorum=club.quorum(name))
        assert (ruling.outcome, bool(ruling.vetoed_by)) == (row["outcome"], row["stopped_by"] == "veto"), row
