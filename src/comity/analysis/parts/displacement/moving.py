"""Issues before several forums: who can move one there, how surely a text is adopted, and what it is worth to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.analysis.parts.landing import Measured, compromise, counted, landed
from comity.analysis.parts.matters import Docket, Gap, Matter, docket
from comity.analysis.parts.perceiving import per_year
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.grounds import Draws, Span
from comity.model.institution import Institution
from comity.model.naming import short
from comity.model.panel import Panel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ANY_TIME: Span = (0.0, 0.5, 1.0)
"""Years until an organ meets of which the charter does not say how often it does."""
SPECIAL: Mapping[str, tuple[str, ...]] = {
    "unsc": ("anti_piracy", "south_china_sea", "indo_pacific", "ai_arms", "middle_east"),
    "wto": ("supply_chains", "rare_earths"),
    "imf": ("capital_regulation",),
    "imf-board": ("capital_regulation",),
    "who": ("public_health",),
    "gcf": ("climate_finance",),
    "paris": ("climate_monitoring", "climate_finance"),
    "unfccc-cop": ("climate_monitoring", "climate_finance"),
    "opcw": (),
    "hrc": (),
    "upr": (),
    "unesco": (),
    "montreal-protocol": (),
}
"""What bodies of special competence may take up, by the issues of the shipped stakes: a judgement from the purposes
that their constituent instruments state. Every other body may take up whatever its charter has a rule for."""


@dataclass(frozen=True)
class Forum:
    """A body to which issues can be taken.

    Attributes:
        body: the body.
        delivery: the share of its promises that it keeps: low, mode and high.
        known: whether that was measured, and is not assumed.
        members: its members on the day.
        coverage: its members' share of the world's capability.
        fresh: whether it does not exist yet, and would have to be opened.
    """

    body: Institution
    delivery: Span
    known: bool
    members: tuple[str, ...]
    coverage: float
    fresh: bool


@dataclass(frozen=True)
class Cell:
    """An issue before a forum: the matter, who can move it there, and how long it waits."""

    matter: Matter
    movers: frozenset[str]
    wait: Span


@dataclass(frozen=True)
class Agenda:
    """What was asked: issues, forums, and each issue before each forum; who has no say anywhere is left out.

    Attributes:
        issues: the issues, in the order of their sensitivity.
        forums: the forums, the one that opens first.
        cells: by place of issue and forum.
        gaps: what cannot be judged, or lies outside a mandate.
        movers: the states that can move some issue somewhere.
        weight: movers; each one's share in their capability.
        unmeasured: movers left out for want of a figure.
        dockets: the docket of each forum, for caveats.
    """

    issues: tuple[str, ...]
    forums: tuple[Forum, ...]
    cells: Mapping[tuple[int, int], Cell]
    gaps: tuple[Gap, ...]
    movers: tuple[str, ...]
    weight: NDArray[np.float64]
    unmeasured: tuple[str, ...]
    dockets: tuple[Docket, ...]

    @property
    def club(self) -> Institution:
        """The body that opens."""
        return self.forums[0].body


@dataclass(frozen=True)
class Prospects:
    """What may be expected of each issue in each forum.

    Attributes:
        adoption: issues x forums; the probability that a text is adopted, nought where the forum cannot take it up.
        value: issues x movers x forums; the gain over the status quo in points times salience, where a text is
            adopted; not a number where the mover cannot move the issue there.
        salience: issues x movers; the mean salience, 0 to 1.
        text: by place of issue and forum, the mean text.
        chance: by place of issue and forum, the probability with its interval.
    """

    adoption: NDArray[np.float64]
    value: NDArray[np.float64]
    salience: NDArray[np.float64]
    text: Mapping[tuple[int, int], float]
    chance: Mapping[tuple[int, int], Measured]


def agenda(
    inputs: Inputs, asked: Docket, forums: Sequence[Forum], *, mandates: Mapping[str, tuple[str, ...]], figure: str
) -> Agenda:
    """Each issue before each forum that can take it up.

    Args:
        inputs: what the analysis may read.
        asked: the issues before the body that opens.
        forums: the forums, the one that opens first.
        mandates: what bodies of special competence may take up.
        figure: the figure that says how much a mover counts.
    """
    import numpy as np

    cells: dict[tuple[int, int], Cell] = {}
    gaps: list[Gap] = []
    dockets = [asked, *(docket(inputs, asked.issues, [each.body]) for each in forums[1:])]
    for place, (forum, found) in enumerate(zip(forums, dockets, strict=True)):
        gaps += [each for each in found.gaps if each.institution is forum.body]
        for matter in found.before(forum.body):
            if forum.body.name in mandates and matter.issue not in mandates[forum.body.name]:
                gaps.append(_outside(forum.body, matter))
            else:
                cells[asked.issues.index(matter.issue), place] = _cell(matter)
    able = sorted({mover for cell in cells.values() for mover in cell.movers})
    held = dict(zip(able, inputs.figures().column(figure, able), strict=True))
    movers = tuple(mover for mover in able if held[mover])
    weight = np.array([held[mover] or 0.0 for mover in movers])
    return Agenda(
        asked.issues,
        tuple(forums),
        cells,
        tuple(gaps),
        movers,
        weight / weight.sum() if len(weight) else weight,
        tuple(mover for mover in able if not held[mover]),
        tuple(dockets),
    )


def coverage(panel: Panel, figure: str, members: Sequence[str]) -> float:
    """The members' share of the world's figure."""
    world = sum(value or 0.0 for value in panel.column(figure))
    return min(1.0, sum(value or 0.0 for value in panel.column(figure, members)) / world) if world else 0.0


def _outside(body: Institution, matter: Matter) -> Gap:
    who, what = short(body), matter.written.title
    reason = Text(f"{what.en} lies outside the mandate of {who.en}", f"“{what.of('zh')}”不在{who.of('zh')}的职权之内")
    return Gap(body, matter.issue, reason)


def _cell(matter: Matter) -> Cell:
    body = matter.institution
    decides = body.matter(matter.issue, *matter.written.matters)
    organ = body.organs.get(body.issues[decides].organ) if decides else None
    wait = ANY_TIME if organ is None or organ.meets is None else _half(per_year(organ.meets))
    proposes = None if organ is None else organ.proposes
    if proposes == "any_member":
        return Cell(matter, frozenset(matter.judged), wait)
    able = _blockers(matter) | {proposes or ""}
    return Cell(matter, frozenset(able & set(matter.judged)), wait)


def _half(rate: float) -> Span:
    return (0.5 / rate, 0.5 / rate, 0.5 / rate)


def _blockers(matter: Matter) -> set[str]:
    """The members whose refusal alone stops a text."""
    import numpy as np

    from comity.solvers.spatial.line import carrying

    game = matter.decision.game
    stopped = ~carrying(game, matter.fixed())(~np.eye(len(game.members), dtype=np.bool_))
    return {member for member, alone in zip(game.members, stopped, strict=True) if alone}


@dataclass(frozen=True)
class Shift:
    """How the positions of the members of the body that opens are changed, wherever they sit.

    Attributes:
        rivalry: their spread about their mean is multiplied by this.
        common: points that an agreement with all the others is worth to each of them, whatever its text; where only
            some of the others sit, as much less.
    """

    rivalry: float = 1.0
    common: float = 0.0


UNMOVED = Shift()


def prospects(
    given: Agenda, held: Mapping[tuple[int, int], Wanted], *, least: float, shift: Shift = UNMOVED
) -> Prospects:
    """What may be expected of each issue in each forum.

    Args:
        given: issues, forums and movers.
        held: what members want, by place of issue and forum.
        least: how many points from the status quo a text must lie to count.
        shift: how the positions of the members of the body that opens are changed.
    """
    import numpy as np

    shape = (len(given.issues), len(given.movers), len(given.forums))
    adoption, value = np.zeros((shape[0], shape[2])), np.full(shape, np.nan)
    salience = np.zeros(shape[:2])
    text: dict[tuple[int, int], float] = {}
    chances: dict[tuple[int, int], Measured] = {}
    for (issue, place), cell in given.cells.items():
        drawn = _shifted(cell.matter, held[issue, place], given.forums[0], shift)
        passed, aim, gains = _judged(cell.matter, drawn, least)
        adoption[issue, place], chances[issue, place] = passed.mean(), counted(passed)
        text[issue, place] = float(np.nanmean(aim)) if passed.any() else float("nan")
        columns = {member: number for number, member in enumerate(drawn.members)}
        bonus = _common(drawn.members, given.forums[0], shift)
        cares = drawn.salience / 100
        worth = ((gains + bonus) * cares)[passed].mean(axis=0) if passed.any() else np.zeros(len(drawn.members))
        known = ~np.isnan(drawn.position[0])
        both = [(number, columns[mover]) for number, mover in enumerate(given.movers) if mover in columns]
        rows, places = (np.array(each, dtype=np.int64) for each in zip(*both, strict=True))
        rows, places = rows[known[places]], places[known[places]]
        salience[issue, rows] = cares[:, places].mean(axis=0)
        able = np.array([given.movers[row] in cell.movers for row in rows])
        value[issue, rows[able], place] = worth[places[able]]
    return Prospects(adoption, value, salience, text, chances)


def _common(members: Sequence[str], club: Forum, shift: Shift) -> NDArray[np.float64]:
    """Members; what any agreement here is worth to each beside its text: more, the more of the club sit here."""
    import numpy as np

    here = sum(member in club.members for member in members)
    worth = shift.common * max(0, here - 1) / max(1, len(club.members) - 1)
    return np.array([worth if member in club.members else 0.0 for member in members])


@dataclass(frozen=True)
class Wanted:
    """Draws of what the members of a forum want on an issue, and of the positions of the body that opens.

    Attributes:
        drawn: the members of the forum.
        club: the members of the body that opens that have stakes here.
        positions: draws x club; their positions.
    """

    drawn: Draws
    club: tuple[str, ...]
    positions: NDArray[np.float64]


def wanted(given: Agenda, number: Mapping[int, int], seed: int) -> dict[tuple[int, int], Wanted]:
    """What members want, by place of issue and forum, with so many draws for each forum."""
    import numpy as np

    found: dict[tuple[int, int], Wanted] = {}
    for issue, place in sorted(given.cells):
        matter, draws = given.cells[issue, place].matter, number[place]
        own = tuple(matter.grounds.stands(matter.issue, given.forums[0].members))
        positions = matter.grounds.draws(matter.issue, own, draws, seed).position if own else np.empty((draws, 0))
        found[issue, place] = Wanted(matter.draws(draws, seed), own, positions)
    return found


def _judged(
    matter: Matter, drawn: Draws, least: float
) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
    """Draw by draw: whether a text is adopted, which, and what each member gains by it in points."""
    import numpy as np

    from comity.solvers.spatial.line import zones

    game, quo, fixed = matter.decision.game, matter.status_quo, matter.fixed()
    found = zones(game, drawn.low, drawn.high, status_quo=quo, least=least, fixed=fixed)
    text = landed(game, (drawn.low, drawn.high), found, compromise(drawn), quo=quo, least=least, fixed=fixed)
    gains = np.abs(quo - drawn.position) - np.abs(text[:, None] - drawn.position)
    return found.open & ~np.isnan(text), text, gains


def _shifted(matter: Matter, held: Wanted, club: Forum, shift: Shift) -> Draws:
    """The draws with the positions of the club's members changed, wherever they sit."""
    import numpy as np

    from comity.solvers.forums import stretched

    drawn = held.drawn
    here = [member for member in held.club if member in drawn.members]
    if shift == Shift() or not here:
        return drawn
    moved = stretched(held.positions, shift.rivalry)[:, [held.club.index(member) for member in here]]
    places = [drawn.members.index(member) for member in here]
    apart = np.array([matter.stands[member].reservation is None for member in here])
    reach = (drawn.high - drawn.position)[:, places]
    common = _common(drawn.members, club, shift)[places]
    reach = np.where(apart, np.abs(moved - matter.status_quo), reach) + common
    position, low, high = drawn.position.copy(), drawn.low.copy(), drawn.high.copy()
    position[:, places], low[:, places], high[:, places] = moved, moved - reach, moved + reach
    return replace(drawn, position=position, low=low, high=high)
