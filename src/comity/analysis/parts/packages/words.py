"""What package deals show, in sentences: links, exchanges and their cost to others, payments, stability."""

from __future__ import annotations

from collections.abc import Sequence

from comity.analysis.parts.matters import Docket, Matter, silent_caveats
from comity.analysis.parts.packages.linking import COARSE, STEP, Dealt, Stuck
from comity.analysis.parts.packages.trading import LISTED, MANY, TRADERS, Trade
from comity.analysis.parts.zone import Chance
from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import listed, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short

WEIGHED = "weighted points"


def quoted(matter: Matter) -> Text:
    """An issue's name in quotation marks."""
    title = matter.written.title
    return Text(f"“{title.en}”", f"“{title.of('zh')}”")


def _of(found: Chance, seed: int) -> Figure:
    return Figure(found.share, "share of draws", found.low, found.high, found.n, seed)


def _span(found: Chance, of: Text) -> Text:
    low, share, high = (per_cent(each, 0) for each in (found.low, found.share, found.high))
    return Text(
        f"{share} of {of.en} (95{chr(0x202F)}% interval {low} to {high})",
        f"{of.of('zh')}的{share}（95%区间{low}至{high}）",
    )


def packages_findings(inputs: Inputs, found: Sequence[Dealt]) -> list[Finding]:
    """For each body: what links open, the best exchange, payments, and whether packages are safe."""
    findings: list[Finding] = []
    for dealt in found:
        findings.append(links_finding(inputs, dealt))
        if dealt.trades:
            findings.append(exchange_finding(inputs, dealt))
        elif dealt.issues > 1:
            findings.append(_no_exchange(dealt))
        findings += [*_payment(inputs, dealt), *_safety(dealt)]
    return findings


def links_finding(inputs: Inputs, dealt: Dealt) -> Finding:
    """How many of the stuck issues open beside another, and the link that works most often."""
    body, stuck = short(dealt.body), dealt.stuck
    opened = [each for each in stuck if each.best is not None]
    figures = {"stuck": Figure(len(stuck), "issues"), "opened": Figure(len(opened), "issues")}
    if not stuck:
        text = said(
            f"{body.en}: none of {dealt.issues} issues is stuck, so none needs a link",
            f"{body.of('zh')}：{dealt.issues}个议题均未僵持，无需搭配",
        )
        return Finding(text, figures)
    if not opened:
        text = said(
            f"{body.en}: {len(stuck)} of {dealt.issues} issues are stuck, and no second issue opens any of them",
            f"{body.of('zh')}：{dealt.issues}个议题中有{len(stuck)}个僵持，没有第二个议题能打开其中任何一个",
        )
        return Finding(text, figures)
    best, share = max(
        ((each.best, each.share) for each in opened if each.best is not None),
        key=lambda pair: pair[1].share * (pair[0].works.share if pair[0].works else 0.0),
    )
    one, other = quoted(best.stuck), quoted(best.other)
    often = _span(best.works, Text("them", "其中")) if best.works else Text("none of them", "其中无一")
    held = Text(f"stuck in {per_cent(share.share, 0)} of draws", f"在抽样的{per_cent(share.share, 0)}中僵持")
    at = best.text or (best.stuck.status_quo, best.other.status_quo)
    texts = Text(f"{at[0]:g} and {at[1]:g} of 100", f"{at[0]:g}和{at[1]:g}（刻度0至100）")
    figures["stuck_share"] = _of(share, inputs.seed)
    if best.works:
        figures["works"] = _of(best.works, inputs.seed)
    text = said(
        f"{body.en}: of {len(stuck)} issues stuck alone, {len(opened)} open{'s' if len(opened) == 1 else ''} when put "
        f"beside another; {one.en}, {held.en}, beside {other.en} does so in {often.en}, at best with "
        f"the texts {texts.en}",
        f"{body.of('zh')}：单独僵持的{len(stuck)}个议题中，{len(opened)}个在搭配另一议题后可以打开；{one.of('zh')}{held.of('zh')}，搭配"
        f"{other.of('zh')}时在{often.of('zh')}中奏效，最佳文本为{texts.of('zh')}",
    )
    return Finding(text, figures)


