"""Compliance with commitments, from a table of scores: averages with intervals, and no ranking of close neighbours."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Annotated, Literal

from pydantic import Field

from comity.kernel.errors import InputError
from comity.kernel.result import Figure, Finding, Result, Text
from comity.kernel.saying import per_cent, said
from comity.library.scores import Scores, scores
from comity.model.analysis import Analysis, Inputs
from comity.model.compliance import Measured, measure
from comity.model.naming import short
from comity.observation.parts.compliance.charts import charts
from comity.observation.parts.compliance.tables import TRUST, tables


class Compliance(Analysis):
    """How far members kept their commitments, by member, issue and year, with intervals, and how far coders agree.

    Scores are -1, 0 and +1; (mean + 1) / 2 is the percentage that the G7 and G20 Research Groups publish. Commitments
    are drawn again with replacement. Two members cannot be told apart where the interval of their difference, over
    commitments on which both were scored, holds nought; they share a letter, and nobody is ranked.

    Source:
        Kirton and Larionova (2018), *Accountability for Effectiveness in Global Governance*; Hesterberg (2015), The
        American Statistician 69(4); Piepho (2004), Journal of Computational and Graphical Statistics 13(2);
        Krippendorff (2004), *Content Analysis*, on what alpha allows.
    """

    kind: Literal["observation.compliance"] = "observation.compliance"
    """The kind of analysis."""
    file: str | None = None
    """The table of scores: a CSV file with commitment, member, value, assessor and year."""
    assessor: str | None = None
    """Whose scores are averaged; the only assessor's where absent."""
    draws: Annotated[int, Field(ge=200, le=100_000)] = 2000
    """How often commitments are drawn again."""
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    """How often intervals made like these hold what they are about."""

    def run(self, inputs: Inputs) -> Result:
        """Read the scores and measure them.

        Raises:
            InputError: where no file is named, or several assessors and none is chosen.
            DocumentError: with every problem of the file.
        """
        if self.file is None:
            raise InputError("No table of scores was named.", mend="Name a CSV file: --file scores.csv.")
        body = inputs.institution
        return self.told(inputs, scores(self.file, inputs.actors, body.members_on(inputs.date)))

    def told(self, inputs: Inputs, held: Scores) -> Result:
        """What scores that were read already come to.

        Args:
            inputs: what the analysis may read.
            held: the scores.

        Raises:
            InputError: where there are several assessors and none is chosen.
        """
        found = measure(held.scores, self.assessor, draws=self.draws, seed=inputs.seed, confidence=self.confidence)
        told = _findings(inputs, found, self.draws)
        whence = inputs.provenance(self, random=True)
        return Result(
            kind=self.kind,
            title=Text("Compliance with commitments", "承诺履行情况"),
            values={
                "assessor": found.assessor,
                "compliance": {member: (each.mean + 1) / 2 for member, each in found.members.items()},
                "groups": [list(group) for group in found.groups],
                "told_apart": sum(pair.told_apart for pair in found.pairs),
                "of_pairs": len(found.pairs),
                "alpha": {each.assessor: _number(each.agreement.alpha) for each in found.coded},
            },
            tables=tables(inputs, found),
            charts=charts(found, told[0].text),
            findings=tuple(told),
            caveats=tuple(_caveats(found, self.confidence)),
            provenance=replace(whence, figures={**whence.figures, "scores": held.digest}),
        )


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _findings(inputs: Inputs, found: Measured, draws: int) -> list[Finding]:
    name = short(inputs.institution)
    apart, pairs = sum(pair.told_apart for pair in found.pairs), len(found.pairs)
    shares = {member: (each.mean + 1) / 2 for member, each in found.members.items()}
    low, high = per_cent(min(shares.values()), 0), per_cent(max(shares.values()), 0)
    first = Finding(
        said(
            f"the members of {name.en} come to between {low} and {high}; {apart} of {pairs} pairs can be told apart",
            f"{name.of('zh')}各成员的履约率在{low}至{high}之间；{pairs}对成员中有{apart}对可以区分",
        ),
        {
            member: Figure(
                shares[member], "share", *((None if end is None else (end + 1) / 2) for end in (each.low, each.high)),
                n=draws, seed=inputs.seed,
            )
            for member, each in found.members.items()
        },
    )  # fmt: skip
    agreed = [
        Finding(
            Text(
                f"The coders of {each.assessor} agree to alpha {each.agreement.alpha:.3f} "
                f"({each.low:.3f} to {each.high:.3f}): {TRUST[each.trust].en}",
                f"{each.assessor}的编码员一致程度α为{each.agreement.alpha:.3f}"
                f"（{each.low:.3f}至{each.high:.3f}）：{TRUST[each.trust].zh}",
            ),
            {"alpha": Figure(each.agreement.alpha, "", each.low, each.high, draws, inputs.seed)},
        )
        for each in found.coded
        if each.trust != "unknown"
    ]
    return [first, *agreed]


def _caveats(found: Measured, confidence: float) -> list[Text]:
    sure = per_cent(confidence, 0)
    told = [
        Text(
            "High scores may mean that little was promised (Downs, Rocke and Barsoom 1996), or that those who would "
            "have complied anyway joined (von Stein 2005).",
            "高分可能意味着承诺本就不多（Downs、Rocke与Barsoom 1996），或加入者原本就会履行（von Stein 2005）。",
        ),
        said(
            f"the commitments assessed are chosen, not drawn: intervals ({sure}) are about commitments like these. "
            "Each pair is tested by itself, so that some of many pairs look different by chance.",
            f"受评承诺系挑选而非随机抽取：区间（{sure}）针对同类承诺。"
            "各对成员分别检验，对数很多时会有若干对因偶然而显得不同。",
        ),
    ]
    if found.from_coders:
        told.append(
            Text(
                f"{found.from_coders} values are means of coders, for no agreed score was given.",
                f"{found.from_coders}个数值为编码员评分的平均，因没有议定评分。",
            )
        )
    if not found.coded:
        told.append(
            Text("No coders are named: how reliable the scores are is not known.", "未列编码员：评分的可靠程度未知。")
        )
    return told
