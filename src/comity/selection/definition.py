"""One definition of hard power: the contest it makes, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.model.admission import Admission
from comity.model.panel import Panel
from comity.selection.acceptability import counts
from comity.selection.criteria import Contest, contest


@dataclass(frozen=True)
class Definition:
    """One definition of hard power and what comes of it; ``lacking`` names criteria without enough figures.

    Where figures are lacking the rest is empty: nothing is filled in.
    """

    year: int
    keys: Mapping[str, str]
    lacking: tuple[str, ...] = ()
    club: tuple[str, ...] = ()
    same: bool = False
    exact: float | None = None
    error: float | None = None
    seats: Mapping[str, float | None] | None = None
    exists: bool | None = None


def ask(
    base: Contest, chosen: Mapping[str, str], admission: Admission, *, draws: int, panel: Panel | None = None
) -> Definition:
    """What one definition gives.

    Args:
        base: the charter's own contest.
        chosen: the key of each criterion.
        admission: the way of admission that they make.
        draws: how many weightings are drawn.
        panel: other figures than those given.
    """
    from comity.solvers.choice.weights import Region, limits

    figures = panel or base.panel
    lacking = _lacking(admission, figures)
    if lacking:
        return Definition(figures.year, chosen, lacking)
    held = contest(base.inputs, base.variant, admission, figures)
    counted = counts(held, Region.of(limits(held.criteria)), draws, quiet=True)
    seats = {
        member: float(counted.seated[held.states.index(member)]) if member in held.states else None
        for member in held.members
    }
    return Definition(
        year=figures.year,
        keys=chosen,
        club=held.club,
        same=set(held.club) == set(held.members),
        exact=counted.exact,
        error=counted.exact_error,
        seats=seats,
        exists=_exists(held, counted.exact),
    )


def _lacking(admission: Admission, panel: Panel) -> tuple[str, ...]:
    """The criteria for which more than half of the states have no figure."""
    return tuple(
        name
        for name, criterion in admission.criteria.items()
        if 2 * sum(value is None for value in panel.column(criterion.figure)) > len(panel.actors)
    )


def _exists(held: Contest, exact: float) -> bool | None:
    """Whether any weighting gives the members; None where neither draws nor a linear program can tell."""
    from comity.solvers.choice.inverse import weighting_for

    if exact > 0:
        return True
    if not held.asked:
        return False
    return weighting_for(held.scoring, sorted(held.asked)).exists if held.scoring.linear else None
