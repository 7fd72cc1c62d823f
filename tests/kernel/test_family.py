"""Families find their members, their kinds make one union, and a Spec is frozen, closed and documented."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import TypeAdapter, ValidationError

from comity.kernel.errors import UnknownName
from comity.kernel.family import Family, Spec, kind_of
from comity.kernel.structure import described_at, fields_of
from comity.model.institution import Institution
from comity.model.rule import RULES, Rule


class Odd(Spec):
    """Something."""

    kind: Literal["odd"] = "odd"
    """Its kind."""
    size: int
    """Its size."""


def test_a_family_finds_its_members_in_alphabetical_order_and_no_others():
    files = (Path(__file__).parents[2] / "src" / "comity" / "rules").glob("[!_]*.py")
    assert list(RULES.members()) == sorted(file.stem for file in files)
    assert RULES.get("majority").__module__ == "comity.rules.majority"
    assert all(kind_of(member) == kind for kind, member in RULES.members().items())
    assert kind_of(Rule) is None
    with pytest.raises(UnknownName, match="no decision rule 'majorty'. Did you mean majority".replace(".", r"\.")):
        RULES.get("majorty")


def test_the_kind_decides_and_is_always_asked_for_even_where_there_is_one():
    one: Family[Odd] = Family("odd thing", Odd, (), "comity.nothing")
    one._members = {"odd": Odd}
    reader: TypeAdapter[Any] = TypeAdapter(Annotated[Odd, one])
    assert reader.validate_json('{"kind": "odd", "size": 3}', strict=True) == Odd(size=3)
    assert reader.validate_python(Odd(size=3)) == Odd(size=3)
    with pytest.raises(ValidationError, match="kind"):
        reader.validate_json('{"size": 3}')
    with pytest.raises(ValidationError, match="odd"):
        reader.validate_json('{"kind": "even", "size": 3}')


def test_a_spec_is_frozen_closed_and_documented():
    spec: Any = Odd(size=3)
    with pytest.raises(ValidationError, match="frozen"):
        spec.size = 4
    with pytest.raises(ValidationError, match="Extra inputs"):
        Odd.model_validate({"size": 3, "colour": "red"})
    assert Odd.model_fields["size"].description == "Its size."


@pytest.mark.parametrize(
    ("location", "classes"),
    [
        ((), ["Institution"]),
        (("rules", "r", "weighted"), ["Weighted"]),
        (("rules", "r"), [rule.__name__ for rule in RULES.members().values()]),
        (("rules", "r", "double_majority", "heads"), ["Heads"]),
        (("rules", "r", "majority", "at_least", "(periods)", 0), ["SharePeriod"]),
        (("members", 3, "(constituency)"), ["Membership", "Constituency"]),
        (("clauses", "c", "target", "verified"), ["Verification"]),
        (("title",), ["Text"]),
    ],
)
def test_the_class_that_describes_a_part_of_a_charter(location: tuple[str | int, ...], classes: list[str]):
    assert [each.__name__ for each in described_at(Institution, location)] == classes
    assert all(fields_of(each) for each in described_at(Institution, location))


def test_the_fields_of_a_class_are_named_as_a_file_names_them():
    (period,) = described_at(Institution, ("known",))
    assert set(fields_of(period)) == {"from", "until"}
    assert fields_of(int) == {}
