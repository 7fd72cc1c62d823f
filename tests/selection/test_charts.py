"""Every chart of the room can be drawn in both languages, with names in place of codes and no stray words of programs."""

import pytest

from comity.report.draw import svg
from comity.report.reader import Reader
from comity.selection.acceptability import Acceptability
from comity.selection.definitions import Definitions
from comity.selection.inverse import Inverse
from comity.selection.ranking import Ranking
from comity.selection.swaps import Swaps

USE = {
    "wealth": {"AAA": 60.0, "BBB": 30.0, "CCC": 8.0, "DDD": 2.0},
    "energy": {"AAA": 10.0, "BBB": -20.0, "CCC": 25.0, "DDD": 5.0},
    "use": {"AAA": 40.0, "BBB": 40.0, "CCC": 15.0, "DDD": 5.0},
}
RICH = {"rich": {"conditions": {"wealth": {"figure": "wealth", "more_than": "8"}}}}
ASKED = [
    (Ranking(), None),
    (Ranking(aggregate="topsis"), None),
    (Ranking(), RICH),
    (Acceptability(draws=200), None),
    (Inverse(draws=200), None),
    (Swaps(), None),
    (Definitions(draws=200, alternatives={"power": ("use",)}), None),
]


@pytest.mark.parametrize(("analysis", "variant"), ASKED, ids=lambda each: getattr(each, "kind", ""))
def test_drawn_in_both_languages(make, analysis, variant):
    inputs = make(USE, variant=variant)
    result = analysis.run(inputs)
    assert result.charts
    for chart in result.charts:
        for lang, name in (("en", "Alpha"), ("zh", "甲国")):
            drawn = svg(chart, result.table(chart.table), Reader(lang, "cldr", inputs.actors))
            assert not {">null<", ">undefined<", ">NaN<", ">true<", ">false<"} & {f">{text}<" for text in texts(drawn)}
            if "iso3" in result.table(chart.table).frame.columns:
                assert name in drawn
            assert chart.title.of(lang)[:6] in drawn


def texts(drawn):
    return [piece.split("<")[0] for piece in drawn.split(">") if piece.split("<")[0].strip()]


def test_the_texts_exist_in_both_languages(make):
    for analysis, variant in ASKED:
        result = analysis.run(make(USE, variant=variant))
        spoken = [result.title, *result.caveats, *(finding.text for finding in result.findings)]
        spoken += [text for chart in result.charts for text in (chart.title, chart.subtitle, chart.alt)]
        spoken += [column.title for table in result.tables for column in table.columns]
        for text in spoken:
            assert text.en
            assert any(character > "\u2e80" for character in text.zh), text.en
            assert "{" not in text.en + text.zh
