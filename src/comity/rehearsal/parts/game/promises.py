"""Promises: performance, noisy verification, notice of breach, cure, other terms, suspension - and what all yield.

A member decides whether it delivers; the verifier sees it, and errs as often as the clause says. Everybody else knows
only what the verifier reports.

Source:
    Green and Porter (1984), "Noncooperative collusion under imperfect price information", Econometrica 52(1), for
    games in which what was done is observed with error; ILC Articles on State Responsibility, Articles 42 to 45.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from comity.kernel.quantity import Duration
from comity.model.clause import Clause
from comity.model.seat import PASS, Move, Span
from comity.procedure import Determination, legal
from comity.procedure.duties import WORDS
from comity.procedure.state import Duty
from comity.rehearsal.parts.game import funds
from comity.rehearsal.parts.game.play import Play, Verdict
from comity.rehearsal.parts.game.problem import days

ASKED = frozenset({"in_force", "unverified", "breached", "noticed", "renegotiating"})
"""Stages in which performance still counts."""
JUDGED = ASKED | {"suspended"}
"""Stages in which a verdict still counts."""
NOUGHT, ONE = Fraction(0), Fraction(1)


class Promise(NamedTuple):
    """A clause as one obligor owes it."""

    name: str
    obligor: str
    clause: Clause
    duty: Duty

    @property
    def due(self) -> datetime.date:
        """The day by which it is due, as it was last agreed."""
        return self.duty.due or self.clause.by


def performed(game: Play) -> tuple[int, int]:
    """Promises that are due: who keeps them, and what the verifier reports; how many it reports kept and broken.

    All decide before anything is reported: what is done in a round is known in the next, or as much later as the
    conduct of the game has it.
    """
    due = list(_due(game))
    efforts = [_effort(game, promise) for promise in due]
    for promise, effort in zip(due, efforts, strict=True):
        reported, error = _verified(game, promise, effort)
        issue, stage = _issue(game, promise), promise.duty.state
        game.verdicts.append(Verdict(game.round, promise.name, promise.obligor, issue, stage, effort, reported, error))
        row = {"round": game.round, "issue": issue, "member": promise.obligor, "effort": float(effort)}
        game.ledger.done.append(row)
    known = game.round - game.problem.conduct.delay
    now = [each for each in game.verdicts if each.round <= known]
    game.verdicts = [each for each in game.verdicts if each.round > known]
    said = [fresh for fresh in (_reported(game, verdict) for verdict in now) if fresh is not None]
    game.ledger.judged(game.round)
    return sum(said), len(said) - sum(said)


def _reported(game: Play, verdict: Verdict) -> bool | None:
    """The verifier reports; whether it says that a promise was kept, where this is its first word on it."""
    clause, duty = game.driver.state.law.clauses.get(verdict.clause), game.driver.state.duties[verdict.key]
    name, obligor = verdict.key
    if clause is None or obligor not in game.members or duty.state not in JUDGED:
        return None  # it came too late: the promise ended, or whoever made it left
    value = clause.renewed(duty.due, duty.value).reached(verdict.reported)
    by = f"verifier:{clause.verified.by}"
    found = game.driver.conduct("measured", by=by, clause=name, obligor=obligor, value=value)
    kept, fresh = verdict.reported >= 1, verdict.stage in {"in_force", "unverified"}
    if fresh:
        game.ledger.report(game.round, obligor, kept=kept)
    game.ledger.performance.append(
        {
            "round": game.round,
            "done": verdict.round,
            "clause": name,
            "issue": verdict.issue,
            "member": obligor,
            "before": _word(clause, verdict.stage),
            "effort": float(verdict.effort),
            "reported": "kept" if kept else "broken",
            "error": verdict.error,
            "after": _word(clause, game.driver.state.duties[name, obligor].state),
        }
    )
    if any(each.facts.get("consequence") == "reward" for each in found):
        funds.rewarded(game, name, obligor, clause)
    return kept if fresh else None


def _word(clause: Clause, stage: str) -> str:
    """A stage in the words for what binds, or for what does not."""
    return stage if clause.force == "binding" else WORDS.get(stage, stage)


def _due(game: Play) -> Iterator[Promise]:
    """The promises on which performance is due by this round and looked at in it, of those who are members still."""
    state, problem, out = game.driver.state, game.problem, {each.key for each in game.verdicts}
    for (name, obligor), duty in sorted(state.duties.items()):
        clause = state.law.clauses.get(name)
        if clause is None or obligor not in state.members or duty.state not in ASKED or (name, obligor) in out:
            continue
        promise = Promise(name, obligor, clause, duty)
        since = next((each for each in range(1, game.round + 1) if problem.day(each) >= promise.due), None)
        every = max(round(days(clause.verified.every) / days(problem.every)), 1)
        if since is not None and (game.round - since) % every == 0:
            yield promise


def _issue(game: Play, promise: Promise) -> str:
    """The issue of the stakes that a promise is about."""
    made = promise.name.rpartition("_")[0].rpartition("_")[0]
    if made in game.topics:
        return made
    matter = promise.clause.issue
    return next((each.issue for each in game.topics.values() if each.matter == matter), matter)


def _effort(game: Play, promise: Promise) -> Fraction:
    """How much of what it owes a member does."""
    name, obligor, clause, duty = promise
    fixed, slot = {"clause": name, "obligor": obligor}, Span(NOUGHT, ONE, "of what is owed")
    move = Move(f"perform:{name}", "measured", clause.where, fixed, {"effort": slot})
    known = {
        "clause": name,
        "issue": _issue(game, promise),
        "stage": duty.state,
        "due": promise.due,
        "noticed": duty.state in {"noticed", "renegotiating"},
        "worth": _worth(game, promise),
        "reward": None if clause.reward is None else str(clause.reward.amount),
        **game.ledger.seen(obligor),
    }
    return game.driver.ask("perform", obligor, (move,), known, key=name).values["effort"]


def _worth(game: Play, promise: Promise) -> int:
    """What delivering is worth: by the good where it is valued, else by whether the text that stands is wanted."""
    topic, clause = game.topics.get(_issue(game, promise)), promise.clause
    if topic is None:
        return 1
    good = game.good(topic.issue)
    if good is None:
        want = topic.wants.get(promise.obligor)
        if want is None:
            return 1
        return int(want.share(game.standing(topic.issue), topic.status_quo, first=True) >= 0)
    reward = NOUGHT if clause.reward is None else clause.reward.amount.amount / 10**6 / game.problem.years
    return good.worth(promise.obligor, clause.obligor, reward)


def _verified(game: Play, promise: Promise, effort: Fraction) -> tuple[Fraction, str]:
    """What the verifier reports, and its error: it may overlook a failure, or report one that is none."""
    kept, verified = effort >= 1, promise.clause.verified
    chance = (verified.false_alarm if kept else verified.miss) or NOUGHT
    drawn = game.driver.draw(f"rehearsal.verification.{promise.name}", promise.obligor)
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
        elif duty.state == "suspended":
            _taken_back(game, name, obligor)
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
        said = game.driver.ask("enforce", member, (*moves, PASS), known, key=f"{name}.{obligor}")
        if said.answer.move == "pass":
            continue
        move = next(each for each in moves if each.id == said.answer.move)
        found = game.driver.apply(move.event(f"member:{member}", game.driver.state.on))
        _noted(game, (name, obligor), member, found)
        return int(move.kind == "notice_given")
    return 0


def _over(game: Play, holder: str, name: str, obligor: str) -> list[Move]:
    """What one member may do about another's promise."""
    fixed = {"clause": name, "obligor": obligor}
    return [move for move in legal(game.driver.state, f"member:{holder}") if move.fixed == fixed]


