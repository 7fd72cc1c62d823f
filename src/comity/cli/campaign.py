"""``comity rehearse --runs 100000``: a campaign on the command line, its progress, its JSON, its folder."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from comity.cli.common import Common, print_json, show
from comity.kernel.result import Result

Progress = Callable[[int, int, str], None]


def paced(shown: Progress) -> Progress:
    """Progress with the rate and the time that remains."""
    started = time.perf_counter()

    def told(done: int, total: int, _note: str) -> None:
        rate = done / max(time.perf_counter() - started, 1e-9)
        shown(done, total, f"{done:,} of {total:,} runs, {rate:,.0f} a second, {(total - done) / rate:,.0f} s to go")

    return told


def resumed(folder: Path, charter: str, stakes: str | None, workers: int, *, progress: Progress) -> Result:
    """A campaign taken up again in its folder."""
    from comity.library.institutions import load
    from comity.study.campaign import resume

    law = load(charter) if charter else None
    return resume(folder, law, stakes=stakes, workers=workers, progress=paced(progress))


def print_campaign(result: Result, common: Common, seconds: float, folder: Path | None) -> None:
    """Print a campaign; in JSON with the seconds it took, outside its digest. An interrupted one exits with 130."""
    if common.json:
        print_json({**result.as_json(), "seconds": round(seconds, 3)})
    else:
        show(result, common)
        print(f"{result.values['runs']:,} runs in {seconds:.1f} s.", file=sys.stderr)
    if result.values["ended"] == "interrupted":
        hint = f"Go on: comity rehearse --resume {folder}" if folder else "Keep the blocks next time: --to FOLDER."
        print(f"Interrupted after {result.values['runs']:,} runs. {hint}", file=sys.stderr)
        raise SystemExit(130)
