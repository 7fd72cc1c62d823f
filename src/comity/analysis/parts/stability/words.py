"""What is said of a club: whether it holds, who would leave or join, what would hold it, what must be known first."""

from __future__ import annotations

from collections.abc import Sequence

from comity.analysis.parts.landing import Measured
from comity.analysis.parts.stability.coalitions import Base, Rest
from comity.analysis.parts.stability.holding import Held, One
from comity.analysis.parts.valuing import MILLIONS, Ledger, ledger_caveats
from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import listed, money, opening, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short

LIKELY = 0.5
"""The share of draws above which something is said to be probable."""
UNIFORM = Text(
    "A club is called stable under one uniform penalty, without retaliation by those who bear it and without a limit "
    "set by trade law; the World Trade Organization may forbid it, and those hit may answer in kind.",
    "“稳定”的前提是：对所有未参加者施加统一惩罚、对方不报复、且不受贸易法限制；世界贸易组织规则可能禁止此类惩罚，受罚者也可能反制。",
)
"""The caveat beside every stable club."""
TRADED = Text(
    "A tariff is taken to cost a leaver its whole rate times what it sells to the members; Nordhaus (2015) takes four "
    "to seven tenths of that. Only the partners that the World Factbook prints are known, as a rule five: where sales "
    "go to others the tariff that is needed is overstated. What members gain or lose by it is left out.",
    "关税使退出者的损失按税率乘以其对成员的出口计；Nordhaus（2015年）取其四至七成。《世界概况》一般只列出五个主要伙伴，"
    "对未列出的销售而言所需税率偏高。未计成员因关税的得失。",
)
"""The caveat beside penalties on trade."""
OF = {
    "cost": Text("of what its own part costs", "（占其自身成本的份额）"),
    "benefit": Text("of what the whole good is worth to it", "（占该产品对其价值的份额）"),
    "trade": Text("of what it sells to the members", "（占其对成员出口的份额）"),
}


def value(measured: Measured) -> float:
    """The number, nought where nothing was counted."""
    return measured.value or 0.0


def own(inputs: Inputs, found: Sequence[Held]) -> list[Held]:
    """What was found before the institution asked about."""
    return [each for each in found if each.good.institution is inputs.institution]


def quoted(each: Held) -> Text:
    """The issue in quotation marks."""
    title = each.good.written.title
    return Text(f"“{title.en}”", f"“{title.of('zh')}”")


def findings(inputs: Inputs, found: Sequence[Held], base: Base) -> list[Finding]:
    """Whether the club holds, who leaves, which coalitions hold, what would hold the club, who would join."""
    mine = own(inputs, found)
    told = [_holds(inputs, mine), *_leaves(inputs, mine), *_largest(inputs, mine), _penalty(inputs, mine, base)]
    told += [*_transfers(inputs, mine), *_clause(mine), *_joins(inputs, mine)]
    return told + [_beside(inputs, body.name, found) for body in inputs.against if _of(found, body.name)]


def _of(found: Sequence[Held], body: str) -> list[Held]:
    return [each for each in found if each.good.institution.name == body]


def _holds(inputs: Inputs, mine: Sequence[Held]) -> Finding:
    who = short(inputs.institution)
    firm = [each for each in mine if value(each.internal) > LIKELY]
    best = max(mine, key=lambda each: value(each.internal))
    title, share = quoted(best), per_cent(value(best.internal), 0)
    where = listed([quoted(each) for each in firm]) if firm else None
    english, chinese = f", on {where.en}" if where else "", f"（{where.of('zh')}）" if where else ""
    if not firm:
        english = f"; the nearest is {title.en}, where nobody would rather leave in {share} of draws"
        chinese = f"；最接近的是{title.of('zh')}，{share}的抽样中无人愿意退出"
    text = said(
        f"{who.en} as it is probably holds by itself on {len(firm)} of {len(mine)} goods{english}",
        f"{who.of('zh')}现有成员较可能自行维系的公共产品有{len(firm)}项，共{len(mine)}项{chinese}",
    )
    figures = {each.good.issue: each.internal.figure("share of draws", inputs.seed) for each in mine}
    return Finding(text, {"hold": Figure(len(firm), "goods"), **figures})


