"""What is said of a shared burden: who pays most, what an exit costs whom, what other rules ask, what is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from comity.analysis.parts.burdens.tables import Found
from comity.analysis.parts.paying import CHARTER, CLAIMING, NAMES, PLEDGED
from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import listed, money, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short


def part(share: Fraction) -> str:
    """A share in per cent.

    Example:
        >>> part(Fraction(1, 3)).replace(chr(0x202F), " ")
        '33.3 %'
    """
    return per_cent(float(share))


def _worth(found: Found, share: Fraction) -> Text:
    """A share in money, in brackets; nothing where the amount is not known."""
    if found.paid.amount is None:
        return Text("")
    text = money(float(share * found.paid.amount) / 1e6, found.paid.currency, figures=3)
    return Text(f" ({text.en})", f"（{text.of('zh')}）")


def findings(inputs: Inputs, found: Found) -> list[Finding]:
    """What follows from the shares, the most telling first."""
    return [
        _missing(inputs, found),
        *_taken(inputs, found),
        *_hardest(inputs, found),
        _now(inputs, found),
        *_rules(inputs, found),
        *_progress(found),
        *_official(inputs, found),
        *_votes(inputs, found),
        *_ladder(inputs, found),
    ]


def _missing(inputs: Inputs, found: Found) -> Finding:
    """The hole that those who leave tear into the fund, and what the charter says of it."""
    paid, left = found.paid, found.left
    who, body = named(inputs, left.without), short(inputs.institution)
    says = {
        "shrink": Text("its charter lets the fund shrink by that", "章程规定基金按此缩减"),
        "re_share": Text("its charter has the others re-share it", "章程规定由其余成员重新分摊"),
    }.get(paid.fund.shortfall or "", Text("its charter does not say who fills the gap", "章程未规定由谁填补缺口"))
    gap, worth = part(left.gap), _worth(found, left.gap)
    pledged = PLEDGED in paid.rule.figures()
    of = Text(
        f"the pledges of {paid.period} listed here" if pledged else f"“{paid.title.en}”",
        f"此处所列{paid.period}认捐" if pledged else f"“{paid.title.of('zh')}”",
    )
    text = said(
        f"{body.en}: without {who.en}, {gap} of {of.en}{worth.en} is missing; {says.en}",
        f"{body.of('zh')}：没有{who.of('zh')}，{of.of('zh')}缺少{gap}{worth.of('zh')}；{says.of('zh')}",
    )
    figures = {"gap": Figure(float(left.gap), "share")}
    if paid.amount is not None:
        figures["gap_money"] = Figure(float(left.gap * paid.amount / 10**6), f"million {paid.currency}")
    return Finding(text, figures)


def _taken(inputs: Inputs, found: Found) -> Iterator[Finding]:
    """Who takes over most, and what ceilings leave."""
    paid, left = found.paid, found.left
    first = left.takers[0]
    more = left.shares[first] - left.kept[first]
    if more <= 0:
        return
    who, worth = name_of(inputs, first), _worth(found, more)
    frm, to = part(left.kept[first]), part(left.shares[first])
    open_ = Text("nothing is left unassigned", "没有未分配的余额")
    if left.unassigned:
        over = part(left.unassigned)
        open_ = Text(f"{over} stays unassigned under the ceiling", f"上限之下仍有{over}无人承担")
    most = paid.rule.ceilings(list(left.shares), paid.figures)
    at = [state for state, each in left.shares.items() if each == most[state] == max(most.values()) < 1]
    if at:
        stopped, ceiling = named(inputs, at), part(most[at[0]])
        open_ = Text(
            f"the ceiling of {ceiling} stops {stopped.en}; {open_.en}",
            f"{ceiling}的上限使{stopped.of('zh')}不再增加；{open_.of('zh')}",
        )
    if not paid.rule.owed:
        open_ = Text("but nobody owes that", "但无人有此义务")
    text = said(
        f"Re-shared, {who.en} would pay most of the rest: {to} instead of {frm}{worth.en}; {open_.en}",
        f"若重新分摊，{who.of('zh')}增缴最多：由{frm}升至{to}{worth.of('zh')}；{open_.of('zh')}",
    )
    figures = {
        "most_more": Figure(float(more), "share"),
        "most_after": Figure(float(left.shares[first]), "share"),
        "unassigned": Figure(float(left.unassigned), "share"),
    }
    yield Finding(text, figures)


HARD = Fraction(1, 1000)
"""The least share of a payer that is told to be hit hardest in proportion."""


def _hardest(inputs: Inputs, found: Found) -> Iterator[Finding]:
    """Whose share would grow most in proportion to itself, and, under a scale with relief, why."""
    left = found.left
    times = {state: left.shares[state] / each for state, each in left.kept.items() if each >= HARD}
    hit = max(times, key=lambda state: times[state], default="")
    if not hit or sum(each == times[hit] for each in times.values()) > 1:
        return
    who, factor = name_of(inputs, hit), f"{float(times[hit]):.2f}"
    why = Text("")
    if getattr(found.paid.rule, "steps", None) is not None and found.mode == "exit":
        why = Text(
            ": without the leaver the members' average income falls, and with it the relief of those below it",
            "：退出者离开后成员平均收入下降，低于平均者的减免随之减少",
        )
    text = said(
        f"In proportion {who.en} would be hit hardest, {factor} times its present share{why.en}",
        f"按比例计，受影响最大的是{who.of('zh')}，升至现份额的{factor}倍{why.of('zh')}",
    )
    yield Finding(text, {"hardest_times": Figure(float(times[hit]), "times")})


def _now(inputs: Inputs, found: Found) -> Finding:
    """Who pays most today, and how few pay half."""
    paid = found.paid
    total, half = Fraction(0), 0
    while total * 2 < 1 and half < len(paid.payers):
        total += paid.own[paid.payers[half]]
        half += 1
    first = paid.payers[0]
    who, share = name_of(inputs, first), paid.own[first]
    worth = _worth(found, share)
    several = "payer bears" if half == 1 else "payers bear"
    text = said(
        f"Under the fund's own rule {who.en} pays most, {part(share)}{worth.en}; "
        f"the {half} largest of {len(paid.payers)} {several} half or more",
        f"按该基金自身的规则，{who.of('zh')}负担最重，为{part(share)}{worth.of('zh')}；"
        f"{len(paid.payers)}个缴款者中最大的{half}个承担一半或更多",
    )
    return Finding(text, {"largest": Figure(float(share), "share"), "half": Figure(half, "payers")})


def _rules(inputs: Inputs, found: Found) -> Iterator[Finding]:
    """What other rules would ask of the one who leaves first."""
    paid, state = found.paid, found.left.without[0]
    others = {rule: shares[state] for rule, shares in paid.shares.items() if rule != CHARTER}
    if not others:
        return
    low, high = min(others, key=lambda rule: others[rule]), max(others, key=lambda rule: others[rule])
    who = name_of(inputs, state)
    text = said(
        f"Other rules would ask {who.en} for anything from {part(others[low])} ({NAMES[low].en}) "
        f"to {part(others[high])} ({NAMES[high].en}); its own rule asks for {part(paid.own[state])}",
        f"其他规则要求{who.of('zh')}承担的份额从{part(others[low])}（{NAMES[low].of('zh')}）"
        f"到{part(others[high])}（{NAMES[high].of('zh')}）不等；现行规则为{part(paid.own[state])}",
    )
    yield Finding(text, {rule: Figure(float(share), "share") for rule, share in others.items()})


def _progress(found: Found) -> Iterator[Finding]:
    """Whether the fund's rule lies more on the rich or on the poor than income does."""
    if CHARTER not in found.borne:
        return
    index = float(found.borne[CHARTER].suits)
    way = Text("in proportion to income", "与收入成比例")
    if abs(index) >= 0.005:
        way = (
            Text("more on the richer per head than their income does", "人均较富者的负担重于其收入份额")
            if index > 0
            else Text("more on the poorer per head than their income does", "人均较贫者的负担重于其收入份额")
        )
    few = found.borne[CHARTER].effective
    text = said(
        f"The burden lies {way.en} (Suits index {index:+.2f}) and is as concentrated as if {few:.1f} payers bore it "
        "equally",
        f"{way.of('zh')}（Suits指数{index:+.2f}）；其集中程度相当于由{few:.1f}个缴款者均摊",
    )
    figures = {"suits": Figure(index, "-1 to 1"), "effective": Figure(few, "payers")}
    yield Finding(text, figures)


