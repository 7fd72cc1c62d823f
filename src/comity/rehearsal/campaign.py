"""A campaign: very many games of one institution, compiled, and what they come to with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

from annotated_types import Ge, Le

from comity.kernel.errors import NotComputable
from comity.kernel.quantity import Exact
from comity.kernel.result import Provenance, Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.rehearsal.game import Game
from comity.rehearsal.parts.campaign.blocks import gathered
from comity.rehearsal.parts.campaign.charts import charts
from comity.rehearsal.parts.campaign.compiling import Compiling, untabled
from comity.rehearsal.parts.campaign.figures import TOLD, Found
from comity.rehearsal.parts.campaign.tables import tables
from comity.rehearsal.parts.campaign.timeline import timelines
from comity.rehearsal.parts.campaign.words import caveats, findings
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import game
from comity.rehearsal.parts.game.words import Names

if TYPE_CHECKING:
    from comity.solvers.campaign.arrays import Law

PILOT = 64
"""So many runs are played beforehand, to see how far gains reach."""


class Campaign(Analysis):
    """How the institution fares over very many games: how often each issue is settled, promises kept, members stay.

    Every run is the game of ``rehearsal.game`` with its own chances, compiled to whole numbers: the same rulings and
    the same outcome as that game on the law engine for the same seed and run. Numbers do not depend on how many workers
    played, nor on interruptions.

    Source:
        Axelrod (1984), The Evolution of Cooperation, for tournaments of strategies; Green and Porter (1984),
        Econometrica 52(1), for promises observed with error; Josang and Ismail (2002), "The beta reputation system",
        for trust that fades.

    Example:
        >>> import comity as co
        >>> found = co.analyse(co.load("g5"), "campaign", runs=50, rounds=8)
        >>> found.values["runs"], found.values["path"]
        (50, 'compiled')
    """

    reads_stakes = True

    kind: Literal["rehearsal.campaign"] = "rehearsal.campaign"
    """The kind of analysis."""
    runs: Annotated[int, Ge(2), Le(2**31)] = 10_000
    """How many games are played."""
    rounds: Annotated[int, Ge(1), Le(1000)] = 20
    """How many rounds each has."""
    players: dict[str, str] = {}
    """Who plays each member, such as ``hold_out`` or ``concede:speed=1/2``; ``*`` for all others."""
    every: str = ""
    """The time between rounds, such as ``6 months``; that of the organ that meets most often where absent."""
    shocks: tuple[str, ...] = ()
    """What happens from outside: ``absent:USA:5``, ``vetoes:CHN:1/10``, ``walks_out:RUS:3:lasts=4``."""
    items: Annotated[int, Ge(1)] = 3
    """How many issues a session takes."""
    texts: Annotated[int, Ge(1)] = 3
    """How many texts are tabled on each issue at most."""
    reward: str = ""
    """What the fund pays a member for each period in which it is seen to deliver: ``20 million USD``."""
    discount: Annotated[Exact, Le(1)] = Fraction(3, 100)
    """The yearly rate at which money is discounted to the first round."""
    forgets: Annotated[Exact, Le(1)] = Fraction(0)
    """The share of what it has seen that a member forgets each round, for the matrix of trust."""
    timelines: bool = False
    """Whether a typical and the worst run are played again on the law engine, and drawn round by round."""

    def run(self, inputs: Inputs) -> Result:
        """Play all runs.

        Raises:
            UnknownName: for a player or member that is not there.
            InputError: for what cannot be read.
            NotComputable: where no issue can be played, or a player is described by no table.
        """
        shared = {name: getattr(self, name) for name in set(Game.model_fields) - {"kind"}}
        problem = Game.model_validate(shared).problem(inputs)
        table = game(problem, inputs.institution, inputs.wanted(), panel=inputs.panel)
        law = compiled(table, self.forgets, self.discount)
        sums, _ = gathered(law, self.runs, progress=inputs.step)
        found = Found(table, law, sums, self.runs)
        result = told(found, inputs, stories=again(found, inputs) if self.timelines else {})
        return replace(result, provenance=inputs.provenance(self, random=True))


def compiled(table: Play, forgets: Fraction = Fraction(0), discount: Fraction = Fraction(3, 100)) -> Law:
    """A game before its first round as arrays.

    The bounds of the chart of gains are those of a few runs, widened.

    Raises:
        NotComputable: where no table describes a player: a person, a script.
    """
    if odd := untabled(table):
        listed = ", ".join(f"{member} ({kind})" for member, kind in odd.items())
        what = f"{listed}: many games at once need players that a table describes."
        raise NotComputable(what, mend="Give these seats another player, or play one game: --runs 1.")
    from comity.solvers.campaign.playing import block, narrowed

    law = Compiling(table, forgets, discount).arrays()
    return narrowed(law, block(law, 0, PILOT))


def again(found: Found, inputs: Inputs) -> dict[str, Play]:
    """The typical and the worst run, played again on the law engine."""
    told_: dict[str, Play] = {}
    for word, run in found.notable().items():
        problem = found.game.problem.model_copy(update={"run": run})
        begun = game(problem, inputs.institution, inputs.wanted(), panel=inputs.panel)
        told_[word] = play(begun, lambda _done, _total, _note: None)
    return told_


def told(
    found: Found, inputs: Inputs, *, checked: Text | None = None, stories: Mapping[str, Play] | None = None
) -> Result:
    """What a campaign comes to, as a result.

    Args:
        found: the campaign.
        inputs: from what it was played.
        checked: a caveat about runs that were played again on the law engine.
        stories: the typical and the worst run, played again; drawn as timelines.
    """
    issues = {name: issue.title for name, issue in inputs.wanted().stakes.issues.items()}
    title, names = inputs.institution.title, Names(inputs.actors)
    runs, rounds = found.runs, found.rounds
    drawn = timelines(stories or {}, issues, inputs.actors)
    return Result(
        kind="rehearsal.campaign",
        title=Text(
            f"{title.en}: {runs:,} rehearsals of {rounds} rounds", f"{title.of('zh')}：{runs:,}次{rounds}轮推演"
        ),
        values=_values(found),
        tables=(*tables(found, issues), *(table for table, _ in drawn)),
        charts=(*charts(found, names), *(chart for _, chart in drawn)),
        findings=tuple(findings(found, issues, names)),
        caveats=(*caveats(found, issues), *(() if checked is None else (checked,))),
        provenance=_provenance(found, inputs),
    )


def _provenance(found: Found, inputs: Inputs) -> Provenance:
    problem = found.game.problem
    options = problem.model_dump(mode="json", exclude={"charter_digest", "stakes_digest", "run"})
    return Provenance(
        charters={problem.charter: problem.charter_digest},
        stakes={problem.stakes: problem.stakes_digest},
        figures={} if inputs.panel is None else dict(inputs.panel.digests),
        options={**options, "runs": found.wanted},
        seed=problem.seed,
        on=problem.start.isoformat(),
        version=inputs.version,
        command=inputs.command,
    )


def _values(found: Found) -> dict[str, Any]:
    of, kept = found.sums.of, found.kept(-1)
    by: Callable[[Callable[[int], Any], list[str]], Mapping[str, Any]] = lambda what, names: {  # noqa: E731
        name: what(place) for place, name in enumerate(names)
    }
    promised = [*found.issues, *found.clauses]
    delivered = {name: found.kept(place) for place, name in enumerate(promised)}
    return {
        "runs": found.runs,
        "rounds": found.rounds,
        "path": "compiled",
        "ended": "rounds" if found.runs == found.wanted else "interrupted",
        "problem": found.game.problem.digest,
        "members": found.members,
        "adopted": by(lambda place: found.share(int(of["adopted"][place])).told(), found.issues),
        "kept": None if kept is None else kept.told(),
        "delivered": {name: each.told() for name, each in delivered.items() if each is not None},
        **{word: found.told(word).told() for word in TOLD},
        "first_breach": found.first_breach(),
        "dissolved": found.share(int(of["over"][: found.rounds].sum())).told(),
        "left": by(lambda place: found.share(int(of["left"][place][1:].sum())).told(), found.members),
        "paid": by(lambda place: found.money(place, 0).told(), found.members),
        "received": by(lambda place: found.money(place, 1).told(), found.members),
        "gains": by(lambda place: found.share(int(of["gains"][place])).told(), found.members),
        "net": by(lambda place: found.per_run("net", place).told(), found.members),
        "present_value": by(lambda place: found.per_run("present", place).told(), found.members),
        "enough": found.enough(),
        "notable": dict(found.notable()),
    }
