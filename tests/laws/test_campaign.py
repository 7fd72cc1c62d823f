"""A law: a compiled run is the game on the law engine with the same seed and run, draw by draw."""

from __future__ import annotations

from collections import Counter

import pytest

import comity as co
from comity.rehearsal.parts.campaign.paths import compiled
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import frozen, game
from comity.solvers.campaign import arrays as at
from comity.solvers.campaign.playing import block
from comity.study.ask import inputs, wanting

REWARD = {"reward": "20 million USD"}
TARIFF = {"what": "tariff", "by": "USA", "against": "CHN", "amount": "100 million USD", "round": 5, "lasts": 3}
SHOCKS = [
    {"what": "absent", "by": "USA", "chance": "1/5", "lasts": 2},
    TARIFF,
    {"what": "vetoes", "by": "CHN", "chance": "1/10"},
    {"what": "walks_out", "by": "RUS", "round": 4},
    {"what": "does_not_pay", "by": "JPN", "chance": "1/2"},
]
GREEDY = {"USA": "best_response", "CHN": "spoiler:sort=greedy", "IND": "spoiler:sort=limited"}
LEAVERS = {"USA": "walk_out:patience=1:leaves_after=2", "CHN": "grim", "RUS": "free_ride", "*": "generous"}
SURE = {"false_alarm": 0, "miss": 0}
CASES = [
    pytest.param("g5", 0, {"rounds": 16, "terms": SURE}, id="deterministic"),
    pytest.param("g5", 7, {"rounds": 16}, id="noise"),
    pytest.param("g5", 3, {"rounds": 20, "players": {"USA": "hold_out", "CHN": "hedger", "*": "concede"}}, id="talks"),
    pytest.param("g5", 1, {"rounds": 24, "items": 1, "players": LEAVERS, "terms": REWARD}, id="exit"),
    pytest.param("g5", 2, {"rounds": 20, "players": GREEDY, "shocks": SHOCKS, "terms": REWARD}, id="shocks"),
    pytest.param("g5", 4, {"rounds": 16, "players": {"*": "spoiler"}, "terms": {"then": "suspend"}}, id="suspension"),
    pytest.param("g7", 5, {"rounds": 10, "players": {"*": "hedger"}}, id="g7"),
    pytest.param("unsc", 1, {"rounds": 4}, id="unsc"),
    pytest.param("eu-council", 1, {"rounds": 4, "players": {"*": "generous"}}, id="eu-council"),
]


def _table(name, run, options):
    body = co.load(name)
    given = wanting(inputs(body, seed=11), None)
    problem = frozen(body, given.wanted(), run=run, seed=11, **options)
    return game(problem, body, given.wanted(), panel=given.panel)


def _engine(table):
    """What the game on the law engine counts, issue by issue, clause by clause and member by member."""
    topics, clauses, codes = list(table.topics), list(table.driver.state.law.clauses), list(table.members)
    played = play(table, lambda _done, _total, _note: None)
    ledger = played.ledger

    def source(clause):
        made = clause.rpartition("_")[0].rpartition("_")[0]
        return made if made in topics else clause

    found = {}
    for name in [*topics, *clauses]:
        done = [row for row in ledger.performance if source(row["clause"]) == name]
        fresh = [row for row in done if row["before"] in {"in_force", "unverified", "due"}]
        breaches = [row for row in ledger.breaches if source(row["clause"]) == name]
        noticed = [row for row in breaches if row["outcome"] in {"noticed", "reminded"}]
        decided = [row for row in ledger.decisions if row["issue"] == name and row["text"] is not None]
        found[name] = {
            "adopted": sum(row["outcome"] == "adopted" for row in decided),
            "put": len(decided),
            "due": len(fresh),
            "kept": sum(row["effort"] >= 1 for row in fresh),
            "reported": sum(row["reported"] == "kept" for row in fresh),
            "false_alarms": sum(row["error"] == "false_alarm" for row in done),
            "misses": sum(row["error"] == "miss" for row in done),
            "cured": sum(row["after"] == "cured" for row in done),
            "notices": len(noticed),
            "false_notices": sum(row["true"] is False for row in noticed),
            "renegotiated": sum(row["outcome"] == "in_force" for row in breaches),
            "suspended": sum(row["outcome"] == "suspended" for row in breaches),
        }
    moved = Counter()
    for row in ledger.payments:
        moved[row["member"], row["sort"] == "reward"] += row["amount"]
    found["text"] = {name: None if name not in played.stands else int(played.stands[name] * 1000) for name in topics}
    found["money"] = {each: (round(moved[each, False], 2), round(moved[each, True], 2)) for each in codes}
    found["exits"] = {each: next((r["round"] for r in ledger.exits if r["member"] == each), 0) for each in codes}
    net = {each: sum(row["net"] for row in ledger.payoffs if row["member"] == each) for each in codes}
    trust = [float(ledger.trust_in(one, other)) for one in codes for other in codes if one != other]
    return found, net, trust, len(ledger.rounds)


COUNTED = {
    "adopted": at.ADOPTED, "put": at.PUT, "due": at.FELL_DUE, "kept": at.DELIVERED, "reported": at.REPORTED,
    "false_alarms": at.FALSE_ALARMS, "misses": at.MISSES, "cured": at.CURED, "notices": at.NOTICES,
    "false_notices": at.FALSE_NOTICES, "renegotiated": at.RENEGOTIATED, "suspended": at.SUSPENDED,
}  # fmt: skip


def _compiled(table, run):
    topics, clauses, codes = list(table.topics), list(table.driver.state.law.clauses), list(table.members)
    kept = block(compiled(table), run, 1)
    found = {
        name: {word: int(kept.counts[0, place, which]) for word, which in COUNTED.items()}
        for place, name in enumerate([*topics, *clauses])
    }
    texts = [int(each) for each in kept.text[0]]
    found["text"] = {name: None if text < 0 else text for name, text in zip(topics, texts, strict=True)}
    cents = kept.cents[0] / 1e8
    found["money"] = {each: tuple(round(float(part), 2) for part in cents[place]) for place, each in enumerate(codes)}
    found["exits"] = {each: int(kept.exits[0, place, 0]) for place, each in enumerate(codes)}
    worth = kept.worth[0]
    net = {each: worth[p, 0] - worth[p, 1] - worth[p, 2] + cents[p, 1] - cents[p, 0] for p, each in enumerate(codes)}
    counts = kept.trust[0] / 65536
    trust = [
        float((counts[i, j, 0] + 1) / (counts[i, j].sum() + 2))
        for i in range(len(codes)) for j in range(len(codes)) if i != j
    ]  # fmt: skip
    return found, net, trust, int(kept.over[0])


@pytest.mark.parametrize(("name", "run", "options"), CASES)
def test_a_compiled_run_is_the_game_on_the_law_engine(name, run, options):
    found, net, trust, rounds = _compiled(_table(name, run, options), run)
    law, law_net, law_trust, law_rounds = _engine(_table(name, run, options))
    assert found == law
    assert rounds == law_rounds
    assert net == pytest.approx(law_net, rel=1e-9, abs=1e-6)
    assert trust == pytest.approx(law_trust, abs=1e-9)


def test_the_cases_have_something_to_compare():
    law, *_ = _engine(_table(*CASES[3].values))
    assert sum(law["exits"].values()) > 0
    law, *_ = _engine(_table(*CASES[4].values))
    assert sum(part for _, part in law["money"].values()) > 0
    assert sum(law[name]["renegotiated"] for name in law["text"]) > 0
