"""``comity study``: the main job."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from comity.cli.common import Common, codes, print_json, progress


def study(
    name: str,
    /,
    *,
    against: Annotated[list[str], Parameter(consume_multiple=True, negative=())] = [],
    out: Path | None = None,
    draws: int | None = None,
    seed: int | None = None,
    stakes: str | None = None,
    pdf: Annotated[bool, Parameter(negative=())] = False,
    timing: Annotated[bool, Parameter(negative=())] = False,
    common: Common = Common(),
) -> None:
    """Run a study and write its dossier, tables and charts.

    Parameters
    ----------
    name
        A shipped study, the path of a study file, or a charter (the standard study).
    against
        Charters to compare with.
    out
        The result folder; out/NAME where absent.
    draws
        How many weightings of the criteria are drawn.
    seed
        The seed of every random draw.
    stakes
        A file of stakes, by name or path; the study's own, else the charter's, else the shipped one, where absent.
    pdf
        Print the dossier as PDF too (pip install "comity[pdf]").
    timing
        Print how long each stage took.
    """
    started = time.perf_counter()
    from comity.report.export import save
    from comity.study.run import find_study, run, timings
    from comity.study.write import as_json, files, study_digest

    short, asked = find_study(name, codes(against))
    to = out or Path("out") / short
    command = _command(name, common, against=codes(against), draws=draws, seed=seed, stakes=stakes)
    with progress() as shown:
        answered = run(
            short,
            asked,
            on=common.date,
            seed=seed,
            figures=common.figures,
            stakes=stakes,
            options={"draws": draws},
            command=command,
            clock=time.perf_counter,
            progress=shown,
        )
        shown(len(asked.items), len(asked.items), "dossier")
        drawing = time.perf_counter()
        made = files(answered, lang=common.lang, names=common.names, command=command, pdf=pdf)
        save(made, to)
    if common.json:
        print_json(as_json(answered))
    else:
        print(f"{to / 'dossier.html'}  ({len(made)} files, digest {study_digest(answered.results)[:12]})")
    if timing:
        stages = [*timings(answered)][:-1]
        known = sum(seconds for _, seconds in stages)
        stages += [("dossier", time.perf_counter() - drawing), ("start", drawing - started - known)]
        stages.append(("all", time.perf_counter() - started))
        print("\n".join(f"{seconds:8.2f} s  {stage}" for stage, seconds in stages), file=sys.stderr)


def _command(
    name: str, common: Common, *, against: tuple[str, ...], draws: int | None, seed: int | None, stakes: str | None
) -> str:
    words = ["comity", "study", name]
    words += ["--against", ",".join(against)] if against else []
    words += ["--draws", str(draws)] if draws is not None else []
    words += ["--seed", str(seed)] if seed is not None else []
    words += ["--stakes", stakes] if stakes else []
    words += ["--on", common.on] if common.on else []
    words += ["--figures", common.figures.name] if common.figures else []
    words += ["--lang", common.lang] if common.lang != "en" else []
    words += ["--names", common.names] if common.names != "cldr" else []
    return shlex.join(words)
