"""One game: many rounds under the institution's own law, with a player in every seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le

from comity.kernel.errors import InputError
from comity.kernel.result import Provenance, Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.rehearsal.parts.game.play import Play, state_digest
from comity.rehearsal.parts.game.problem import ISSUES, Problem
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import frozen, game
from comity.rehearsal.parts.game.shocked import labels
from comity.rehearsal.parts.game.tables import course, tables
from comity.rehearsal.parts.game.words import Names, caveats, charts, findings
from comity.rehearsal.parts.seats import told as models

TARIFF = "tariff:USA:12:against=CHN:amount=100 million USD"


class Game(Analysis):
    """How the institution fares over many rounds: what it adopts, who keeps promises, who pays, who leaves.

    Each round has sessions with agenda, attendance, texts and votes under each issue's rule; adopted texts become
    promises; these are performed or not, verified with errors, paid for where a reward is promised, and answered by
    notice, cure, other terms or suspension. Every decision of a seat is a legal move of the charter, every consequence
    is drawn by the law engine.

    Source:
        Aydogan, Festen, Hindriks and Jonker (2017), "Alternating offers protocols for multilateral negotiation", for
        the talks; Green and Porter (1984), Econometrica 52(1), for promises observed with error.
    """

    reads_stakes = True
    ADDED = frozenset({"conduct"})

    kind: Literal["rehearsal.game"] = "rehearsal.game"
    """The kind of analysis."""
    rounds: Annotated[int, Ge(1), Le(1000)] = 20
    """How many rounds are played."""
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

    def run(self, inputs: Inputs) -> Result:
        """Play one game with the seed.

        Raises:
            UnknownName: for a player or member that is not there.
            InputError: for what cannot be read.
            NotComputable: where no issue can be played.
        """
        problem = self.problem(inputs)
        table = game(problem, inputs.institution, inputs.wanted(), panel=inputs.panel)
        return told(play(table, inputs.step), inputs, self)

    def problem(self, inputs: Inputs, run: int = 0) -> Problem:
        """What is rehearsed, frozen."""
        return frozen(
            inputs.institution,
            inputs.wanted(),
            players=self.players,
            rounds=self.rounds,
            seed=inputs.seed,
            run=run,
            on=inputs.on,
            every=self.every or None,
            shocks=[shock(each) for each in self.shocks],
            items=self.items,
            texts=self.texts,
            terms={"reward": self.reward} if self.reward else None,
            conduct=self.conduct,
            actors=inputs.actors,
        )


def shock(written: str) -> dict[str, Any]:
    """A shock from one line: what, by whom, in which round or with which chance, and more.

    Raises:
        InputError: where it cannot be read.

    Example:
        >>> shock("walks_out:RUS:3:lasts=4")
        {'what': 'walks_out', 'by': 'RUS', 'round': 3, 'lasts': 4}
        >>> shock("absent:USA:1/10")["chance"], shock("absent:USA:when=notice to JPN")["when"]
        ('1/10', 'notice to JPN')
        >>> shock("note:JPN:5:text=Reuters: prices rise")["text"]
        'Reuters: prices rise'
    """
    head, sign, told = written.partition(":text=")
    what, *rest = head.split(":")
    if len(rest) < 2 or any("=" not in each for each in rest[2:]):
        mend = f"Write WHAT:MEMBER:ROUND or WHAT:MEMBER:CHANCE, such as absent:USA:5, vetoes:CHN:1/10 or {TARIFF}."
        raise InputError(f"'{written}' is no shock.", mend=mend)
    fields: dict[str, Any] = {"what": what, "issue" if what in ISSUES else "by": rest[0]}
    if rest[1].startswith("when="):
        fields["when"] = rest[1].removeprefix("when=")
    else:
        fields["round" if rest[1].isdecimal() else "chance"] = int(rest[1]) if rest[1].isdecimal() else rest[1]
    for each in rest[2:]:
        name, _, value = each.partition("=")
        fields[name] = int(value) if value.isdecimal() else value
    return {**fields, "text": told} if sign else fields


def told(played: Play, inputs: Inputs, asked: Game | None = None) -> Result:
    """What a game comes to, as a result."""
    written = inputs.wanted().stakes.issues
    issues = {name: issue.title for name, issue in written.items()}
    values = _values(played)
    names = Names(inputs.actors)
    made = (*tables(played, issues, labels(played, names, issues)), course(played), *models.table(played))
    left = {name: issues[name] for name in played.left}
    title = inputs.institution.title
    rounds = values["rounds"]
    return Result(
        kind="rehearsal.game",
        title=Text(f"{title.en}: a rehearsal of {rounds} rounds", f"{title.of('zh')}：{rounds}轮推演"),
        values=values,
        tables=made,
        charts=charts(played, values, names),
        findings=(*findings(played, values, issues, names), *models.findings(played, names)),
        caveats=(*caveats(played, issues, left), *models.caveats(played)),
        provenance=_provenance(played, inputs, asked),
    )


def _provenance(played: Play, inputs: Inputs, asked: Game | None) -> Provenance:
    if asked is not None:
        return inputs.provenance(asked, random=True)
    problem = played.problem
    options = problem.model_dump(mode="json", exclude={"charter_digest", "stakes_digest"})
    return Provenance(
        charters={problem.charter: problem.charter_digest},
        stakes={problem.stakes: problem.stakes_digest},
        figures={} if inputs.panel is None else dict(inputs.panel.digests),
        options=options,
        seed=problem.seed,
        on=problem.start.isoformat(),
        version=inputs.version,
        command=inputs.command,
    )


def _values(played: Play) -> dict[str, Any]:
    ledger, driver = played.ledger, played.driver
    fresh = [row for row in ledger.performance if row["before"] in {"in_force", "unverified"}]
    notices = [row for row in ledger.breaches if row["outcome"] in {"noticed", "reminded"}]
    members = driver.state.members
    return {
        "rounds": len(ledger.rounds),
        "ended": played.ended,
        "problem": played.problem.digest,
        "state": state_digest(played),
        "events": driver.events,
        "asks": driver.total,
        "fallbacks": driver.fallbacks,
        "models": models.used(played),
        "members": list(members),
        "issues": list(played.topics),
        "adopted": {issue: float(text) for issue, text in played.stands.items()},
        "tabled": len(ledger.offers),
        "put": sum(row["text"] is not None for row in ledger.decisions),
        "due": len(fresh),
        "kept": sum(row["effort"] >= 1 for row in fresh),
        "reported_kept": sum(row["reported"] == "kept" for row in fresh),
        "false_alarms": sum(row["error"] == "false_alarm" for row in ledger.performance),
        "misses": sum(row["error"] == "miss" for row in ledger.performance),
        "notices": len(notices),
        "false_notices": sum(row["true"] is False for row in notices),
        "cured": sum(row["after"] == "cured" for row in ledger.performance),
        "renegotiated": sum(row["outcome"] == "in_force" for row in ledger.breaches),
        "exits": [row["member"] for row in ledger.exits],
        "texts": _last(ledger.payoffs, "texts"),
        "net": _sums(ledger.payoffs, "net"),
        "trust": {
            holder: {each: float(ledger.trust_in(holder, each)) for each in members if each != holder}
            for holder in members
        },
    }


def _sums(rows: Sequence[Mapping[str, Any]], name: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in rows:
        found[row["member"]] = found.get(row["member"], 0.0) + row[name]
    return found


def _last(rows: Sequence[Mapping[str, Any]], name: str) -> dict[str, float]:
    return {row["member"]: row[name] for row in rows}