def exchange_finding(inputs: Inputs, dealt: Dealt) -> Finding:
    """The most profitable exchange of a body, and who loses by it."""
    trade, body = dealt.trades[0], short(dealt.body)
    giver, taker = name_of(inputs, trade.giver), name_of(inputs, trade.taker)
    given, taken = quoted(trade.given), quoted(trade.taken)
    cost = _cost(inputs, trade)
    gain, often = f"{trade.deal.gain:.2f}", _span(trade.lasts, Text("draws", "抽样"))
    low, high = (f"{each:.2f}" for each in trade.span)
    text = said(
        f"{body.en}: of {dealt.count} profitable exchanges the best is for {giver.en} to give way on {given.en} and "
        f"{taker.en} on {taken.en}; each gains {gain} points times salience (90\u202f% of draws: {low} to {high}), and "
        f"still gains in {often.en}; {cost.en}",
        f"{body.of('zh')}：在{dealt.count}项互利交换中，最佳者为{giver.of('zh')}在{given.of('zh')}上让步、"
        f"{taker.of('zh')}在{taken.of('zh')}上让步；双方各得{gain}（点数乘以重视程度；90%的抽样为{low}至{high}），"
        f"在{often.of('zh')}中仍有利可图；{cost.of('zh')}",
    )
    figures = {
        "gain": Figure(trade.deal.gain, WEIGHED, *trade.span, trade.lasts.n, inputs.seed),
        "lasts": _of(trade.lasts, inputs.seed),
        "exchanges": Figure(dealt.count),
    }
    return Finding(text, figures)


def _no_exchange(dealt: Dealt) -> Finding:
    body = short(dealt.body)
    text = said(
        f"{body.en}: no two members on opposite sides of two issues care so differently that both would "
        "gain by a trade",
        f"{body.of('zh')}：没有两个在两个议题上立场对立的成员，其重视程度的差异足以使交换对双方有利",
    )
    return Finding(text, {"exchanges": Figure(0)})


def _cost(inputs: Inputs, trade: Trade) -> Text:
    if not trade.hurt:
        return Text("no third member loses by it", "没有第三方受损")
    worst = name_of(inputs, trade.hurt[0])
    loss = f"{-trade.effects[trade.hurt[0]]:.2f}"
    if len(trade.hurt) == 1:
        return Text(f"{worst.en} pays for it with {loss}", f"{worst.of('zh')}为此损失{loss}")
    return Text(
        f"{len(trade.hurt)} third members lose by it, most of all {worst.en} with {loss}",
        f"{len(trade.hurt)}个第三方受损，其中{worst.of('zh')}损失最大，为{loss}",
    )


def _payment(inputs: Inputs, dealt: Dealt) -> list[Finding]:
    """The stuck issue that a payment opens at the least cost, of those whose gains cover it."""
    covered = [each for each in dealt.stuck if each.payment is not None and each.payment.enough and each.paid]
    body = short(dealt.body)
    if not covered:
        if not dealt.stuck:
            return []
        text = said(
            f"{body.en}: on no stuck issue alone do the gainers gain enough to pay those in the way",
            f"{body.of('zh')}：在任何单独的僵持议题上，获益者的收益都不足以补偿阻挡者",
        )
        return [Finding(text, {"covered": Figure(0, "issues")})]
    least = min(covered, key=lambda each: sum(each.paid.values()))
    cost, issue = sum(least.paid.values()), quoted(least.matter)
    who, payers = named(inputs, list(least.paid)), _payers(inputs, least)
    low, high = least.prices
    span = "" if low is None or high is None else f"{low:.1f} to {high:.1f}"
    text = said(
        f"{body.en}: the gains cover what those in the way would have to be paid on {len(covered)} of "
        f"{len(dealt.stuck)} stuck issues; cheapest is {issue.en}, where {who.en} would be paid {cost:.1f} points "
        f"times salience (90\u202f% of draws: {span}); {payers.en}",
        f"{body.of('zh')}：在{len(dealt.stuck)}个僵持议题中的{len(covered)}个上，收益足以补偿阻挡者；代价最低的是"
        f"{issue.of('zh')}，须向{who.of('zh')}补偿{cost:.1f}（点数乘以重视程度；"
        f"90%的抽样为{span.replace(' to ', '至')}）；"
        f"{payers.of('zh')}",
    )
    figure = Figure(cost, WEIGHED, low, high, least.share.n, inputs.seed)
    return [Finding(text, {"cost": figure, "covered": Figure(len(covered), "issues")})]


