"""Replaying a register: rulings made anew, entry by entry."""

from tests.operation.door import told

from comity.operation.entry import rulings
from comity.operation.replaying import replayed


def test_every_entry_comes_with_its_act_and_the_ruling_that_was_recorded(tmp_path):
    with told(tmp_path / "g5.db") as register:
        found = list(replayed(register))
        assert [each.act.kind for each in found][:2] == ["register_founded", "proposal_tabled"]
        assert [each.seat for each in found][-1] == "member:IND"
        for each, entry in zip(found, register.entries(), strict=True):
            assert rulings(each.step.determinations, each.step.flags) == entry.rulings
        assert found[-1].position == register.position()


def test_only_the_last_entries_are_given_where_asked(tmp_path):
    with told(tmp_path / "g5.db") as register:
        assert [each.number for each in replayed(register, 4)] == [4, 5]
