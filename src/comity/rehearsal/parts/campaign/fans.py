"""How promises are kept over the rounds of a campaign: the share kept so far, as a fan over runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.kernel.result import Chart, Column, Table, Text
from comity.kernel.saying import BLUE
from comity.rehearsal.parts.campaign.figures import FAN
from comity.rehearsal.parts.campaign.gathering import ratio
from comity.rehearsal.parts.campaign.tables import HIGH, LOW, ROUND, share

if TYPE_CHECKING:
    from comity.solvers.campaign.arrays import Law

SAMPLE = 1000
"""The fan is read from so many runs, the first."""
STOPS = 40
"""At most at so many rounds it is read."""


def cut(law: Law, rounds: int) -> Law:
    """The same games, ended after so many rounds: what happens in a round does not depend on how many follow."""
    return law._replace(agenda=law.agenda[: rounds + 1])


def kept_so_far(law: Law, runs: int) -> list[dict[str, Any]]:
    """By round, the share of promises kept of those due so far: the mean with its interval, and the spread over runs.

    Args:
        law: the institution as arrays.
        runs: how many runs the campaign has.
    """
    import numpy as np

    from comity.solvers.campaign import arrays as at
    from comity.solvers.campaign.playing import block

    last, size = len(law.agenda) - 1, min(runs, SAMPLE)
    found: list[dict[str, Any]] = []
    for round_ in sorted({round(each) for each in np.linspace(1, last, min(last, STOPS))}):
        counts = block(cut(law, round_), 0, size).counts
        due, done = counts[:, :, at.FELL_DUE].sum(axis=1), counts[:, :, at.DELIVERED].sum(axis=1)
        products = ((done, 1), (due, 1), (done, done), (due, due), (done, due))
        middle = ratio(np.array([(one * other).sum() for one, other in products]), size)
        if middle is None:
            continue
        value, half = middle
        shares = done[due > 0] / due[due > 0]
        spread = [float(each) for each in np.quantile(shares, FAN)]
        row = {"round": round_, "value": value, "low": max(value - half, 0.0), "high": min(value + half, 1.0)}
        found.append({**row, **{f"p{round(100 * q):02d}": each for q, each in zip(FAN, spread, strict=True)}})
    return found


def fan(law: Law, runs: int) -> tuple[tuple[Table, Chart], ...]:
    """The fan as a table and a chart; nothing where no promise falls due."""
    import polars as pl

    rows = kept_so_far(law, runs)
    if not rows:
        return ()
    columns = (
        ROUND,
        share("value", "Kept so far, of those due", "迄今到期承诺履行率"),
        Column("low", LOW, digits=1, percent=True),
        Column("high", HIGH, digits=1, percent=True),
        *(share(f"p{round(100 * q):02d}", f"{round(100 * q)} % of runs below", f"{round(100 * q)}%分位") for q in FAN),
    )
    size = min(runs, SAMPLE)
    note = Text(f"Read from the first {size:,} runs.", f"取自前{size:,}次推演。")
    title = Text("Promises kept so far, by round", "各轮迄今的承诺履行率")
    return ((Table("kept_so_far", title, columns, pl.DataFrame(rows), note), _drawn(rows, size)),)


def _drawn(rows: list[dict[str, Any]], size: int) -> Chart:
    last = rows[-1]
    low, middle, high = (f"{100 * last[each]:.0f} %" for each in ("p05", "p50", "p95"))
    title = Text(
        f"Of the promises due by the end, {low} to {high} are kept in nine runs of ten; the middle run keeps {middle}",
        f"十次推演中有九次，至结束时到期承诺的履行率介于{low}与{high}之间，中位为{middle}".replace(" %", "%"),
    )
    x = {"field": "round", "type": "quantitative", "axis": {"title": Text("Round", "轮次"), "tickMinStep": 1}}
    axis = {"title": Text("Promises kept so far, of those due", "迄今到期承诺履行率"), "format": "%"}
    base = {"type": "quantitative", "axis": axis, "scale": {"domain": [0, 1]}}

    def band(bottom: str, top: str, opacity: float) -> dict[str, Any]:
        encoding = {"x": x, "y": {**base, "field": bottom}, "y2": {"field": top}}
        return {"mark": {"type": "area", "color": BLUE, "opacity": opacity}, "encoding": encoding}

    line = {
        "mark": {"type": "line", "color": BLUE, "strokeWidth": 2},
        "encoding": {"x": x, "y": {**base, "field": "p50"}},
    }
    spec: dict[str, Any] = {
        "width": 520,
        "height": 200,
        "layer": [band("p05", "p95", 0.2), band("p25", "p75", 0.35), line],
    }
    subtitle = Text(
        f"The middle run, half of the runs (dark) and nine of ten (light); the first {size:,} runs",
        f"中位推演、半数推演（深色）与九成推演（浅色）；前{size:,}次推演",
    )
    alt = Text(f"A fan chart over rounds. {title.en}.", f"各轮扇形图。{title.of('zh')}。")
    return Chart("kept_so_far", "kept_so_far", title, subtitle, alt, spec)
