"""Does contact lower misjudgement: how often two members err about each other, with and without the forum, by year."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from comity.analysis.parts.assumed import drawn, triple
from comity.analysis.parts.perceiving import LONGEST, Assumed, Meetings, Perceived, meetings, perceived
from comity.analysis.parts.perception.charts import charts
from comity.analysis.parts.perception.words import caveats, findings, tables
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.quantity import exact
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs


class Perception(Analysis):
    """How often two states misjudge each other, by how often they meet and how well signals tell types apart.

    Neither of two members knows whether the other is trustworthy. Every meeting of an organ, and every contact outside
    the forum, sends one noisy signal; each state follows Bayes' rule and trusts from a cut-off. Two curves are shown,
    because they answer two questions: what a state expects to lose by its errors before it knows anything never rises
    with contact, if it uses the best cut-off (Blackwell); but how often a state that *is* trustworthy is misjudged may
    first rise, because one that would have been trusted unseen can make a bad impression.

    Source:
        Kydd (2005), *Trust and Mistrust in International Relations*; Jervis (1976), *Perception and Misperception in
        International Politics*; Blackwell (1953), Annals of Mathematical Statistics 24(2).

    Example:
        >>> import comity as co
        >>> seen = co.analyse(co.load("g5"), "perception", draws=200)
        >>> seen.values["loss"]["g5"]["with"] <= seen.values["loss"]["g5"]["without"]
        True
    """

    kind: Literal["analysis.perception"] = "analysis.perception"
    """The kind of analysis."""
    prior: str = "3/10,6/10,9/10"
    """The belief before any contact that the other is trustworthy: low, mode and high. An assumption."""
    signal_error: str = "1/10,3/10,9/20"
    """How often a trustworthy state looks hostile at a contact: low, mode and high, at most 1/2. An assumption."""
    miss: str | None = None
    """How often a hostile state looks trustworthy, because it deceives: low, mode and high; as the signal error where
    absent."""
    payoffs: str = "4,3,2,1"
    """A trustworthy state's payoffs where both keep faith, where it alone breaks it, where both do, where it is
    exploited: descending. An assumption."""
    cutoff: str | None = None
    """The belief from which states trust, such as 4/5; the one that costs least by the payoffs where absent."""
    years: Annotated[int, Field(ge=1, le=50)] = 10
    """How many years are followed."""
    baseline: Annotated[float, Field(ge=0, le=366)] = 1.0
    """Contacts a year that the two have without the forum. An assumption."""
    draws: Annotated[int, Field(ge=100, le=100_000)] = 2_000
    """How many draws of belief and signal error."""

    def run(self, inputs: Inputs) -> Result:
        """Follow the two states with and without the forum.

        Raises:
            InputError: for assumptions that are no numbers of their kind.
            NotComputable: where the charter does not say how often any organ meets.
        """
        assumed = self._assumed(inputs.seed)
        meets = self._meetings(inputs)
        found = perceived(assumed, meets, years=self.years, baseline=self.baseline, step=inputs.step)
        told = findings(inputs, found)
        return Result(
            kind=self.kind,
            title=Text("Does contact lower misjudgement", "接触能否减少误判"),
            values=_values(found),
            tables=tables(found),
            charts=charts(inputs, found, told),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, found)),
            provenance=inputs.provenance(self, random=True),
        )

    def _assumed(self, seed: int) -> Assumed:
        prior = triple("--prior", self.prior, example="3/10,6/10,9/10")
        error = triple("--signal-error", self.signal_error, most=0.5, example="1/10,3/10,9/20")
        miss = error if self.miss is None else triple("--miss", self.miss, most=1 - error[2], example="1/10,3/10,1/2")
        if not (0 < prior[1] < 1):
            mend = "Write a mode above 0 and below 1: 3/10,6/10,9/10."
            raise InputError(f"--prior {self.prior}: no signal can change a belief of nought or one.", mend=mend)
        reward, temptation, punishment, sucker = _payoffs(self.payoffs)
        needless, exploited = reward - temptation, punishment - sucker
        errors = drawn(seed, "perception.error", error, self.draws)
        missed = errors if self.miss is None else drawn(seed, "perception.miss", miss, self.draws)
        return Assumed(
            drawn(seed, "perception.prior", prior, self.draws),
            errors,
            missed,
            (prior[1], error[1], miss[1]),
            needless,
            exploited,
            exploited / (needless + exploited) if self.cutoff is None else _belief(self.cutoff),
        )

    def _meetings(self, inputs: Inputs) -> list[Meetings]:
        own = meetings(inputs.institution)
        if not own.organs:
            raise NotComputable(
                f"{inputs.institution.title.en}: its charter does not say how often an organ meets.",
                mend="Write meets: 12 months under an organ in a charter of your own.",
            )
        every = [own, *(each for each in map(meetings, inputs.against) if each.organs)]
        busiest = max(every, key=lambda each: each.yearly)
        if (busiest.yearly + self.baseline) * self.years > LONGEST:
            mend = f"Ask for fewer years, or a smaller baseline: at most {LONGEST} contacts in all."
            raise InputError(f"{self.years} years of {busiest.body.name} are too many contacts.", mend=mend)
        return every


def _payoffs(text: str) -> tuple[float, float, float, float]:
    mend = "Write them descending: 4,3,2,1."
    try:
        reward, temptation, punishment, sucker = (float(exact(part.strip())) for part in text.split(","))
    except ValueError:
        raise InputError(f"--payoffs {text}: these are not four numbers of nought or more.", mend=mend) from None
    if not reward > temptation >= punishment > sucker:
        why = "a trustworthy state likes best that both keep faith, and least to be exploited"
        raise InputError(f"--payoffs {text}: {why}.", mend=mend)
    return reward, temptation, punishment, sucker


def _belief(text: str) -> float:
    try:
        found = float(exact(text.strip()))
    except ValueError:
        found = -1.0
    if not 0 < found < 1:
        raise InputError(f"--cutoff {text}: this is no belief above 0 and below 1.", mend="Write it as 4/5.")
    return found


def _values(found: Perceived) -> dict[str, Any]:
    names = [each.body.name for each in found.meetings]

    def both(measure: str) -> dict[str, dict[str, float | None]]:
        last = {name: path[-1][1][measure].value for name, path in found.course.items()}
        return {name: {"without": last[""], "with": last[name]} for name in names}

    return {
        "meetings_a_year": {each.body.name: each.yearly for each in found.meetings},
        "cutoff": {"in_use": found.assumed.level, "best": found.assumed.best},
        "loss": both("loss"),
        "loss_at_cutoff": both("loss_at_cutoff"),
        "misjudged": both("misjudged"),
        "trusted": both("trusted"),
        "mutual_defection": both("mutual"),
        "mutual_defection_wary": both("mutual_wary"),
        "first_rises": found.rises.value,
        "contacts_needed": {f"{error:g}": count for error, count in found.needed.items()},
    }
