"""From an institution's admission and a panel of figures to the contest: states x criteria, and its doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.quantity import Exact
from comity.kernel.result import Provenance, Text
from comity.model.admission import Admission, Aggregate, Condition, Criterion, Scale
from comity.model.analysis import Analysis, Inputs
from comity.model.panel import Panel
from comity.model.weights import Code
from comity.selection.doubts import doubts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.choice.score import Scoring, Seating

Missing = Literal["least", "drop"]


class Selecting(Analysis):
    """What every analysis of this room lets a user change; the charter's own choice stands where nothing is given."""

    variant: str | None = None
    """The way of admission; the charter's first where absent."""
    seats: Annotated[int, Field(ge=1)] | None = None
    """How many are admitted."""
    scale: Scale | None = None
    """How figures become comparable."""
    aggregate: Aggregate | None = None
    """How criteria become one score."""
    missing: Missing | None = None
    """How a state without a figure counts: with the least value of that criterion (``least``), or not (``drop``)."""
    exclude: tuple[Code, ...] = ()
    """States that cannot be admitted, beside those of the charter."""
    weights: dict[str, Exact] = {}
    """Weights by criterion, in proportion; a criterion that is not named keeps the charter's."""

    def contest(self, inputs: Inputs) -> Contest:
        """The contest as the charter writes it, with the user's changes.

        Raises:
            InputError: for an unknown variant or criterion, or figures that cannot be used in this way.
            NotComputable: where the institution has no admission by figures.
        """
        name, admission = _variant(inputs, self.variant)
        unknown = [criterion for criterion in self.weights if criterion not in admission.criteria]
        if unknown:
            raise UnknownName("criterion", unknown[0], list(admission.criteria))
        criteria = {
            key: criterion.model_copy(update={"weight": self.weights.get(key, criterion.weight)})
            for key, criterion in admission.criteria.items()
        }
        changes = {
            "seats": self.seats or admission.seats,
            "scale": self.scale or admission.scale,
            "aggregate": self.aggregate or admission.aggregate,
            "gaps": self.missing or admission.gaps,
            "exclude": (*admission.exclude, *self.exclude),
            "criteria": criteria,
        }
        return contest(inputs, name, admission.model_copy(update=changes))

    def ranked(self, inputs: Inputs) -> Contest:
        """The contest, where weights decide it.

        Raises:
            NotComputable: where the variant has conditions only, so that there are no weights to ask about.
        """
        found = self.contest(inputs)
        if not found.criteria:
            raise NotComputable(
                f"The variant '{found.variant}' of {inputs.institution.name or 'this charter'} admits everyone who "
                "meets its conditions; it has no weights to ask about.",
                mend="Ask for selection.ranking, or choose another variant.",
            )
        return found


