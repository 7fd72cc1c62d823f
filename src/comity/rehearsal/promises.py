"""Promises: performance, noisy verification, notice of breach, cure, other terms, suspension - and what all yield.

A member decides whether it delivers; the verifier sees it, and errs as often as the clause says. Everybody else knows
only what the verifier reports.

Source:
    Green and Porter (1984), "Noncooperative collusion under imperfect price information", Econometrica 52(1), for
    games in which what was done is observed with error; ILC Articles on State Responsibility, Articles 42 to 45.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.kernel.quantity import Duration, Money
from comity.model.clause import Clause
from comity.model.seat import PASS, Move, Span
from comity.procedure import Determination, legal
from comity.procedure.state import Duty
from comity.rehearsal import funds
from comity.rehearsal.problem import days

if TYPE_CHECKING:
    from comity.rehearsal.play import Play

ASKED = frozenset({"in_force", "unverified", "breached", "noticed", "renegotiating"})
"""Stages in which performance still counts."""
NOUGHT, ONE = Fraction(0), Fraction(1)


def performed(game: Play) -> tuple[int, int]:
    """Promises that are due: who keeps them, and what the verifier reports; how many it reports kept and broken."""
    kept = broken = 0
    for name, obligor, clause, duty in list(_due(game)):
        fresh = duty.state in {"in_force", "unverified"}
        effort = _effort(game, name, obligor, clause, duty)
        reported, error = _verified(game, name, obligor, clause, effort)
        value = clause.renewed(duty.due, duty.value).reached(reported)
        found = game.driver.conduct(
            "measured", by=f"verifier:{clause.verified.by}", clause=name, obligor=obligor, value=value
        )
        if fresh:
            game.ledger.report(game.round, obligor, kept=reported >= 1)
            kept, broken = kept + (reported >= 1), broken + (reported < 1)
        game.ledger.performance.append(
            {
                "round": game.round,
                "clause": name,
                "issue": _issue(game, name, clause),
                "member": obligor,
                "before": duty.state,
                "effort": float(effort),
                "reported": "kept" if reported >= 1 else "broken",
                "error": error,
                "after": game.driver.state.duties[name, obligor].state,
            }
        )
        funds.rewarded(game, name, obligor, clause, found)
    return kept, broken


def _due(game: Play) -> Iterator[tuple[str, str, Clause, Duty]]:
    """The promises on which performance is due by this round and looked at in it, of those who are members still."""
    state, day = game.driver.state, game.problem.day(game.round)
    for (name, obligor), duty in sorted(state.duties.items()):
        clause = state.law.clauses.get(name)
        if clause is None or obligor not in state.members or duty.state not in ASKED or (duty.due or clause.by) > day:
            continue
        every = max(round(days(clause.verified.every) / days(game.problem.every)), 1)
        since = next(each for each in range(1, game.round + 1) if game.problem.day(each) >= (duty.due or clause.by))
        if (game.round - since) % every == 0:
            yield name, obligor, clause, duty


def _issue(game: Play, name: str, clause: Clause) -> str:
    """The issue of the stakes that a promise is about."""
    made = name.rpartition("_")[0].rpartition("_")[0]
    if made in game.topics:
        return made
    return next((each.issue for each in game.topics.values() if each.matter == clause.issue), clause.issue)


def _effort(game: Play, name: str, obligor: str, clause: Clause, duty: Duty) -> Fraction:
    move = Move(
        f"perform:{name}",
        "measured",
        clause.where,
        {"clause": name, "obligor": obligor},
        {"effort": Span(NOUGHT, ONE, "of what is owed")},
    )
    known = {
        "clause": name,
        "issue": _issue(game, name, clause),
        "stage": duty.state,
        "due": duty.due or clause.by,
        "noticed": duty.state in {"noticed", "renegotiating"},
        "worth": _worth(game, name, obligor, clause),
        "reward": None if clause.reward is None else str(clause.reward.amount),
        **game.ledger.seen(obligor),
    }
    return game.driver.ask("perform", obligor, (move,), known, name).values["effort"]


def _worth(game: Play, name: str, obligor: str, clause: Clause) -> int:
    """What delivering is worth: by the good where it is valued, else by whether the text that stands is wanted."""
    topic = game.topics.get(_issue(game, name, clause))
    if topic is None:
        return 1
    if topic.good is None:
        want = topic.wants.get(obligor)
        if want is None:
            return 1
        return int(want.share(game.standing(topic.issue), topic.status_quo, first=True) >= 0)
    reward = NOUGHT if clause.reward is None else millions(clause.reward.amount) / game.problem.years
    return topic.good.worth(obligor, clause.obligor, reward)


def millions(money: Money) -> Fraction:
    """An amount in millions of its currency."""
    return money.amount / 10**6


def _verified(game: Play, name: str, obligor: str, clause: Clause, effort: Fraction) -> tuple[Fraction, str]:
    """What the verifier reports, and its error: it may overlook a failure, or report one that is none."""
    kept = effort >= 1
    chance = (clause.verified.false_alarm if kept else clause.verified.miss) or NOUGHT
    drawn = game.driver.draw(f"rehearsal.verification.{name}", obligor)
    if drawn * chance.denominator >= chance.numerator * 2**32:
        return effort, ""
    return (NOUGHT, "false_alarm") if kept else (ONE, "miss")


def answered(game: Play) -> int:
    """Breaches and what the other members do about them, and talks on other terms; how many notices were given."""
    notices = 0
    for (name, obligor), duty in sorted(game.driver.state.duties.items()):
        if duty.state == "breached":
            notices += _enforced(game, name, obligor)
        elif duty.state == "renegotiating":
            _other_terms(game, name, obligor)
        elif duty.state == "owing":
            funds.owing(game, name, obligor)
    return notices


def _enforced(game: Play, name: str, obligor: str) -> int:
    """The other members are asked in turn until one acts on a breach."""
    members = game.members
    for member in (*members[game.round % len(members) :], *members[: game.round % len(members)]):
        if member == obligor:
            continue
        moves = [
            move for move in _over(game, member, name, obligor) if move.kind in {"notice_given", "clause_suspended"}
        ]
        if not moves:
            return 0
        known = {"clause": name, "obligor": obligor, **game.ledger.seen(member)}
        said = game.driver.ask("enforce", member, (*moves, PASS), known, f"{name}.{obligor}")
        if said.answer.move == "pass":
            continue
        move = next(each for each in moves if each.id == said.answer.move)
        found = game.driver.apply(move.event(f"member:{member}", game.driver.state.on))
        true = next(
            (
                row["error"] != "false_alarm"
                for row in reversed(game.ledger.performance)
                if row["clause"] == name and row["member"] == obligor
            ),
            None,
        )
        _noted(game, name, obligor, member, found, true=true)
        return int(move.kind == "notice_given")
    return 0


def _over(game: Play, holder: str, name: str, obligor: str) -> list[Move]:
    """What one member may do about another's promise."""
    fixed = {"clause": name, "obligor": obligor}
    return [move for move in legal(game.driver.state, f"member:{holder}") if move.fixed == fixed]


