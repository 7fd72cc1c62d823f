"""``comity law``: replay a case and print the rulings, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from cyclopts import Parameter

from comity.cli.common import Common, print_json
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Language, Text


def law(
    file: str = "",
    /,
    *,
    case: Annotated[str | None, Parameter(help="Only the case whose name begins so.")] = None,
    common: Common = Common(),
) -> None:
    """Replay a case file and print what the law says of each event; exit code 2 where a case does not come out as told.

    Parameters
    ----------
    file
        A shipped case file by name, or the path of your own; the names of those that ship where absent.
    """
    from comity.library.cases import cases
    from comity.library.places import names

    if not file:
        shipped = names("case")
        print_json({"cases": shipped}) if common.json else print("\n".join(shipped))
        return
    found = cases(file)
    if not found:
        raise InputError(f"{file} has no cases.", mend="Write one under cases:, as docs/law.md shows.")
    chosen = [each for each in found if case is None or each.id.casefold().startswith(case.casefold())]
    if not chosen:
        raise UnknownName("case", case or "", [each.id for each in found])
    records = [_replayed(each, common) for each in chosen]
    missed = [f"{record['id']}: {what}" for record in records for what in record["missed"]]
    if common.json:
        print_json({"cases": records, "holds": not missed})
        if missed:
            raise SystemExit(2)
    elif missed:
        count = "1 expectation" if len(missed) == 1 else f"{len(missed)} expectations"
        raise InputError("\n".join([f"{count} did not come out:", *missed]))


def _replayed(case: Any, common: Common) -> dict[str, Any]:
    from comity.library.cases import replayed

    done = replayed(case)
    if not common.json:
        languages: tuple[Language, ...] = ("en", "zh") if common.lang == "both" else (common.lang,)
        for lang in languages:
            _print(done, common, lang)
    steps = [
        {
            "event": each.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            "determinations": [_determination(found) for found in step.determinations],
            "flags": [{"what": flag.what, "rule": flag.rule, "says": flag.says.en} for flag in step.flags],
        }
        for each, step in done.steps
    ]
    return {"id": case.id, "charter": done.state.law.digest, "steps": steps, "missed": list(done.missed)}


def _determination(found: Any) -> dict[str, Any]:
    from comity.kernel.canonical import plain

    said: Mapping[str, Any] = {
        name: getattr(found, name)
        for name in ("about", "sort", "outcome", "on", "rule", "article", "contested", "readings", "facts")
    }
    told = plain(said)
    if found.ruling is not None:
        told["ruling"] = found.ruling.as_json()
    return told


def _print(done: Any, common: Common, lang: Language) -> None:
    from rich.console import Console
    from rich.text import Text as Line

    from comity.library.actors import actors
    from comity.procedure.case import TimePassed
    from comity.procedure.words import event_in_words, flag_in_words, in_words
    from comity.report.terminal import say

    table, law_ = actors(), done.state.law

    def name(code: str) -> Text:
        return law_.member_title(code) or (table[code].name(common.names) if code in table else Text(code))

    console = Console(highlight=False)
    console.print(Line(done.case.id, style="bold"))
    say(console, done.case.facts.strip(), left=2)
    say(console, f"{done.case.said} [{done.case.seen}; {done.case.basis}]", left=2, style="dim")
    console.print()
    for each, step in done.steps:
        if isinstance(each, TimePassed):
            to = each.at.strftime("%Y-%m-%d %H:%M UTC") if each.at else each.to
            text = Text(f"{to}  time passes", f"{to}  时间推移")
        else:
            text = event_in_words(each, name)
        say(console, text.of(lang), style="dim")
        for found in step.determinations:
            say(console, in_words(found, name).of(lang), sign="→ ", left=4)
        for flag in step.flags:
            say(console, flag_in_words(flag).of(lang), sign="! ", left=4, style="yellow")
    holds = (
        Text("comes out as told", "与预期一致") if not done.missed else Text("does NOT come out as told", "与预期不符")
    )
    console.print(Line(f"{'✓' if not done.missed else '✗'} {holds.of(lang)}\n", style="bold"))
