"""Money: contributions that are assessed and paid, and payment on results out of the fund that they fill."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from comity.clauses.payment import Payment
from comity.kernel.quantity import Money
from comity.model.clause import Clause
from comity.model.seat import PASS, Move, Span
from comity.procedure import legal
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import days
from comity.rehearsal.parts.game.sharing import bearers, cents, shared_again, shares

NOUGHT = Fraction(0)


def settled(game: Play) -> Fraction:
    """Contributions of a round: assessed once a year, paid when they are due; how much was paid, in millions."""
    a_year = max(round(365 / days(game.problem.every)), 1)
    if (game.round - 1) % a_year == 0:
        _assessed(game, a_year)
    shared_again(game)
    paid = NOUGHT
    for member in game.members:
        moves = [move for move in legal(game.driver.state, f"member:{member}") if move.id == "pay"]
        if moves:
            paid += _asked(game, member, moves[0])
    return paid


def _asked(game: Play, member: str, move: Move) -> Fraction:
    """A member is asked for what it owes."""
    said = game.driver.ask("pay", member, (move, PASS), {"owed": move.slots["amount"], **game.ledger.seen(member)})
    owed = move.slots["amount"]
    amount = said.values.get("amount", NOUGHT)
    if amount:
        game.driver.apply(move.event(f"member:{member}", game.driver.state.on, amount=amount))
        game.balance += amount
    if isinstance(owed, Span) and (amount or not _told(game, member, owed)):
        _row(game, "contribution", member, owed, amount=amount)
    return amount / 10**6


def _told(game: Play, member: str, owed: Span) -> bool:
    """Whether it is on record already that a member did not pay this sum."""
    asked = float(owed.high / 10**6)
    return any(row["member"] == member and row["asked"] == asked and not row["amount"] for row in game.ledger.payments)


def _row(game: Play, sort: str, member: str, asked: Money | Span, *, amount: Fraction, clause: str = "") -> None:
    """A payment for the record: what was asked, and what was paid of it, in millions."""
    whole, currency = (asked.high, asked.unit) if isinstance(asked, Span) else (asked.amount, asked.currency)
    row = {"round": game.round, "sort": sort, "member": member, "clause": clause, "currency": currency}
    game.ledger.payments.append({**row, "asked": float(whole / 10**6), "amount": float(amount / 10**6)})


def _assessed(game: Play, a_year: int) -> None:
    """The members' shares of what the coming year may have to pay out, by the burden rule of the fund."""
    state, day = game.driver.state, game.problem.day(game.round)
    until = game.problem.day(game.round + a_year)
    due = [
        (clause.reward.amount, len(clause.obligor))
        for clause in state.law.clauses.values()
        if clause.reward is not None and day <= clause.by < until
    ]
    if not due or not game.members:
        return
    currency = due[0][0].currency
    wanted = sum((money.amount * number for money, number in due), NOUGHT) - game.balance
    wanted -= sum((each.amount - each.paid for dues in state.dues.values() for each in dues), NOUGHT)
    if wanted <= 0:
        return
    for member, share in shares(game, bearers(game)).items():
        amount, day = cents(wanted * share, currency), game.problem.day(game.round)
        if member not in game.members:
            continue  # the fund shrinks by the share of those who left
        game.driver.conduct("contribution_assessed", state=member, year=day.year, amount=amount, due=day)


def rewarded(game: Play, name: str, obligor: str, clause: Clause) -> None:
    """Payment on results, where the clause promises one, and as far as the fund reaches."""
    if clause.reward is None:
        return
    money: Money = clause.reward.amount
    amount = min(money.amount, game.balance)
    game.balance -= amount
    _row(game, "reward", obligor, money, amount=amount, clause=name)


def owing(game: Play, name: str, obligor: str) -> None:
    """A payment in the place of performance, where the clause says what is owed."""
    clause = game.driver.state.law.clauses[name]
    move = next(
        (each for each in legal(game.driver.state, f"member:{obligor}") if each.fixed == {"clause": name}), None
    )
    if move is None or not isinstance(clause, Payment):
        return
    money = clause.amount
    span = Span(money.amount, money.amount, money.currency)
    shown = Move(move.id, move.kind, move.article, move.fixed, {"amount": span})
    known = {"owed": span, "clause": name, **game.ledger.seen(obligor)}
    said = game.driver.ask("pay", obligor, (shown, PASS), known, key=name)
    if said.answer.move != "pass":
        game.driver.apply(shown.event(f"member:{obligor}", game.driver.state.on, amount=money.amount))
        _row(game, "in_place", obligor, money, amount=money.amount, clause=name)


def moved(game: Play, member: str) -> dict[str, Any]:
    """What a member received, paid and lost to tariffs in a round, in millions."""
    received = paid = 0.0
    for row in reversed(game.ledger.payments):
        if row["round"] != game.round:
            break
        if row["member"] == member:
            received += row["amount"] if row["sort"] == "reward" else 0.0
            paid += 0.0 if row["sort"] == "reward" else row["amount"]
    return {"received": received, "paid": paid, "tariffs": _tariffs(game, member)}


def _tariffs(game: Play, member: str) -> float:
    """What tariffs cost a member in a round, in millions; below nought where its own bring it more than they cost."""
    lost = 0.0
    for shock in game.driver.shocks:
        if shock.what == "tariff" and shock.amount is not None:
            millions = shock.amount.amount / 10**6
            if shock.against == member:
                lost += float(millions)
            if shock.by == member and shock.revenue != shock.own_loss:
                lost += float(millions * (shock.own_loss - shock.revenue))
    return lost
