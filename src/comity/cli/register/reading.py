"""``comity register status | due | clause | member | watch``: what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from comity.cli.common import print_json
from comity.cli.register.door import Door, day, entry_as_json, namer, reading, say, tell
from comity.kernel.errors import InputError
from comity.kernel.result import Text

if TYPE_CHECKING:
    from comity.operation.replaying import Replayed


def status(place: str, /, *, door: Door = Door()) -> None:
    """Say where the institution stands: members, open questions, clauses, arrears, disputes, keys.

    Parameters
    ----------
    place
        The register.
    """
    from comity.operation.status import status as found

    with reading(place) as register:
        position = register.position()
        told = found(position)
        if door.json:
            print_json(told)
            return
        name = namer(position.state, door)
        say([("", line) for line in _lines(told, name)], door)


def _lines(told: dict[str, Any], name: Callable[[str], Text]) -> Iterator[Text]:
    """The status in words, one line for each thing there is."""
    from comity.procedure.words import OUTCOMES, listed

    def word(stage: str) -> Text:
        return OUTCOMES.get(stage, Text(stage.replace("_", " ")))

    def of(en: str, zh: str, what: list[Text]) -> Iterator[Text]:
        if what:
            yield Text(f"{en}: {listed(what).en}", f"{zh}：{listed(what).of('zh')}")

    def pairs(held: dict[str, Any], who: Callable[[str], Text] = Text) -> list[Text]:
        return [_joined(who(each), word(str(value))) for each, value in held.items()]

    yield Text(
        f"{told['entries']} entries, the last recorded {told['recorded']}; the law has reached {told['on']}",
        f"{told['entries']}条记录，最近入册于{told['recorded']}；法律状态截至{told['on']}",
    )
    yield from of("members", "成员", [name(each) for each in told["members"]])
    yield from of("suspended", "权利被中止", [name(each) for each in told["suspended"]])
    yield from of("leaving", "将退出", pairs(told["leaving"], name))
    yield from of("sitting", "正在开会", pairs(told["sitting"]))
    yield from of("open questions", "待决问题", [Text(each) for each in told["open_questions"]])
    yield from of("questions", "问题", [_joined(word(each), Text(str(n))) for each, n in told["questions"].items()])
    for clause, stages in told["clauses"].items():
        yield from of(f"clause {clause}", f"条款{clause}", pairs(stages, name))
    yield from of("arrears", "拖欠会费", pairs(told["arrears"], name))
    yield from of("disputes", "争端", pairs(told["disputes"]))
    counts = {"evidence": ("evidence", "证据"), "scores": ("scores", "履约评分")}
    for field, (en, zh) in counts.items():
        yield from of(en, zh, [Text(str(told[field]))] if told[field] else [])
    yield from of("corrected entries", "已更正的记录", [Text(str(each)) for each in told["corrected"]])
    yield from of("flagged", "标记", pairs({each: str(n) for each, n in told["flagged"].items()}))
    yield from of("seats with a key", "持有密钥的席位", [Text(each) for each in told["keys"]])


def _joined(first: Text, second: Text) -> Text:
    return Text(f"{first.en} {second.en}", f"{first.of('zh')}{second.of('zh')}")


def due(
    place: str, /, *, on: Annotated[str, Parameter(help="Until this day (2028-12-31).")], door: Door = Door()
) -> None:
    """Say what lapses, takes effect or falls due by itself until a day, if nothing else happens; nothing is recorded.

    Parameters
    ----------
    place
        The register.
    """
    from comity.operation.entry import ruled
    from comity.operation.status import due as found
    from comity.procedure.words import in_words

    until = day(on)
    assert until is not None
    with reading(place) as register:
        position = register.position()
        if until < position.state.on:
            raise InputError(f"--on {on}: the register has reached {position.state.on}.", mend="Name a later day.")
        told = found(position, until)
        if door.json:
            print_json({"on": on, "due": ruled(told)})
            return
        name = namer(position.state, door)
        nothing = Text(f"Nothing falls due by itself until {on}.", f"截至{on}没有自动到期事项。")
        say([(f"{each.on}  ", in_words(each, name)) for each in told] or [("", nothing)], door)


def clause(place: str, name: str, /, *, door: Door = Door()) -> None:
    """Say how a clause stands with each obligor, and every entry about it.

    Parameters
    ----------
    place
        The register.
    name
        The clause, as the charter calls it.
    """
    from comity.operation import looking

    with reading(place) as register:
        position = register.position()
        told = looking.clause(position, name)
        entries = _about(place, lambda each: looking.about_clause(each, name))
        if door.json:
            print_json({**told, "entries": [entry_as_json(each) for each in entries]})
            return
        called, lines = namer(position.state, door), list[tuple[str, Text]]()
        title = Text(told["title"]["en"], told["title"]["zh"]) if told["title"] else Text(name)
        for obligor, duty in told["obligors"].items():
            lines.append(("", _standing(called(obligor), duty)))
        say([("", Text(f"{title.en} ({name})", f"{title.of('zh')}（{name}）")), *lines], door)
        for each in entries:
            tell(each.number, each.act, each.step, door)


def _standing(who: Text, duty: dict[str, Any]) -> Text:
    """How an obligor stands under a clause."""
    from comity.procedure.words import OUTCOMES

    stage = OUTCOMES.get(duty["state"], Text(duty["state"].replace("_", " ")))
    measured = duty["measured"]
    last = Text(f"; measured last: {measured}", f"；最近核查值：{measured}") if measured is not None else Text("", "")
    until = duty["until"]
    wait = Text(f"; until {until}", f"；截至{until}") if until is not None else Text("", "")
    return Text(
        f"{who.en}: {stage.en} since {duty['since']}{wait.en}{last.en}",
        f"{who.of('zh')}：自{duty['since']}起{stage.of('zh')}{wait.zh}{last.zh}",
    )


def member(place: str, code: str, /, *, door: Door = Door()) -> None:
    """Say how a member stands: clauses, arrears, pledges, scores, disputes, its key, and every entry about it.

    Parameters
    ----------
    place
        The register.
    code
        The member, by its code: JPN.
    """
    from comity.operation import looking
    from comity.procedure.words import OUTCOMES

    with reading(place) as register:
        position = register.position()
        told = looking.member(position, code)
        entries = _about(place, lambda each: looking.about_member(each, code))
        if door.json:
            print_json({**told, "entries": [entry_as_json(each) for each in entries]})
            return
        who = namer(position.state, door)(code)
        lines = [who]
        for name, stage in told["clauses"].items():
            word = OUTCOMES.get(stage, Text(stage.replace("_", " ")))
            lines.append(Text(f"clause {name}: {word.en}", f"条款{name}：{word.of('zh')}"))
        if told["arrears"] is not None:
            lines.append(Text(f"in arrears: {told['arrears']}", f"拖欠会费：{told['arrears']}"))
        for name, each in told["pledges"].items():
            paid = f"{each['paid']} / {each['announced']} {each['currency']}"
            lines.append(Text(f"pledge {name}: {paid} paid", f"认捐{name}：已缴{paid}"))
        if told["key"] is None:
            lines.append(Text("no valid key", "没有有效密钥"))
        say([("", line) for line in lines], door)
        for each in entries:
            tell(each.number, each.act, each.step, door)


def _about(place: str, about: Callable[[Replayed], bool]) -> list[Replayed]:
    from comity.operation.replaying import replayed

    with reading(place) as register:
        return [each for each in replayed(register) if about(each)]


def watch(
    place: str,
    /,
    *,
    since: Annotated[int | None, Parameter(help="From this entry; only new ones where absent.")] = None,
    once: Annotated[bool, Parameter(negative=(), help="Print what is there, and stop.")] = False,
    every: Annotated[float, Parameter(help="Seconds between two looks.")] = 1.0,
    door: Door = Door(),
) -> None:
    """Print entries as they are recorded, by whomever, until interrupted; with --json one line each.

    Parameters
    ----------
    place
        The register.
    """
    import json
    import time

    from comity.operation.position import follow, read
    from comity.operation.replaying import replayed

    with reading(place) as register:
        position = None
        for each in replayed(register):
            position = each.position
            if each.number >= (since if since is not None else 0 if once else register.size):
                _shown(each, door)
        while not once:
            assert position is not None
            for held in register.entries(position.size):
                statement = held.signed.statement
                act = read(statement.event)
                position, step = follow(position, statement, act, held.recorded)
                if door.json:
                    print(json.dumps(held.signed.plain(), ensure_ascii=False), flush=True)
                else:
                    tell(held.number, act, step, door)
            time.sleep(every)


def _shown(each: Replayed, door: Door) -> None:
    import json

    if door.json:
        print(json.dumps(entry_as_json(each), ensure_ascii=False), flush=True)
    else:
        tell(each.number, each.act, each.step, door)
