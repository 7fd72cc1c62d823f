"""Tables of talks: outcomes, members, packages, concessions round by round, and two talks as a log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.model.naming import label_of, named
from comity.rehearsal.parts.negotiation.holding import Held
from comity.rehearsal.parts.spreads import chance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOW, HIGH = Text("Low (95 %)", "下限（95%）"), Text("High (95 %)", "上限（95%）")
LOWER, UPPER = Text("Low (90 % of draws)", "下限（90%抽样）"), Text("High (90 % of draws)", "上限（90%抽样）")
TACTICS = {
    "boulware": Text("holds until near the end", "坚持至接近期限"),
    "linear": Text("concedes evenly", "逐轮均匀让步"),
    "conceder": Text("concedes early", "早让步"),
    "tit_for_tat": Text("repays in kind", "以让步回报让步"),
    "hold_out": Text("holds out", "拒不让步"),
}
"""The tactics in words."""
ENDS = {
    "adopted": Text("adopted", "通过"),
    "refused": Text("refused", "未通过"),
    "walked_out": Text("walks out", "退场"),
}
WHICH = {"typical": Text("typical", "典型"), "worst": Text("worst", "最差")}
LISTED = 60
"""The most rows of one talk in the log."""


def mean(values: NDArray[np.float64]) -> tuple[float | None, float | None, float | None]:
    """A mean over draws with the middle 90 % of them; none where there is no number."""
    import numpy as np

    known = values[~np.isnan(values)]
    if not len(known):
        return None, None, None
    low, high = np.quantile(known, [0.05, 0.95])
    return float(known.mean()), float(low), float(high)


def put(name: str, triple: tuple[float | None, float | None, float | None]) -> dict[str, float | None]:
    """A quantity with its interval, by the names of its columns."""
    return {name: triple[0], f"{name}_low": triple[1], f"{name}_high": triple[2]}


def columns(name: str, title: Text, unit: str, *, percent: bool = False, odds: bool = False) -> list[Column]:
    """The columns of a quantity and its interval."""
    low, high = (LOW, HIGH) if odds else (LOWER, UPPER)
    each = ((name, title), (f"{name}_low", low), (f"{name}_high", high))
    return [Column(key, words, unit, percent=percent, digits=0 if percent else 1) for key, words in each]


def table(
    name: str, title: Text, columns: Sequence[Column], rows: Iterable[dict[str, Any]], *, note: Text = Text("")
) -> Table:
    """A table of these rows: words in columns of actors or with labels, numbers elsewhere."""
    import polars as pl

    schema = {
        each.name: pl.String if each.labels is not None or each.actor else pl.Float64 for each in columns
    }  # fmt: skip
    return Table(name, title, tuple(columns), pl.DataFrame(list(rows), schema=schema), note)


def _body(found: Sequence[Held]) -> Column:
    return Column("institution", Text("Institution", "机构"), labels={h.body.name: h.body.title for h in found})


def _member(inputs: Inputs, found: Sequence[Held], name: str = "member", title: Text | None = None) -> Column:
    names = {member: label_of(inputs, member) for held in found for member in held.package.members}
    return Column(name, title or Text("Member", "成员"), labels=names)


def tables(inputs: Inputs, found: Sequence[Held]) -> tuple[Table, ...]:
    """All tables, the verdicts first."""
    return (
        _talks(found),
        _members(inputs, found),
        _packages(found),
        _concessions(inputs, found),
        _log(inputs, found),
    )


def _talks(found: Sequence[Held]) -> Table:
    import numpy as np

    def rows() -> Iterable[dict[str, Any]]:
        for held in found:
            share, open_ = chance(held.agreed), chance(held.possible)
            last = np.where(held.agreed, held.log.round, np.nan)
            far = np.where(held.agreed[:, None], held.distances, np.nan)
            yield {
                "institution": held.body.name,
                **put("agreed", share[:3]),
                **put("possible", open_[:3]),
                **put("round", mean(last)),
                **put("front", mean(far[:, 0])),
                **put("nash", mean(far[:, 1])),
                **put("kalai_smorodinsky", mean(far[:, 2])),
                **put("room", mean(held.room)),
                **put("welfare", mean(held.welfare)),
                **put("product", mean(held.product)),
                **put("walked_out", chance(held.broken_off)[:3]),
            }

    unit = "share of each one's range"
    shown = [
        _body(found),
        *columns("agreed", Text("Talks that agree", "达成协议"), "share of draws", percent=True, odds=True),
        *columns("possible", Text("Agreement possible", "存在可能的协议"), "share of draws", percent=True, odds=True),
        *columns("round", Text("Round of agreement", "达成协议的轮次"), "rounds"),
        *columns("front", Text("Distance to the Pareto front", "与帕累托前沿的距离"), unit, percent=True),
        *columns("nash", Text("Distance to the Nash solution", "与纳什解的距离"), unit, percent=True),
        *columns(
            "kalai_smorodinsky",
            Text("Distance to Kalai-Smorodinsky", "与卡莱-斯莫罗丁斯基解的距离"),
            unit,
            percent=True,
        ),
        *columns("room", Text("All could have more at once by", "各方尚可同时增加"), unit, percent=True),
        *columns("welfare", Text("Sum of gains", "所得总和"), "share of the largest sum", percent=True),
        *columns("product", Text("Nash product", "纳什积"), "share of the largest, per member", percent=True),
        *columns("walked_out", Text("Someone walks out", "有成员退场"), "share of draws", percent=True, odds=True),
    ]
    note = Text(
        "Distances are roots of mean squares over members, of talks that agree; possible: the rule would adopt some "
        "package if everyone voted for all that is better than none.",
        "距离为各成员平方均值之根，仅计达成协议的谈判；“可能”指若各方对一切优于无协议的方案均投赞成票，规则会通过某一方案。",
    )
    return table("talks", Text("How the talks end", "谈判结果"), shown, rows(), note=note)


def _members(inputs: Inputs, found: Sequence[Held]) -> Table:
    import numpy as np

    def rows() -> Iterable[dict[str, Any]]:
        for held in found:
            for place, member in enumerate(held.who):
                first, last = ends(held)[0][:, place], ends(held)[1][:, place]
                worse = chance(held.gains[:, place] < 0)
                yield {
                    "institution": held.body.name,
                    "member": member,
                    "tactic": held.tactics[place],
                    **put("first", mean(first)),
                    **put("last", mean(last)),
                    **put("conceded", mean(first - last)),
                    **put("gain", mean(held.gains[:, place])),
                    **put("compromise", mean(held.compromise[:, place])),
                    **put("more", mean(held.gains[:, place] - held.compromise[:, place])),
                    **put("worse", worse[:3]),
                    **put("walked_out", chance(held.left[:, place])[:3]),
                    **put("worth", mean(np.asarray(held.worth[:, place]))),
                }

    unit = "share of its range"
    shown = [
        _body(found),
        _member(inputs, found),
        Column("tactic", Text("Tactic", "策略"), labels=TACTICS),
        *columns("first", Text("First offer gives itself", "首次报价自得"), unit, percent=True),
        *columns("last", Text("Last offer gives itself", "末次报价自得"), unit, percent=True),
        *columns("conceded", Text("Conceded", "让步"), unit, percent=True),
        *columns("gain", Text("Has in the end", "最终所得"), unit, percent=True),
        *columns("compromise", Text("At the Nash solution", "纳什解所得"), unit, percent=True),
        *columns("more", Text("More than that", "较之增减"), unit, percent=True),
        *columns("worse", Text("Worse off than without", "不如没有协议"), "share of draws", percent=True, odds=True),
        *columns("walked_out", Text("Walks out", "退场"), "share of draws", percent=True, odds=True),
        *columns("worth", Text("Worth in the end", "最终价值"), found[0].package.unit),
    ]
    note = Text(
        "A member's range runs from what it has without agreement (0) to its best package (100 %). Means over draws.",
        "成员的区间从无协议时的所得（0）到其最优方案（100%）；均为各抽样的均值。",
    )
    title = Text("Who concedes, who gains", "谁让步，谁获益")
    return table("members", title, shown, rows(), note=note)


def ends(held: Held) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the first and the last offer of each member gave itself: draws x members."""
    import numpy as np

    known = ~np.isnan(held.asked)
    first = np.take_along_axis(held.asked, known.argmax(axis=1)[:, None, :], axis=1)[:, 0, :]
    back = held.asked.shape[1] - 1 - known[:, ::-1, :].argmax(axis=1)
    last = np.take_along_axis(held.asked, back[:, None, :], axis=1)[:, 0, :]
    return first, last


