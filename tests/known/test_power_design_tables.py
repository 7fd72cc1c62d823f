"""Every example of docs/methods/reproducing-published-tables.md, and of its notebook, gives what is shown."""

import ast
import contextlib
import doctest
import io
import json
import re
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
    assert result.attempted > 60


def cells(kind):
    notebook = json.loads(PAGE.with_suffix(".ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def run(source, names):
    """What a notebook would show of a cell: what it prints, and the value of its last line."""
    *body, last = ast.parse(source).body
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)  # noqa: S102
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307
            return said.getvalue() + ("" if value is None else repr(value))
        exec(compile(ast.Module([last], []), "cell", "exec"), names)  # noqa: S102
    return said.getvalue()


def test_the_notebook_is_true():
    if not PAGE.is_file():
        pytest.skip("the documentation is not here")
    names = {"__name__": "notebook"}
    for cell in cells("code"):
        shown = "".join(
            "".join(output.get("text", output.get("data", {}).get("text/plain", ""))) for output in cell["outputs"]
        )
        assert run("".join(cell["source"]), names) == shown, "".join(cell["source"])


def test_the_notebook_says_what_the_page_says():
    if not PAGE.is_file():
        pytest.skip("the documentation is not here")
    page = PAGE.read_text(encoding="utf-8")
    told = "\n".join("".join(cell["source"]) for cell in cells("markdown"))
    assert told.split() == re.sub(r"```.*?```", "", page, flags=re.DOTALL).split()
    sources = "\n".join("".join(cell["source"]) for cell in cells("code"))
    assert (
        sources.split()
        == re.sub(
            r"^(>>>|\.\.\.) ?",
            "",
            "\n".join(line for line in page.splitlines() if line.startswith((">>>", "..."))),
            flags=re.MULTILINE,
        ).split()
    )