def _payers(inputs: Inputs, stuck: Stuck) -> Text:
    if not stuck.payers:
        return Text("no member could pay it alone, the gainers together could", "没有成员能独自支付，获益者共同可以")
    who = named(inputs, stuck.payers)
    return Text(f"{who.en} could pay it alone", f"{who.of('zh')}可独自支付")


def _safety(dealt: Dealt) -> list[Finding]:
    """Whether packages on the best links are safe from the next; a cycle where they are not."""
    asked = [each.stability for each in dealt.stuck if each.stability is not None]
    if not asked:
        return []
    body, unsafe = short(dealt.body), [each for each in asked if not each.safe]
    figures = {"links": Figure(len(asked)), "unsafe": Figure(len(unsafe))}
    if not unsafe:
        links = f"each of the {len(asked)} best links" if len(asked) > 1 else "the best link"
        text = said(
            f"{body.en}: on {links} some packages are safe from the next",
            f"{body.of('zh')}：{len(asked)}个最佳搭配均存在不会被其他组合推翻的组合",
        )
        return [Finding(text, figures)]
    each = next((one for one in unsafe if one.run), unsafe[0])
    pair = listed([quoted(each.link.stuck), quoted(each.link.other)])
    run = " → ".join(f"({x:g}, {y:g})" for x, y in each.run)
    text = said(
        f"{body.en}: no package is safe from the next on {len(unsafe)} of {len(asked)} best links; on {pair.en} the "
        f"rules lead from one package back to it: {run}",
        f"{body.of('zh')}：{len(asked)}个最佳搭配中有{len(unsafe)}个不存在稳定的组合；"
        f"在{pair.of('zh')}上，规则会使组合循环往复：{run}",
    )
    return [Finding(text, figures)]


def cautions(inputs: Inputs, asked: Docket, found: Sequence[Dealt], least: float) -> list[Text]:
    """What was assumed, and where a large body was looked at less closely."""
    caveats = [
        *silent_caveats(inputs, asked),
        Text(
            f"An issue is stuck where its rule adopts no text at least {least:g} points from the status quo, every "
            "member at its mode. A package is held against no agreement on both issues: where the second issue would "
            "be decided alone, holding it back for a link is a threat that others may not believe.",
            f"若规则在各成员取众值时不会通过任何距现状至少{least:g}点的文本，即视为僵持。组合与两个议题均无协议相比较：若第二个议题本可单独决定，以扣留它换取搭配是他方未必相信的威胁。",
        ),
        Text(
            "Gains and payments are in points times salience, added up across members and issues as if they could be "
            "compared; this is no money. Packages are looked for on a grid, so that narrow openings may be missed.",
            "收益与补偿以点数乘以重视程度计，并假定可在成员与议题之间相加比较；这不是货币。组合在网格上搜索，狭窄的可行空间可能被遗漏。",
        ),
        Text(
            "Exchanges move the mean of positions weighted by voting weight times salience, whatever the rule then "
            "adopts; whether promises are kept is not asked.",
            "交换改变的是按投票权重乘以重视程度加权的立场均值，而不论规则最终是否通过；承诺是否兑现不在分析之内。",
        ),
    ]
    for dealt in found:
        body = short(dealt.body)
        if dealt.members > MANY:
            caveats.append(
                Text(
                    f"{body.en} has more than {MANY} members: only the {TRADERS} to which the issues matter most "
                    f"trade, links are looked for in at most 100 draws {COARSE} points apart instead of {STEP}, the "
                    "cheapest payments are tried one after the other, and cycles are not looked for.",
                    f"{body.of('zh')}成员超过{MANY}个：仅由最重视这些议题的{TRADERS}个成员参与交换，搭配最多按100次抽样、以{COARSE}点（而非{STEP}点）间距搜索，补偿按代价由低到高依次尝试，且不搜索循环。",
                )
            )
        if dealt.count > LISTED:
            caveats.append(
                Text(
                    f"{body.en}: the table lists the {LISTED} most profitable of {dealt.count} exchanges.",
                    f"{body.of('zh')}：表中列出{dealt.count}项交换中最有利的{LISTED}项。",
                )
            )
        if dealt.issues == 1:
            caveats.append(
                Text(f"{body.en}: one issue alone cannot be linked.", f"{body.of('zh')}：只有一个议题，无法搭配。")
            )
    return caveats
