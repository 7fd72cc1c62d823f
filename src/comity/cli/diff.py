"""``comity diff``: what differs between two charters, or between two days of one."""

from __future__ import annotations

import datetime
from typing import Annotated

from cyclopts import Parameter

from comity.cli.common import Common, print_json
from comity.kernel.errors import InputError
from comity.kernel.result import Text


def diff(
    first: str,
    second: str | None = None,
    /,
    *,
    from_: Annotated[str | None, Parameter(name="--from")] = None,
    to: str | None = None,
    common: Common = Common(),
) -> None:
    """Say in words what differs between two charters, or between two days of one.

    Parameters
    ----------
    first
        A charter, by name or path.
    second
        Another charter; the first on another day where absent.
    from_
        The day at which the first is read; its own day where absent. --on DAY,DAY states both days at once.
    to
        The day at which the second is read; its own day where absent.
    """
    from comity.library.actors import actors
    from comity.library.institutions import load
    from comity.report.reader import readers
    from comity.study.diff import diff as compared

    begins, ends = _days(from_, to, common)
    old = load(first)
    new = load(second) if second else old
    result = compared(old, new, from_=begins, to=ends, names=common.names)
    if common.json:
        print_json(result.as_json())
        return
    from comity.charter.vocabulary import PARTS

    for reader in readers(common.lang, common.names, actors()):
        print(reader.of(result.title))
        told = result.values["sentences"]
        for part, sentences in told.items():
            print(f"\n{reader.of(PARTS[part])}")
            for each in sentences:
                print(f"  {reader.of(_text(each))}")
        if not told:
            print(f"  {reader.of(result.findings[0].text)}")
        for caveat in result.caveats:
            print(f"\n{reader.word('caveats')}: {reader.of(caveat)}")


def _text(said: dict[str, str]) -> Text:
    return Text(said["en"], said["zh"])


def _days(from_: str | None, to: str | None, common: Common) -> tuple[datetime.date | None, datetime.date | None]:
    """The two days: of --from and --to, else of --on, which states one for both or two joined by a comma."""
    if common.on is not None and (from_ or to):
        raise InputError("--on beside --from or --to says a day twice.", mend="Leave --on away.")
    listed = common.on.split(",") if common.on is not None else [from_, to]
    if len(listed) > 2:
        raise InputError(f"--on {common.on}: more than two days.", mend="Write two: --on 1950-06-25,2026-02-06.")
    option = ("--on", "--on") if common.on is not None else ("--from", "--to")
    days = [_day(text, name) for text, name in zip(listed * 2 if len(listed) == 1 else listed, option, strict=True)]
    return days[0], days[1]


def _day(text: str | None, option: str) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f"{option} {text}: this is not a date.", mend="Write it as 2026-02-06.") from None
