"""Every example of docs/methods/reproducing-published-tables.md gives what the page shows."""

import doctest
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "reproducing-published-tables.md"


def test_the_page_is_true():
    if not PAGE.is_file():
        pytest.skip("the documentation is not here")
    text = "\n".join("" if line.startswith("```") else line for line in PAGE.read_text(encoding="utf-8").splitlines())
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(examples, out=said.append)
    assert result.failed == 0, "".join(said)
    assert result.attempted > 30
