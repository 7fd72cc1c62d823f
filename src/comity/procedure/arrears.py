"""Arrears: whether what a member has not paid reaches what costs it its vote."""

from __future__ import annotations

from fractions import Fraction

from comity.procedure.state import Due, State


def owed(state: State, member: str) -> Fraction:
    """What a member owes of assessed contributions that were due by the day."""
    dues = state.dues.get(member, ())
    return sum((each.amount - each.paid for each in dues if each.due <= state.on), Fraction(0))


def in_arrears(state: State, member: str) -> bool:
    """Whether arrears equal or exceed the contributions due for the preceding full years.

    What is due for the year that runs is owed, and becomes arrears when the next year begins.

    **Source**: Charter of the United Nations, Article 19: the preceding two full years; Financial Regulations, 3.5.
    """
    rule = state.law.arrears
    if rule is None:
        return False
    years = range(state.on.year - rule.years, state.on.year)
    dues: tuple[Due, ...] = state.dues.get(member, ())
    preceding = sum((each.amount for each in dues if each.year in years), Fraction(0))
    unpaid = sum((each.amount - each.paid for each in dues if each.year < state.on.year), Fraction(0))
    return preceding > 0 and unpaid >= preceding