def _packages(found: Sequence[Held]) -> Table:
    from comity.kernel.result import Text as Words

    labels: dict[str, Words] = {}
    titles: dict[str, Words] = {}

    def rows() -> Iterable[dict[str, Any]]:
        for held in found:
            digits = held.setting.outcomes.digits[held.log.outcome[held.agreed]]
            for number, issue in enumerate(held.package.issues):
                titles[issue.name] = issue.title
                span = max(issue.places) - min(issue.places) or 1.0
                for option, (place, words) in enumerate(zip(issue.places, issue.words, strict=True)):
                    key = f"{issue.name}.{place:g}"
                    labels[key] = words
                    part = chance(digits[:, number] == option) if len(digits) else None
                    yield {
                        "institution": held.body.name,
                        "issue": issue.name,
                        "option": key,
                        "place": (place - min(issue.places)) / span,
                        "now": float(issue.now == option),
                        **({} if part is None else put("share", part[:3])),
                    }

    listed = list(rows())
    shown = [
        _body(found),
        Column("issue", Text("Issue", "议题"), labels=titles),
        Column("option", Text("Option", "选项"), labels=labels),
        Column("place", Text("Place from first to last option", "选项位置（首至末）"), "share of the scale", digits=2),
        Column("now", Text("As it stands (1) or not (0)", "是否现状（1为是）"), "", digits=0),
        *columns("share", Text("Of agreements", "占协议比例"), "share of agreements", percent=True, odds=True),
    ]
    return table("packages", Text("What is agreed", "达成的内容"), shown, listed)


