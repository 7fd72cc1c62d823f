"""How long the doors take: import, help, the main job. Medians of fresh processes, and ratios to an empty Python.

Run it with ``make bench``. Goals on two idle cores: import under 60 ms, help under 0.7 s, the study under 10 s.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMITY = str(Path(sys.executable).with_name("comity"))
JOBS = {
    "empty python": ([sys.executable, "-c", "pass"], 5, None),
    "import comity": ([sys.executable, "-c", "import comity"], 5, 0.060),
    "comity --help": ([COMITY, "--help"], 5, 0.7),
    "comity check g5": ([COMITY, "check", "g5"], 3, None),
    "comity select g5 --draws 10000": ([COMITY, "select", "g5", "--draws", "10000", "--json"], 3, None),
    "comity study g5 --against g7": ([COMITY, "study", "g5", "--against", "g7"], 3, 10.0),
}


def seconds(command, times):
    """The median wall time of a command in fresh processes, after one warm-up."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(times + 1):
            started = time.perf_counter()
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            if turn:
                taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main():
    """Print each job's median, its goal, and its ratio to an empty Python."""
    empty = None
    for name, (command, times, goal) in JOBS.items():
        took = seconds(command, times)
        empty = empty or took
        own = took - empty if name == "import comity" else took
        against = "" if goal is None else f"goal {goal:6.3f} s  {'reached' if own < goal else 'NOT REACHED'}"
        print(f"{own:8.3f} s  {took / empty:7.1f} x  {name:34} {against}")


if __name__ == "__main__":
    main()
