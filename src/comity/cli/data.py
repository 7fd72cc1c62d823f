"""``comity data``: the figures and the table of states."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from comity.cli.common import Common, codes, print_json, progress, show
from comity.kernel.errors import InputError

data = App(name="data", help="Figures: list, describe, export, refresh; and the table of states.")


@data.command(name="list")
def list_(*, common: Common = Common()) -> None:
    """List the indicators: what each measures, in what unit, for how many states; positions from votes, and pairs."""
    from comity.observation import pairs, points
    from comity.observation.catalogue import list_indicators

    show(list_indicators(common.figures), common)
    if not common.json:
        for told in (points.listed(), pairs.listed()):
            print(told.of("zh" if common.lang == "zh" else "en"))


@data.command
def info(indicator: str, /, *, common: Common = Common()) -> None:
    """Describe an indicator: definition, sources, years and gaps.

    Parameters
    ----------
    indicator
        Its name, as `comity data list` shows it.
    """
    from comity.observation import pairs
    from comity.observation.catalogue import info as described
    from comity.observation.points import about, asked_for

    if table := pairs.asked_for((indicator,)):
        show(pairs.about(table), common)
        return
    group = asked_for((indicator,))
    show(about(group) if group else described(indicator, common.figures), common)


@data.command
def get(
    *indicators: str,
    states: Annotated[list[str] | None, Parameter(consume_multiple=True, negative=())] = None,
    year: int | None = None,
    years: str | None = None,
    format: Literal["csv", "json", "parquet", "xlsx"] = "csv",
    out: Path | None = None,
    all: Annotated[bool, Parameter(negative=())] = False,
    bom: Annotated[bool, Parameter(negative=())] = False,
    common: Common = Common(),
) -> None:
    """Export figures: one row per state and indicator, the latest year.

    `ideal_points` and `ideal_points_GROUP` are positions computed from votes of the General Assembly: one row per state
    and session, with 90 % intervals. `partners` are the five largest trade partners of each state with their shares,
    `alliances` the treaty obligations of 2018: one row a pair.

    Parameters
    ----------
    indicators
        Names of indicators, as `comity data list` shows them.
    states
        Codes or names of states; all members of the United Nations where absent.
    year
        Only this year.
    years
        A span of years, such as 2020-2024, or `all`; of ideal points, those in which a session opened.
    format
        The format; CSV goes to standard output.
    out
        The file to write; standard output where absent.
    all
        Actors outside the United Nations too.
    bom
        Begin a CSV with the mark by which Excel knows UTF-8.
    """
    from comity.library.writing import write
    from comity.observation import pairs
    from comity.observation.catalogue import get as got
    from comity.observation.points import asked_for, points
    from comity.report.export import table

    wanted = None if states is None else _states(states)
    named = codes(list(indicators))
    if pair := pairs.asked_for(named):
        if year is not None or years is not None:
            raise InputError(f"{pair}: there is one edition.", mend="Leave out --year and --years.")
        result = pairs.pairs(pair, states=wanted)
    elif group := asked_for(named):
        span = (year, year) if year is not None else _span(years)
        result = points(group, states=wanted, years=span)
    else:
        result = got(named, states=wanted, year=year, years=_span(years), all_actors=all, figures=common.figures)
    made = table(result.tables[0], "json" if common.json else format, bom=bom)
    if out is not None:
        write(out, made)
        print(f"{out} written ({result.tables[0].frame.height} rows).", file=sys.stderr)
    elif format in {"parquet", "xlsx"} and sys.stdout.isatty():
        raise InputError(f"{format} is no text for a terminal.", mend="Name a file: --out FILE.")
    else:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    for caveat in result.caveats:
        print(caveat.of("zh" if common.lang == "zh" else "en"), file=sys.stderr)


@data.command
def build(
    what: Literal["positions"],
    /,
    *,
    votes: Path,
    issues: Path | None = None,
    into: Path = Path("positions"),
    common: Common = Common(),
) -> None:
    """Rebuild computed figures from their sources: positions of states from roll calls of the General Assembly.

    Use the tables by naming their folder in comity.toml: [library] ideal_points = "positions".

    Parameters
    ----------
    what
        What to build.
    votes
        The file of votes: a matrix of states (rcid, date, session, then one column a state), or an export of the UN
        Digital Library (undl_id, ms_code, ms_vote, date, session, resolution, title); CSV, plain or gzip.
    issues
        The file of issue codes (rcid or resolution, and issues: me, nu, di, hr, co, ec joined by |); without it only
        the overall dimension is built.
    into
        The folder to write.
    """
    del what
    from comity.observation.building import build_positions

    with progress() as shown:
        made = build_positions(votes, issues, into, shown)
    if common.json:
        print_json({name: str(path) for name, path in made.items()})
        return
    print(f"{into} written: {', '.join(made)}")
    if issues is None:
        print("Without --issues there are no groups: only the overall dimension was built.", file=sys.stderr)


@data.command
def refresh(
    *indicators: str,
    into: Path = Path("comity-figures.csv"),
    years: str | None = None,
    common: Common = Common(),
) -> None:
    """Fetch newer World Bank figures into a file of your own, and say exactly what changed.

    The shipped figures stay as they are; use the file with --figures. An interrupted fetch resumes.

    Parameters
    ----------
    indicators
        Names of indicators; all that the World Bank has where absent.
    into
        The file to write.
    years
        A span of years, such as 2015-2025.
    """
    import time

    import httpx

    from comity import __version__
    from comity.kernel.errors import SourceError
    from comity.observation.refresh import refresh as refreshed
    from comity.sources.world_bank import WorldBank

    asked: dict[str, object] = {"indicators": codes(list(indicators))} if indicators else {}
    if span := _span(years):
        asked |= {"first": span[0], "last": span[1]}
    source = WorldBank.model_validate(asked)
    try:
        with httpx.Client(timeout=30.0, follow_redirects=True) as client, progress() as shown:
            result = refreshed(source, into, client, time.sleep, agent=f"comity/{__version__}", progress=shown)
    except httpx.HTTPError as error:
        mend = "Check the connection and run it again: finished pages are kept."
        raise SourceError(f"{source.title} could not be reached ({type(error).__name__}).", mend=mend) from None
    show(result, common)


@data.command
def states(name: str | None = None, /, *, common: Common = Common()) -> None:
    """Look up a state by any of its names, or list all.

    Parameters
    ----------
    name
        A code or a name in any spelling: FRA, "Korea, Rep.", 美国.
    """
    from comity.library.actors import actors

    table = actors()
    found = [table.find(name)] if name else list(table)
    if common.json:
        print_json([vars(each) | {"names": {key: vars(text) for key, text in each.names.items()}} for each in found])
        return
    for each in found:
        shown = each.name(common.names)
        print(f"{each.code:4} {each.iso2:3} {each.m49:4} {each.kind:15} {shown.en} / {shown.of('zh')}")


def _states(given: list[str]) -> list[str]:
    """Names given one by one or joined by commas; a name with a comma of its own stays whole."""
    from comity.library.actors import actors

    names: list[str] = []
    for each in given:
        try:
            names.append(actors().find(each).code)
        except InputError:
            names += [name for name in each.split(",") if name.strip()]
    if not names:
        raise InputError("No state was named.", mend="Name one, or leave --states out for all.")
    return names


def _span(years: str | None) -> tuple[int, int] | None:
    if years is None:
        return None
    if years == "all":
        return 1, 9999
    first, _, last = years.partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        raise InputError(f"--years {years}: this is not a span of years.", mend="Write it as 2020-2024.")
    return int(first), int(last or first)
