"""Two charters, or two days of one, compared in words: how Python and the command line both ask for it."""

from __future__ import annotations

import datetime

from comity.charter.diff import Difference, Side, caveats, compare, namer, sentences, sides
from comity.charter.vocabulary import PARTS
from comity.kernel.errors import InputError
from comity.kernel.result import Column, Finding, Provenance, Result, Table, Text
from comity.library.actors import actors
from comity.model.actor import NamingPolicy
from comity.model.institution import Institution


def diff(
    old: Institution,
    new: Institution | None = None,
    *,
    from_: datetime.date | None = None,
    to: datetime.date | None = None,
    names: NamingPolicy = "cldr",
) -> Result:
    """What differs between two charters, or between two days of one, in words.

    Args:
        old: the first charter.
        new: the second; the first again, on another day, where absent.
        from_: the day at which the first is read; its own day where absent.
        to: the day at which the second is read; its own day where absent.
        names: by which policy states are named.

    Raises:
        InputError: where a charter would be compared with itself on one day.

    Example:
        >>> import comity as co
        >>> co.diff(co.load("g7"), co.load("g5")).values["sentences"]["quorums"][0]["en"]
        'only in G5: Leaders: at least 4/5 of all members (4 of 5)'
    """
    new = old if new is None else new
    wrong = [each for each in (old, new) if not isinstance(each, Institution)]
    if wrong:
        raise InputError(f"{wrong[0]!r} is no institution.", mend="Load it first: comity.load('g5').")
    first, second = sides(old, new, from_, to)
    found = compare(first, second, namer((old, new), actors(), names))
    told = sentences(found, first, second)
    return Result(
        kind="study.diff",
        title=_title(first, second),
        values={
            "old": {"charter": old.name, "on": first.on},
            "new": {"charter": new.name, "on": second.on},
            "differences": [each.as_json() for each in found],
            "sentences": {part: [{"en": each.en, "zh": each.of("zh")} for each in said] for part, said in told.items()},
        },
        tables=(_table(found),),
        findings=tuple(_findings(told)),
        caveats=tuple(caveats(first, second)),
        provenance=_provenance(first, second),
    )


def _title(old: Side, new: Side) -> Text:
    english, chinese = (
        f"{old.institution.title.of(lang)} ({old.on}) → {new.institution.title.of(lang)} ({new.on})"
        for lang in ("en", "zh")
    )
    return Text(english, chinese)


def _findings(told: dict[str, list[Text]]) -> list[Finding]:
    if not told:
        return [Finding(Text("Nothing differs", "没有差异"))]
    return [
        Finding(Text(f"{PARTS[part].en}: {each.en}", f"{PARTS[part].of('zh')}：{each.of('zh')}"))
        for part, said in told.items()
        for each in said
    ]


def _table(found: list[Difference]) -> Table:
    """Every difference with its path; contents by their English words, which the labels give in Chinese as well."""
    import polars as pl

    said = {each.en: each for one in found for each in (one.before, one.after)}
    rows = [{"part": each.part, "path": each.path, "old": each.before.en, "new": each.after.en} for each in found]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("part", "path", "old", "new"), pl.String))
    columns = (
        Column("part", Text("Part", "部分"), labels=PARTS),
        Column("path", Text("Place in the charter", "在章程中的位置")),
        Column("old", Text("First", "前者"), labels=said),
        Column("new", Text("Second", "后者"), labels=said),
    )
    return Table("differences", Text("What differs", "差异"), columns, frame)


def _provenance(old: Side, new: Side) -> Provenance:
    from comity import __version__

    charters = {each.institution.name: each.institution.digest for each in (old, new)}
    days = {"from": old.on.isoformat(), "to": new.on.isoformat()}
    return Provenance(charters=charters, options=days, version=__version__)
