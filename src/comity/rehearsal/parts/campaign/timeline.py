"""One run as a timeline: who did what in which round, read off the record of a game on the law engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from comity.kernel.result import Chart, Column, Table, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, VERMILION
from comity.model.actor import Actors
from comity.rehearsal.parts.game.play import Play

INK, SOFT, WHITE = "#1f2933", "#7b8794", "#ffffff"
CROSS = "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8"
WHAT: Mapping[str, Text] = {
    "adopted": Text("text adopted", "案文通过"),
    "not_adopted": Text("no text adopted", "案文未通过"),
    "runs": Text("promises run", "承诺存续"),
    "kept": Text("promises kept", "履行承诺"),
    "broken": Text("promise broken, and seen", "违背承诺且被发现"),
    "overlooked": Text("promise broken, overlooked", "违背承诺但漏报"),
    "false_alarm": Text("kept, but reported broken", "已履行但被误报"),
    "notice": Text("notice to it", "收到通知"),
    "cured": Text("made good", "已补救"),
    "renegotiated": Text("other terms agreed", "议定新条件"),
    "suspended": Text("promise suspended", "承诺中止"),
    "paid": Text("contribution paid", "缴付会费"),
    "received": Text("paid on results", "获成果付款"),
    "shock": Text("shock", "冲击"),
    "leaving": Text("notice of withdrawal", "退出通知"),
    "left": Text("has left", "已退出"),
}
"""What a mark stands for."""
DRAWN: Mapping[str, tuple[str, str, str]] = {
    "adopted": ("diamond", GREEN, GREEN),
    "not_adopted": ("diamond", WHITE, SOFT),
    "kept": ("stroke", SOFT, SOFT),
    "broken": (CROSS, VERMILION, VERMILION),
    "overlooked": ("square", WHITE, VERMILION),
    "false_alarm": ("circle", WHITE, ORANGE),
    "notice": ("triangle-down", ORANGE, ORANGE),
    "cured": ("circle", GREEN, GREEN),
    "renegotiated": ("cross", BLUE, BLUE),
    "suspended": ("square", INK, INK),
    "paid": ("triangle-right", BLUE, BLUE),
    "received": ("triangle-left", GREEN, GREEN),
    "shock": ("M0,-1L0.3,-0.3L1,0L0.3,0.3L0,1L-0.3,0.3L-1,0L-0.3,-0.3Z", PURPLE, PURPLE),
    "leaving": ("triangle-up", WHITE, INK),
    "left": ("triangle-up", INK, INK),
}
"""The shape of each mark, what fills it and its outline: told apart without colour too."""
LANES = (
    ("kept", "broken", "overlooked", "false_alarm"),
    ("notice", "cured", "renegotiated", "suspended"),
    ("paid", "received", "shock", "leaving", "left"),
)
"""Conduct, answers, money and fate: one above the other in the row of a member."""
MOST = 25
"""So many members have a row each; of more, those to whom most happens."""
PARTS = {"issue": Text("Texts", "案文"), "member": Text("Members", "成员")}


def happened(game: Play) -> Iterator[dict[str, Any]]:
    """Everything on the record of a game, in the order of its rounds: one row a round, issue or member, and sort."""
    found: dict[tuple[int, str, str, str], dict[str, Any]] = {}
    for round_, part, row, what, more in _all(game):
        entry = found.setdefault(
            (round_, part, row, what),
            {"round": round_, "on": game.problem.day(round_), "part": part, "row": row, "what": what, "number": 0,
             "until": None, "text": None, "amount": None},
        )  # fmt: skip
        entry["number"] += 1
        for name, value in more.items():
            entry[name] = entry["amount"] + value if name == "amount" and entry["amount"] is not None else value
    order = {"issue": 0, "member": 1}
    yield from sorted(found.values(), key=lambda each: (each["round"], order[each["part"]]))


def _all(  # noqa: C901, PLR0912 - one branch for each sort of entry on the record
    game: Play,
) -> Iterator[tuple[int, str, str, str, dict[str, Any]]]:
    ledger, last = game.ledger, len(game.ledger.rounds)
    adopted = {(row["round"], row["issue"]) for row in ledger.decisions if row["outcome"] == "adopted"}
    for row in ledger.decisions:
        round_, issue = row["round"], row["issue"]
        if row["outcome"] == "adopted":
            yield round_, "issue", issue, "adopted", {"text": row["text"]}
            until = min(round_ + game.problem.terms.periods, last)
            if until > round_:
                yield round_ + 1, "issue", issue, "runs", {"until": until}
        elif (round_, issue) not in adopted:
            yield round_, "issue", issue, "not_adopted", {}
    for row in ledger.performance:
        kept, error, fresh = row["effort"] >= 1, row["error"], row["before"] in {"in_force", "unverified"}
        if fresh:
            what = (error or "kept") if kept else ("overlooked" if error == "miss" else "broken")
            yield row["round"], "member", row["member"], what, {}
        if row["after"] == "cured":
            yield row["round"], "member", row["member"], "cured", {}
    answers = {"noticed": "notice", "reminded": "notice", "in_force": "renegotiated", "suspended": "suspended"}
    for row in ledger.breaches:
        if row["outcome"] in answers:
            yield row["round"], "member", row["member"], answers[row["outcome"]], {}
    for row in ledger.payments:
        if row["amount"]:
            what = "received" if row["sort"] == "reward" else "paid"
            yield row["round"], "member", row["member"], what, {"amount": row["amount"]}
    for round_ in range(1, last + 1):
        for shock in game.problem.struck(game.begun, round_):
            if shock.by is not None:
                yield round_, "member", shock.by, "shock", {}
    for row in ledger.exits:
        yield row["round"], "member", row["member"], "leaving", {}
    for member, until in _until(game).items():
        if until < last:
            yield until + 1, "member", member, "left", {}


def _until(game: Play) -> dict[str, int]:
    """The last round in which each member was one."""
    return {row["member"]: row["round"] for row in game.ledger.payoffs}


def timeline(  # noqa: PLR0917 - the parts of a timeline in their order
    word: str, title: Text, game: Play, issues: Mapping[str, Text], actors: Actors
) -> Table:
    """The timeline of one run as a table, a readable log of what happened.

    Args:
        word: the name of the table.
        title: its title.
        game: the run, played on the law engine.
        issues: the titles of issues.
        actors: the names of members.
    """
    import polars as pl

    members = {row["member"]: actors[row["member"]].name("cldr") for row in game.ledger.payoffs}
    columns = (
        Column("round", Text("Round", "轮次"), digits=0),
        Column("on", Text("Day", "日期")),
        Column("part", Text("Part", "部分"), labels=PARTS),
        Column("row", Text("Issue or member", "议题或成员"), labels={**issues, **members}),
        Column("what", Text("What happened", "事件"), labels=WHAT),
        Column("number", Text("How many", "数量"), digits=0),
        Column("until", Text("Until round", "至轮次"), digits=0),
        Column("text", Text("Place of the text", "案文位置"), unit="points", digits=1),
        Column("amount", Text("Amount", "金额"), unit="million", digits=1),
    )
    schema = {
        "round": pl.Int64, "on": pl.Date, "part": pl.String, "row": pl.String, "what": pl.String, "number": pl.Int64,
        "until": pl.Int64, "text": pl.Float64, "amount": pl.Float64,
    }  # fmt: skip
    note = Text(
        "One game on the law engine, as its log replays it: one story among many, and no forecast.",
        "规则引擎上的一次推演，可由其日志重放：众多可能之一，并非预测。",
    )
    return Table(word, title, columns, pl.DataFrame(list(happened(game)), schema=schema), note)


def drawn(table: Table, title: Text, subtitle: Text, rounds: int) -> Chart:
    """The timeline as a chart: issues above, members below, rounds to the right."""
    frame = table.frame
    there = [word for word in DRAWN if word in set(frame["what"].to_list())]
    labels = next(column.labels for column in table.columns if column.name == "row") or {}
    rows = frame.filter(frame["part"] == "member")["row"].to_list()
    members = sorted(set(rows), key=lambda each: -rows.count(each))[:MOST]
    members = [each for each in labels if each in members]
    asked = dict.fromkeys(frame.filter(frame["part"] == "issue")["row"].to_list())
    panels = [_issues([labels[each] for each in asked], there, rounds)] if asked else []
    if members:
        panels.append(_members([labels[each] for each in members], there, rounds))
    spec: dict[str, Any] = {
        "vconcat": panels,
        "spacing": 14,
        "resolve": {"legend": {"fill": "shared", "stroke": "shared", "shape": "shared"}},
    }
    counts = {word: int(frame.filter(frame["what"] == word)["number"].sum()) for word in there}
    said = "; ".join(f"{WHAT[word].en}: {number}" for word, number in counts.items())
    zh = "；".join(f"{WHAT[word].of('zh')}{number}次" for word, number in counts.items())
    alt = Text(
        f"A timeline of {rounds} rounds, issues above and members below. {title.en}. {said}.",
        f"{rounds}轮时间线，上为议题，下为成员。{title.of('zh')}。{zh}。",
    )
    return Chart(table.name, table.name, title, subtitle, alt, spec)


def _along(rounds: int, *, titled: bool) -> dict[str, Any]:
    axis = {"title": Text("Round", "轮次") if titled else None, "tickMinStep": 1, "format": "d", "grid": True}
    scale = {"domain": [0.5, rounds + 0.5], "nice": False}
    return {"field": "round", "type": "quantitative", "scale": scale, "axis": axis}


def _marked(there: Sequence[str]) -> dict[str, Any]:
    """Shape, filling and outline by what happened, with one legend."""
    domain = [WHAT[word] for word in there]
    legend = {"title": None, "orient": "bottom", "columns": 4, "symbolSize": 70, "labelLimit": 180}

    def by(place: int) -> dict[str, Any]:
        scale = {"domain": domain, "range": [DRAWN[word][place] for word in there]}
        return {"field": "what_label", "type": "nominal", "scale": scale, "legend": legend}

    return {"shape": by(0), "fill": by(1), "stroke": by(2)}


def _down(rows: Sequence[Text], *, each: str) -> dict[str, Any]:
    axis = {"title": None, "labelLimit": 300, "ticks": False, "domain": False}
    return {"field": "row_label", "type": "nominal", "sort": list(rows), "scale": {"domain": list(rows)},
            "axis": axis | ({"grid": True} if each == "member" else {})}  # fmt: skip


def _issues(rows: Sequence[Text], there: Sequence[str], rounds: int) -> dict[str, Any]:
    y, x = _down(rows, each="issue"), _along(rounds, titled=False)
    runs = {
        "transform": [
            {"filter": "datum.part === 'issue' && datum.what === 'runs'"},
            {"calculate": "datum.round - 0.5", "as": "since"}, {"calculate": "datum.until + 0.5", "as": "end"},
        ],
        "mark": {"type": "bar", "height": 5, "color": "#b3d4ea"},
        "encoding": {"x": {**x, "field": "since"}, "x2": {"field": "end"}, "y": y},
    }  # fmt: skip
    marks = {
        "transform": [{"filter": "datum.part === 'issue' && datum.what !== 'runs'"}],
        "mark": {"type": "point", "size": 48, "strokeWidth": 1.2, "opacity": 1},
        "encoding": {"x": x, "y": y, **_marked(there)},
    }
    return {"width": 560, "height": {"step": 17}, "layer": [runs, marks]}


def _members(rows: Sequence[Text], there: Sequence[str], rounds: int) -> dict[str, Any]:
    lanes = [lane for lane in LANES if any(word in there for word in lane)]
    test = "0"
    for number, lane in enumerate(lanes):
        listed = ", ".join(f"'{word}'" for word in lane)
        test = f"indexof([{listed}], datum.what) >= 0 ? {number} : {test}"
    lane = {"field": "lane", "type": "ordinal", "scale": {"domain": list(range(len(lanes)))}}
    return {
        "width": 560,
        "height": {"step": 11, "for": "offset"},
        "transform": [{"filter": "datum.part === 'member'"}, {"calculate": test, "as": "lane"}],
        "mark": {"type": "point", "size": 48, "strokeWidth": 1.4, "opacity": 1},
        "encoding": {"x": _along(rounds, titled=True), "y": _down(rows, each="member"), "yOffset": lane,
                     **_marked(there)},
    }  # fmt: skip


NAMED: Mapping[str, Text] = {"typical": Text("A typical run", "典型推演"), "worst": Text("The worst run", "最差推演")}


def timelines(stories: Mapping[str, Play], issues: Mapping[str, Text], actors: Actors) -> list[tuple[Table, Chart]]:
    """The typical and the worst run, each as a table and a chart."""
    made: list[tuple[Table, Chart]] = []
    for word, game in stories.items():
        name = NAMED[word]
        run, rounds = game.problem.run, len(game.ledger.rounds)
        table = timeline(word, Text(f"{name.en} (run {run})", f"{name.of('zh')}（第{run}次）"), game, issues, actors)
        adopted, broken = len(game.stands), _number(table, "broken") + _number(table, "overlooked")
        left = len({row["member"] for row in game.ledger.exits})
        title = Text(
            f"{name.en}: texts on {adopted} of {len(game.topics)} issues, promises broken: {broken}, "
            f"notices of withdrawal: {left}",
            f"{name.of('zh')}：{len(game.topics)}个议题中{adopted}个通过案文，违背承诺{broken}次，退出通知{left}份",
        )
        subtitle = Text(
            f"Run {run} of the campaign, played again on the law engine; bars: how long promises under a text run",
            f"批量推演中的第{run}次，在规则引擎上重演；横条为案文下承诺的存续期",
        )
        made.append((table, drawn(table, title, subtitle, rounds)))
    return made


def _number(table: Table, what: str) -> int:
    frame = table.frame
    return int(frame.filter(frame["what"] == what)["number"].sum())
