"""What is said and drawn of perception: findings, tables, the two curves, the heat map, caveats."""

from __future__ import annotations

from comity.analysis.parts.perceiving import FIRST, LITTLE, LONGEST, MEASURES, QUALITIES, RATES, Perceived
from comity.analysis.parts.tabled import LOWER, UPPER, tabled
from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.kernel.saying import per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import short

NONE = Text("without the forum", "无论坛")
PAYOFF = "units of payoff"
TITLES = {
    "loss": Text("Expected loss, best cut-off", "期望损失（最优阈值）"),
    "loss_at_cutoff": Text("Expected loss, cut-off in use", "期望损失（所用阈值）"),
    "misjudged": Text("Trustworthy state not trusted", "可信国家未被信任"),
    "trusted": Text("Hostile state trusted", "敌意国家被信任"),
    "mutual": Text("Both of two trustworthy states defect", "两个可信国家互相背弃"),
    "mutual_wary": Text("The same, where each reckons with the other's doubts", "同上（各自顾及对方的疑虑）"),
}
CURVES = {
    "loss": Text("before the types are known: expected loss", "类型未知时：期望损失"),
    "misjudged": Text("of a trustworthy state: not trusted", "可信国家：未被信任的概率"),
    "mutual_wary": Text(
        "two trustworthy states, each reckoning with the other's doubts: both defect",
        "两个可信国家且各自顾及对方疑虑：互相背弃",
    ),
}


def names_of(found: Perceived) -> dict[str, Text]:
    """The bodies by name, the empty one for having none."""
    return {"": NONE, **{each.body.name: short(each.body) for each in found.meetings}}


