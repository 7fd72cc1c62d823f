"""What is said of talks: whether and when they agree, on what, who concedes, who gains, and what all left lying."""

from __future__ import annotations

from collections.abc import Sequence

import comity.rehearsal.parts.negotiation.tables as t
from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import listed
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short
from comity.rehearsal.parts.negotiation.holding import INSISTS, OPENS, Held, Terms, enough
from comity.rehearsal.parts.spreads import chance
from comity.rehearsal.parts.wording import per_cent, said

RANGE = "share of its range"


def findings(inputs: Inputs, found: Sequence[Held], terms: Terms) -> list[Finding]:
    """What is said of every body, the institution first."""
    told: list[Finding] = []
    for held in found:
        told.append(agreement(inputs, held, terms))
        told += _gone(inputs, held)
        if held.agreed.any():
            told += [package(inputs, held), conceding(inputs, held), gaining(inputs, held), _left(inputs, held)]
            told += _outvoted(inputs, held)
    return [*told, _enough(inputs, found[0])]


def agreement(inputs: Inputs, held: Held, terms: Terms) -> Finding:
    """Whether the talks agree, when, and whether they could."""
    import numpy as np

    who, issues = short(held.body), listed([each.title for each in held.package.issues])
    share, could = chance(held.agreed), chance(held.possible)
    figures = {"agreed": share.figure(inputs.seed), "possible": could.figure(inputs.seed)}
    rules = listed([held.body.rule(each).title or Text(each.replace("_", " ")) for each in held.package.rules])
    english = f"{who.en} ({rules.en}): talks over {issues.en} end in agreement in {per_cent(share.share)} of the draws"
    chinese = f"{who.of('zh')}（{rules.of('zh')}）：就{issues.of('zh')}的谈判在{per_cent(share.share)}的抽样中达成协议"
    if held.agreed.any():
        last = held.log.round[held.agreed]
        low, middle, high = (float(each) for each in np.quantile(last, (0.05, 0.5, 0.95), method="lower"))
        figures["round"] = Figure(middle, "rounds", low, high, len(last), inputs.seed)
        english += f", half of them by round {middle:.0f} of {terms.rounds}"
        chinese += f"，其中半数不晚于第{middle:.0f}轮（共{terms.rounds}轮）"
    if could.share < 1:
        english += f"; with all of them at the table some package could have been adopted in {per_cent(could.share)}"
        chinese += f"；在全体在场的情况下，{per_cent(could.share)}的抽样中存在可获通过的方案"
    return Finding(said(f"{english}.", f"{chinese}。"), figures)


def package(inputs: Inputs, held: Held) -> Finding:
    """What is agreed most often, issue by issue."""
    import numpy as np

    who = short(held.body)
    digits = held.setting.outcomes.digits[held.log.outcome[held.agreed]]
    figures: dict[str, Figure] = {}
    parts: list[Text] = []
    for number, issue in enumerate(held.package.issues):
        counts = np.bincount(digits[:, number], minlength=len(issue.places))
        most = int(counts.argmax())
        share = chance(digits[:, number] == most)
        figures[f"package.{issue.name}"] = share.figure(inputs.seed)
        word, odds = issue.words[most], per_cent(share.share)
        parts.append(
            Text(f"{issue.title.en}: {word.en} ({odds})", f"{issue.title.of('zh')}：{word.of('zh')}（{odds}）")
        )
    english, chinese = "; ".join(each.en for each in parts), "；".join(each.of("zh") for each in parts)
    return Finding(
        said(f"{who.en} agrees most often on {english}.", f"{who.of('zh')}最常达成：{chinese}。"), figures
    )  # fmt: skip


