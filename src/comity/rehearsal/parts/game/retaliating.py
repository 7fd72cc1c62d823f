"""Tariffs answered by tariffs, and walked back by a new government, each as the player in the seat decides.

Who is struck by a tariff may levy the same one in answer. A player that gives notice of breaches answers as long as the
tariff stands; one that suspends goes on after it; one that lets breaches pass lets this pass too. A new government is
asked whether it takes back the tariffs of the old one.

Source:
    ILC Articles on State Responsibility (2001), Articles 49 to 53, for countermeasures and their end; Bown (2002), "The
    economics of trade disputes, the GATT's Article XXIII, and the WTO's Dispute Settlement Understanding", Economics &
    Politics 14(3).
"""

from __future__ import annotations

from comity.model.seat import PASS, Move
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import Shock

COUNTER, BACK = "ILC Articles, Article 49", "ILC Articles, Article 53"


def retaliated(game: Play) -> tuple[Shock, ...]:
    """The tariffs that are levied in answer in this round."""
    standing = {(each.by, each.against): each for each in game.driver.shocks if each.what == "tariff"}
    game.tariffs.update(standing)
    answers: list[Shock] = []
    for (by, against), tariff in list(game.tariffs.items()):
        here = (by, against) in standing
        if by not in game.members or against not in game.members or (against, by) in standing:
            continue
        if not here and (against, by) not in game.answered:
            continue
        move = Move(f"levy:{by}", "", COUNTER)
        known = {"against": by, "amount": str(tariff.amount), "in_force": here, **game.ledger.seen(str(against))}
        said = game.driver.ask("retaliate", str(against), (move, PASS), known, key=str(by))
        if said.answer.move == "pass":
            game.answered.discard((against, by))
            continue
        game.answered.add((against, by))
        turned = {"by": against, "against": by, "round": game.round, "chance": None, "when": None, "lasts": 1}
        answers.append(tariff.model_copy(update=turned))
    return tuple(answers)


def walked_back(game: Play, election: Shock) -> None:
    """A new government is asked about each tariff that its forerunner levied, and answers no tariff by habit."""
    who = election.whom
    game.answered = {each for each in game.answered if each[0] != who}
    for number, tariff in enumerate(game.problem.shocks):
        since = [each for each in game.begun.get(number, ()) if each < game.round < each + tariff.lasts]
        if tariff.what != "tariff" or tariff.by != who or not since:
            continue
        move = Move(f"take_back:{tariff.against}", "", BACK)
        known = {"against": tariff.against, "amount": str(tariff.amount), **game.ledger.seen(who)}
        said = game.driver.ask("walk_back", who, (move, PASS), known, key=str(number))
        if said.answer.move != "pass":
            game.taken_back[number] = game.round
