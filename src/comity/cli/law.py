"""``comity law``: replay a case and print the rulings, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from cyclopts import Parameter

from comity.cli.common import Common, print_json
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Text


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
        raise InputError("\n".join(missed), mend=f"{len(missed)} expectation(s) did not come out.")


def _replayed(case: Any, common: Common) -> dict[str, Any]:
    from comity.library.cases import replayed

    done = replayed(case)
    if not common.json:
        _print(done, common)
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


def _print(done: Any, common: Common) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text as Line

    from comity.library.actors import actors
    from comity.procedure.case import TimePassed
    from comity.procedure.words import event_in_words, flag_in_words, in_words

    table, law_ = actors(), done.state.law
    lang = "zh" if common.lang == "zh" else "en"

    def name(code: str) -> Text:
        return law_.member_title(code) or (table[code].name(common.names) if code in table else Text(code))

    console = Console(highlight=False)
    console.print(Line(done.case.id, style="bold"))
    console.print(Padding(Line(done.case.facts.strip()), (0, 0, 0, 2)))
    console.print(Padding(Line(f"{done.case.said} [{done.case.seen}; {done.case.basis}]", style="dim"), (0, 0, 1, 2)))
    for each, step in done.steps:
        if isinstance(each, TimePassed):
            to = each.at or each.to
            text = Text(f"{to}  time passes", f"{to}  时间推移")
        else:
            text = event_in_words(each, name)
        console.print(Line(text.of(lang), style="dim"))
        for found in step.determinations:
            console.print(Padding(Line(f"→ {in_words(found, name).of(lang)}"), (0, 0, 0, 4)))
        for flag in step.flags:
            console.print(Padding(Line(f"! {flag_in_words(flag).of(lang)}", style="yellow"), (0, 0, 0, 4)))
    holds = (
        Text("comes out as told", "与预期一致") if not done.missed else Text("does NOT come out as told", "与预期不符")
    )
    console.print(Line(f"{'✓' if not done.missed else '✗'} {holds.of(lang)}\n", style="bold"))