def leavers(each: Held) -> list[One]:
    """Members that would probably rather leave, the one that gains most first."""
    tempted = [one for one in each.inside if value(one.moves) > LIKELY]
    return sorted(tempted, key=lambda one: value(one.gain))


def _some(inputs: Inputs, ones: Sequence[One]) -> Text:
    """The names of some members; of many, how many they are and the first three."""
    if len(ones) <= 5:
        return listed([name_of(inputs, one.member) for one in ones])
    first = listed([name_of(inputs, one.member) for one in ones[:3]])
    return Text(f"{len(ones)} members, {first.en} before all", f"{len(ones)}国，首推{first.of('zh')}")


def _leaves(inputs: Inputs, mine: Sequence[Held]) -> list[Finding]:
    pairs = [(each, one) for each in mine for one in leavers(each)]
    if not pairs:
        text = Text("No member would probably gain by leaving", "没有成员较可能因退出而获益")
        return [Finding(text, {})]
    each, one = min(pairs, key=lambda pair: value(pair[1].gain))
    who, gains, title = name_of(inputs, one.member), money(-value(one.gain)), quoted(each)
    rows = [(good, _some(inputs, leavers(good))) for good in mine if leavers(good)]
    english = "; ".join(f"on {quoted(good).en} {names.en}" for good, names in rows)
    chinese = "；".join(f"{quoted(good).of('zh')}：{names.of('zh')}" for good, names in rows)
    text = said(
        f"Who would probably rather leave while the others stay: {english}. {opening(who.en)} would gain most, "
        f"{gains.en} on {title.en} ({per_cent(value(one.moves), 0)} of draws)",
        f"在他国不退出的情况下较可能宁愿退出者：{chinese}。其中{who.of('zh')}在{title.of('zh')}上退出所得最多，"
        f"为{gains.of('zh')}（占抽样的{per_cent(value(one.moves), 0)}）",
    )
    figures = {
        "leaver": one.moves.figure("share of draws", inputs.seed),
        "gain": one.gain.figure(MILLIONS, inputs.seed),
    }
    return [Finding(text, figures), *_pivotal(inputs, mine)]


def _pivotal(inputs: Inputs, mine: Sequence[Held]) -> list[Finding]:
    """Whose exit would end the club."""
    each, one = max(((each, one) for each in mine for one in each.inside), key=lambda pair: value(pair[1].ends))
    if value(one.ends) < 0.1:
        text = Text(
            "No single exit would end a club: what the others still gain together outweighs what they pay",
            "任何一国单独退出都不致使俱乐部解体：其余成员的合计收益仍高于成本",
        )
        return [Finding(text, {"ends": one.ends.figure("share of draws", inputs.seed)})]
    who, share, title = name_of(inputs, one.member), per_cent(value(one.ends), 0), quoted(each)
    text = said(
        f"The member on whom most hangs is {who.en} on {title.en}: its exit would end the club in {share} of draws",
        f"最关键的成员是{title.of('zh')}上的{who.of('zh')}：在{share}的抽样中，其退出将使俱乐部解体",
    )
    return [Finding(text, {"ends": one.ends.figure("share of draws", inputs.seed)})]


def _largest(inputs: Inputs, mine: Sequence[Held]) -> list[Finding]:
    known = [each for each in mine if each.number is not None]
    if not known:
        return []
    parts_en: list[str] = []
    parts_zh: list[str] = []
    for each in known:
        title = quoted(each)
        if not each.coalitions:
            parts_en.append(f"on {title.en} none")
            parts_zh.append(f"{title.of('zh')}：无")
            continue
        coalition, how = each.coalitions[0]
        whole = len(coalition) == len(each.good.members)
        names = Text(f"all {len(coalition)}", f"全部{len(coalition)}国") if whole else named(inputs, coalition, 6)
        parts_en.append(f"on {title.en} {names.en} ({per_cent(value(how), 0)} of draws)")
        parts_zh.append(f"{title.of('zh')}：{names.of('zh')}（占抽样的{per_cent(value(how), 0)}）")
    asked = len(known[0].good.members)
    text = said(
        f"The largest stable coalitions at the modes among the {asked} asked: {'; '.join(parts_en)}",
        f"按众值计，被询问的{asked}国之中最大的稳定联盟为：{'；'.join(parts_zh)}",
    )
    figures = {
        each.good.issue: Figure(len(each.coalitions[0][0]) if each.coalitions else 0, "members") for each in known
    }
    return [Finding(text, figures)]


