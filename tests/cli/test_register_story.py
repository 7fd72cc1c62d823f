"""The story of docs/register-story.md: its files are written, its commands are run, and they print what stands there."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

from comity.cli import run

PAGE = (Path(__file__).parents[2] / "docs" / "register-story.md").read_text(encoding="utf-8")
FILES = re.findall(r"`([\w.-]+)`:\n\n```(?:yaml|csv)\n(.*?)```", PAGE, re.DOTALL)
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
SAME = doctest.OutputChecker().check_output


def commands() -> list[tuple[str, str]]:
    """Every command of the page, with what it prints there."""
    found = [re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:] for block in BLOCKS]
    return [(parts[at], parts[at + 1]) for parts in found for at in range(0, len(parts), 2)]


def test_every_command_prints_what_the_page_shows(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name, content in FILES:
        (tmp_path / name).write_text(content, encoding="utf-8")
    told = commands()
    assert len(told) > 12
    for command, shown in told:
        name, *tokens = shlex.split(command)
        assert name == "comity"
        assert run(tokens) == 0, capsys.readouterr().err
        printed = capsys.readouterr().out
        assert SAME(shown, printed, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE), f"{command}\n{printed}"


def test_the_story_goes_from_a_promise_to_its_payment():
    told = [
        outcome
        for _, shown in commands()
        for outcome in re.findall(r"→ (?:oil_stocks|storage_share), \w+: (.*)", shown)
    ]
    for stage in ("breached", "notice given", "under renegotiation", "in force", "payment is owed", "discharged"):
        assert any(each.startswith(stage) for each in told), stage
