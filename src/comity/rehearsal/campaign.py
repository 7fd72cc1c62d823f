"""A campaign: very many games of one institution, compiled, and what they come to with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le

from comity.kernel.quantity import Exact
from comity.kernel.result import Chart, Figure, Finding, Provenance, Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.rehearsal.game import Game
from comity.rehearsal.parts.campaign.blocks import gathered
from comity.rehearsal.parts.campaign.charts import charts
from comity.rehearsal.parts.campaign.engine import Staged, bounded, gathered_games
from comity.rehearsal.parts.campaign.fans import fan
from comity.rehearsal.parts.campaign.figures import TOLD, Found
from comity.rehearsal.parts.campaign.paths import Path, way
from comity.rehearsal.parts.campaign.tables import tables
from comity.rehearsal.parts.campaign.timeline import timelines
from comity.rehearsal.parts.campaign.words import ARREARS, caveats, findings
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import game
from comity.rehearsal.parts.game.words import Names


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
    ADDED = frozenset({"conduct"})

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
    conduct: str = ""
    """How business is conducted beside what the charter says, such as ``delay=2``."""
    discount: Annotated[Exact, Le(1)] = Fraction(3, 100)
    """The yearly rate at which money is discounted to the first round."""
    forgets: Annotated[Exact, Le(1)] = Fraction(0)
    """The share of what it has seen that a member forgets each round, for the matrix of trust."""
    path: Path = "any"
    """Who plays: ``compiled`` games, the ``law`` engine one game after the other, or whichever is possible."""
    timelines: bool = False
    """Whether a typical and the worst run are played again on the law engine and drawn round by round, and the promises
    kept so far as a fan over runs."""

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
        law = way(table, self.path, forgets=self.forgets, discount=self.discount)
        if isinstance(law, Text):
            staged = Staged(problem, inputs.institution, inputs.wanted(), inputs.panel, self.forgets, self.discount)
            sums, totals, _ = gathered_games(staged.packed(), self.runs, progress=inputs.step)
            found = Found(table, bounded(table, sums, totals), sums, self.runs)
        else:
            sums, _ = gathered(law, self.runs, progress=inputs.step)
            found = Found(table, law, sums, self.runs)
        why = law if isinstance(law, Text) else None
        result = told(found, inputs, why=why, stories=again(found, inputs) if self.timelines else {})
        if self.timelines and not isinstance(law, Text):
            fans = fan(law, self.runs)
            tables_ = (*result.tables, *(table for table, _ in fans))
            result = replace(result, tables=tables_, charts=_after(result.charts, [each for _, each in fans]))
        return replace(result, provenance=inputs.provenance(self, random=True))


def _after(charts_: tuple[Chart, ...], fans: list[Chart]) -> tuple[Chart, ...]:
    """The fans of promises after the fan of gains, before all else that follows."""
    place = next((number for number, each in enumerate(charts_) if each.name == "fan"), 0) + 1
    return (*charts_[:place], *fans, *charts_[place:])


def again(found: Found, inputs: Inputs) -> dict[str, Play]:
    """The typical and the worst run, played again on the law engine."""
    told_: dict[str, Play] = {}
    for word, run in found.notable().items():
        problem = found.game.problem.model_copy(update={"run": run})
        begun = game(problem, inputs.institution, inputs.wanted(), panel=inputs.panel)
        told_[word] = play(begun, lambda _done, _total, _note: None)
    return told_


def told(
    found: Found,
    inputs: Inputs,
    *,
    checked: Text | None = None,
    why: Text | None = None,
    stories: Mapping[str, Play] | None = None,
) -> Result:
    """What a campaign comes to, as a result.

    Args:
        found: the campaign.
        inputs: from what it was played.
        checked: a caveat about runs that were played again on the law engine.
        why: why it was played on the law engine; compiled games where absent.
        stories: the typical and the worst run, played again; drawn as timelines.
    """
    issues = {name: issue.title for name, issue in inputs.wanted().stakes.issues.items()}
    title, names = inputs.institution.title, Names(inputs.actors)
    runs, rounds = found.runs, found.rounds
    said = [each for each in caveats(found, issues) if why is None or each is not ARREARS]
    drawn = timelines(stories or {}, issues, inputs.actors)
    return Result(
        kind="rehearsal.campaign",
        title=Text(
            f"{title.en}: {runs:,} rehearsals of {rounds} rounds", f"{title.of('zh')}：{runs:,}次{rounds}轮推演"
        ),
        values={**_values(found), "path": "compiled" if why is None else "law engine"},
        tables=(*tables(found, issues), *(table for table, _ in drawn)),
        charts=(*charts(found, names), *(chart for _, chart in drawn)),
        findings=(*findings(found, issues, names), _path(found, why)),
        caveats=(*said, *(() if checked is None else (checked,))),
        provenance=_provenance(found, inputs),
    )


def _path(found: Found, why: Text | None) -> Finding:
    """Which path ran."""
    if why is None:
        text = Text(
            "The runs are compiled games: the same rulings and the same outcome as the game on the law engine.",
            "各次推演以编译形式进行：裁决与结果同规则引擎上的推演一致。",
        )
    else:
        text = Text(
            f"Every run was played on the law engine, one game after the other. {why.en}",
            f"每次推演均在规则引擎上逐局进行。{why.of('zh')}",
        )
    return Finding(text, {"runs": Figure(found.runs, n=found.runs, seed=found.game.problem.seed)})


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
