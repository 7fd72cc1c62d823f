"""Words for factors, outcomes and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.kernel.result import Text
from comity.kernel.saying import money
from comity.model.analysis import Inputs
from comity.model.naming import name_of, short
from comity.rehearsal.parts.experiment.measuring import Outcome, Point
from comity.rehearsal.parts.varying.ranges import NONE, WRITTEN
from comity.rehearsal.parts.varying.setting import Change, Factor
from comity.rehearsal.parts.wording import per_cent

_MILLIONS, _TOTAL = "million US dollars a year", "million US dollars"
OUTCOMES: Mapping[str, Outcome] = {
    "worth": Outcome(Text("Worth to all members", "对全体成员的价值"), _MILLIONS),
    "delivered": Outcome(Text("Delivered of what is owed", "应履行部分的实际履行比例"), "share", percent=True),
    "kept": Outcome(Text("Always kept while in force", "有效期内始终履行"), "share of runs", percent=True),
    "suspended": Outcome(Text("Time in suspension", "处于中止的时间"), "share of looks", percent=True),
    "true_notices": Outcome(Text("Breach notices, deserved", "违约通知（属实）"), "a year"),
    "false_notices": Outcome(Text("Breach notices, undeserved", "违约通知（误发）"), "a year"),
    "paid": Outcome(Text("Paid on results", "按成果付款"), _MILLIONS),
}
"""What a run of a clause comes to."""
GAMES: Mapping[str, Outcome] = {
    "worth": Outcome(Text("Present value to all members", "对全体成员的现值"), _TOTAL),
    "adopted": Outcome(Text("Issues on which a text is adopted", "通过案文的议题"), "share of issues", percent=True),
    "delivered": Outcome(Text("Promises delivered", "已履行的承诺"), "a game"),
    "broken": Outcome(Text("Promises due and not delivered", "到期未履行的承诺"), "a game"),
    "true_notices": OUTCOMES["true_notices"]._replace(unit="a game"),
    "false_notices": OUTCOMES["false_notices"]._replace(unit="a game"),
    "renegotiated": Outcome(Text("Promises renegotiated", "重新谈判的承诺"), "a game"),
    "left": Outcome(Text("Members that left", "退出的成员"), "a game"),
    "paid": Outcome(Text("Paid on results", "按成果付款"), _TOTAL),
}
"""What a game of the whole institution comes to."""
UNITS: Mapping[str, Text] = {
    _MILLIONS: Text("million US dollars a year", "百万美元/年"),
    _TOTAL: Text("million US dollars", "百万美元"),
    "a year": Text("a year", "每年"),
    "a game": Text("a game", "每局"),
}
"""Units for a reader; shares have none but per cent."""
_FIELDS: Mapping[str, Text] = {
    "reward.amount": Text("payment on results", "按成果付款金额"),
    "reward": Text("reward", "奖励"),
    "verified.miss": Text("breaches overlooked", "漏报率"),
    "verified.false_alarm": Text("false alarms", "误报率"),
    "verified.every": Text("time between looks", "核查间隔"),
    "breach.grace": Text("time to cure", "补救期"),
    "breach.within": Text("time set for renegotiation", "重新谈判期限"),
    "breach.then": Text("what follows a breach", "违约后果"),
    "breach": Text("what follows a breach", "违约后果"),
    "good.excludable": Text("benefit that can be kept from others", "可排除他方的收益比例"),
    "good.discount": Text("discount rate", "贴现率"),
    "good.needed": Text("least part that is of use", "有用的最低比例"),
    "good.lead": Text("years before the first benefit", "收益开始前的年数"),
}
_SHOCKS: Mapping[str, Text] = {
    "absent": Text("absence of", "缺席"),
    "walks_out": Text("walk-out of", "退席"),
    "vetoes": Text("veto of", "否决"),
    "does_not_pay": Text("non-payment of", "不缴款"),
}
_WORDS: Mapping[str, Text] = {
    NONE: Text("left out", "不设"),
    WRITTEN: Text("as written", "按原文"),
    "renegotiate": Text("renegotiate", "重新谈判"),
    "suspend": Text("suspend", "中止"),
    "pay": Text("pay", "付款"),
    "concede": Text("concede", "逐步让步"),
    "hold_out": Text("hold out", "坚持不让"),
    "reciprocate": Text("reciprocate", "对等回应"),
    "grim": Text("grim", "冷酷触发"),
    "generous": Text("generous", "宽厚对等"),
    "free_ride": Text("free ride", "搭便车"),
    "spoiler": Text("spoiler", "搅局"),
    "hedger": Text("hedger", "两面下注"),
    "walk_out": Text("walk out", "退席"),
    "best_response": Text("best response", "最优反应"),
}

_SPANS = {"hour": "小时", "day": "天", "week": "周", "month": "个月", "year": "年"}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_STEPS = {"thousand": "千", "million": "百万", "billion": "十亿", "trillion": "万亿"}
_CURRENCIES = {"USD": "美元", "EUR": "欧元", "CNY": "人民币", "JPY": "日元", "GBP": "英镑"}


def factor_labels(inputs: Inputs, paths: Sequence[str]) -> dict[str, Text]:
    """What a reader calls each factor; its path where two would be called the same.

    Example:
        >>> from comity.study.ask import inputs
        >>> import comity as co
        >>> factor_labels(inputs(co.load("g5")), ["shocks.absent.USA"])["shocks.absent.USA"].en
        'absence of the United States'
    """
    found = {path: _factor(inputs, path) for path in paths}
    words = [each.en for each in found.values()]
    return {path: each if words.count(each.en) == 1 else Text(path) for path, each in found.items()}


def _factor(inputs: Inputs, path: str) -> Text:
    parts = path.split(".")
    if parts[0] == "shocks":
        name = name_of(inputs, parts[-1])
        words = _SHOCKS[parts[1]]
        return Text(f"{words.en} {name.en}", f"{name.of('zh')}{words.of('zh')}")
    if parts[0] == "players":
        name = Text("the members", "成员") if parts[-1] == "*" else name_of(inputs, parts[-1])
        return Text(f"player of {name.en}", f"{name.of('zh')}的策略")
    return _FIELDS.get(".".join(parts[-2:])) or _FIELDS.get(parts[-1]) or Text(path)


def value_label(value: str) -> Text:
    """A value as a reader sees it.

    Example:
        >>> value_label("none").zh, value_label("1/4").en, value_label("1 months").en
        ('不设', '25 %', '1 month')
        >>> value_label("375 million USD 2024").zh
        '3.75亿美元（2024年价格）'
    """
    if value in _WORDS:
        return _WORDS[value]
    if "/" in value:
        top, _, bottom = value.partition("/")
        return Text(f"{int(top) / int(bottom) * 100:.3g} %")
    number, _, unit = value.partition(" ")
    if unit and number.replace(".", "").isdigit():
        number = f"{float(number):.4g}" if "." in number else number
        unit = (
            unit.removesuffix("s") if number == "1" and unit in {"hours", "days", "weeks", "months", "years"} else unit
        )
        return Text(f"{number} {unit}", _chinese(float(number), number, unit))
    return Text(value.replace("_", " "))


def _chinese(number: float, text: str, unit: str) -> str:
    """A number with its unit in Chinese: spans of time, and sums of money in the characters' steps."""
    if (span := _SPANS.get(unit.removesuffix("s"))) is not None:
        return f"{text}{span}"
    scale, _, rest = unit.partition(" ") if unit.partition(" ")[0] in _SCALES else ("", "", unit)
    currency, _, year = rest.partition(" ")
    amount = number * _SCALES.get(scale, 1)
    steps = ((1e8, "亿"), (1e4, "万"), (1, ""))
    step, word = next((each for each in steps if amount >= each[0]), steps[-1])
    sum_ = f"{amount / step:.10g}{word}{_CURRENCIES.get(currency, currency)}"
    return f"{sum_}（{year}年价格）" if year else sum_