def conceding(inputs: Inputs, held: Held) -> Finding:
    """Who gives up most of its range and who least."""
    import numpy as np

    first, last = t.ends(held)
    moved = [t.mean(first[:, place] - last[:, place]) for place in range(len(held.who))]
    order = sorted(
        (place for place, each in enumerate(moved) if each[0] is not None), key=lambda place: -(moved[place][0] or 0.0)
    )
    if not order:
        text = said("Nobody tabled anything.", "没有成员提出方案。")
        return Finding(text, {})
    most, least = order[0], order[-1]
    figures = {
        f"conceded.{held.who[place]}": Figure(
            moved[place][0],
            RANGE,
            moved[place][1],
            moved[place][2],
            int((~np.isnan(first[:, place])).sum()),
            inputs.seed,
        )
        for place in dict.fromkeys((most, least))
    }
    who = short(held.body)
    one, two = (name_of(inputs, held.who[place]) for place in (most, least))
    much, little = (per_cent(moved[place][0] or 0.0) for place in (most, least))
    if most == least:
        return Finding(
            said(
                f"{who.en}: {one.en} concedes {much} of its range.",
                f"{who.of('zh')}：{one.of('zh')}让出其区间的{much}。",
            ),
            figures,
        )
    return Finding(
        said(
            f"{who.en}: {one.en} concedes most, {much} of its range on average, {two.en} least, {little}.",
            f"{who.of('zh')}：{one.of('zh')}让步最多，平均为其区间的{much}；{two.of('zh')}最少，为{little}。",
        ),
        figures,
    )


def gaining(inputs: Inputs, held: Held) -> Finding:
    """Who does best and worst beside the Nash solution."""
    more = [t.mean(held.gains[:, place] - held.compromise[:, place]) for place in range(len(held.who))]
    order = sorted(range(len(more)), key=lambda place: -(more[place][0] or 0.0))
    most, least = order[0], order[-1]
    figures = {
        f"more.{held.who[place]}": Figure(*_ordered(more[place]), len(held.gains), inputs.seed)
        for place in dict.fromkeys((most, least))
    }
    who = short(held.body)
    (one, two), (up, down) = (
        [name_of(inputs, held.who[place]) for place in (most, least)],
        [more[place][0] or 0.0 for place in (most, least)],
    )
    if max(abs(up), abs(down)) < 0.005:
        text = said(
            f"{who.en}: everyone ends where the Nash solution would leave it.",
            f"{who.of('zh')}：各方所得与纳什解一致。",
        )
        return Finding(text, figures)
    return Finding(
        said(
            f"{who.en}: beside the Nash solution {one.en} does best ({_signed(up)} of its range) and {two.en} worst "
            f"({_signed(down)}).",
            f"{who.of('zh')}：与纳什解相比，{one.of('zh')}最有利（{_signed(up)}），"
            f"{two.of('zh')}最不利（{_signed(down)}）。",
        ),
        figures,
    )


def _ordered(triple: tuple[float | None, float | None, float | None]) -> tuple[float | None, str, float | None,
                                                                              float | None]:  # fmt: skip
    return triple[0], RANGE, triple[1], triple[2]


def _signed(share: float) -> str:
    return f"{share * 100:+.0f}\u202f%".replace("-", "−").replace("+0\u202f", "0\u202f").replace("−0\u202f", "0\u202f")


def _left(inputs: Inputs, held: Held) -> Finding:
    """What all left lying."""
    import numpy as np

    seed, who = inputs.seed, short(held.body)
    on_front = chance(held.distances[held.agreed][:, 0] < 1e-9)
    room, front = t.mean(held.room), t.mean(np.where(held.agreed, held.distances[:, 0], np.nan))
    figures = {
        "efficient": on_front.figure(seed),
        "room": Figure(room[0], RANGE, room[1], room[2], len(held.room), seed),
        "front": Figure(front[0], RANGE, front[1], front[2], int(held.agreed.sum()), seed),
    }
    odds, lost = per_cent(on_front.share), per_cent(room[0] or 0.0, 1)
    english, chinese = (
        f"every member could have had {lost} of its range more at once",
        f"各成员本可同时再多得其区间的{lost}",
    )
    sums, product = t.mean(held.welfare), t.mean(held.product)
    figures["welfare"] = Figure(sums[0], "share of the largest sum", sums[1], sums[2], len(held.room), seed)
    figures["product"] = Figure(product[0], "share of the Nash solution", product[1], product[2], len(held.room), seed)
    if not held.room.any():
        english, chinese = "none could have been better for all at once", "没有方案能使各方同时更有利"
    return Finding(
        said(
            f"{who.en}: {odds} of the agreements lie on the Pareto front; over all talks {english}, and their gains "
            f"add up to {per_cent(sums[0] or 0.0)} of the largest sum.",
            f"{who.of('zh')}：{odds}的协议位于帕累托前沿；就全部谈判而言，{chinese}，"
            f"所得总和为可能最大值的{per_cent(sums[0] or 0.0)}。",
        ),
        figures,
    )


