"""Every figure of this room can be drawn, in both languages, on the shipped charters."""

import json

import pytest

from comity.analysis.absence import Absence
from comity.analysis.membership import Membership
from comity.analysis.power import Power
from comity.analysis.vetoes import Vetoes
from comity.kernel.result import Text
from comity.report.draw import svg
from comity.report.reader import Reader


@pytest.mark.parametrize("analysis", [Membership(), Power(), Vetoes(), Absence(), Absence(member="USA", mode="absent")])
def test_figures_and_texts(ask, club, institution, analysis, actors):
    other = institution("other", members="[USA, JPN, FRA]", weights="{USA: 5, JPN: 1, FRA: 1}", veto="[FRA]")
    result = ask(analysis, club, other)
    for chart in result.charts:
        for lang in ("en", "zh"):
            picture = svg(chart, result.table(chart.table), Reader(lang, "cldr", actors))
            assert "<svg" in picture
            assert "undefined" not in picture
        assert "data" not in chart.spec
    texts = (
        [finding.text for finding in result.findings] + list(result.caveats) + [chart.title for chart in result.charts]
    )
    assert all(isinstance(text, Text) and text.en and text.zh for text in texts)
    assert json.loads(json.dumps(result.as_json()))["kind"] == analysis.kind


def test_the_same_question_has_the_same_digest(ask, club):
    assert ask(Power(), club).digest == ask(Power(), club).digest
    assert ask(Power(), club).digest != ask(Power(outside="absent"), club).digest
