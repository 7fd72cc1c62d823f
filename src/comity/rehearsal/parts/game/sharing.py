"""Who bears what of a fund, by its burden rule, and what follows when a member leaves or does not pay.

A fund that shrinks goes without the share: the others pay what they would have paid anyway. A fund that is re-shared
is made whole: what was left unpaid is assessed again on those who pay, under the same burden rule and its limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from comity.kernel.errors import InputError
from comity.model.burden import Burden
from comity.model.institution import Institution
from comity.model.panel import Panel
from comity.model.parts import Fund
from comity.rehearsal.parts.game.conduct import Conduct
from comity.rehearsal.parts.game.play import Play

NOUGHT = Fraction(0)


def cents(amount: Fraction, currency: str) -> str:
    """An amount in full cents, as it is written."""
    whole = int(amount * 100)
    return f"{whole // 100}.{whole % 100:02d} {currency}"


def shares(game: Play, among: Sequence[str]) -> dict[str, Fraction]:
    """The burden rule of the first fund that has one: none where nobody owes, equal shares where it cannot be read."""
    burden = next((fund.burden for fund in game.driver.state.law.funds.values() if fund.burden is not None), None)
    if burden is not None and not burden.owed:
        return {}
    found = None if burden is None else by_rule(burden, among, game.panel)
    if found is None:
        game.equally = True
        return dict.fromkeys(among, Fraction(1, len(among)))
    return found


def by_rule(burden: Burden, members: Sequence[str], panel: Panel | None) -> dict[str, Fraction] | None:
    """The shares under a burden rule; None where a figure is not known of all, or its limits cannot be kept."""
    figures: dict[str, dict[str, Fraction]] = {}
    for name in burden.figures():
        if panel is None or name not in panel.indicators:
            return None
        known = {member: panel.value(member, name) for member in members}
        if None in known.values():
            return None
        figures[name] = {member: Fraction(round(value or 0)) for member, value in known.items()}
    try:
        return burden.shares(list(members), figures)
    except ValueError:
        return None


def stated(institution: Institution, conduct: Conduct) -> None:
    """Whether the charter says what follows, where it is to be followed.

    Raises:
        InputError: where no fund that is filled by contributions says so.
    """
    if conduct.shortfall and all(each.shortfall is None for each in _filled(institution)):
        what = f"{institution.title.en} has no fund that says what follows when a member leaves or does not pay."
        raise InputError(what, mend="Write shortfall: re_share or shrink in a copy of the charter.")


def _filled(law: Institution) -> list[Fund]:
    return [fund for fund in law.funds.values() if fund.burden is not None]


def follows(game: Play) -> str:
    """What follows: ``re_share``, ``shrink``, or nothing that is to be followed."""
    if not game.problem.conduct.shortfall:
        return ""
    return next((fund.shortfall for fund in _filled(game.driver.state.law) if fund.shortfall is not None), "")


def bearers(game: Play) -> Sequence[str]:
    """Among whom a year is shared: the members, and where the fund shrinks those too that left."""
    if follows(game) != "shrink":
        return game.members
    return [*game.members, *(each for each in game.driver.order if each not in game.members)]


def shared_again(game: Play) -> None:
    """What those who left owe still, and what members did not pay when it was due, is assessed on the others, once."""
    if follows(game) != "re_share":
        return
    state, today = game.driver.state, game.problem.day(game.round)
    late: dict[str, Fraction] = {}
    for member, dues in state.dues.items():
        for number, each in enumerate(dues):
            open_ = each.amount - each.paid
            if open_ and (member not in state.members or each.due < today):
                missing = open_ - game.covered.get((member, number), NOUGHT)
                late[member] = late.get(member, NOUGHT) + max(missing, NOUGHT)
                game.covered[member, number] = open_
    gap = sum(late.values(), NOUGHT)
    payers = [member for member in game.members if member not in late]
    if not gap or not payers:
        return
    currency = next(each.currency for dues in state.dues.values() for each in dues)
    for member, amount in late.items():
        if amount:
            game.ledger.gaps.append({"round": game.round, "member": member, "amount": float(amount / 10**6)})
    for member, share in shares(game, payers).items():
        amount = cents(gap * share, currency)
        game.driver.conduct("contribution_assessed", state=member, year=today.year, amount=amount, due=today)