def _concessions(inputs: Inputs, found: Sequence[Held]) -> Table:
    import numpy as np

    def rows() -> Iterable[dict[str, Any]]:
        for held in found:
            for place, member in enumerate(held.who):
                for round_ in range(held.asked.shape[1]):
                    values = held.asked[:, round_, place]
                    known = values[~np.isnan(values)]
                    if not len(known):
                        continue
                    low, middle, high = np.quantile(known, [0.05, 0.5, 0.95])
                    yield {
                        "institution": held.body.name,
                        "member": member,
                        "round": float(round_ + 1),
                        "talks": float(len(known)),
                        "asks": float(middle),
                        "asks_low": float(low),
                        "asks_high": float(high),
                    }

    shown = [
        _body(found),
        _member(inputs, found),
        Column("round", Text("Round", "轮次"), "", digits=0),
        Column("talks", Text("Talks still held", "仍在进行的谈判"), "talks", digits=0),
        *columns(
            "asks", Text("Its offer gives itself, median", "其报价自得，中位数"), "share of its range", percent=True
        ),
    ]
    return table("concessions", Text("Concessions round by round", "逐轮让步"), shown, rows())


def picked(held: Held) -> dict[str, int]:
    """A typical and the worst talk, by draw.

    Typical is, of the more frequent ending, the talk nearest to the medians of rounds and gains. The worst is the one
    in which the member worst off has least; of equal ones that in which all could have had most at once.
    """
    import numpy as np

    usual = held.agreed if held.agreed.mean() >= 0.5 else ~held.agreed
    rows = np.flatnonzero(usual)
    lengths = held.log.round[rows] / held.asked.shape[1]
    away = (np.abs(held.gains[rows] - np.median(held.gains[rows], axis=0)).mean(axis=1)
            + np.abs(lengths - np.median(lengths)))  # fmt: skip
    poor = held.gains.min(axis=1)
    worst = np.lexsort((-held.room, poor))[0]
    return {"typical": int(rows[away.argmin()]), "worst": int(worst)}


