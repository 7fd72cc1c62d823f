from comity.analysis.vetoes import Vetoes


def standing(result, decision):
    return {row["member"]: row["standing"] for row in result.table("players").rows() if row["decision"] == decision}


def test_consensus_gives_everyone_a_veto_and_majority_nobody(ask, club):
    result = ask(Vetoes(), club)
    assert set(standing(result, "club.consensus.members_present").values()) == {"veto"}
    assert set(standing(result, "club.majority.as_written").values()) == {"ordinary"}
    found = result.values["rules"]["club.majority.as_written"]
    assert (found["winning"]["count"], found["blocking"]["count"]) == (10, 10)
    assert found["winning"]["smallest"][0] == ["USA", "CHN", "JPN"]


def test_a_veto_player_is_named_first(ask, institution):
    result = ask(Vetoes(), institution("held", veto="[CHN]"))
    assert standing(result, "held.majority.as_written")["CHN"] == "veto"
    assert result.values["rules"]["held.majority.as_written"]["blocking"]["smallest"][0] == ["CHN"]
    assert any("only China can block alone" in finding.text.en for finding in result.findings)


def test_dictators_and_dummies(ask, institution):
    result = ask(Vetoes(rule="budget"), institution("one", weights="{USA: 90, CHN: 4, JPN: 3, IND: 2, RUS: 1}"))
    held = standing(result, "one.budget.as_written")
    assert held.pop("USA") == "dictator"
    assert set(held.values()) == {"dummy"}
    assert "the United States decides alone" in result.findings[0].text.en
    assert "一家说了算" in result.findings[0].text.zh


def test_advantages_outside_the_vote_stand_apart(ask, club):
    result = ask(Vetoes(), club)
    held = {row["prerogative"]: row["holder"] for row in result.table("prerogatives").rows()}
    assert held == {"convenes": "rotating", "interprets": "USA"}
    assert any("the United States interprets the texts" in finding.text.en for finding in result.findings)


def test_the_agenda_of_one_member_is_held_against_the_cap(ask, institution):
    fair, ruled = institution("fair"), institution("ruled", proposes="USA")
    assert {row["holds"] for row in ask(Vetoes(), fair).table("agenda").rows()} == {"yes"}
    result = ask(Vetoes(), ruled)
    assert {row["right"]: row["holds"] for row in result.table("agenda").rows()} == {"proposes": "no", "chair": "yes"}
    assert any("agenda is exceeded" in finding.text.en for finding in result.findings)


def test_large_bodies_keep_their_veto_players(ask, large):
    result = ask(Vetoes(limit=1), large)
    found = result.values["rules"]["large.double.as_written"]
    assert (found["winning"], found["blocking"], found["dummy"]) == (None, None, None)
    assert found["veto"] == []
    assert "cannot all be counted yet" in result.caveats[-1].en


def test_readings_that_change_nothing_are_said_once(ask, club):
    said = [finding.text.en for finding in ask(Vetoes(rule="consensus"), club).findings]
    assert said[0] == "Club: under “Consensus” each of the 5 members can block alone"
    assert sum("Consensus" in sentence for sentence in said) == 1