def _penalty(inputs: Inputs, mine: Sequence[Held], base: Base) -> Finding:
    tempted = [each for each in mine if value(each.internal) <= LIKELY]
    held = [each for each in tempted if value(each.beyond) <= LIKELY and each.penalty.value is not None]
    beyond = [each for each in tempted if each not in held]
    if not tempted:
        text = Text("No penalty is probably needed to hold the members", "维系现有成员较可能无需惩罚")
        return Finding(text, {each.good.issue: each.penalty.figure("share", inputs.seed) for each in mine})
    digits = 2 if base == "trade" else 0
    rows = [(quoted(each), per_cent(value(each.penalty), digits)) for each in held]
    english = "; ".join(f"{title.en} {share}" for title, share in rows) or "none can be held so"
    chinese = "；".join(f"{title.of('zh')}{share}" for title, share in rows) or "均无法以惩罚维系"
    if beyond:
        names = listed([quoted(each) for each in beyond])
        english += f"; on {names.en} the club probably does nothing that could be held, or no penalty reaches a leaver"
        chinese += f"；在{names.of('zh')}上，俱乐部较可能无所作为，或惩罚无从触及退出者"
    text = said(
        f"The smallest penalty that holds all members, as a share {OF[base].en}: {english}",
        f"能维系全体成员的最小惩罚{OF[base].of('zh')}：{chinese}",
    )
    return Finding(text, {each.good.issue: each.penalty.figure("share", inputs.seed) for each in held})


def _transfers(inputs: Inputs, mine: Sequence[Held]) -> list[Finding]:
    able = [each for each in mine if value(each.potential) > LIKELY]
    useful = [each for each in able if value(each.internal) <= LIKELY and any(one.transfer for one in each.inside)]
    text_en = f"Transfers among members could probably hold the club on {len(able)} of {len(mine)} goods"
    text_zh = f"成员间转移支付较可能维系俱乐部的公共产品有{len(able)}项，共{len(mine)}项"
    figures = {each.good.issue: each.potential.figure("share of draws", inputs.seed) for each in mine}
    if useful:
        each = max(useful, key=lambda one: value(one.surplus))
        pay = [one for one in each.inside if (one.transfer or 0.0) < 0]
        get = [one for one in each.inside if (one.transfer or 0.0) > 0]
        payers, receivers = _sums(inputs, pay), _sums(inputs, get)
        text_en += f"; on {quoted(each).en}, at the modes, {payers.en} would pay and {receivers.en} receive"
        text_zh += f"；按众值计，在{quoted(each).of('zh')}上由{payers.of('zh')}支付，{receivers.of('zh')}获得"
    return [Finding(said(text_en, text_zh), figures)]


def _sums(inputs: Inputs, ones: Sequence[One]) -> Text:
    rows = [(name_of(inputs, one.member), money(abs(one.transfer or 0.0))) for one in ones]
    if len(rows) > 6:
        whole = money(sum(abs(one.transfer or 0.0) for one in ones))
        return Text(f"{len(rows)} members ({whole.en})", f"{len(rows)}国（{whole.of('zh')}）")
    return listed([Text(f"{name.en} ({sum_.en})", f"{name.of('zh')}（{sum_.of('zh')}）") for name, sum_ in rows])


def _clause(mine: Sequence[Held]) -> list[Finding]:
    known = [each for each in mine if each.number is not None]
    needed = [each for each in known if each.clause]
    never = [each for each in known if each.clause is None]
    if not needed and not never:
        return []
    english: list[str] = []
    chinese: list[str] = []
    if needed:
        names, number = listed([quoted(each) for each in needed]), needed[0].clause
        english.append(f"entry into force only with all {number} members would hold the club on {names.en}")
        chinese.append(f"规定{number}个成员全部加入方可生效，即可在{names.of('zh')}上维系俱乐部")
    if never:
        names = listed([quoted(each) for each in never])
        english.append(f"no such clause does on {names.en}, where someone is better off with no club at all")
        chinese.append(f"在{names.of('zh')}上此类条款无效，因为有成员宁可没有俱乐部")
    text = said(f"At the modes, {'; '.join(english)}", f"按众值计，{'；'.join(chinese)}")
    return [Finding(text, {each.good.issue: Figure(each.clause, "members") for each in needed})]


