"""Newer figures from an outside source, into the user's own file; what changed is said cell by cell."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.kernel.canonical import digest
from comity.kernel.errors import Cancelled, SourceError
from comity.kernel.result import Column, Provenance, Result, Table, Text
from comity.library.actors import actors
from comity.library.figures import figures_frame, indicators
from comity.library.own_figures import read_own
from comity.library.writing import write
from comity.model.panel import COLUMNS
from comity.model.source import Observation, Refused, Request, Source
from comity.observation.fetching import Fetching

if TYPE_CHECKING:
    import httpx

Key = tuple[str, str, int]
Change = tuple[str, str, int, str, float | None, float | None, str]

_CHANGE = {
    "added": Text("added", "新增"),
    "changed": Text("changed", "变更"),
    "vanished": Text("vanished", "消失"),
}


@dataclass
class Fetched:
    """What the source gave.

    Attributes:
        observations: figures of known actors by indicator, actor and year.
        editions: the edition of each indicator's data, as the source names it.
        refusals: the source's words for each indicator that it would not give.
    """

    observations: dict[Key, Observation] = field(default_factory=dict[Key, Observation])
    editions: dict[str, str] = field(default_factory=dict[str, str])
    refusals: dict[str, str] = field(default_factory=dict[str, str])


def _silent(_done: int, _total: int, _note: str) -> None:
    """No progress shown."""


def _never() -> bool:
    return False


def refresh(
    source: Source,
    into: Path,
    client: httpx.Client,
    sleep: Callable[[float], None],
    *,
    agent: str = "comity",
    progress: Callable[[int, int, str], None] = _silent,
    cancelled: Callable[[], bool] = _never,
) -> Result:
    """Fetch a source's figures into a user's own table, which ``--figures`` takes; shipped figures stay as they are.

    Rows of other sources in the file are kept, and so are rows of this source outside what was asked for. Finished
    pages are kept beside the file, so that an interrupted refresh goes on where it stopped.

    Args:
        source: what to ask for.
        into: the user's file, such as ``comity-figures.csv``; it is replaced whole or not at all.
        client: the connection, with its time-outs.
        sleep: waits so many seconds.
        agent: how the program names itself to the service.
        progress: told ``(done, total, note)`` after each page.
        cancelled: asked between pages.

    Returns:
        A table of every cell that was added, changed (old and new value) or vanished.

    Raises:
        SourceError: where the source did not answer as documented, or gave nothing that was asked for.
        DestinationError: where the file cannot be written.
        Cancelled: where the user interrupted.
        DocumentError: where the file that stands has problems.
    """
    before = _standing(into)
    folder = into.with_name(f"{into.name}.pages")
    fetching = Fetching(source, client, sleep, folder, agent)
    first = source.requests()
    fetched = _fetch(fetching, first, progress, cancelled)
    if not fetched.observations:
        told = "; ".join(f"{name}: {words}" for name, words in fetched.refusals.items()) or "no figures at all"
        raise SourceError(f"{source.title} gave nothing that was asked for ({told}).", mend="Ask for other indicators.")
    given = {request.indicator for request in first} - set(fetched.refusals)
    kept = [row for key, row in before.items() if not _gives_way(source, key, row, given)]
    rows = sorted([*kept, *_rows(source, fetched, {_key(row) for row in kept})], key=_key)
    changes = _changes(source, before, rows, fetched)
    write(into, _written(rows))
    shutil.rmtree(folder, ignore_errors=True)
    return _result(source, into, fetched, changes)


def _fetch(
    fetching: Fetching,
    first: list[Request],
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> Fetched:
    fetched, known = Fetched(), actors()
    waiting: list[Request] = list(first)
    restarted: set[str] = set()
    found: dict[str, list[Observation]] = {}
    starts = {request.indicator: request for request in waiting}
    done = 0
    while waiting:
        if cancelled():
            raise Cancelled("Interrupted; finished pages are kept.", mend="The same command goes on from there.")
        request = waiting.pop(0)
        name = request.indicator
        try:
            answer = fetching.answer(request)
        except Refused as refusal:
            fetched.refusals[name] = str(refusal)
            waiting = [each for each in waiting if each.indicator != name]
            continue
        if fetched.editions.setdefault(name, answer.edition) != answer.edition and name not in restarted:
            restarted.add(name)
            fetching.forget(name)
            del fetched.editions[name], found[name]
            waiting = [starts[name], *(each for each in waiting if each.indicator != name)]
            continue
        found.setdefault(name, []).extend(each for each in answer.observations if each.iso3 in known)
        waiting = [*answer.following, *waiting]
        done += 1
        progress(done, done + len(waiting), f"{name}, {fetching.source.title}")
    whole = [each for name, listed in found.items() if name not in fetched.refusals for each in listed]
    for each in [*whole, *fetching.source.derived(whole)]:
        fetched.observations[each.indicator, each.iso3, each.year] = each
    return fetched


def _key(row: tuple[Any, ...]) -> Key:
    return row[1], row[0], row[2]


def _standing(into: Path) -> dict[Key, tuple[Any, ...]]:
    """The rows of the user's file as it stands; none where there is none yet."""
    if not into.exists():
        return {}
    return {_key(row): row for row in read_own(into, actors(), indicators()).rows}