def _official(inputs: Inputs, found: Found) -> Iterator[Finding]:
    """How near the computed shares come to the official rates."""
    fixed = found.fixed
    if fixed is None:
        return
    who, points = name_of(inputs, fixed.most), 100 * fixed.difference
    rms, count = 100 * fixed.rms, len(fixed.rates)
    text = said(
        f"Computed from one year of figures, the shares differ from the {count} official rates of {fixed.period} by "
        f"{rms:.2f} percentage points (root mean square), most for {who.en} ({points:+.2f})",
        f"以单一年份数据计算的份额与{fixed.period}年{count}个正式比率相差{rms:.2f}个百分点（均方根），"
        f"差距最大的是{who.of('zh')}（{points:+.2f}）",
    )
    figures = {"rms": Figure(fixed.rms, "share"), "furthest": Figure(fixed.difference, "share")}
    yield Finding(text, figures)


def _votes(inputs: Inputs, found: Found) -> Iterator[Finding]:
    """What the exit does to votes that follow money."""
    votes = found.left.votes
    if not votes:
        return
    stay = [state for state in votes if state not in found.left.without]
    first = max(stay, key=lambda state: votes[state][1] - votes[state][0])
    who, (before, after) = name_of(inputs, first), votes[first]
    lost = {name: (title, set(old) - set(new), new) for name, (title, old, new) in found.left.blocks.items()}
    hit = [(title, new) for title, gone, new in lost.values() if gone]
    free = Text("", "")
    if hit and not any(new for _, new in hit):
        titles = listed([Text(f"“{title.en}”", f"“{title.of('zh')}”") for title, _ in hit])
        free = Text(f"; no member alone could then block {titles.en}", f"；届时没有任何成员能单独阻止{titles.of('zh')}")
    text = said(
        f"Votes follow money: {who.en} would gain most, from {part(before)} to {part(after)} of the votes{free.en}",
        f"表决权随缴款而定：{who.of('zh')}所得最多，票数由{part(before)}升至{part(after)}{free.of('zh')}",
    )
    yield Finding(text, {"votes_before": Figure(float(before), "share"), "votes_after": Figure(float(after), "share")})


