"""What difference it makes: parts of a charter, of the stakes and of fortune varied, and rehearsed at every setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.kernel.errors import InputError, UnknownName
from comity.kernel.quantity import Exact
from comity.kernel.result import Provenance, Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.rehearsal.game import shock
from comity.rehearsal.parts.experiment import games
from comity.rehearsal.parts.experiment.charts import charts
from comity.rehearsal.parts.experiment.labels import GAMES, OUTCOMES, factor_labels
from comity.rehearsal.parts.experiment.looks import block
from comity.rehearsal.parts.experiment.measuring import (
    Design,
    Measured,
    Point,
    Rehearsed,
    chosen,
    measured,
    planned,
)
from comity.rehearsal.parts.experiment.problem import clause_of, frozen
from comity.rehearsal.parts.experiment.tables import tables
from comity.rehearsal.parts.experiment.words import caveats, findings
from comity.rehearsal.parts.varying.setting import Factor, Setting, factors, parted
from comity.rehearsal.parts.workers.playing import Workers

HAPPENS = {"clause": ("absent",), "institution": ("absent", "walks_out", "vetoes", "does_not_pay")}
"""What can happen to members."""
_MACHINERY = ("workers", "cluster", "keep")


class Experiment(Analysis):
    """What difference it makes: a clause, or the whole institution, rehearsed at every setting of what is varied.

    Every setting is a charter and stakes that could stand in a file, checked in full, and all of them meet the same
    fortune: one random number for each run, look and member. Asked are which factor moves the outcome most, where the
    differences between settings come from, how the outcome runs over one factor or two, and how another setting or
    another institution differs, run by run.

    Source:
        Saltelli et al. (2010), Computer Physics Communications 181(2), on variance-based indices; McKay, Beckman and
        Conover (1979), Technometrics 21(2); Law and Kelton, Simulation Modeling and Analysis (2000), section 11.2, on
        common random numbers; Mailath and Samuelson (2006), Repeated Games and Reputations, ch. 7, on the game.

    Example:
        >>> import comity as co
        >>> vary = ["clauses.oil_stocks.reward.amount=0..500 million USD 2024"]
        >>> found = co.analyse(co.load("g5"), "experiment", vary=vary, points=3, runs=200)
        >>> [row["mean"] > 0 for row in found.table("response").rows()]
        [False, True, True]
    """

    kind: Literal["rehearsal.experiment"] = "rehearsal.experiment"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    vary: tuple[str, ...] = ()
    """Factors: `clauses.NAME.reward.amount='0..500 million USD 2024'`, `stakes.issues.NAME.good.discount='1 %..8 %'`,
    `shocks.absent.USA=0..1/2`, `clauses.NAME.breach.then='renegotiate|suspend'`,
    `players.USA='reciprocate|hold_out'`, `terms.periods=1..8`."""
    instead: tuple[str, ...] = ()
    """Another setting, compared run by run: `clauses.NAME.reward=none`. Several parts change together."""
    plays: Literal["clause", "institution"] = "clause"
    """What is played: one clause between parties that reckon, or the whole institution with a player in every seat."""
    clause: str = ""
    """The clause that is rehearsed, where one is; the first of the charter where absent."""
    players: dict[str, str] = {}
    """Who plays each member, where the institution is: `hold_out`, `concede:speed=1/2`; `*` for all others."""
    rounds: Annotated[int, Field(ge=1, le=1000)] = 20
    """How many rounds a game of the institution has."""
    every: str = ""
    """The time between its rounds, such as `6 months`; that of the organ that meets most often where absent."""
    shocks: tuple[str, ...] = ()
    """What happens to it at every setting: `absent:USA:5`, `vetoes:CHN:1/10`."""
    items: Annotated[int, Field(ge=1)] = 3
    """How many issues a session of it takes."""
    texts: Annotated[int, Field(ge=1)] = 3
    """How many texts are tabled on each issue at most."""
    terms: dict[str, str] = {}
    """What an adopted text obliges its members to: `periods`, `false_alarm`, `miss`, `grace`, `within`, `then`,
    `reward`."""
    fallback: str = "reciprocate"
    """Who plays where an answer of a player is not legal."""
    discount: Annotated[Exact, Field(le=1)] = games.DISCOUNT
    """The yearly rate at which the money of a game is discounted to its first round; that of a clause stands in the
    stakes."""
    outcome: str = "worth"
    """The outcome that findings and charts are about; tables hold all. Of a clause: worth, delivered, kept, suspended,
    true_notices, false_notices, paid. Of an institution: worth, adopted, delivered, broken, true_notices,
    false_notices, renegotiated, left, paid."""
    design: Design | None = None
    """How settings are laid out; a grid for one factor or two and a crossed Sobol design for more, where absent."""
    points: Annotated[int, Field(ge=0, le=4096)] = 0
    """Levels of each factor of a grid (9), points of a Latin hypercube (64) or of a Sobol sequence (128, a power of
    two; of N points and k factors, N (k + 2) settings are played); the usual number where 0."""
    runs: Annotated[int, Field(ge=2, le=10_000_000)] = 2000
    """How many runs of each setting."""
    looks: Annotated[int, Field(ge=1, le=1000)] = 20
    """How many looks of verification a run of a clause has."""
    pays: Literal["look", "year"] = "look"
    """Whether a reward is paid to each party for every look it passes, or that much a year."""
    workers: Annotated[int, Field(ge=1, le=1024)] = 1
    """How many processes play; the figures are the same for any number."""
    cluster: str = ""
    """The address of a Dask scheduler whose workers play instead: `tcp://host:8786`."""
    keep: str = ""
    """A folder for blocks of runs that are done, from which interrupted work is taken up again."""

    def run(self, inputs: Inputs) -> Result:
        """Rehearse every setting, and compare.

        Raises:
            UnknownName: for a path, clause, member or shock that is not there.
            InputError: for a range or value that cannot stand where it is put, said before the first run.
            NotComputable: where the clause's game cannot be set up, or nobody answers at the cluster's address.
            Cancelled: where the user interrupted; the folder keeps what is done.
        """
        rehearsed, clause, why = self._rehearsed(inputs)
        if self.outcome not in rehearsed.outcomes:
            raise UnknownName(f"outcome of the {self.plays}", self.outcome, list(rehearsed.outcomes))
        now = self._now(inputs)
        varied = factors(now, self.vary)
        design = chosen(self.design, len(varied))
        points, settings, unlike = self._settings(inputs, now, varied, clause=clause, design=design)
        found = measured(
            rehearsed,
            settings,
            points,
            runs=self.runs,
            seed=inputs.seed,
            varied=len(varied),
            design=design,
            workers=self._workers(inputs),
            version=inputs.version,
        )
        return self._told(inputs, found, varied, clause=clause, unlike=unlike, why=tuple(why.values()))

    def _rehearsed(self, inputs: Inputs) -> tuple[Rehearsed, str, Mapping[str, Text]]:
        """What is played, the clause where it is one alone, and why some of it is played on the law engine."""
        if self.plays == "institution":
            if self.clause:
                what = f"The whole institution is played, and {self.clause} with it."
                raise InputError(what, mend="Leave out --clause, or play it alone: --plays clause.")
            options = {"every": self.every or None, "items": self.items, "texts": self.texts, "fallback": self.fallback}
            shocks = tuple(shock(each) for each in self.shocks)
            played = games.Games(inputs, self.rounds, self.discount, shocks, options)
            return Rehearsed(games.block, played.frozen, GAMES), "", played.why
        self._alone()
        clause = clause_of(inputs, self.clause)
        return (
            Rehearsed(
                block,
                lambda each: frozen(inputs, each, clause, looks_played=self.looks, every=self.pays),
                OUTCOMES,
            ),
            clause,
            {},
        )

    def _alone(self) -> None:
        """Whether nothing was asked for that a clause alone does not have.

        Raises:
            InputError: where it was.
        """
        fields = type(self).model_fields
        names = ("players", "rounds", "every", "shocks", "items", "texts", "terms", "fallback", "discount")
        odd = [each for each in names if getattr(self, each) != fields[each].default]
        if odd:
            what = f"A clause alone is played, and it has no {', '.join(odd)}."
            raise InputError(what, mend="Rehearse the whole: --plays institution.")

    def _now(self, inputs: Inputs) -> Setting:
        """The setting as written: shocks that are varied are there with chance nought, so that no chance moves."""
        seated = self.plays == "institution"
        now = Setting(inputs.institution, inputs.wanted(), inputs.actors, happens=HAPPENS[self.plays], seated=seated)
        struck = [path for path, _ in map(parted, (*self.vary, *self.instead)) if path.startswith("shocks.")]
        for path in struck:
            now.place(path)
        now = now.changed([(path, "0") for path in dict.fromkeys(struck)])
        now = now.changed([(f"terms.{name}", each) for name, each in self.terms.items()])
        return now.changed([(f"players.{member}", each) for member, each in self.players.items()])

    def _settings(
        self, inputs: Inputs, now: Setting, varied: tuple[Factor, ...], *, clause: str, design: Design
    ) -> tuple[list[Point], list[Setting], list[str]]:
        """Every setting with what it is for, and the institutions that have no such clause."""
        points = [Point("written", ()), *planned(varied, design, self.points, inputs.seed)]
        if self.instead:
            changes = [parted(each) for each in self.instead]
            twice = [path for path, _ in changes if [other for other, _ in changes].count(path) > 1]
            if twice:
                raise InputError(f"instead: {twice[0]} is given two values.", mend="Name it once.")
            points.append(Point("instead", tuple(changes)))
        settings = [now.changed(each.changes) for each in points]
        unlike: list[str] = []
        for body in inputs.against:
            if clause and clause not in body.clauses:
                unlike.append(body.name)
                continue
            points.append(Point("against", (), body.name))
            settings.append(replace(now, institution=body))
        return points, settings, unlike

    def _workers(self, inputs: Inputs) -> Workers:
        return Workers(
            self.workers,
            self.cluster,
            Path(self.keep) if self.keep else None,
            progress=inputs.progress,
            cancelled=inputs.cancelled,
        )

    def _told(
        self,
        inputs: Inputs,
        found: Measured,
        varied: tuple[Factor, ...],
        *,
        clause: str,
        unlike: list[str],
        why: tuple[Text, ...],
    ) -> Result:
        labels = factor_labels(inputs, [path for point in found.points for path, _ in point.changes])
        title = inputs.institution.title
        if clause:
            title = inputs.institution.clauses[clause].title or Text(clause.replace("_", " "))
        told = findings(inputs, found, varied, outcome=self.outcome, title=title)
        return Result(
            kind=self.kind,
            title=Text("What difference it makes", "有何差别"),
            values=_values(found, varied, clause) | ({} if clause else {"path": "law engine" if why else "compiled"}),
            tables=tables(inputs, found, varied, labels, outcome=self.outcome),
            charts=charts(inputs, found, varied, labels, outcome=self.outcome, told=told),
            findings=told,
            caveats=(*caveats(inputs, found, varied, unlike), *(_on_law(each) for each in why)),
            provenance=self._provenance(inputs),
        )

    def _provenance(self, inputs: Inputs) -> Provenance:
        """From what the answer was computed: not by whom, nor where it was kept."""
        made = inputs.provenance(self, random=True)
        return replace(made, options={name: each for name, each in made.options.items() if name not in _MACHINERY})


def _on_law(why: Text) -> Text:
    return Text(
        f"Some settings were played on the law engine, one game after the other. {why.en}",
        f"部分设定在规则引擎上逐局推演。{why.of('zh')}",
    )


def _values(found: Measured, varied: tuple[Factor, ...], clause: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "plays": "clause" if clause else "institution",
        "clause": clause or None,
        "design": found.chosen,
        "settings": len(found.points),
        "runs": found.runs,
        "written": {name: mean._asdict() for name, mean in found.means[0].items()},
    }
    if found.indices:
        values["indices"] = {
            name: {
                each.path: {"first": float(shares.first[place]), "total": float(shares.total[place])}
                for place, each in enumerate(varied)
            }
            for name, shares in found.indices.items()
        }
    for number in [*found.of("instead"), *found.of("against")]:
        point = found.points[number]
        values.setdefault("differences", {})[point.body or "instead"] = {
            name: {"mean": each.mean, "low": each.low, "high": each.high, "better": each.better}
            for (place, name), each in found.differences.items()
            if place == number
        }
    return values
