"""Published compliance: every figure has its source, and those that disagree are both kept."""

from comity.library.actors import actors
from comity.library.published import published


def test_figures_that_disagree_stand_side_by_side():
    found = {row["source"]: row["share"] for row in published("g20") if row["year"] == 2018 and not row["member"]}
    assert sorted(found.values()) == [0.78, 0.79]


def test_every_figure_says_who_printed_it_and_how_it_was_seen():
    rows = published("g20") + published("g7")
    assert len(rows) == 13
    assert all(row["source"] and row["reported"] and row["seen"] == "quoted" for row in rows)
    assert all(0 <= row["share"] <= 1 and (not row["member"] or row["member"] in actors()) for row in rows)
