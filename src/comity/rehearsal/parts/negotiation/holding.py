"""Talks over a package, held many times: tactics, who proposes, and what came of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.naming import short
from comity.rehearsal.parts.negotiation.package import Package

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.bargain.offers import Log, Setting, Tactics
    from comity.solvers.game import Game

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]

Tactic = Literal["boulware", "linear", "conceder", "tit_for_tat", "hold_out"]
Order = Literal["charter", "first_to_refuse", "rotation", "recognition"]
Knows = Literal["wishes", "offers"]

SPEEDS: dict[str, float] = {"boulware": 0.2, "linear": 1.0, "conceder": 5.0}
"""How fast those concede whose tactic is time: exponents of Faratin, Sierra and Jennings (1998)."""
INSISTS = 0.9
"""The share of its range on which one that holds out insists."""
OPENS = 0.1
"""What one that repays in kind gives up unasked by the deadline, so that two of them do not wait for each other."""
MOST_MEMBERS = 60
"""A larger body does not talk in turns."""
THREADS = 2


@dataclass(frozen=True)
class Terms:
    """How talks are held, as the question says."""

    tactics: Mapping[str, Tactic]
    absent: tuple[str, ...]
    rounds: int
    order: Order
    knows: Knows
    draws: int


@dataclass(frozen=True)
class Held:
    """Talks of one body, held once a draw.

    Attributes:
        package: what was negotiated.
        setting: who negotiated under which rule, and how.
        tactics: the tactic of every member that took part.
        log: every offer and vote.
        possible: draws; whether the rule would adopt some package if all voted for whatever is better than none.
        gains: draws x members that judge; shares of their ranges in the end, 0 without agreement.
        worth: the same in the unit of the package.
        compromise: the gains at the Nash solution among them, 0 where there is none.
        room: draws; the most by which all of them could have more at once.
        distances: draws x (front, Nash, Kalai-Smorodinsky).
        asked: draws x rounds x members that judge; the share of its range in what each has tabled last.
    """

    package: Package
    setting: Setting
    tactics: tuple[str, ...]
    log: Log
    possible: NDArray[np.bool_]
    gains: Floats
    worth: Floats
    compromise: Floats
    room: Floats
    distances: Floats
    asked: Floats

    @property
    def body(self) -> Institution:
        """The body."""
        return self.package.institution

    @cached_property
    def who(self) -> tuple[str, ...]:
        """Those that take part and judge, in the order of the columns."""
        rows = zip(self.package.members, self.setting.there, strict=True)
        return tuple(member for member, there in rows if there)

    @property
    def agreed(self) -> NDArray[np.bool_]:
        """Which talks ended in agreement."""
        return self.log.outcome >= 0


def hold(inputs: Inputs, package: Package, terms: Terms) -> Held:
    """Hold the talks over a package, once a draw.

    Raises:
        UnknownName: for a tactic or an absence of one that is no member.
        InputError: for a body too large to talk in turns.
        NotComputable: where nobody is left who may propose.
    """
    import numpy as np

    from comity.kernel.streams import Stream
    from comity.solvers.bargain.offer_scores import score
    from comity.solvers.bargain.offers import negotiate
    from comity.solvers.bargain.packages import ONE, shares

    setting = _setting(inputs, package, terms)
    luck = setting.luck(Stream(inputs.seed, "negotiation.luck").uniforms(range(terms.draws), range(setting.turns)))
    nothing, open_ = np.zeros(len(package.members)), setting.outcomes.open

    def of(draw: int) -> NDArray[np.int32]:
        return shares(package.gain(draw), nothing, open_)

    log = negotiate(setting, of, luck, workers=THREADS)
    there = np.flatnonzero(setting.there)
    count = (terms.draws, len(there))
    gains, worth, compromise = np.zeros(count), np.zeros(count), np.zeros(count)
    possible, room, ends = np.zeros(terms.draws, np.bool_), np.zeros(terms.draws), np.zeros((terms.draws, 3))
    asked = np.zeros((terms.draws, terms.rounds, len(there)))
    for draw in range(terms.draws):
        if draw % 100 == 0:
            inputs.step(draw, terms.draws, short(package.institution).en)
        table, outcome = of(draw), int(log.outcome[draw])
        found = score(setting, table, outcome)
        possible[draw], room[draw], gains[draw], compromise[draw] = (
            found.possible, found.room, found.gains, found.compromise,
        )  # fmt: skip
        ends[draw] = found.front, found.nash, found.kalai_smorodinsky
        if outcome >= 0:
            worth[draw] = package.gain(draw)[there, outcome]
        asked[draw] = _asked(log, draw, table / ONE, (len(setting.proposers), terms.rounds))[:, there]
    tactics = tuple(_tactic(terms.tactics, package.members[place]) for place in there)
    return Held(package, setting, tactics, log, possible, gains, worth, compromise, room, ends, asked)


def _asked(log: Log, draw: int, table: Floats, shape: tuple[int, int]) -> Floats:
    """What each member's latest offer gives itself, round by round; not a number before its first."""
    import numpy as np

    chairs, rounds = shape
    found = np.full((rounds, len(table)), np.nan)
    last = np.full(len(table), np.nan)
    for turn in range(int(log.turns[draw])):
        member, tabled = int(log.by[draw, turn]), int(log.offers[draw, turn])
        if tabled >= 0:
            last[member] = table[member, tabled]
        found[turn // chairs] = last
    found[(int(log.turns[draw]) - 1) // chairs + 1 :] = np.nan
    return found


def _tactic(tactics: Mapping[str, Tactic], member: str) -> Tactic:
    return tactics.get(member, tactics.get("*", "linear"))


def _setting(inputs: Inputs, package: Package, terms: Terms) -> Setting:
    import numpy as np

    from comity.solvers.bargain.offers import Setting
    from comity.solvers.bargain.packages import Outcomes
    from comity.solvers.game import ABSENT, YES

    members, body = package.members, package.institution
    if len(members) > MOST_MEMBERS:
        what = f"{short(body).en} has {len(members)} members; at most {MOST_MEMBERS} talk in turns."
        raise InputError(what, mend="Ask about a smaller body, such as the council or board that prepares it.")
    if body is inputs.institution:
        for name in (*terms.absent, *(each for each in terms.tactics if each != "*")):
            if name not in members:
                raise UnknownName(f"member of {short(body).en}", name, list(members))
    fixed = [
        ABSENT if each in terms.absent else YES if each in package.silent else -1 for each in members
    ]  # fmt: skip
    game = _game(inputs, package)
    free = [place for place, held in enumerate(fixed) if held < 0]
    proposes, order = _proposers(package, terms, free)
    if not proposes:
        what = f"Nobody who takes part may propose in {short(body).en}."
        raise NotComputable(what, mend="Let others propose: --order first_to_refuse, or fewer in --absent.")
    return Setting(
        game,
        Outcomes(tuple(each.places for each in package.issues), package.open()),
        _tactics(members, terms),
        order,
        proposes,
        np.array(fixed),
        _heed(game),
        knows=terms.knows,
    )


def _game(inputs: Inputs, package: Package) -> Game:
    from comity.solvers.bargain.offers import together

    body = package.institution
    return together([body.game(name, inputs.on or body.as_of) for name in package.rules])


def _tactics(members: Sequence[str], terms: Terms) -> Tactics:
    import numpy as np

    from comity.solvers.bargain.offers import Tactics, time_dependent

    asks = np.zeros((len(members), terms.rounds))
    matches, least = np.zeros(len(members)), np.zeros(len(members))
    for place, member in enumerate(members):
        tactic = _tactic(terms.tactics, member)
        if tactic == "hold_out":
            asks[place] = least[place] = INSISTS
        elif tactic == "tit_for_tat":
            asks[place], matches[place] = time_dependent(terms.rounds, 1.0, least=1 - OPENS), 1.0
        else:
            asks[place] = time_dependent(terms.rounds, SPEEDS[tactic])
    return Tactics(asks, matches, least)


def _proposers(
    package: Package, terms: Terms, free: list[int]
) -> tuple[list[int], Literal["rotation", "first_to_refuse", "recognition"]]:
    """Who proposes: as the charter says where one member alone may in every organ concerned, else all in turn."""
    if terms.order != "charter":
        return free, terms.order
    body = package.institution
    alone: set[str] = set()
    for name in package.organs:
        organ = body.organs.get(name)
        right = None if organ is None else organ.chair if organ.proposes == "chair" else organ.proposes
        alone.add(right or "any_member")
    only = next(iter(alone)) if len(alone) == 1 else "any_member"
    if only in package.members:
        place = package.members.index(only)
        return ([place] if place in free else []), "rotation"
    return free, "first_to_refuse"


def _heed(game: Game) -> Wholes:
    """How much each member's offers count to the others: its Shapley-Shubik index, in thousandths of the largest."""
    import numpy as np

    from comity.solvers.measures import is_quick, measure
    from comity.solvers.simple import reduce

    simple = reduce(game)
    if not is_quick(simple):
        return np.ones(len(game.members), dtype=np.int64)
    index = dict(zip(simple.members, measure(simple).shapley_shubik, strict=True))
    values = np.array([float(index[member]) for member in game.members])
    return (
        np.rint(values / values.max() * 1000).astype(np.int64) if values.max() > 0 else np.ones(len(values), np.int64)
    )
