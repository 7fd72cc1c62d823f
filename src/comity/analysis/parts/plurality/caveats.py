"""What the numbers of plurality rest on, and what they leave out."""

from __future__ import annotations

from comity.analysis.parts.plurality.measures import WORLD, Counted, names_of
from comity.analysis.parts.plurality.times import Plural
from comity.kernel.result import Text
from comity.kernel.saying import listed, money, per_cent, said
from comity.model.naming import name_of

NAMED = 8
"""Members without a figure that are named."""


def caveats(plural: Plural) -> list[Text]:
    """What the numbers rest on, and what they leave out."""
    draw = plural.draw
    error = per_cent(draw.error, 0)
    said_of = [
        said(
            f"Intervals are 90 % over {draw.draws:,} draws (seed {draw.seed}): the source's own range where it gives "
            f"one, else an assumed {error} either way, each figure by itself; a gap is drawn between nought and the "
            "world's median. Rates, weights and votes are exact as written.",
            f"区间为{draw.draws:,}次抽取（种子{draw.seed}）的90%区间：来源给出范围的用其范围，否则假定上下各{error}，"
            "各数据相互独立；缺数据者在零与世界中位数之间抽取。分摊比率、权重和票数按所载为准。",
        ),
        Text(
            "An effective number says how evenly something is held, not who is right or who prevails; votes enter as "
            "weights, for an index of voting power would measure the quota.",
            "有效数目只说明某物分布的均匀程度，不说明谁有理或谁能得势；表决以权重计，因为投票权力指数衡量的是门槛。",
        ),
        Text(
            "Material capabilities (Singer 1987) weigh people, steel and energy as much as arms and favour large "
            "populations; a measure of net resources (Beckley 2018) would rank the powers otherwise.",
            "物质能力指数（Singer，1987年）对人口、钢铁、能源与军备等量齐观，有利于人口大国；"
            "若以净资源衡量（Beckley，2018年），排序会不同。",
        ),
        Text(
            "Of the climate Conferences only the number of Parties present ships: a ceiling, not an effective number; "
            "votes in the General Assembly end with session 74 (2019).",
            "气候大会只有出席缔约方总数：这是上限，而非有效数目；联合国大会投票数据止于第74届（2019年）。",
        ),
    ]
    return [*said_of, *_staying(plural), *_missing(plural), *_silent(plural)]


def _staying(plural: Plural) -> list[Text]:
    """Members asked about that the long series of the powers do not show by themselves."""
    from comity.library.powers import powers

    shown = set(powers()["who"])
    hidden = [each for each in plural.gone if each not in shown]
    if not hidden:
        return []
    who = listed([name_of(plural.inputs, each) for each in hidden])
    english = (
        f"The long series of powers show members of the G7, BRICS and the SCO by themselves; {who.en} cannot be taken "
        "out of them, so that they have no line without."
    )
    chinese = f"大国长序列只单列七国集团、金砖国家和上合组织成员；无法从中剔除{who.of('zh')}，因此没有“若缺席”一线。"
    return [said(english, chinese)]


def _missing(plural: Plural) -> list[Text]:
    """The gaps, and the part of a whole that is not seen."""
    found: list[Text] = []
    gaps: dict[Text, dict[str, None]] = {}
    for each in plural.found:
        if each.held.body != WORLD:
            gaps.setdefault(each.held.title, {}).update(dict.fromkeys(each.held.gaps))
    for title, members in gaps.items():
        if not members:
            continue
        many = len(members)
        names = [name_of(plural.inputs, member) for member in list(members)[:NAMED]]
        who = ", ".join(name.en for name in names) + (f" and {many - NAMED} more" if many > NAMED else "")
        chinese = "、".join(name.of("zh") for name in names) + (f"等{many}个" if many > NAMED else "")
        found.append(Text(f"{title.en}: no figure for {who}.", f"{title.of('zh')}：{chinese}缺数据。"))
    for each in plural.found:
        if each.held.rest is None or each.held.rest[0] <= 0:
            continue
        title, when, seen = each.held.title, each.held.when, len(each.held.amounts)
        found.append(
            Text(
                f"{title.en} ({when}): {seen} contributors are seen; the bar runs from all the rest in one hand to the "
                "rest spread thinly, and no single number is given.",
                f"{title.of('zh')}（{when}）：只见{seen}个出资者；条形从“其余全归一家”到“其余极为分散”，不给单一数值。",
            )
        )
        found += [_rescinded(plural, each)] if each.held.measure == "gcf" else []
    return found


def _rescinded(plural: Plural, each: Counted) -> Text:
    """Which pledges were taken back since."""
    from comity.library.contributions import contributions

    rows = contributions("gcf").filter(kind="rescinded").select("iso3", "amount", "year").rows()
    told = [
        Text(
            f"{name_of(plural.inputs, who).en} ({money(amount).en} in {year})",
            f"{name_of(plural.inputs, who).of('zh')}（{year}年撤回{money(amount).of('zh')}）",
        )
        for who, amount, year in rows
    ]
    taken, title = listed(told), each.held.title
    return said(
        f"{title.en} count as made; since taken back in part by {taken.en}, over two rounds: what stands is nearer to "
        "the number without.",
        f"{title.of('zh')}按作出时计；其后部分撤回（两轮合计）：{taken.of('zh')}，现存情形更接近“若缺席”的数目。",
    )


def _silent(plural: Plural) -> list[Text]:
    """Charters without a right to propose, and at which figures growth is counted."""
    proposing = {each.held.body for each in plural.found if each.held.group == "proposers"}
    silent = [name for body, name in names_of(plural.inputs).items() if body not in {WORLD, *proposing}]
    found: list[Text] = []
    if silent:
        who = listed(silent)
        english = f"{who.en}: the charter gives no member a right to propose that could be counted."
        found.append(Text(english, f"{who.of('zh')}：章程未载可计的成员提案权。"))
    if plural.stages:
        english = (
            "Growth of membership is counted at today's figures, so that only membership changes; capabilities are "
            "those of the year, of 2022 after it."
        )
        chinese = "成员扩大按当前数据计算，因此只有成员在变；物质能力取当年数值，2022年以后取2022年数值。"
        found.append(Text(english, chinese))
    return found