def _gone(inputs: Inputs, held: Held) -> list[Finding]:
    """Who breaks off the talks, and whether the others agree without it."""
    if not held.left.any():
        return []
    odds = {member: chance(held.left[:, place]) for place, member in enumerate(held.who)}
    most = max(odds, key=lambda each: odds[each].share)
    without = chance(held.agreed[held.broken_off])
    who, name = short(held.body), name_of(inputs, most)
    some = per_cent(without.share)
    text = said(
        f"{who.en}: {name.en} walks out most often, in {per_cent(odds[most].share)} of the draws; where "
        f"someone walks out, the others agree in {some}.",
        f"{who.of('zh')}：{name.of('zh')}最常退场，占抽样的{per_cent(odds[most].share)}；"
        f"有成员退场时，其余成员达成协议的占{some}。",
    )
    figures = {f"walked_out.{most}": odds[most].figure(inputs.seed), "agreed_without": without.figure(inputs.seed)}
    return [Finding(text, figures)]


def _enough(inputs: Inputs, held: Held) -> Finding:
    """How many talks are enough."""
    needed = enough(held)
    talks, reached = int(needed["talks"]), bool(needed["reached"])
    text = said(
        f"{len(held.gains):,} talks are {'enough' if reached else 'not enough'}: about {talks:,} are needed before "
        "agreement and every mean gain are known to one hundredth either way.",
        f"{len(held.gains):,}场谈判{'已足够' if reached else '尚不足够'}：约需{talks:,}场，"
        "方能使达成协议的比例与各平均所得的误差不超过百分之一。",
    )
    number = float(talks)
    return Finding(text, {"needed": Figure(number, "talks", number, number, len(held.gains), inputs.seed)})


def _outvoted(inputs: Inputs, held: Held) -> list[Finding]:
    """Who is left worse off than without agreement, where the rule allows it."""
    odds = {member: chance(held.gains[:, place] < 0) for place, member in enumerate(held.who)}
    losing = sorted((member for member in odds if odds[member].share > 0), key=lambda each: -odds[each].share)
    if not losing:
        return []
    worst, who = losing[0], short(held.body)
    name, share = name_of(inputs, worst), per_cent(odds[worst].share)
    text = said(
        f"{who.en}: the rule lets {named(inputs, losing).en} be outvoted; {name.en} is left worse off than without "
        f"agreement in {share} of the draws.",
        f"{who.of('zh')}：规则允许{named(inputs, losing).of('zh')}被票决；"
        f"{name.of('zh')}在{share}的抽样中不如没有协议。",
    )
    return [Finding(text, {f"worse.{worst}": odds[worst].figure(inputs.seed)})]