def _noted(game: Play, duty: tuple[str, str], by: str, found: tuple[Determination, ...]) -> None:
    """What was done about a promise, and whether the verdict that it rests on was no false alarm."""
    name, obligor = duty
    judged = (row for row in reversed(game.ledger.performance) if (row["clause"], row["member"]) == duty)
    true = next((row["error"] != "false_alarm" for row in judged), None)
    outcome = found[-1].outcome if found else ""
    row = {"round": game.round, "clause": name, "member": obligor, "by": by, "outcome": outcome, "true": true}
    game.ledger.breaches.append(row)


def _other_terms(game: Play, name: str, obligor: str) -> None:
    """The obligor offers to deliver later; whoever gave notice agrees or does not (Vienna Convention, Article 39)."""
    moves = [move for move in _over(game, obligor, name, obligor) if move.kind == "clause_renegotiated"]
    done = [row for row in game.ledger.breaches if row["clause"] == name and row["member"] == obligor]
    noted = [row["by"] for row in done]
    agreed = sum(row["outcome"] == "in_force" for row in done)
    partner = next((each for each in reversed(noted) if each in game.members), None)
    if not moves or partner is None:
        return
    every = game.problem.every
    due = Duration(every.number * game.problem.terms.within, every.unit).after(game.problem.day(game.round))
    consent = Move(f"consent:{name}:{obligor}", "", moves[0].article, {}, {"consent": ("agrees", "refuses")})
    known = {"clause": name, "obligor": obligor, "due": due, "agreed": agreed, **game.ledger.seen(partner)}
    said = game.driver.ask("consent", partner, (consent,), known, key=f"{name}.{obligor}")
    if said.values["consent"] == "agrees":
        open_terms = replace(moves[0], slots={"due": "the new day"})
        found = game.driver.apply(open_terms.event(f"member:{obligor}", game.driver.state.on, due=due))
        _noted(game, (name, obligor), partner, found)