def _count(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _contacts_of(number: float) -> str:
    return f"{_count(number)} contact{'' if number == 1 else 's'}"


def _risk(share: float) -> str:
    return f"<{per_cent(0.01, 0)}" if 0 < share < 0.005 else per_cent(share, 0)


def findings(inputs: Inputs, found: Perceived) -> list[Finding]:
    """What contact does on average, what it does to states that are trustworthy, what quality and doubts do."""
    told = [_answer(inputs, found), _conditional(inputs, found), *_compared(inputs, found), _quality(found)]
    return [*told, _wary(inputs, found)]


def _answer(inputs: Inputs, found: Perceived) -> Finding:
    own, body = found.meetings[0], short(inputs.institution)
    before, after = (found.course[name][-1][1]["loss"] for name in ("", own.body.name))
    lost, left = before.value or 0.0, after.value or 0.0
    saved = 1 - left / lost if lost else 0.0
    meets = _count(own.yearly)
    nearly = 0.995 <= saved < 1
    much = Text(per_cent(saved, 0), per_cent(saved, 0))
    if nearly:
        much = Text(f"more than {per_cent(0.99, 0)}", f"超过{per_cent(0.99, 0)}")
    often = f"{meets} meeting{'' if own.yearly == 1 else 's'} a year"
    text = said(
        f"Before anyone knows whom it faces, contact lowers the expected loss from misjudgement: by "
        f"{much.en} after {found.years} years of {body.en} ({often}), compared with "
        f"{_contacts_of(found.baseline)} a year without it, if states use the best cut-off",
        f"在不知对方类型时，接触会降低误判的期望损失：{body.of('zh')}（每年{meets}次会议）"
        f"运行{found.years}年后，比没有该论坛（每年{_count(found.baseline)}次接触）降低{much.of('zh')}"
        "（以采用最优阈值为前提）",
    )
    figures = {"loss_without": before.figure(PAYOFF, inputs.seed), "loss_with": after.figure(PAYOFF, inputs.seed)}
    return Finding(text, figures)


def _conditional(inputs: Inputs, found: Perceived) -> Finding:
    """The claim that contact lowers misjudgement, said with its condition."""
    own = found.meetings[0].body.name
    path = found.course[own]
    start, with_it, without = path[0][1], path[-1][1], found.course[""][-1][1]
    share = per_cent(found.rises.value or 0.0, 0)
    values = [_risk(each["misjudged"].value or 0.0) for each in (start, without, with_it)]
    text = said(
        "That contact lowers misjudgement holds on a condition: a trustworthy state that would have been trusted "
        f"unseen can make a bad impression, and contact first raises its risk of being misjudged in {share} of draws. "
        f"Over all draws the risk is {values[0]} without contact and, after {found.years} years, {values[1]} without "
        f"and {values[2]} with the forum",
        f"“接触减少误判”是有条件的：本来无须接触即获信任的可信国家可能因不利信号而失信，在{share}的抽样中接触起初反而增加其被误判的风险。"
        f"就全部抽样而言，无接触时风险为{values[0]}，{found.years}年后无论坛为{values[1]}，有论坛为{values[2]}",
    )
    figures = {
        "first_rises": found.rises.figure("share of draws", inputs.seed),
        "misjudged_at_first": start["misjudged"].figure("probability", inputs.seed),
        "misjudged_without": without["misjudged"].figure("probability", inputs.seed),
        "misjudged_with": with_it["misjudged"].figure("probability", inputs.seed),
    }
    return Finding(text, figures)


def _compared(inputs: Inputs, found: Perceived) -> list[Finding]:
    if len(found.meetings) < 2:
        return []
    ranked = sorted(found.meetings, key=lambda each: -each.yearly)
    last = {each.body.name: found.course[each.body.name][-1][1]["misjudged"] for each in ranked}
    rows = [(short(each.body), _count(each.yearly), _risk(last[each.body.name].value or 0.0)) for each in ranked]
    english = "; ".join(f"{name.en} {meets} a year, {risk}" for name, meets, risk in rows)
    chinese = "；".join(f"{name.of('zh')}每年{meets}次，{risk}" for name, meets, risk in rows)
    text = said(
        f"By how often they meet, and the risk of a trustworthy member after {found.years} years: {english}",
        f"按会议频率及可信成员{found.years}年后被误判的风险：{chinese}",
    )
    return [Finding(text, {name: each.figure("probability", inputs.seed) for name, each in last.items()})]


def _quality(found: Perceived) -> Finding:
    """How many contacts it takes at three qualities of the signal."""
    counts = {error: f"{LONGEST:,}+" if count is None else str(count) for error, count in found.needed.items()}
    english = ", ".join(f"{count} at {per_cent(error, 0)}" for error, count in counts.items())
    chinese = "，".join(f"误差{per_cent(error, 0)}时{count}次" for error, count in counts.items())
    text = said(
        f"What is heard counts for more than how often: to keep the misjudgement of a trustworthy state below "
        f"{per_cent(LITTLE, 0)} takes so many contacts at a signal error of: {english} "
        "(at the mode of the prior belief)",
        f"信号质量比接触频率更重要：要使可信国家被误判的概率保持在{per_cent(LITTLE, 0)}以下，"
        f"所需接触为：{chinese}（按先验信念的众值）",
    )
    return Finding(
        text, {f"contacts_{error * 100:.0f}": Figure(count, "contacts") for error, count in found.needed.items()}
    )


def _wary(inputs: Inputs, found: Perceived) -> Finding:
    own = found.meetings[0].body.name
    year = min(1, found.years)
    contacts, first = found.course[own][year]
    plain, reckoned = (_risk(first[name].value or 0.0) for name in ("mutual", "mutual_wary"))
    text = said(
        f"Doubt feeds on doubt: after a year ({contacts} contacts) two trustworthy members both defect with a "
        f"probability of {plain}, and of {reckoned} if each reckons with the other's doubts as well",
        f"疑虑相互滋长：一年后（{contacts}次接触）两个可信成员互相背弃的概率为{plain}；若各自还顾及对方的疑虑，则为{reckoned}",
    )
    names = ("mutual", "mutual_wary")
    return Finding(text, {name: first[name].figure("probability", inputs.seed) for name in names})


def tables(found: Perceived) -> tuple[Table, ...]:
    """By year, by contact at the modes, frequency against quality, and the meetings of every organ."""
    return _years(found), _contacts(found), heat_table(found), _organs(found)


def _years(found: Perceived) -> Table:
    rows = [
        {"forum": name or "none", "year": year, "contacts": contacts, "measure": measure}
        | each[measure].columns("value")
        for name, path in found.course.items()
        for year, (contacts, each) in enumerate(path)
        for measure in MEASURES
    ]
    columns = (
        Column(
            "forum", Text("Forum", "论坛"), labels={name or "none": title for name, title in names_of(found).items()}
        ),
        Column("year", Text("Year", "年份"), "years from now"),
        Column("contacts", Text("Contacts so far", "累计接触"), "contacts"),
        Column("measure", Text("Measure", "度量"), labels=TITLES),
        Column("value", Text("Mean over draws", "抽样均值"), "probability, or units of payoff for a loss", digits=3),
        Column("value_low", LOWER, "as the mean", digits=3),
        Column("value_high", UPPER, "as the mean", digits=3),
    )
    title = Text("Errors by year, with and without the forum", "各年误判（有无论坛）")
    return tabled("years", title, columns, rows, words=("forum", "measure"), counts=("year", "contacts"))


def _contacts(found: Perceived) -> Table:
    counts = list(range(FIRST + 1))
    measured = found.assumed.at_modes(counts)
    rows = [
        {"contacts": count, "measure": measure, "value": float(measured[measure][count])}
        for measure in CURVES
        for count in counts
    ]
    columns = (
        Column("contacts", Text("Contacts", "接触次数"), "contacts"),
        Column("measure", Text("Measure", "度量"), labels=CURVES),
        Column(
            "value", Text("Value at the modes", "众值下的数值"), "probability, or units of payoff for a loss", digits=3
        ),
    )
    title = Text("Errors contact by contact, at the modes", "逐次接触的误判（众值）")
    return tabled("contacts", title, columns, rows, words=("measure",), counts=("contacts",))


def heat_table(found: Perceived) -> Table:
    """What a year of contacts leaves of the loss, by how many there are and how often signals err, at the modes."""
    assumed = found.assumed
    prior = assumed.modes[0]
    alone = float(assumed.measured(0, prior, 0.3, 0.3)["loss"])
    cells = {(rate, error): assumed.measured(rate, prior, error, error) for error in QUALITIES for rate in RATES}
    rows = [
        {
            "rate": rate,
            "error": error,
            "left": float(each["loss"]) / alone if alone else None,
            "misjudged": float(each["misjudged"]),
        }
        for (rate, error), each in cells.items()
    ]
    columns = (
        Column("rate", Text("Contacts a year", "每年接触次数"), "contacts a year"),
        Column("error", Text("Signal error", "信号误差"), "share of signals", percent=True, digits=0),
        Column("left", Text("Loss left", "剩余损失"), "share of the loss without any contact", percent=True, digits=0),
        Column("misjudged", TITLES["misjudged"], "probability", percent=True, digits=0),
    )
    title = Text("A year of contacts, by frequency and quality", "一年接触的效果：频率与质量")
    return tabled("quality", title, columns, rows, words=(), counts=("rate",))


def _organs(found: Perceived) -> Table:
    titles = {
        f"{each.body.name}.{organ}": each.body.organs[organ].title or Text(organ)
        for each in found.meetings
        for organ in each.organs
    }
    rows = [
        {"institution": each.body.name, "organ": f"{each.body.name}.{organ}", "meetings": rate}
        for each in found.meetings
        for organ, rate in each.organs.items()
    ]
    columns = (
        Column(
            "institution",
            Text("Institution", "机构"),
            labels={each.body.name: each.body.title for each in found.meetings},
        ),
        Column("organ", Text("Organ", "机关"), labels=titles),
        Column("meetings", Text("Meetings", "会议"), "meetings a year, by the charter", digits=1),
    )
    return tabled(
        "organs", Text("How often organs meet", "各机关的会议频率"), columns, rows, words=("institution", "organ")
    )


def caveats(inputs: Inputs, found: Perceived) -> list[Text]:
    """What must be known before any of it is believed."""
    told = [
        Text(
            "Beliefs, signal error, payoffs and contacts outside the forum are assumptions; only how often organs meet "
            "comes from the charters. No archive of mistaken judgements was used.",
            "信念、信号误差、收益与论坛外接触均为假设；只有会议频率出自章程。未使用任何误判的历史档案。",
        ),
        Text(
            "Every meeting of an organ counts as one contact between any two members, whatever its length, level and "
            "subject; signals are independent given the type, and types do not change. Signals that repeat each other "
            "are worth fewer contacts than are counted here.",
            "机关的每次会议，不论时长、级别与议题，均计为任意两成员之间的一次接触；在类型既定时各信号相互独立，且类型不变。相互重复的信号价值低于此处所计。",
        ),
        Text(
            "A hostile state may take care to look trustworthy: signals that cost it nothing then tell little (Jervis "
            "1970; Kydd 2005). Raise --miss to see it.",
            "敌意国家可能刻意显得可信：无成本的信号因而少有信息（Jervis 1970；Kydd 2005）。可提高--miss查看。",
        ),
    ]
    if abs(found.assumed.level - found.assumed.best) > 1e-9:
        used, best = per_cent(found.assumed.level, 0), per_cent(found.assumed.best, 0)
        told.append(
            said(
                f"States trust from a belief of {used}, while {best} would cost least: with such a cut-off even the "
                "expected loss may rise with contact.",
                f"设定信念达到{used}才信任，而损失最小的阈值是{best}：采用此类阈值时，期望损失也可能随接触上升。",
            )
        )
    met = {each.body.name for each in found.meetings}
    for body in (inputs.institution, *inputs.against):
        silent = [name for name, organ in body.organs.items() if organ.meets is None]
        who = short(body)
        if body.name not in met:
            told.append(
                Text(
                    f"{who.en}: left out, its charter does not say how often an organ meets.",
                    f"{who.of('zh')}：章程未载会议频率，未予计入。",
                )
            )
        elif silent:
            told.append(
                Text(
                    f"{who.en}: not counted, for want of a frequency: {', '.join(silent)}.",
                    f"{who.of('zh')}：因无会议频率未计入：{'、'.join(silent)}。",
                )
            )
    return told