def caveats(inputs: Inputs, found: Sequence[Held], left: Sequence[Text], terms: Terms) -> list[Text]:
    """What the talks rest on, and what is left out."""
    stakes = inputs.wanted().stakes
    knows = (
        ("know what every package is worth to the others", "知悉各方案对他方的价值")
        if terms.knows == "wishes"
        else ("know only what the others have tabled", "仅知悉他方已提出的方案")
    )
    told = [
        Text(
            f"Members follow fixed tactics and vote yes on whatever gives them what they ask for in that round; "
            f"proposers {knows[0]}. People learn, bluff and threaten: no such thing is in these talks.",
            f"成员按固定策略行事，对达到其当轮要价的方案均投赞成票；提案者{knows[1]}。现实中的人会学习、虚张声势和威胁，"
            "这些均未计入。",
        ),
        Text(
            "What members want is assumed: read the file of stakes, change it, and ask again. How much each member's "
            "offers are heeded follows its Shapley-Shubik index under the rules concerned.",
            "成员的诉求均为假设：请阅读并修改诉求文件后重新计算。各成员报价受重视的程度取决于其在有关规则下的夏普利-舒比克指数。",
        ),
        Text(
            f"Holding out means {INSISTS:.0%} of its range to the end; repaying in kind means to give what the others "
            f"gave on average, and {OPENS:.0%} unasked by the deadline. Both are assumptions.",
            f"“拒不让步”指始终要求其区间的{INSISTS:.0%}；“以让步回报让步”指按他方平均让步相应让步，并在期限前主动让出{OPENS:.0%}。"
            "两者均为假设。",
        ),
    ]
    if any(
        stakes.issues[each.name].reservation is not None
        or any(seat.reservation is not None for seat in stakes.issues[each.name].seats.values())
        for held in found
        for each in held.package.blocks
        if each.name in stakes.issues
    ):
        told.append(
            Text(
                "Where the stakes say what a member will not accept, its texts are measured against that; else against "
                "the status quo.",
                "诉求文件载明保留值者，以保留值为文本的比较基准；否则以现状为基准。",
            )
        )
    if terms.walks_out or terms.outside:
        told.append(
            Text(
                "One that walks out has what it has outside, whatever the others agree on; what members have outside "
                "is stated by the question (--outside).",
                "退场者无论他方达成何种协议，均得其外部所得；各成员的外部所得由提问者设定（--outside）。",
            )
        )
    told += [
        Text(
            f"{short(held.body).en}: {held.package.number:,} packages, drawn at random, stand for all "
            f"{held.package.of:,}: ranges, the Pareto front and fair solutions are those of the sample.",
            f"{short(held.body).of('zh')}：以随机抽取的{held.package.number:,}个方案代表全部{held.package.of:,}个；"
            "区间、帕累托前沿与公平解均就样本而言。",
        )
        for held in found
        if held.package.number < held.package.of
    ]
    if (
        any(issue.name == "target" for held in found for issue in held.package.issues)
        and len(found[0].package.blocks) > 1
    ):
        told.append(
            Text(
                "The terms of the clause weigh beside texts as the salience of its issue says, or as --point says: an "
                "assumption.",
                "条款条件与文本的相对权重依条款议题的重视程度或--point确定，属假设。",
            )
        )
    if stakes.note is not None:
        told.append(stakes.note)
    if any(issue.name == "target" for held in found for issue in held.package.issues):
        told.append(
            Text(
                "Terms count only where the clause would be kept under them, as in the analysis self_enforcement, with "
                "its assumptions; what a reading costs is stated by the question (--reading).",
                "条款条件仅在其能使条款得到履行时计入，方法与假设同self_enforcement分析；读数费用由提问者设定（--reading）。",
            )
        )
    if any(issue.name == "compensation" for held in found for issue in held.package.issues):
        told.append(
            Text(
                "Compensation takes points times salience to be comparable between members: an assumption.",
                "补偿假定点数与重视程度之积可在成员之间比较。",
            )
        )
    for held in found:
        who = short(held.body)
        if held.package.silent:
            names = named(inputs, held.package.silent)
            told.append(
                Text(
                    f"{who.en}: no stakes for {names.en}; they are taken to go along with whatever is tabled.",
                    f"{who.of('zh')}：{names.of('zh')}没有诉求数据，假定其赞成一切方案。",
                )
            )
    return told + [Text(f"Not negotiated: {each.en}.", f"未列入谈判：{each.of('zh')}。") for each in left]
