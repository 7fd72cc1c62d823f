"""What the answers on promises that keep themselves rest on, and which clauses were not judged."""

from __future__ import annotations

from collections.abc import Sequence

from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.naming import name_of, short
from comity.rehearsal.parts.self_enforcement.keeping import PRESSURE, STRAIN, Terms
from comity.rehearsal.parts.self_enforcement.promises import Lacking, Promise
from comity.rehearsal.parts.wording import per_cent


def caveats(
    inputs: Inputs, asked: Sequence[Promise], lacking: Sequence[Lacking], terms: Terms
) -> list[Text]:  # fmt: skip
    """What the answers rest on, and which clauses were not judged."""
    found = [
        Text(
            "The game takes parties to be rational, to look ahead without end and to know of every notice; a notice "
            "against anyone suspends the whole clause; a breach lasts one look. Honour, law, linkage to other issues "
            "and domestic politics are left out: they can keep a promise that this game does not.",
            "本博弈假定各方理性、时域无限并知悉每次通知；对任何一方的通知均中止整个条款；偏离持续一次核查。未计荣誉、法律、"
            "议题关联与国内政治，这些因素可能使本博弈中不能维持的承诺得以履行。",
        ),
        Text(
            "The clause is taken to go on after its due day, from look to look, and to provide each party's part of "
            "the good as the stakes value it. Benefits and costs are assumptions with wide ranges, of the price year "
            "of the stakes, and the reward stands as written: nothing is converted between price years.",
            "条款视为在到期日之后逐次核查持续有效，并提供诉求文件所估值的该方份额。收益与成本均为区间很宽的假设，按诉求文件的"
            "价格年份计；奖励按章程原额，未作价格年份换算。",
        ),
    ]
    found += [each for promise in asked for each in _of(inputs, promise, terms)]
    if terms.pressure is None or terms.strain is None:
        (few, _, many), (less, _, more) = PRESSURE, STRAIN
        found.append(
            Text(
                f"How often compliance is dear ({per_cent(few)} to {per_cent(many)} of looks) and how dear it is "
                f"({less:.0f} to {more:.0f} times the usual cost) are assumed ranges: state your own with --pressure "
                "and --strain.",
                f"履约代价高昂的频率（核查次数的{few:.0%}至{many:.0%}）及其程度（通常成本的{less:.0f}至{more:.0f}倍）"
                "为假设区间，可用--pressure与--strain自行设定。",
            )
        )
    found += [
        Text(f"Not judged: {each.reason.en} ({each.mend})", f"未作判断：{each.reason.of('zh')}。") for each in lacking
    ]
    for body in inputs.against:
        if not body.clauses:
            who = short(body)
            found.append(Text(f"{who.en} has no clause that could be judged.", f"{who.of('zh')}没有可供判断的条款。"))
    return found


def _of(inputs: Inputs, promise: Promise, terms: Terms) -> list[Text]:
    title, found = promise.title, list[Text]()
    if promise.clause.reward is not None:
        word = ("each look", "每次核查") if terms.every == "look" else ("each year of looks", "每年")
        found.append(
            Text(
                f"{title.en}: the charter does not say how often the reward is paid; it is taken to be paid to each "
                f"party for {word[0]} that finds it compliant (--paid look or year).",
                f"“{title.of('zh')}”：章程未说明奖励多久支付一次，此处假定{word[1]}认定履约即向该方支付"
                "（--paid look或year）。",
            )
        )
        if promise.pays is None:
            found.append(
                Text(
                    f"{title.en}: who fills the fund that pays is not known; the payment is taken to come from others.",
                    f"“{title.of('zh')}”：付款基金由谁出资不详，假定款项来自他方。",
                )
            )
    breach = promise.clause.breach
    if breach is None or breach.then == "pay":
        why = ("does not say what follows a breach", "未规定违约后果")
        if breach is not None:
            why = ("does not say how much is paid after a breach", "未规定违约后应付金额")
        found.append(
            Text(
                f"{title.en}: the charter {why[0]}; nothing is suspended.",
                f"“{title.of('zh')}”：章程{why[1]}，视为不中止。",
            )
        )
    if promise.stated:
        found.append(
            Text(
                f"{title.en}: how often its verification errs was stated by the question, not by the charter.",
                f"“{title.of('zh')}”：核查出错频率由提问者设定，并非章程所定。",
            )
        )
    if promise.silent:
        names = [name_of(inputs, each) for each in promise.silent]
        english, chinese = ", ".join(each.en for each in names), "、".join(each.of("zh") for each in names)
        found.append(
            Text(
                f"{title.en}: what it is worth to {english} is not known; they are left out.",
                f"“{title.of('zh')}”：{chinese}的估值不详，未计入。",
            )
        )
    return found
