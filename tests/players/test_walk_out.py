"""Walk out: exit when voice is of no use (Hirschman 1970)."""

import pytest

from comity.players.walk_out import WalkOut


@pytest.mark.parametrize(("outvoted", "attendance"), [(0, "present"), (2, "present"), (3, "absent"), (30, "absent")])
def test_it_stays_away_once_its_patience_is_over(ask, outvoted, attendance):
    assert WalkOut(patience=3).choose(ask("attend", outvoted=outvoted)).slots == {"attendance": attendance}


def test_it_gives_notice_only_where_it_was_told_to(ask):
    assert WalkOut().choose(ask("leave", outvoted=99)).move == "pass"
    assert WalkOut(leaves_after=4).choose(ask("leave", outvoted=3)).move == "pass"
    assert WalkOut(leaves_after=4).choose(ask("leave", outvoted=4)).move == "leave"