def _taken_back(game: Play, name: str, obligor: str) -> None:
    """Whoever acted on a breach is asked to let a suspended promise run again, once its obligor keeps its word anew."""
    needed, kept = game.problem.conduct.resumes, game.ledger.in_a_row[obligor]
    if not needed or kept < needed or obligor not in game.members:
        return
    done = [row for row in game.ledger.breaches if (row["clause"], row["member"]) == (name, obligor)]
    others = [each for each in game.members if each != obligor]
    holder = next((row["by"] for row in reversed(done) if row["by"] in others), others[game.round % len(others)])
    moves = [move for move in _over(game, holder, name, obligor) if move.kind == "clause_resumed"]
    if not moves:
        return
    agreed = sum(row["outcome"] == "in_force" for row in done)
    known = {"clause": name, "obligor": obligor, "in_a_row": kept, "agreed": agreed, **game.ledger.seen(holder)}
    said = game.driver.ask("resume", holder, (*moves, PASS), known, key=f"{name}.{obligor}")
    if said.answer.move != "pass":
        found = game.driver.apply(moves[0].event(f"member:{holder}", game.driver.state.on))
        _noted(game, (name, obligor), holder, found)


def scored(game: Play) -> None:
    """What each member has of a round: texts by its stakes, and money where the good is valued."""
    efforts: dict[str, dict[str, Fraction]] = {}
    for row in reversed(game.ledger.done):
        if row["round"] != game.round:
            break
        efforts.setdefault(row["issue"], {}).setdefault(row["member"], Fraction(row["effort"]))
    years = game.problem.years
    for member in game.members:
        gain = cost = NOUGHT
        for issue, done in efforts.items():
            good = game.good(issue)
            if good is not None:
                gain += good.gain(member, done) * years
                cost += good.cost.get(member, NOUGHT) * done.get(member, NOUGHT) * years
        value = NOUGHT
        for issue in game.stands:
            topic = game.topics[issue]
            want = topic.wants.get(member)
            if want is not None:
                nearer = abs(topic.status_quo - want.position) - abs(game.stands[issue] - want.position)
                value += nearer * want.salience / 100
        row = {"round": game.round, "member": member, "texts": float(value), "gain": float(gain), "cost": float(cost)}
        moved = funds.moved(game, member)
        game.ledger.payoffs.append(
            {**row, **moved, "net": float(gain - cost) + moved["received"] - moved["paid"] - moved["tariffs"]}
        )