def _gives_way(source: Source, key: Key, row: tuple[Any, ...], given: Collection[str]) -> bool:
    """Whether a row of the file is this source's, and would have come again if the source still had it."""
    return row[8] == source.title and source.covers(key[0], key[2], given)


def _rows(source: Source, fetched: Fetched, taken: set[Key]) -> list[tuple[Any, ...]]:
    """What was fetched, as rows of the table, without cells that the user has from elsewhere."""
    return [
        (
            each.iso3,
            each.indicator,
            each.year,
            each.value,
            each.unit,
            None,
            None,
            each.status,
            source.title,
            each.licence,
        )
        for key, each in fetched.observations.items()
        if key not in taken
    ]


def _changes(
    source: Source, before: dict[Key, tuple[Any, ...]], rows: list[tuple[Any, ...]], fetched: Fetched
) -> list[Change]:
    """What is new against the figures in effect before: the user's file over the shipped ones."""
    shipped = figures_frame().select("indicator", "iso3", "year", "value", "source").rows()
    old = {(name, iso3, year): (value, origin) for name, iso3, year, value, origin in shipped}
    old |= {key: (row[3], row[8]) for key, row in before.items()}
    after = {_key(row): row[3] for row in rows}
    changes: list[Change] = []
    for key in sorted(fetched.observations.keys() & after.keys()):
        value, origin = old.get(key, (None, ""))
        if value is None:
            changes.append((*key, "added", None, after[key], ""))
        elif value != after[key]:
            changes.append((*key, "changed", value, after[key], origin))
    gone = sorted(before.keys() - after.keys())
    changes += [(*key, "vanished", before[key][3], None, source.title) for key in gone]
    return changes


def _number(value: object) -> str:
    return "" if value is None else repr(value).removesuffix(".0")


def _written(rows: list[tuple[Any, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_number(each) if column in {3, 5, 6} else each for column, each in enumerate(row)])
    return text.getvalue().encode()


def _result(source: Source, into: Path, fetched: Fetched, changes: list[Change]) -> Result:
    import polars as pl

    columns = (
        Column(
            "indicator", Text("Indicator", "指标"), labels={name: each.title for name, each in indicators().items()}
        ),
        Column("iso3", Text("State", "国家"), actor=True),
        Column("year", Text("Year", "年份")),
        Column("change", Text("Change", "变化"), labels=_CHANGE),
        Column("old", Text("Old value", "旧值")),
        Column("new", Text("New value", "新值")),
        Column("old_source", Text("Source of the old value", "旧值来源")),
    )
    types = (pl.String, pl.String, pl.Int64, pl.String, pl.Float64, pl.Float64, pl.String)
    schema = {column.name: kind for column, kind in zip(columns, types, strict=True)}
    frame = pl.DataFrame(changes, schema=schema, orient="row")
    counts = {word: sum(change[3] == word for change in changes) for word in _CHANGE}
    table = Table("changes", Text("What changed", "变化明细"), columns, frame)
    refused = [
        Text(f"{source.title} would not give {name}: {words}.", f"{source.title} 未提供 {name}：{words}。")
        for name, words in fetched.refusals.items()
    ]
    return Result(
        kind="observation.refresh",
        title=Text(f"Figures refreshed from {source.title}", f"已从 {source.title} 更新数据"),
        values={**counts, "fetched": len(fetched.observations), "file": into.name, "editions": fetched.editions},
        tables=(table,),
        caveats=tuple(refused),
        provenance=Provenance(
            figures={into.name: digest(into.read_bytes())},
            options=source.model_dump(mode="json", exclude={"kind"}),
            sources=(source.attribution,),
        ),
    )