def _noted(
    game: Play, name: str, obligor: str, by: str, found: tuple[Determination, ...], *, true: bool | None
) -> None:
    row = {
        "round": game.round,
        "clause": name,
        "member": obligor,
        "by": by,
        "outcome": found[-1].outcome if found else "",
    }
    game.ledger.breaches.append({**row, "true": true})


def _other_terms(game: Play, name: str, obligor: str) -> None:
    """The obligor offers to deliver later; whoever gave notice agrees or does not (Vienna Convention, Article 39)."""
    moves = [move for move in _over(game, obligor, name, obligor) if move.kind == "clause_renegotiated"]
    noted = [row["by"] for row in game.ledger.breaches if row["clause"] == name and row["member"] == obligor]
    partner = next((each for each in reversed(noted) if each in game.members), None)
    if not moves or partner is None:
        return
    every = game.problem.every
    due = Duration(every.number * game.problem.terms.within, every.unit).after(game.problem.day(game.round))
    consent = Move(f"consent:{name}:{obligor}", "", moves[0].article, {}, {"consent": ("agrees", "refuses")})
    known = {"clause": name, "obligor": obligor, "due": due, **game.ledger.seen(partner)}
    said = game.driver.ask("consent", partner, (consent,), known, f"{name}.{obligor}")
    if said.values["consent"] == "agrees":
        open_terms = replace(moves[0], slots={"due": "the new day"})
        found = game.driver.apply(open_terms.event(f"member:{obligor}", game.driver.state.on, due=due))
        _noted(game, name, obligor, partner, found, true=None)


def scored(game: Play) -> None:
    """What each member has of a round: texts by its stakes, and money where the good is valued."""
    efforts: dict[str, dict[str, Fraction]] = {}
    for row in reversed(game.ledger.performance):
        if row["round"] != game.round:
            break
        efforts.setdefault(row["issue"], {}).setdefault(row["member"], Fraction(row["effort"]))
    years = game.problem.years
    for member in game.members:
        gain = cost = NOUGHT
        for issue, done in efforts.items():
            good = game.topics[issue].good if issue in game.topics else None
            if good is not None:
                gain += good.gain(member, done) * years
                cost += good.cost.get(member, NOUGHT) * done.get(member, NOUGHT) * years
        value = NOUGHT
        for issue in game.stands:
            topic = game.topics[issue]
            want = topic.wants.get(member)
            if want is not None:
                share = want.share(game.stands[issue], topic.status_quo, first=True)
                value += share * want.salience / 100
        row = {"round": game.round, "member": member, "texts": float(value), "gain": float(gain), "cost": float(cost)}
        moved = funds.moved(game, member)
        game.ledger.payoffs.append(
            {**row, **moved, "net": float(gain - cost) + moved["received"] - moved["paid"] - moved["tariffs"]}
        )
