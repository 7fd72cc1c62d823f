"""Results on a terminal."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from comity.kernel.result import Finding
from comity.report.reader import Reader
from comity.report.terminal import say, show


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_findings_tables_and_caveats_are_shown_in_the_readers_words(result, actors, lang):
    screen = io.StringIO()
    reader = Reader(lang, "cldr", actors)
    show(result, reader, Console(file=screen, width=120))
    shown = screen.getvalue()
    said = [result.title, result.findings[0].text, result.tables[0].title, *result.caveats]
    assert all(reader.of(text) in shown for text in said)
    assert ("United States" if lang == "en" else "美国") in shown
    assert "USA" not in shown
    assert "100.0" in shown
    assert result.digest[:12] in shown


def test_brackets_in_words_are_no_commands(result, english):
    screen = io.StringIO()
    show(result, english, Console(file=screen, width=120))
    assert "<reach> & range" in screen.getvalue()


def test_long_tables_are_cut(long, english):
    screen = io.StringIO()
    show(long, english, Console(file=screen, width=80), rows=3)
    assert "The first 3 of 40 rows" in screen.getvalue()
    assert ".csv" not in screen.getvalue()


def test_a_narrow_terminal_still_shows_every_column(result, english):
    screen = io.StringIO()
    show(result, english, Console(file=screen, width=62))
    lines = screen.getvalue().splitlines()
    assert max(len(line) for line in lines) <= 62
    assert any("100.0" in line and line.rstrip().endswith("yes") for line in lines)


def test_chinese_sentences_fill_the_line_and_no_line_begins_with_a_closing_mark():
    screen = io.StringIO()
    say(
        Console(file=screen, width=20),
        "规则：不少于全体成员的三分之二（Charter, Article 18）；其他。",
        sign="– ",
        left=2,
    )
    lines = screen.getvalue().splitlines()
    assert lines[0].startswith("  – 规则：不少于")
    assert all(line.startswith("    ") and line[4] not in "，。、；：）" for line in lines[1:])
    assert max(cell_len(line) for line in lines) <= 20


def test_columns_without_room_are_named_and_words_that_repeat_move_into_the_title(english):
    import polars as pl

    from comity.kernel.result import Column, Result, Table, Text

    names = ["who", *[f"column{n}" for n in range(12)]]
    rows = [{"who": "the same", **dict.fromkeys(names[1:], n / 2)} for n in range(3)]
    columns = tuple(Column(name, Text(f"Heading{name}")) for name in names)
    screen = io.StringIO()
    show(Result("a", Text("A"), tables=(Table("t", Text("T"), columns, pl.DataFrame(rows)),)), english,
         Console(file=screen, width=60))  # fmt: skip
    shown = screen.getvalue()
    assert "T · the same" in shown
    assert "Not shown for want of room: " in shown
    assert "Headingcolumn11" in shown.split("Not shown")[1]
    assert max(len(line) for line in shown.split("Not shown")[0].splitlines()) <= 60


def test_no_number_is_torn_at_its_thin_spaces(english):
    import polars as pl

    from comity.kernel.result import Column, Result, Table, Text

    names = [f"c{n}" for n in range(9)]
    columns = (Column("who", Text("Who")), *(Column(name, Text("Present value"), "million USD") for name in names))
    rows = [{"who": f"Somebody {n}", **dict.fromkeys(names, 1_234_567.0 + n)} for n in range(2)]
    table = Table("t", Text("T"), columns, pl.DataFrame(rows))
    finding = Finding(Text("In these words it is worth 1,234,567 % of it"), ())
    for width in range(30, 90, 7):
        screen = io.StringIO()
        show(Result("a", Text("A"), findings=(finding,), tables=(table,)), english, Console(file=screen, width=width))
        lines = screen.getvalue().splitlines()
        assert any("1\u202f234\u202f567\u202f%" in line for line in lines)
        assert any("1\u202f234\u202f568" in line for line in lines)
        assert not [line for line in lines if line.strip() in {"567", "568", "234", "%"}]
