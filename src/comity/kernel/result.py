"""What every room returns: one Result of values, tables, charts, findings and caveats, with its provenance.

A Result holds no drawing and no language: texts are in English and Chinese side by side, charts refer to their table by
name and embed no data. The digest is over values and tables only, so that it says whether two runs agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass as described

from comity.kernel.canonical import digest, plain

if TYPE_CHECKING:
    import polars as pl

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@described(frozen=True, config=ConfigDict(extra="forbid", use_attribute_docstrings=True))
class Text:
    """A text for a reader, in English and Chinese; where ``zh`` is empty the English stands.

    Example:
        >>> Text("Veto", "否决").of("zh"), Text("Veto").of("zh")
        ('否决', 'Veto')
    """

    en: str
    """The text in English."""
    zh: str = ""
    """The text in Chinese (simplified)."""

    def of(self, lang: Language) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" and self.zh else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, its unit, where its figures come from.

    ``actor`` marks a column of actor codes (``USA``), which a reader sees as names; ``labels`` gives the words a reader
    sees for the keys of a column of words. ``digits`` is how many decimals a reader needs (the data keep them all);
    ``percent`` marks a share of one that a reader sees in per cent.
    """

    name: str
    title: Text
    unit: str = ""
    source: str = ""
    actor: bool = False
    labels: Mapping[str, Text] | None = None
    digits: int | None = None
    percent: bool = False


@dataclass(frozen=True)
class Table:
    """A tidy table: one observation a row. ``frame`` is a polars DataFrame with exactly the columns described."""

    name: str
    title: Text
    columns: tuple[Column, ...]
    frame: pl.DataFrame
    note: Text = Text("")

    def __post_init__(self) -> None:
        named = [column.name for column in self.columns]
        if named != self.frame.columns:
            raise ValueError(f"Table '{self.name}' describes the columns {named} but holds {self.frame.columns}.")

    def column(self, name: str) -> Column:
        """The description of one column."""
        return next(column for column in self.columns if column.name == name)

    def rows(self) -> list[dict[str, Any]]:
        """The rows as plain values, for JSON and for the digest."""
        return [plain(row) for row in self.frame.to_dicts()]


@dataclass(frozen=True)
class Chart:
    """A figure: a Vega-Lite specification over one table, with its finding as title and a text alternative.

    In ``spec`` every text for a reader is a :class:`Text`; there is no ``data`` and no ``title`` in it. A column
    ``c`` with ``actor`` or ``labels`` is also offered as the field ``c_label``, in the reader's words.
    """

    name: str
    table: str
    title: Text
    subtitle: Text
    alt: Text
    spec: Mapping[str, Any]
    caption: Text = Text("")


@dataclass(frozen=True)
class Figure:
    """A number in a finding: value, unit and, where it was simulated, interval, number of draws and seed."""

    value: float | int | str | None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    n: int | None = None
    seed: int | None = None


@dataclass(frozen=True)
class Finding:
    """One sentence that the figures support, with those figures."""

    text: Text
    figures: Mapping[str, Figure] = field(default_factory=dict[str, Figure])


@dataclass(frozen=True)
class Provenance:
    """What a Result was computed from; no clock, host, path or number of workers."""

    charters: Mapping[str, str] = field(default_factory=dict[str, str])
    stakes: Mapping[str, str] = field(default_factory=dict[str, str])
    figures: Mapping[str, str] = field(default_factory=dict[str, str])
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    seed: int | None = None
    on: str = ""
    version: str = ""
    command: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """The answer of one analysis. ``kind`` is the analysis that gave it (``selection.acceptability``)."""

    kind: str
    title: Text
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    findings: tuple[Finding, ...] = ()
    caveats: tuple[Text, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        names = {table.name for table in self.tables}
        for chart in self.charts:
            if chart.table not in names:
                raise ValueError(f"Chart '{chart.name}' refers to the table '{chart.table}', which is not here.")

    def table(self, name: str) -> Table:
        """One table by its name."""
        return next(table for table in self.tables if table.name == name)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of values and tables: equal for equal answers."""
        tables = {table.name: table.rows() for table in self.tables}
        return digest({"kind": self.kind, "values": dict(self.values), "tables": tables})

    def as_json(self) -> dict[str, Any]:
        """The values at top level beside ``kind``, ``digest``, ``provenance`` and ``tables``, as ``--json`` prints."""
        own = {"kind": self.kind, "digest": self.digest}
        clash = {"kind", "digest", "provenance", "tables", "findings", "caveats"} & set(self.values)
        if clash:
            raise ValueError(f"The values of {self.kind} use reserved names: {', '.join(sorted(clash))}.")
        return own | {
            **plain(dict(self.values)),
            "findings": [{"text": plain(finding.text), "figures": _figures(finding)} for finding in self.findings],
            "caveats": plain(self.caveats),
            "provenance": _without_empty(vars(self.provenance)),
            "tables": {table.name: table.rows() for table in self.tables},
        }


def _figures(finding: Finding) -> dict[str, dict[str, Any]]:
    return {name: _without_empty(vars(figure)) for name, figure in finding.figures.items()}


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in fields.items() if value is not None and value not in ("", (), {})}
    return {name: plain(dict(value) if isinstance(value, Mapping) else value) for name, value in kept.items()}  # pyright: ignore[reportUnknownArgumentType]