def _joins(inputs: Inputs, mine: Sequence[Held]) -> list[Finding]:
    if not any(each.outside for each in mine):
        return []
    rows = [(each, [one for one in each.outside if value(one.moves) > LIKELY]) for each in mine]
    keen = [(each, ones) for each, ones in rows if ones]
    figures = {each.good.issue: Figure(len(ones), "states") for each, ones in rows}
    if not keen:
        text = Text("Nobody who was asked would probably gain by joining", "被邀请者中没有谁较可能因加入而获益")
        return [Finding(text, figures)]
    names = [(quoted(each), named(inputs, [one.member for one in ones], 6)) for each, ones in keen]
    english = "; ".join(f"on {title.en} {who.en}" for title, who in names)
    chinese = "；".join(f"{title.of('zh')}：{who.of('zh')}" for title, who in names)
    text = said(f"Who would probably gain by joining: {english}", f"较可能因加入而获益者：{chinese}")
    return [Finding(text, figures)]


def _beside(inputs: Inputs, body: str, found: Sequence[Held]) -> Finding:
    theirs = _of(found, body)
    firm = [each for each in theirs if value(each.internal) > LIKELY]
    who, mine = short(theirs[0].good.institution), own(inputs, found)
    ours = [each for each in mine if value(each.internal) > LIKELY]
    text = said(
        f"{who.en} probably holds by itself on {len(firm)} of {len(theirs)} goods, {short(inputs.institution).en} on "
        f"{len(ours)} of {len(mine)}",
        f"{who.of('zh')}较可能自行维系{len(theirs)}项中的{len(firm)}项，{short(inputs.institution).of('zh')}为{len(mine)}项中的{len(ours)}项",
    )
    return Finding(text, {each.good.issue: each.internal.figure("share of draws", inputs.seed) for each in theirs})


def caveats(inputs: Inputs, asked: Ledger, found: Sequence[Held], *, rest: Rest, base: Base) -> list[Text]:
    """What must be known before any of it is believed."""
    told = [UNIFORM, *ledger_caveats(inputs, asked)]
    told.append(
        Text(
            "One exit or entry at a time: nobody leaves in company, nobody waits for another to move. The good grows "
            "in proportion to what is paid in, sums can be paid across borders, and honour, alliances and the value of "
            "a seat are left out.",
            "仅考虑单独退出或加入：不考虑结伴退出，也不考虑等待他人先动。公共产品按出资比例增减，款项可跨境支付；未计声誉、同盟关系与席位本身的价值。",
        )
    )
    if rest == "reconsider":
        told.append(
            Text(
                "After an exit the others stop where they would lose together; with --rest carry_on they go on.",
                "成员退出后，其余成员若合计受损即停止提供；使用--rest carry_on则假定其继续提供。",
            )
        )
    if base == "trade":
        told.append(TRADED)
    told += _unseen(found)
    return told


def _unseen(found: Sequence[Held]) -> list[Text]:
    """Clubs of which not every coalition was looked at."""
    from comity.solvers.participation.payoffs import MOST

    told: list[Text] = []
    for each in {each.good.institution.name: each for each in found}.values():
        who, number = short(each.good.institution), len(each.good.members)
        if number <= MOST:
            continue
        if each.number is None:
            english, chinese = "no coalition but the club as it is was judged", "除现有俱乐部外未逐一判断其他联盟"
        else:
            english, chinese = "only coalitions of its members were looked at", "仅逐一判断其成员之间的联盟"
        told.append(
            Text(
                f"{who.en}: {number} states were asked and all coalitions are looked at for up to {MOST}; {english}.",
                f"{who.of('zh')}：共询问{number}国，而逐一判断全部联盟以{MOST}国为限；{chinese}。",
            )
        )
    return told
