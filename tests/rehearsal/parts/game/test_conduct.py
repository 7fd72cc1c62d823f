"""The conduct of business: written on a line, frozen with the problem, and off unless it is asked for."""

from __future__ import annotations

import pytest

import comity
from comity.kernel.errors import InputError, NotComputable
from comity.rehearsal.parts.game.agenda import RANKS, divides, sensitivity
from comity.rehearsal.parts.game.conduct import Conduct, conduct, shown
from comity.rehearsal.parts.game.log import header, line, read, replay


def test_what_is_written_is_read_and_shown_again():
    assert conduct("delay=2") == Conduct(delay=2)
    assert conduct(shown(Conduct(delay=3))) == Conduct(delay=3)
    assert shown(Conduct()) == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [("delay", "'delay' is no part"), ("speed=2", "speed: there is no such"), ("delay=99", "delay")],
)
def test_what_cannot_be_read_is_said(written, said):
    with pytest.raises(InputError, match=said):
        conduct(written)


def test_at_its_defaults_it_changes_no_digest(played):
    game, _ = played(rounds=1)
    assert "conduct" not in game.problem.model_dump()
    assert played(rounds=1, conduct="delay=0")[0].problem.digest == game.problem.digest
    assert played(rounds=1, conduct="delay=1")[0].problem.digest != game.problem.digest


def test_compiled_games_refuse_it_and_many_games_then_play_on_the_law_engine():
    with pytest.raises(NotComputable, match="a conduct of business with delay=2"):
        comity.rehearse(comity.load("g5"), runs=2, rounds=2, conduct="delay=2", path="compiled")
    found = comity.rehearse(comity.load("g5"), runs=2, rounds=2, conduct="delay=2")
    assert found.values["path"] == "law engine"


def test_reports_come_as_many_rounds_later_as_was_asked(played):
    sure = {"false_alarm": 0, "miss": 0}
    late, log = played(conduct="delay=2", terms=sure, rounds=9, players={"IND": "spoiler:sort=total"})
    assert late.ledger.performance
    assert {row["round"] - row["done"] for row in late.ledger.performance} == {2}
    assert min(row["round"] for row in late.ledger.breaches) >= 4
    usual, _ = played(terms=sure, rounds=9, players={"IND": "spoiler:sort=total"})
    first = [min(row["round"] for row in each.ledger.breaches) for each in (usual, late)]
    assert first[1] == first[0] + 2
    assert {each.round for each in late.verdicts} == {8, 9}
    costs = [row["cost"] for row in late.ledger.payoffs if row["round"] == first[0] and row["member"] == "JPN"]
    assert costs == [row["cost"] for row in usual.ledger.payoffs if row["round"] == first[0] and row["member"] == "JPN"]
    kept = read([line(header(late.problem)), *(line(entry) for entry in log)], "log")
    assert replay(kept, comity.load("g5")) == late.driver.state
    _, other = played(
        conduct="delay=2", terms=sure, rounds=9, players={"IND": "spoiler:sort=total"}, known=kept.answers
    )
    assert [line(each) for each in other] == [line(each) for each in log]
    assert [entry for entry in log if "flags" in entry] == []


def again(played, game, log, law="g5", **given):
    """A game replayed from its log, and taken up again from it, is the same."""
    kept = read([line(header(game.problem)), *(line(entry) for entry in log)], "log")
    charter = comity.load(law) if isinstance(law, str) else law
    assert replay(kept, charter) == game.driver.state
    _, other = played(charter, known=kept.answers, **given)
    assert [line(each) for each in other] == [line(each) for each in log]
    assert [entry for entry in log if "flags" in entry] == []


UNPAID = [
    {"what": "does_not_pay", "by": "USA", "round": 1, "lasts": 20},
    {"what": "leaves", "by": "USA", "round": 2},
]
PAID = {"reward": "20 million USD", "false_alarm": 0, "miss": 0}


def test_what_a_member_left_unpaid_is_shared_again_among_the_others_under_the_charters_rule(played):
    given = {"terms": PAID, "rounds": 10, "shocks": UNPAID, "conduct": "shortfall=yes"}
    game, log = played(**given)
    short, _ = played(**{**given, "conduct": None})
    assert {row["member"] for row in game.ledger.gaps} == {"USA"}
    got = [sum(r["amount"] for r in each.ledger.payments if r["sort"] == "contribution") for each in (game, short)]
    assert got[0] > got[1]
    first = next(row["round"] for row in game.ledger.gaps)
    day = game.problem.day(first)
    asked = {m: [each.amount for each in dues if each.due == day] for m, dues in game.driver.state.dues.items()}
    extra = sum(sum(amounts) for member, amounts in asked.items() if member != "USA")
    assert float(extra / 10**6) >= game.ledger.gaps[0]["amount"] - 1e-6
    again(played, game, log, **given)


