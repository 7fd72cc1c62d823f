"""Every ``>>>`` example in a docstring of ``src/comity`` is run, each with only its own module's names."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import comity

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = ["comity", *sorted(found.name for found in pkgutil.walk_packages(comity.__path__, "comity."))]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_give_what_they_show(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    for example in doctest.DocTestFinder(exclude_empty=True).find(module, name):
        runner.run(example, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


def test_there_are_examples_to_run():
    found = [
        example for name in MODULES for example in doctest.DocTestFinder().find(importlib.import_module(name), name)
    ]
    assert sum(len(example.examples) for example in found) > 150