def _ladder(inputs: Inputs, found: Found) -> Iterator[Finding]:
    """From pledge to payment: what those who leave announced, paid and took back."""
    for state in found.left.without:
        known = [each for each in found.rungs if each.state == state and each.seen != "recalled"]
        own = {
            kind: sum(each.amount for each in known if each.kind == kind) for kind in ("pledged", "paid", "rescinded")
        }
        if not own["pledged"] or not (own["paid"] or own["rescinded"]):
            continue
        who = name_of(inputs, state)
        amounts = {kind: money(float(value), figures=3) for kind, value in own.items()}
        taken = (
            Text(f" and took back {amounts['rescinded'].en}", f"，撤销{amounts['rescinded'].of('zh')}")
            if own["rescinded"]
            else Text("")
        )
        text = said(
            f"Over all rounds {who.en} pledged {amounts['pledged'].en}, paid {amounts['paid'].en}{taken.en}",
            f"各轮合计，{who.of('zh')}认捐{amounts['pledged'].of('zh')}，实缴{amounts['paid'].of('zh')}{taken.of('zh')}",
        )
        figures = {kind: Figure(value, "million USD") for kind, value in own.items()}
        figures["paid_share"] = Figure(own["paid"] / own["pledged"], "share")
        yield Finding(text, figures)


def caveats(inputs: Inputs, found: Found) -> list[Text]:
    """What must be known before any of it is believed."""
    return [*_of_figures(inputs, found), *_of_rules(found), *_of_pledges(found), *_of_votes(inputs, found)]


def _of_figures(inputs: Inputs, found: Found) -> Iterator[Text]:
    paid, panel = found.paid, inputs.figures()
    read = [name for name in dict.fromkeys([*paid.rule.figures(), found.measure]) if name in panel.indicators]
    if read:
        old = panel.older(read, list(paid.payers))
        titles = listed([panel.indicator(name).title for name in read])
        older = f" ({len(old)} figures are of an earlier year)" if old else ""
        alt = f"（其中{len(old)}项数据为更早年份）" if old else ""
        yield Text(
            f"Measured by {titles.en}, the latest up to {panel.year}{older}: one year, where scales average several.",
            f"以截至{panel.year}年最新的{titles.of('zh')}衡量{alt}：仅用单一年份，而正式比额表采用多年平均。",
        )
    if paid.lacking:
        who = named(inputs, paid.lacking)
        yield Text(f"Without figures and left out: {who.en}.", f"缺少数据而未计入：{who.of('zh')}。")
    if found.paid.rule.figures() and getattr(paid.rule, "steps", None) is not None:
        yield Text(
            "Income is gross domestic product where the method asks for gross national income; the debt-burden "
            "adjustment, the base periods of three and six years and the rounding to 0.001 % are left out.",
            "按方法应采用国民总收入，此处以国内生产总值代替；债务负担调整、三年与六年基期平均及四舍五入至0.001%均未计入。",
        )


