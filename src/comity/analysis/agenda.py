"""Who sets the agenda: the premium of proposing, the charter's cap, fixed chairs, and prerogatives outside the vote."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.agenda.prerogatives import Reading, readings
from comity.analysis.parts.agenda.proposing import Proposal, proposals
from comity.analysis.parts.agenda.proposing_words import proposals_table, worth
from comity.analysis.parts.agenda.setting import Setting, setting
from comity.analysis.parts.agenda.words import caveats, chart, findings, fixed_table, readings_table, settings_table
from comity.analysis.parts.decisions import Decision, decisions
from comity.analysis.parts.matters import docket
from comity.kernel.errors import NotComputable
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs


class Agenda(Analysis):
    """Agenda power of each member: what it can expect, and what it gains by being the one who proposes.

    Chances to propose follow the charter's rights. Whoever is recognised proposes a division, the rule decides at once,
    and a refusal costs a round (closed rule). The shares that members can expect are held against the charter's cap;
    a fixed chair is tried for each member, and the largest chance to propose is searched at which balance holds. Who
    interprets or arbitrates chooses a reading within a band of ambiguity: an advantage outside the vote, shown apart.
    On the issues of the stakes it says how much nearer the text comes to a member when that member proposes it.

    Source:
        Baron and Ferejohn (1989), "Bargaining in Legislatures", American Political Science Review 83(4); Romer and
        Rosenthal (1978), Public Choice 33(4), on who proposes; Eraslan and McLennan (2013), Journal of Economic Theory
        148, on uniqueness; Banks and Duggan (2000), American Political Science Review 94(1), on the issues.

    Example:
        >>> import comity as co
        >>> sets = co.analyse(co.load("g5"), "agenda", rule="majority", discount=0.9)
        >>> round(sets.values["proposing"]["g5.majority.as_written"]["JPN"], 4)
        0.64
    """

    kind: Literal["analysis.agenda"] = "analysis.agenda"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    rule: str | None = None
    """The rule asked about; all rules where absent."""
    discount: Annotated[float, Field(ge=0, le=1)] = 0.9
    """What a share is worth a round later."""
    ambiguity: Annotated[float, Field(ge=0, le=100)] = 10.0
    """How many points either way a text can be read by who interprets it: an assumption."""
    issues: tuple[str, ...] = ()
    """The issues on which readings are compared; `all`, or all where absent."""

    def run(self, inputs: Inputs) -> Result:
        """Divide a sum under each rule, and let those with prerogatives choose their reading.

        Raises:
            UnknownName: for a rule or an issue that is not there.
            NotComputable: where no body is small enough, or alike enough, to be divided.
        """
        decided: list[Decision] = decisions(inputs, self.rule)
        found: list[Setting] = []
        skipped: list[Decision] = []
        for number, decision in enumerate(decided):
            inputs.step(number, len(decided), decision.key)
            made = setting(decision, self.discount)
            if made is None:
                skipped.append(decision)
            else:
                found.append(made)
        inputs.step(len(decided), len(decided), "")
        if not found:
            raise NotComputable(
                "No rule of these bodies can be divided: too many members that differ, or nothing that can be adopted.",
                mend="Ask about a smaller body, or another rule: --rule RULE.",
            )
        chosen: list[Reading] = []
        proposed: list[Proposal] = []
        if inputs.stakes is not None:
            asked = docket(inputs, self.issues)
            chosen = [each for matter in asked.matters for each in readings(matter, self.ambiguity, inputs.seed)]
            proposed = [each for matter in asked.matters for each in proposals(matter, self.discount)]
        told = [*findings(inputs, found, chosen), *worth(inputs, proposed)]
        tables = [settings_table(inputs, found), fixed_table(inputs, found)]
        if chosen:
            tables.append(readings_table(inputs, chosen))
        if proposed:
            tables.append(proposals_table(inputs, proposed))
        shares = {each.decision.key: _by_member(each, each.expected.tolist()) for each in found}
        return Result(
            kind=self.kind,
            title=Text("Who sets the agenda", "谁设定议程"),
            values={
                "shares": shares,
                "proposing": {each.decision.key: _by_member(each, each.proposing.tolist()) for each in found},
                "concentration": {each.decision.key: each.concentration for each in found},
                "effective": {each.decision.key: 1 / each.concentration for each in found},
                "balanced": {each.decision.key: each.balanced for each in found},
            },
            tables=tuple(tables),
            charts=(chart(inputs, found, told[0].text),),
            findings=tuple(told),
            caveats=tuple(caveats(skipped, self.discount, self.ambiguity if chosen else None)),
            provenance=inputs.provenance(self, random=bool(chosen)),
        )


def _by_member(made: Setting, values: list[float]) -> dict[str, float]:
    return dict(zip(made.decision.members, values, strict=True))