def _log(inputs: Inputs, found: Sequence[Held]) -> Table:
    words: dict[str, Text] = {}
    voters: dict[str, Text] = {"": Text("–", "–")}

    def rows() -> Iterable[dict[str, Any]]:
        for held in found:
            for which, draw in picked(held).items():
                yield from _told(inputs, held, (which, draw), (words, voters))

    listed = list(rows())
    shown = [
        _body(found),
        Column("which", Text("Talk", "谈判"), labels=WHICH),
        Column("draw", Text("Draw", "抽样"), "", digits=0),
        Column("turn", Text("Turn", "次序"), "", digits=0),
        Column("round", Text("Round", "轮次"), "", digits=0),
        _member(inputs, found, "proposer", Text("Tabled by", "提出者")),
        Column("package", Text("Package", "方案"), labels=words),
        Column("yes", Text("Yes votes", "赞成票"), "votes", digits=0),
        Column("against", Text("Not in favour", "未赞成者"), labels=voters),
        Column("end", Text("Then", "结果"), labels=ENDS),
    ]
    note = Text(
        f"Only turns in which something new was tabled, at most the last {LISTED} of a talk.",
        f"仅列出提出新方案的轮次，每场谈判至多最后{LISTED}行。",
    )
    return table("log", Text("Two talks as they went", "两场谈判的过程"), shown, listed, note=note)


def _told(
    inputs: Inputs, held: Held, asked: tuple[str, int], heard: tuple[dict[str, Text], dict[str, Text]]
) -> list[dict[str, Any]]:  # fmt: skip
    from comity.solvers.bargain.offers import WALKED

    which, draw = asked
    words, voters = heard
    log, package, members = held.log, held.package, held.package.members
    before: dict[int, int] = {}
    rows: list[dict[str, Any]] = []
    for turn in range(int(log.turns[draw])):
        member, tabled = int(log.by[draw, turn]), int(log.offers[draw, turn])
        over = turn == int(log.turns[draw]) - 1
        if tabled == WALKED:
            words["walked_out"] = Text("–")
            found = {"package": "walked_out", "yes": None, "against": "", "end": "walked_out"}
            rows.append({"institution": held.body.name, "which": which, "draw": float(draw + 1),
                         "turn": float(turn + 1), "round": float(turn // len(held.setting.proposers) + 1),
                         "proposer": members[member], **found})  # fmt: skip
        if tabled < 0 or (before.get(member) == tabled and not over):
            continue
        before[member] = tabled
        ballots = log.ballots[draw, turn]
        against = [each for place, each in enumerate(members) if ballots[place] != 0]
        key = f"{held.body.name}.{tabled}"
        words[key] = package.words(held.setting.outcomes.digits[tabled].tolist())
        if against:
            voters[" ".join(against)] = named(inputs, against)
        rows.append(
            {
                "institution": held.body.name,
                "which": which,
                "draw": float(draw + 1),
                "turn": float(turn + 1),
                "round": float(turn // len(held.setting.proposers) + 1),
                "proposer": members[member],
                "package": key,
                "yes": float((ballots == 0).sum()),
                "against": " ".join(against),
                "end": "adopted" if over and log.outcome[draw] >= 0 else "refused",
            }
        )
    return rows[-LISTED:]
