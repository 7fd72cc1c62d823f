"""Talks over a package, held many times: tactics, who proposes, and what came of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.naming import short
from comity.rehearsal.parts.negotiation.package import Package
from comity.rehearsal.parts.spreads import chance

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
PRECISE, TWO_SIDED = 0.01, 1.96
"""How near a share is to be known, and the standard errors of a 95 % interval."""


@dataclass(frozen=True)
class Terms:
    """How talks are held, as the question says."""

    tactics: Mapping[str, Tactic]
    absent: tuple[str, ...]
    rounds: int
    order: Order
    knows: Knows
    draws: int
    vetoes: tuple[str, ...] = ()
    outside: Mapping[str, float] = field(default_factory=dict[str, float])
    walks_out: Mapping[str, int] = field(default_factory=dict[str, int])


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
        welfare: draws; the sum of their gains as a share of the largest that any package gives.
        product: draws; the geometric mean of their gains as a share of that at the Nash solution.
        left: draws x members that judge; whether each broke off the talks.
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
    welfare: Floats
    product: Floats
    left: NDArray[np.bool_]

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
    def broken_off(self) -> NDArray[np.bool_]:
        """In which talks someone walked out."""
        import numpy as np

        return np.asarray(self.left.any(axis=1), dtype=np.bool_)

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
    open_ = setting.outcomes.open
    outside = np.array([terms.outside.get(each, terms.outside.get("*", 0.0)) for each in package.members])

    def of(draw: int) -> NDArray[np.int32]:
        table = package.gain(draw)
        return shares(table, outside * table[:, open_].max(axis=1, initial=0.0), open_)

    log = negotiate(setting, of, luck, workers=THREADS)
    there, left = np.flatnonzero(setting.there), log.left
    count = (terms.draws, len(there))
    gains, worth, compromise = np.zeros(count), np.zeros(count), np.zeros(count)
    possible, ends = np.zeros(terms.draws, np.bool_), np.zeros((terms.draws, 3))
    room, welfare, product = np.zeros((3, terms.draws))
    asked = np.zeros((terms.draws, terms.rounds, len(there)))
    for draw in range(terms.draws):
        if draw % 100 == 0:
            inputs.step(draw, terms.draws, short(package.institution).en)
        value, table, outcome = package.gain(draw)[there], of(draw), int(log.outcome[draw])
        found = score(setting, table, outcome, left[draw])
        possible[draw], room[draw], gains[draw], compromise[draw] = (
            found.possible, found.room, found.gains, found.compromise,
        )  # fmt: skip
        ends[draw] = found.front, found.nash, found.kalai_smorodinsky
        welfare[draw], product[draw] = found.welfare, found.product
        without = outside[there] * value[:, open_].max(axis=1, initial=0.0)
        worth[draw] = np.where(left[draw, there], without, value[:, outcome]) if outcome >= 0 else without
        asked[draw] = _asked(log, draw, table / ONE, (len(setting.proposers), terms.rounds))[:, there]
    tactics = tuple(_tactic(terms.tactics, package.members[place]) for place in there)
    return Held(package, setting, tactics, log, possible, gains, worth, compromise, room, ends, asked,
                welfare, product, left[:, there])  # fmt: skip


def enough(held: Held) -> dict[str, int | bool]:
    """How many talks are enough: until agreement and every mean gain are known to one hundredth either way.

    **Source**: Cochran (1977), Sampling Techniques, third edition, section 4.4: sample size from the spread seen.

    Where all talks ended alike, the interval of a share that was never seen (Wilson) says how many are needed.
    """
    import numpy as np

    share = chance(held.agreed)
    halves = [(share.high - share.low) / 2, *(TWO_SIDED * held.gains.std(axis=0) / np.sqrt(len(held.gains)))]
    needed = max(1, round(len(held.gains) * (max(map(float, halves)) / PRECISE) ** 2))
    return {"talks": needed, "reached": needed <= len(held.gains)}


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
    from comity.solvers.game import ABSENT, YES
    from comity.solvers.spatial.line import refusal

    members, body = package.members, package.institution
    if len(members) > MOST_MEMBERS:
        what = f"{short(body).en} has {len(members)} members; at most {MOST_MEMBERS} talk in turns."
        raise InputError(what, mend="Ask about a smaller body, such as the council or board that prepares it.")
    if body is inputs.institution:
        said = (*terms.absent, *terms.vetoes, *terms.tactics, *terms.outside, *terms.walks_out)
        for name in (each for each in said if each != "*"):
            if name not in members:
                raise UnknownName(f"member of {short(body).en}", name, list(members))
    game = _game(inputs, package)
    refuses = refusal(game).tolist()
    fixed = [
        ABSENT if each in terms.absent else refuses[place] if each in terms.vetoes
        else YES if each in package.silent else -1
        for place, each in enumerate(members)
    ]  # fmt: skip
    free = [place for place, held in enumerate(fixed) if held < 0]
    proposes, order = _proposers(package, terms, free)
    if not proposes:
        what = f"Nobody who takes part may propose in {short(body).en}."
        raise NotComputable(what, mend="Let others propose: --order first_to_refuse, or fewer in --absent.")
    return Setting(
        game,
        package.outcomes(),
        _tactics(members, terms),
        order,
        proposes,
        np.array(fixed),
        np.where(np.array(fixed) < 0, _heed(game), 0),
        knows=terms.knows,
        leaves=[terms.walks_out.get(each, terms.walks_out.get("*", terms.rounds + 1)) - 1 for each in members],
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
