"""A dossier as one reader reads it, before it becomes HTML or PDF: every word resolved, every figure drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from comity.kernel.canonical import digest, dumps
from comity.kernel.result import Chart, Figure, Result, Table, Text
from comity.report import draw
from comity.report.folding import SPAN, bounds, folded, spanned
from comity.report.front import Front
from comity.report.reader import Reader, is_numeric, width
from comity.report.svg import size
from comity.report.words import POLICIES


@dataclass(frozen=True)
class Heading:
    """The heading of one column of a sheet; ``widest`` is the width of its widest cell, in Latin letters."""

    title: str
    unit: str
    numeric: bool
    widest: float

    @property
    def long(self) -> bool:
        """Whether the column holds words that want room."""
        return not self.numeric and self.widest > 12


@dataclass(frozen=True)
class Sheet:
    """A table as the reader sees it."""

    title: str
    note: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    file: str
    first: str


@dataclass(frozen=True)
class Picture:
    """A figure as the reader sees it, with its table."""

    id: str
    title: str
    subtitle: str
    svg: str
    width: float
    alt: str
    caption: str
    sheet: Sheet


@dataclass(frozen=True)
class Section:
    """One question and its answer."""

    id: str
    number: int
    title: str
    kind: str
    findings: tuple[str, ...]
    pictures: tuple[Picture, ...]
    sheets: tuple[Sheet, ...]
    caveats: tuple[str, ...]
    options: str


@dataclass(frozen=True)
class Number:
    """A number of the front, with the line below it."""

    value: str
    label: str
    interval: str


@dataclass(frozen=True)
class Page:
    """The dossier in one language."""

    reader: Reader
    title: str
    question: str
    answer: str
    numbers: tuple[Number, ...]
    would_change: tuple[str, ...]
    box: tuple[str, ...]
    sections: tuple[Section, ...]
    limits: tuple[str, ...]
    methods: tuple[str, ...]
    naming: str
    facts: tuple[tuple[str, str], ...]
    attributions: tuple[tuple[str, str], ...]
    citation: str
    bibtex: str
    command: str
    digest: str
    on: str
    version: str
    digests: tuple[tuple[str, str, str], ...] = field(default=())


def compose(title: Text, results: Sequence[Result], front: Front, reader: Reader) -> Page:
    """The dossier for one reader.

    Args:
        title: its title.
        results: the answers, one section each, in their order.
        front: what stands before and after them.
        reader: language and names.

    Raises:
        ValueError: where a chart cannot be drawn.

    Example:
        >>> from comity.report.reader import reader
        >>> compose(Text("Empty", "空"), [], Front(), reader("zh")).title
        '空'
    """
    own = digest([result.digest for result in results])
    on = max((result.provenance.on for result in results), default="")
    version = next((result.provenance.version for result in results if result.provenance.version), "")
    command = front.command or next((each.provenance.command for each in results if each.provenance.command), "")
    numbers = [Number(reader.figure(n.figure), reader.of(n.label), reader.interval(n.figure)) for n in front.numbers]
    return Page(
        reader=reader,
        title=reader.of(title),
        question=reader.of(front.question),
        answer=reader.of(front.answer),
        numbers=tuple(numbers),
        would_change=_said(front.would_change, reader),
        box=_said(front.box, reader),
        sections=_sections(results, front, reader),
        limits=_said(front.limits, reader),
        methods=_said(front.methods, reader),
        naming=reader.word("naming", policy=reader.of(POLICIES[reader.names])),
        facts=_facts(results, own, version, reader),
        attributions=_attributions(results, front),
        citation=_citation(reader.of(title), own, on, version),
        bibtex=_bibtex(reader.of(title), own, on, version),
        command=command,
        digest=own,
        on=on,
        version=version,
        digests=_digests(results, reader),
    )


def stems(results: Sequence[Result]) -> list[str]:
    """The name of each result in file names: its kind, numbered where several results are of one kind.

    Example:
        >>> stems([Result("a.b", Text("")), Result("a.b", Text("")), Result("c", Text(""))])
        ['a-b', 'a-b-2', 'c']
    """
    seen: dict[str, int] = {}
    made: list[str] = []
    for result in results:
        stem = result.kind.replace(".", "-")
        seen[stem] = seen.get(stem, 0) + 1
        made.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return made


def sheet(table: Table, reader: Reader, *, file: str = "", shown: int = 25) -> Sheet:
    """A table as the reader sees it: names of states, figures scaled and rounded, units in the headings."""
    kinds = dict(table.frame.schema)
    top = table.frame.head(shown)
    headings: list[Heading] = []
    columns: list[list[str]] = []
    for group in folded(table.columns):
        column, kind = group[0], kinds[group[0].name]
        values = [value for each in group for value in table.frame[each.name].to_list()]
        scale = reader.scale(column, values, mixed="unit" in table.frame.columns)
        cells = [[reader.cell(each, value, scale) for value in top[each.name].to_list()] for each in group]
        told = [spanned(*row, reader.lang) if len(row) == SPAN else row[0] for row in zip(*cells, strict=True)]
        widest = max((width(cell) for cell in told), default=0.0)
        title = reader.of(column.title) + (bounds(reader.of(group[1].title), reader.lang) if len(group) > 1 else "")
        headings.append(Heading(title, reader.heading_unit(column, scale), is_numeric(column, kind), widest))
        columns.append(told)
    total = table.frame.height
    cut = (
        reader.word("first_rows", shown=top.height, total=reader.number(total), file=file) if total > top.height else ""
    )
    return Sheet(
        title=reader.of(table.title),
        note=reader.of(table.note),
        headings=tuple(headings),
        rows=tuple(zip(*columns, strict=True)),
        total=total,
        file=file,
        first=cut if file else cut.split("；" if reader.lang == "zh" else ";")[0],
    )


def _said(texts: Sequence[Text], reader: Reader) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reader.of(text) for text in texts))


def _sections(results: Sequence[Result], front: Front, reader: Reader) -> tuple[Section, ...]:
    made = [
        _section(number, stem, result, front, reader=reader)
        for number, (stem, result) in enumerate(zip(stems(results), results, strict=True), start=1)
    ]
    first: dict[str, int] = {}
    for section in made:
        for caveat in section.caveats:
            first.setdefault(caveat, section.number)
    return tuple(replace(section, caveats=_once(section, first, reader)) for section in made)


def _once(section: Section, first: dict[str, int], reader: Reader) -> tuple[str, ...]:
    """The caveats of a section; those of earlier sections are only counted."""
    new = tuple(each for each in section.caveats if first[each] == section.number)
    told = [first[each] for each in section.caveats if first[each] != section.number]
    if not told:
        return new
    word = "again_one" if len(told) == 1 else "again"
    where = reader.listed([str(number) for number in sorted(set(told))])
    return (*new, reader.word(word, n=len(told), numbers=where))


def _section(number: int, stem: str, result: Result, front: Front, *, reader: Reader) -> Section:
    key = f"{reader.lang}-{number}"
    files = {table.name: f"{front.tables}/{stem}-{table.name}.csv" if front.tables else "" for table in result.tables}
    sheets = {table.name: sheet(table, reader, file=files[table.name], shown=front.rows) for table in result.tables}
    pictures = [
        _picture(f"{key}-{order}", chart, result, sheets[chart.table], reader=reader)
        for order, chart in enumerate(result.charts, start=1)
    ]
    drawn = {chart.table for chart in result.charts}
    titles = {picture.title.rstrip(".。") for picture in pictures}
    findings = tuple(reader.sentence(each) for each in _said([finding.text for finding in result.findings], reader))
    return Section(
        id=key,
        number=number,
        title=reader.of(result.title),
        kind=result.kind,
        findings=tuple(each for each in findings if each.rstrip(".。") not in titles),
        pictures=tuple(pictures),
        sheets=tuple(each for name, each in sheets.items() if name not in drawn),
        caveats=_said(result.caveats, reader),
        options=dumps(dict(result.provenance.options)) if result.provenance.options else "",
    )


def _picture(key: str, chart: Chart, result: Result, own: Sheet, *, reader: Reader) -> Picture:
    drawn = draw.svg(chart, result.table(chart.table), reader, key=f"f{key}", titled=False)
    return Picture(
        id=key,
        title=reader.of(chart.title),
        subtitle=reader.of(chart.subtitle),
        svg=drawn,
        width=size(drawn)[0],
        alt=reader.of(chart.alt),
        caption=caption(chart, result, reader),
        sheet=own,
    )


def caption(chart: Chart, result: Result, reader: Reader) -> str:
    """The line below a figure: its own caption, then sources, draws and seed where the caption does not name them."""
    table = result.table(chart.table)
    said = reader.of(chart.caption)
    named = "source" in said.lower() or "来源" in said
    sources = [] if named else [each for each in dict.fromkeys(column.source for column in table.columns) if each]
    drawn = max((each for each in _figures(result) if each.n), key=lambda each: each.n or 0, default=None)
    sources = sources if sources or named else _origins(result, reader)
    parts = [said] if said else []
    parts += [f"{reader.word('source')}{('；' if reader.lang == 'zh' else '; ').join(sources)}"] if sources else []
    if drawn is not None and "seed" not in said and "种子" not in said:
        parts.append(reader.draws(drawn.n, drawn.seed if drawn.seed is not None else result.provenance.seed))
    return " · ".join(parts)


def _origins(result: Result, reader: Reader) -> list[str]:
    """Whence a result comes whose tables name no source: its sources, else its charters."""
    if result.provenance.sources:
        return [source.split(". ")[0].rstrip(".") for source in result.provenance.sources]
    charters = [name.upper() for name in result.provenance.charters]
    word = "by_charter" if len(charters) == 1 else "by_charters"
    return [reader.word(word, names=reader.listed(charters))] if charters else []


def _figures(result: Result) -> list[Figure]:
    return [figure for finding in result.findings for figure in finding.figures.values()]


def _facts(results: Sequence[Result], own: str, version: str, reader: Reader) -> tuple[tuple[str, str], ...]:
    on = max((result.provenance.on for result in results), default="")
    seeds = dict.fromkeys(str(each.provenance.seed) for each in results if each.provenance.seed is not None)
    pairs = [
        (reader.word("as_of"), on),
        (reader.word("seed_name"), reader.listed(list(seeds))),
        (reader.word("version"), f"comity {version}" if version else ""),
        (reader.word("digest"), own if results else ""),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _digests(results: Sequence[Result], reader: Reader) -> tuple[tuple[str, str, str], ...]:
    found: dict[tuple[str, str, str], None] = {}
    for drawer in ("charters", "stakes", "figures"):
        for result in results:
            for name, value in getattr(result.provenance, drawer).items():
                found[reader.word(drawer), str(name), str(value)] = None
    return tuple(found)


def _attributions(results: Sequence[Result], front: Front) -> tuple[tuple[str, str], ...]:
    lines = dict(front.attributions)
    for result in results:
        for line in result.provenance.sources:
            if line not in lines and line not in lines.values():
                lines[line] = ""
    return tuple(lines.items())


def _citation(title: str, own: str, on: str, version: str) -> str:
    dated = f" ({on[:4]})" if on else ""
    return f"comity{dated}. {title} [comity {version}, {on}, SHA-256 {own[:12]}].".replace("comity ,", "comity,")


def _bibtex(title: str, own: str, on: str, version: str) -> str:
    escaped = "".join(f"\\{letter}" if letter in "&%$#_{}" else letter for letter in title)
    note = f"comity {version}, data as of {on}, digest {own[:12]}".replace("comity ,", "comity,")
    return "\n".join(
        [
            f"@misc{{comity-{own[:12]},",
            f"  title  = {{{escaped}}},",
            "  author = {{comity}},",
            f"  year   = {{{on[:4]}}},",
            f"  note   = {{{note}}}",
            "}",
        ]
    )
