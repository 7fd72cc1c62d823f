"""What happened from outside, in words: every shock as a reader says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from comity.kernel.result import Figure, Finding, Text
from comity.kernel.saying import opening
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import Shock

SAID: Mapping[str, Text] = {
    "absent": Text("{who} stays away", "{who}缺席"),
    "walks_out": Text("{who} walks out before the vote", "{who}在表决前退席"),
    "vetoes": Text("{who} objects to everything", "{who}一概反对"),
    "does_not_pay": Text("{who} pays no contribution", "{who}不缴会费"),
    "tariff": Text("{who} levies a tariff on {whom}", "{who}对{whom}加征关税"),
    "does_not_deliver": Text("{who} keeps no promise", "{who}不履行承诺"),
    "leaves": Text("{who} gives notice of withdrawal", "{who}通知退出"),
    "election": Text("an election in {who}", "{who}举行选举"),
    "crisis": Text("a crisis over: {who}", "危机：{who}"),
    "price": Text("a change of price: {who}", "价格变动：{who}"),
    "note": Text("{who} is told: {text}", "告知{who}：{text}"),
    "accedes": Text("{who} asks to join", "{who}申请加入"),
}
Names = Callable[..., Text]
MOST = 6
"""How many shocks a sentence lists."""


def said(shock: Shock, names: Names, issues: Mapping[str, Text]) -> Text:
    """A shock in words.

    Example:
        >>> from comity.kernel.result import Text
        >>> said(Shock(what="absent", by="USA", round=2), lambda code: Text(code), {}).en
        'USA stays away'
    """
    who = names(shock.by) if shock.by is not None else issues.get(shock.issue or "", Text(shock.issue or ""))
    whom = Text("") if shock.against is None else names(shock.against)
    pattern = SAID[shock.what]
    return Text(
        pattern.en.replace("{who}", who.en).replace("{whom}", whom.en).replace("{text}", shock.text),
        pattern.of("zh").replace("{who}", who.of("zh")).replace("{whom}", whom.of("zh")).replace("{text}", shock.text),
    )


def labels(game: Play, names: Names, issues: Mapping[str, Text]) -> dict[str, Text]:
    """The words of each cell of the column of shocks, by what stands in it."""
    found: dict[str, Text] = {}
    for row in game.ledger.rounds:
        if row["shocks"] and row["shocks"] not in found:
            told = [said(shock, names, issues) for shock in game.felt[row["round"]]]
            en, zh = "; ".join(each.en for each in told), "；".join(each.of("zh") for each in told)
            found[row["shocks"]] = Text(opening(en), zh)
    return found


def _answers(game: Play, names: Names, issues: Mapping[str, Text], before: list[Shock]) -> list[tuple[int, Text]]:
    """Tariffs that answered others, with the round in which each was first levied, and those that were taken back."""
    first: dict[tuple[str | None, str | None], tuple[int, Shock]] = {}
    for round_, shocks in game.felt.items():
        for shock in shocks:
            if shock not in before:
                first.setdefault((shock.by, shock.against), (round_, shock))
    told = [(round_, _in_answer(said(shock, names, issues))) for round_, shock in first.values()]
    for number, round_ in game.taken_back.items():
        shock = game.problem.shocks[number]
        one, other = names(shock.by), names(shock.against)
        text = Text(f"{one.en} takes back its tariff on {other.en}", f"{one.of('zh')}撤回对{other.of('zh')}的关税")
        told.append((round_, text))
    return told


def _in_answer(told: Text) -> Text:
    return Text(f"in answer {told.en}", f"作为回应，{told.of('zh')}")


def struck(game: Play, names: Names, issues: Mapping[str, Text]) -> list[Finding]:
    """Which shocks began in which rounds; nothing where there were none."""
    begun = [
        (since, said(game.problem.shocks[number], names, issues))
        for number, rounds in game.begun.items()
        for since in rounds
    ]
    if not begun:
        return []
    before = [shock for number, shock in enumerate(game.problem.shocks) if number in game.begun]
    begun += _answers(game, names, issues, before)
    first = sorted(begun, key=lambda each: each[0])[:MOST]
    en = "; ".join(f"{each.en} (round {since})" for since, each in first)
    zh = "；".join(f"{each.of('zh')}（第{since}轮）" for since, each in first)
    more = len(begun) - len(first)
    text = Text(
        f"From outside: {en}{f'; and {more} more' if more else ''}.",
        f"外部冲击：{zh}{f'；另有{more}次' if more else ''}。",
    )
    return [Finding(text, {"shocks": Figure(len(begun), n=1, seed=game.problem.seed)})]