def test_a_fund_that_shrinks_goes_without_the_share_of_whoever_left(played, g5):
    fund = g5.funds["common_fund"].model_copy(update={"shortfall": "shrink"})
    law = g5.model_copy(update={"funds": {**g5.funds, "common_fund": fund}})
    given = {"terms": PAID, "rounds": 10, "shocks": UNPAID[1:]}
    games = [played(law, **given, conduct=each)[0] for each in ("shortfall=yes", None)]
    after = [
        sum(r["amount"] for r in game.ledger.payments if r["sort"] == "contribution" and r["round"] > 5)
        for game in games
    ]
    assert "USA" not in games[0].members
    assert 0 < after[0] < after[1]


def test_a_charter_that_says_nothing_of_a_shortfall_is_refused(played):
    with pytest.raises(InputError, match="no fund that says what follows"):
        played(comity.load("g7"), conduct="shortfall=yes")


def test_a_suspended_promise_runs_again_once_the_member_keeps_its_word(played):
    lapse = [{"what": "does_not_deliver", "by": "IND", "round": 2}]
    terms = {"false_alarm": 0, "miss": 0, "then": "suspend", "within": 4, "grace": 1}
    given = {"terms": terms, "rounds": 9, "shocks": lapse, "players": {"IND": "grim"}}
    found, log = played(**given, conduct="resumes=1")
    made = [entry["event"] for entry in log if "event" in entry and entry["event"].kind == "clause_resumed"]
    assert made
    assert all(each.obligor == "IND" for each in made)
    again(played, found, log, **given, conduct="resumes=1")
    _, usual = played(**given)
    assert not [e for e in usual if "event" in e and e["event"].kind == "clause_resumed"]


def _opened(game, round_):
    """Who tabled the first text on each issue of a round."""
    first = {}
    for row in game.ledger.offers:
        if row["round"] == round_:
            first.setdefault(row["issue"], row["member"])
    return first


def test_issues_that_divide_least_come_first(played):
    given = {"rounds": 4, "items": 3, "conduct": "agenda=low_first"}
    game, log = played(**given)
    council = [row["issue"] for row in game.ledger.decisions if row["round"] == 1 and row["organ"] == "council"]
    issues = list(dict.fromkeys(council))
    known = [topic for topic in game.topics.values() if topic.organ == "council"]
    ordered = [(RANKS.index(sensitivity(game, game.topics[each])), divides(game.topics[each])) for each in issues]
    assert ordered == sorted(ordered)
    least = min((RANKS.index(sensitivity(game, each)), divides(each)) for each in known)
    assert ordered[0] == least
    usual, _ = played(rounds=4, items=3)
    assert [row["issue"] for row in usual.ledger.decisions if row["round"] == 1] != [
        row["issue"] for row in game.ledger.decisions if row["round"] == 1
    ]
    again(played, game, log, **given)


def test_no_member_opens_more_of_a_session_than_its_share(played):
    given = {"rounds": 3, "items": 3, "players": {"*": "hold_out:share=0"}}
    usual, _ = played(**given)
    game, log = played(**given, conduct="cap=1/3")
    assert any(len(set(_opened(usual, number).values())) == 1 for number in (1, 2, 3))
    for number in (1, 2, 3):
        organs = {row["issue"]: row["organ"] for row in game.ledger.decisions if row["round"] == number}
        for organ in set(organs.values()):
            first = [who for issue, who in _opened(game, number).items() if organs[issue] == organ]
            assert len(first) == len(set(first)) > 0
    again(played, game, log, **given, conduct="cap=1/3")


def test_the_conduct_is_told_in_both_languages(g5):
    found = comity.rehearse(g5, rounds=1, conduct="agenda=low_first,cap=1/2,delay=1,shortfall=yes")
    for lang in ("en", "zh"):
        said = " ".join(each.of(lang) for each in found.caveats)
        assert ("50 per cent" if lang == "en" else "50%") in said
        assert ("least to the most sensitive" if lang == "en" else "由低到高") in said