def _of_rules(found: Found) -> Iterator[Text]:
    paid = found.paid
    if set(paid.shares) & set(CLAIMING):
        yield Text(
            "For equal amounts, equal remainders and the Talmud each payer's income is what it could be asked for at "
            "most; it dwarfs the cost, so that the first and last ask the same of all and the second asks the richest.",
            "等额负担、等额剩余和塔木德分法以各方收入为其负担上限；收入远大于费用，故前者与后者要求各方等额，中者只要求最富者。",
        )
    if "amount" in paid.skipped.values():
        yield Text(
            "Equal amounts, equal remainders and the Talmud need an amount in US dollars: state it with --amount.",
            "等额负担、等额剩余和塔木德分法需要以美元计的数额：请用--amount给出。",
        )
    other = [kind for kind, why in paid.skipped.items() if why != "amount"]
    if other:
        names = listed([NAMES[kind] for kind in other])
        yield Text(
            f"Not computable for these payers, because figures are missing or limits cannot be kept: {names.en}.",
            f"因缺少数据或无法遵守上下限，对这些缴款者无法计算：{names.of('zh')}。",
        )
    if "tiers" in paid.shares:
        yield Text(
            "The tiers of the comparison are the World Bank's income groups of 2024-25; the parts they pay (1/10, 1/5, "
            "1/2, 1 of GDP shares) are assumed. Thresholds are recalled.",
            "比较所用档次为世界银行2024至2025年收入分组；各档所付部分（GDP份额的1/10、1/5、1/2、1）为假设。门槛数值凭记忆。",
        )
    if found.mode == "default":
        yield Text(
            "A default leaves membership and votes as they are; arrears are told by the charter's own rule.",
            "违约不影响成员资格和表决权；拖欠后果依章程自身规定。",
        )


def _of_pledges(found: Found) -> Iterator[Text]:
    paid = found.paid
    if PLEDGED not in paid.rule.figures() or paid.ledger is None or paid.amount is None:
        return
    total = paid.ledger.filter(kind="total", period=paid.period)["amount"].to_list()
    here = money(float(paid.amount) / 1e6, paid.currency, figures=3)
    if total:
        all_of = money(float(total[0]), figures=3)
        yield Text(
            f"Not every pledge of {paid.period} was found: those listed come to {here.en}; the fund itself counted "
            f"{all_of.en} before some of them. Shares are of what is listed.",
            f"{paid.period}的认捐未能全部查得：所列共{here.of('zh')}；基金公布为{all_of.of('zh')}（其后另有认捐）。份额以所列者为准。",
        )
    if any(each.seen == "recalled" for each in found.rungs):
        yield Text(
            "Amounts marked recalled are drawn hollow; no finding rests on them.",
            "标为“凭记忆”的数额以空心表示；任何结论均不以其为依据。",
        )


def _of_votes(inputs: Inputs, found: Found) -> Iterator[Text]:
    body = short(inputs.institution)
    if found.paid.fund.votes is None:
        yield Text(
            f"In {body.en} no vote follows what is paid into this fund: an exit moves money, not votes.",
            f"在{body.of('zh')}，表决权不随对该基金的缴款而定：退出改变的是资金，而非票数。",
        )
    elif found.left.votes:
        yield Text(
            "Votes after the exit are computed from the quotas that stay; a later change of quotas is not in them.",
            "退出后的票数按留存份额计算，未计入其后的份额调整。",
        )
    arrears = inputs.institution.arrears
    if found.mode == "default" and arrears is not None:
        yield Text(
            f"A member whose arrears reach the contributions of {arrears.years} full years has no vote "
            "unless the body permits it.",
            f"拖欠达到{arrears.years}个整年会费的成员丧失表决权，除非该机构准许。",
        )