@dataclass(frozen=True)
class Contest:
    """Who competes, on which criteria, with which figures.

    Attributes:
        inputs: what the analysis was given.
        variant: the way of admission.
        admission: that way, with the user's changes.
        panel: the figures.
        states: the codes of those who compete.
        raw: their figures, ``states x criteria``; NaN for a gap.
        values: the same on a common scale, gaps filled.
        missing: where a gap was filled.
        caveats: what is doubtful in the figures.
    """

    inputs: Inputs
    variant: str
    admission: Admission
    panel: Panel
    states: tuple[str, ...]
    raw: NDArray[np.float64]
    values: NDArray[np.float64]
    missing: NDArray[np.bool_]
    caveats: tuple[Text, ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        """The names of the criteria."""
        return tuple(self.admission.criteria)

    @property
    def figures(self) -> tuple[str, ...]:
        """The indicator of each criterion, then of each condition."""
        used = (*self.admission.criteria.values(), *self.admission.conditions.values())
        return tuple(dict.fromkeys(each.figure for each in used))

    @property
    def seats(self) -> int:
        """How many are admitted: the seats, or all who meet the conditions."""
        return len(self.states) if self.admission.seats is None else self.admission.seats

    def title(self, name: str) -> Text:
        """The name of a criterion or condition for a reader."""
        return title_of({**self.admission.criteria, **self.admission.conditions}[name], self.panel)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The declared weights, summing to one."""
        import numpy as np

        written = [criterion.weight for criterion in self.admission.criteria.values()]
        whole = sum(written)
        if not whole:
            raise InputError("All weights are nought.", mend="Give at least one criterion a weight above nought.")
        return np.array([float(weight / whole) for weight in written])

    @cached_property
    def scoring(self) -> Scoring:
        """How weights turn into scores here.

        Raises:
            InputError: where the weighted product meets a value that is not positive, by name.
        """
        from comity.solvers.choice.score import Scoring

        try:
            return Scoring.of(self.values, self.admission.aggregate, self.states)
        except ValueError as error:
            raise InputError(f"{error} Criteria in order: {', '.join(self.criteria)}.") from None

    @cached_property
    def scores(self) -> NDArray[np.float64]:
        """The score of each state at the declared weights."""
        return self.scoring.scores(self.weights)

    @cached_property
    def seating(self) -> Seating:
        """Who is seated at the declared weights.

        Raises:
            InputError: where there are more seats than states.
        """
        from comity.solvers.choice.score import seat

        try:
            return seat(self.scores, self.seats)
        except ValueError as error:
            raise InputError(str(error), mend="Give fewer seats, or exclude fewer states.") from None

    @cached_property
    def could(self) -> tuple[str, ...]:
        """The states with gaps that would be seated if every gap of theirs were the largest value of all."""
        import numpy as np

        from comity.solvers.choice.score import at_largest

        how = self.admission.aggregate
        flags = at_largest(self.values, self.missing, self.weights, self.seats, aggregate=how)
        return tuple(self.states[number] for number in np.flatnonzero(flags))

    @property
    def club(self) -> tuple[str, ...]:
        """The codes of those seated at the declared weights, best first."""
        return tuple(self.states[number] for number in self.seating.seated)

    @property
    def members(self) -> tuple[str, ...]:
        """The charter's members on the day asked about."""
        return tuple(self.inputs.institution.members_on(self.inputs.date))

    @property
    def asked(self) -> frozenset[int]:
        """The members by number, where they can be seated: as many as there are seats, all competing; else nobody."""
        if len(self.members) != self.seats or not set(self.members) <= set(self.states):
            return frozenset()
        return frozenset(self.states.index(member) for member in self.members)

    def why_not(self) -> Text | None:
        """Why the members cannot be the club whatever the weights, where the reason is not one of figures."""
        away = [member for member in self.members if member not in self.states]
        if away:
            return Text(
                f"{', '.join(away)} cannot be seated: not among the states that compete.",
                f"{'、'.join(away)}不在参选国家之列，无法入选。",
            )
        if len(self.members) != self.seats:
            return Text(
                f"The charter has {len(self.members)} members but {self.seats} seats.",
                f"章程有{len(self.members)}个成员，却有{self.seats}个席位。",
            )
        return None

    def provenance(self, analysis: Analysis, *, random: bool = False) -> Provenance:
        """From what the answer was computed, with the attribution line of every source used."""
        lines = tuple(dict.fromkeys(self.panel.sources(self.figures).values()))
        return replace(self.inputs.provenance(analysis, random=random), sources=lines)

    def vintage(self) -> Text:
        """The years of the figures, for a subtitle."""
        oldest = self.panel.year - self.panel.back
        return Text(f"latest figures of {oldest} to {self.panel.year}", f"{oldest}年至{self.panel.year}年间的最新数据")


def title_of(used: Criterion | Condition, panel: Panel) -> Text:
    """The name of a criterion or condition: its own, else its indicator's."""
    return used.title or panel.indicator(used.figure).title


def _variant(inputs: Inputs, name: str | None) -> tuple[str, Admission]:
    offered = inputs.institution.admission
    called = inputs.institution.name or "this charter"
    if not offered:
        raise NotComputable(
            f"There is no admission by figures in {called}.", mend="Write an `admission` into its charter."
        )
    if name is not None and name not in offered:
        raise UnknownName(f"variant of admission in {called}", name, list(offered))
    chosen = name or next(iter(offered))
    return chosen, offered[chosen]


def contest(inputs: Inputs, variant: str, admission: Admission, panel: Panel | None = None) -> Contest:
    """The contest under one way of admission.

    The world of shares and ranks is the panel's states; exclusions and conditions only say who competes.

    Args:
        inputs: what the analysis was given.
        variant: the name of the way of admission.
        admission: that way.
        panel: other figures than those given.

    Raises:
        InputError: for an indicator that cannot be used in this way.
    """
    import numpy as np

    from comity.solvers.choice.scale import fill, normalise

    figures = panel or inputs.figures()
    _check(admission, figures)
    world = figures.actors
    raw = _columns(figures, [criterion.figure for criterion in admission.criteria.values()])
    able = np.array([state not in admission.exclude for state in world])
    able &= _fulfil(admission.conditions, figures)
    values = raw
    if admission.criteria:
        try:
            values = normalise(raw, admission.scale, [each.deficit for each in admission.criteria.values()])
        except ValueError as error:
            raise InputError(f"{error} Criteria in order: {', '.join(admission.criteria)}.") from None
    filled, whole = fill(values, admission.gaps) if admission.criteria else (raw, able)
    kept = able & whole
    states = tuple(state for state, stays in zip(world, kept, strict=True) if stays)
    if not states:
        raise InputError("No state competes.", mend="Loosen the conditions, or exclude fewer states.")
    incomplete = tuple(state for state, out in zip(world, able & ~whole, strict=True) if out)
    missing = np.isnan(raw[kept])
    found = Contest(inputs, variant, admission, figures, states, raw[kept], filled[kept], missing, ())
    return replace(found, caveats=doubts(admission, figures, states, incomplete))


def _columns(panel: Panel, names: list[str]) -> NDArray[np.float64]:
    import numpy as np

    columns = [[np.nan if value is None else value for value in panel.column(name)] for name in names]
    return np.array(columns, dtype=np.float64).T.reshape(len(panel.actors), len(names))


def _fulfil(conditions: Mapping[str, Condition], panel: Panel) -> NDArray[np.bool_]:
    import numpy as np

    met = np.ones(len(panel.actors), dtype=np.bool_)
    for condition in conditions.values():
        values = _columns(panel, [condition.figure])[:, 0]
        if condition.at_least is not None:
            met &= values >= float(condition.at_least)
        if condition.more_than is not None:
            met &= values > float(condition.more_than)
    return met


def _check(admission: Admission, panel: Panel) -> None:
    for name, criterion in admission.criteria.items():
        indicator = panel.indicator(criterion.figure)
        if indicator.nature == "rate" and admission.scale == "share_of_world":
            raise InputError(
                f"The criterion '{name}' takes shares of the world of {criterion.figure}, but that is a rate "
                f"({indicator.unit}), and rates cannot be summed over states.",
                mend="Use scale rank or min_max, or a figure that counts an amount.",
            )
        if indicator.signed and criterion.deficit is None:
            raise InputError(
                f"The criterion '{name}' uses {criterion.figure}, which can be negative, but does not say how a "
                "deficit counts.",
                mend="Declare deficit: zero or deficit: negative.",
            )
