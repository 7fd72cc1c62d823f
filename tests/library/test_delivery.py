"""Delivery records: what ships, and that it is what the scorecards give."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from comity.library.delivery import delivery_digest, records

PATH = Path(__file__).parents[2] / "scripts" / "build_delivery.py"
SPEC = importlib.util.spec_from_file_location("build_delivery", PATH)
build_delivery = importlib.util.module_from_spec(SPEC)
sys.modules["build_delivery"] = build_delivery
SPEC.loader.exec_module(build_delivery)


def test_only_institutions_with_scorecards_have_a_record():
    assert set(records()) == {"g7", "g20"}
    for each in records().values():
        assert 0 < each.low < each.mean < each.high < 1
        assert each.first < each.last
        assert "own aggregate" in each.source
        assert "not shipped" in each.licence
    assert len(delivery_digest()) == 64


def test_a_score_becomes_a_share_of_full_compliance():
    card = build_delivery.Card("club", "", ("us", "japan"), 2000, "", "")
    rows = [
        {"year": "2001", "us": "1.0", "japan": "0.0"},
        {"year": "2002", "us": "-1.0", "japan": ""},
        {"year": "2003", "us": "NA", "japan": ""},
        {"year": "1999", "us": "1.0", "japan": "1.0"},
    ]
    assert build_delivery.shares(rows, card) == [0.75, 0.0]


def test_equal_scores_have_no_interval():
    assert build_delivery.interval([0.5] * 4) == (0.5, 0.5)


@pytest.mark.skipif("COMITY_SOURCES" not in os.environ, reason="COMITY_SOURCES is unset")
def test_the_table_is_as_the_scorecards_give():
    text = build_delivery.build(Path(os.environ["COMITY_SOURCES"]))
    assert build_delivery.TABLE.read_text(encoding="utf-8") == text
