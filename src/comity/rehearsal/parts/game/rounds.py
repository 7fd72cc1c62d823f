"""The rounds of a game, in their order, and the loop that ends it.

The mechanism ends the game, never the words of a player: after the last round, or where fewer than two members are
left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from comity.model.seat import PASS
from comity.procedure import legal
from comity.rehearsal.parts.game import funds, joining, promises, retaliating, talks
from comity.rehearsal.parts.game.conditions import Condition, condition
from comity.rehearsal.parts.game.play import Play, state_digest
from comity.rehearsal.parts.game.problem import Shock
from comity.rehearsal.parts.game.wishes import Want, fine


def play(game: Play, progress: Callable[[int, int, str], None]) -> Play:
    """Play all rounds, or as many as there is time for; what is done is kept."""
    problem = game.problem
    try:
        for number in range(1, problem.rounds + 1):
            game.driver.round, game.driver.asked = number, 0
            one_round(game)
            progress(number, problem.rounds, f"round {number}")
            if len(game.members) < 2:
                game.ended = "dissolved"
                break
    except KeyboardInterrupt:
        game.ended = "interrupted"
    game.ended = game.ended or "rounds"
    game.driver.write({"end": game.ended, "rounds": len(game.ledger.rounds), "state": state_digest(game)})
    return game


def one_round(game: Play) -> None:
    """Shocks, sessions, promises, money, notices, exit - in this order, each under the charter."""
    _shocks(game)
    before = game.driver.events
    adopted = talks.sessions(game)
    joining.knocked(game)
    kept, broken = promises.performed(game)
    notices = promises.answered(game)
    paid = funds.settled(game)
    left = _leaving(game)
    game.ledger.trusted(game.round, game.members, game.driver.shocks)
    promises.scored(game)
    row: dict[str, Any] = {
        "round": game.round,
        "on": game.problem.day(game.round),
        "members": len(game.members),
        "events": game.driver.events - before,
        "adopted": adopted,
        "kept": kept,
        "broken": broken,
        "notices": notices,
        "paid": float(paid),
        "leaving": left,
        "shocks": ", ".join(f"{shock.what} {shock.whom}" for shock in game.driver.shocks),
    }
    game.ledger.rounds.append(row)


def _shocks(game: Play) -> None:
    """The shocks that begin in this round, and those that last."""
    driver = game.driver
    for number, shock in enumerate(game.problem.shocks):
        begins = shock.round == game.round
        if shock.chance is not None:
            chance = driver.draw(f"rehearsal.shock.{number}", shock.whom)
            begins = chance * shock.chance.denominator < shock.chance.numerator * 2**32
        if shock.when is not None:
            begins = number not in game.begun and _holds(condition(shock.when), game)
        if begins:
            game.begun.setdefault(number, set()).add(game.round)
    _felt(game)


def _felt(game: Play) -> None:
    """What is felt from outside in this round: shocks, and where it was asked for the answers to them."""
    driver, problem = game.driver, game.problem
    driver.shocks = tuple(problem.struck(game.begun, game.round, game.taken_back))
    elections = [shock for shock in driver.shocks if shock.what == "election"]
    for shock in driver.shocks:
        driver.write({"round": game.round, "shock": shock})
    for shock in elections:
        _elected(game, shock)
    if problem.conduct.retaliates:
        for shock in elections:
            retaliating.walked_back(game, shock)
        driver.shocks = tuple(problem.struck(game.begun, game.round, game.taken_back))
        answers = retaliating.retaliated(game)
        for shock in answers:
            driver.write({"round": game.round, "shock": shock})
        driver.shocks = (*driver.shocks, *answers)
    game.felt[game.round] = tuple(driver.shocks)


def _holds(asked: Condition, game: Play) -> bool:
    """Whether it holds by what is known when a round begins: reports and notices, never what nobody has seen."""
    ledger, last = game.ledger, asked.members[-1:]
    if asked.sort == "notice":
        given = {"noticed", "reminded"}
        return any((row["member"],) == last and row["outcome"] in given for row in ledger.breaches)
    if asked.sort == "breach":
        return bool(ledger.broken[last[0]])
    if asked.sort == "leaves":
        return any((row["member"],) == last for row in ledger.exits) or last[0] not in game.members
    if asked.sort == "text":
        return asked.issue in game.stands
    trust = ledger.trust_in(*asked.members)
    return trust > asked.share if asked.above else trust < asked.share


def _elected(game: Play, shock: Shock) -> None:
    """A new government: its wishes are drawn anew within the ranges of the stakes, and another player may sit there."""
    import numpy as np

    from comity.kernel.streams import triangular

    member = shock.whom
    if shock.player is not None:
        game.driver.elected[member] = shock.player
    for issue, topic in game.topics.items():
        stand = None if game.grounds is None else game.grounds.stand(issue, member)
        if stand is None:
            continue
        drawn: list[Fraction | None] = []
        for word in ("position", "salience", "reservation"):
            span = getattr(stand, word)
            share = game.driver.draw(f"rehearsal.election.{issue}.{word}", member) / 2**32
            drawn.append(None if span is None else fine(float(triangular(span, np.array([share]))[0])))
        position, salience, reach = drawn
        if position is not None and salience is not None:
            game.topics[issue] = replace(topic, wants={**topic.wants, member: Want(position, salience, reach)})


def _leaving(game: Play) -> int:
    """Members that give notice of withdrawal."""
    if game.driver.state.law.exit is None:
        return 0
    gone = 0
    for member in game.members:
        moves = [move for move in legal(game.driver.state, f"member:{member}") if move.id == "leave"]
        if not moves:
            continue
        said = game.driver.ask("leave", member, (*moves, PASS), {"outvoted": game.outvoted[member]})
        if said.answer.move == "leave":
            day = game.driver.state.on
            found = game.driver.apply(moves[0].event(f"member:{member}", day))
            game.ledger.exits.append({"round": game.round, "member": member, "outcome": found[0].outcome})
            gone += 1
    return gone