def unit_label(unit: str) -> Text:
    """The unit of an axis.

    Example:
        >>> unit_label("million USD 2024").zh, unit_label("months").zh
        ('百万美元（2024年价格）', '个月')
    """
    if (span := _SPANS.get(unit.removesuffix("s"))) is not None:
        return Text(unit, span)
    parts = unit.split(" ")
    scale = _STEPS[parts.pop(0)] if parts[0] in _STEPS else ""
    year = f"（{parts[1]}年价格）" if len(parts) > 1 else ""
    return Text(unit, f"{scale}{_CURRENCIES.get(parts[0], parts[0])}{year}")


def change_label(labels: Mapping[str, Text], changes: Sequence[Change]) -> Text:
    """Several changes in a row."""
    said = [(labels[path], value_label(value)) for path, value in changes]
    return Text(
        ", ".join(f"{name.en}: {value.en}" for name, value in said),
        "，".join(f"{name.of('zh')}：{value.of('zh')}" for name, value in said),
    )


def point_label(inputs: Inputs, labels: Mapping[str, Text], point: Point) -> Text:
    """What a setting is called."""
    if point.body:
        return short(next(each for each in inputs.against if each.name == point.body))
    return change_label(labels, point.changes) if point.changes else Text("as written", "按原文")


def said(outcome: Outcome, value: float) -> Text:
    """A figure of an outcome in words.

    Example:
        >>> said(OUTCOMES["worth"], 1150.9).en, said(OUTCOMES["true_notices"], 0.283).en
        ('USD 1.2 billion', '0.28')
    """
    if outcome.percent:
        return Text(per_cent(value))
    if outcome.unit in {_MILLIONS, _TOTAL}:
        return money(value) if abs(value) >= 0.05 else Text("nothing", "零")
    if not value:
        return Text("none", "零")
    return Text(f"{value:,.{0 if abs(value) >= 99.5 else 1 if abs(value) >= 9.95 else 2}f}")


def between(outcome: Outcome, low: float, high: float) -> Text:
    """An interval in words."""
    ends = [said(outcome, each) for each in (low, high)]
    return Text(f"{ends[0].en} to {ends[1].en}", f"{ends[0].of('zh')}至{ends[1].of('zh')}")


def tied(varied: Sequence[Factor]) -> list[str]:
    """Factors whose field holds a spread of low, mode and high, which is set to one value."""
    return [each.path for each in varied if each.place.kind == "triple"]
