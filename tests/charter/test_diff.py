"""Differences in words: from the data alone, in two languages, and nothing that is law passed over."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.charter.diff import compare, namer, sentences, sides
from comity.charter.read import plain, read
from comity.charter.vocabulary import PARTS
from comity.kernel.document import parse
from comity.kernel.errors import InputError
from comity.library.places import shipped_names
from comity.model.institution import Institution

DAY = datetime.date
GOOD = Path(__file__).parents[1] / "charters" / "good"


def words(old: str, new: str, **days: datetime.date) -> dict[str, list[str]]:
    result = comity.diff(comity.load(old), comity.load(new), **days)
    return {part: [each["en"] for each in said] for part, said in result.values["sentences"].items()}


def test_the_g7_and_the_g5_in_words():
    told = words("g7", "g5")
    assert list(told) == [part for part in PARTS if part in told]
    assert told["members"] == [
        "only in G7 (5): Canada, France, Germany, Italy and United Kingdom",
        "only in G5 (3): China, Russia and India",
    ]
    assert "only in G5: Spending of the common fund: Council, at least 2/3 of the total weight" in told["decisions"]
    assert told["quorums"][0] == "only in G5: Leaders: at least 4/5 of all members (4 of 5)"
    assert told["exit"] == ["only in G5: notice of 12 months"]
    (clause,) = told["clauses"]
    assert clause.startswith(
        "only in G5: Oil stocks of ninety days: Japan and India: oil stock days at least 90 by 2028-12-31; verified by "
        "the Secretariat every 6 months; on breach 90 days to cure, then renegotiation within 180 days; reward of 200 "
    )


def test_the_security_council_of_two_days():
    unsc = comity.load("unsc")
    told = comity.diff(unsc, from_=DAY(1950, 6, 25), to=DAY(2026, 2, 6)).values["sentences"]
    assert told["decisions"][0]["en"].startswith("Procedural matters")
    assert told["decisions"][0]["en"].endswith(
        ": at least 7/11 of all members (7 of 11) → at least 3/5 of all members (9 of 15)"
    )
    assert told["decisions"][0]["zh"].endswith(
        "：不少于全体成员的7/11（11个中的7个） → 不少于全体成员的3/5（15个中的9个）"
    )
    assert "Soviet Union" in told["vetoes"][0]["en"]
    recent = words("unsc", "unsc", from_=DAY(2025, 6, 1), to=DAY(2026, 6, 1))
    assert recent["members"] == [
        "left (5): Algeria, Guyana, South Korea, Sierra Leone and Slovenia",
        "joined (5): Bahrain, Congo - Kinshasa, Colombia, Liberia and Latvia",
    ]


def test_members_that_are_not_known_on_a_day_are_not_called_gone():
    club = _changed({"known": {"from": "2000-01-01"}})
    result = comity.diff(club, from_=DAY(1999, 1, 1), to=DAY(2026, 1, 1))
    assert "members" not in result.values["sentences"]
    assert "its members on 1999-01-01 are not known" in result.caveats[0].en


def test_a_charter_is_not_compared_with_itself_on_one_day():
    with pytest.raises(InputError, match=r"g7 would be compared with itself on 2026-02-06. Name another charter"):
        comity.diff(comity.load("g7"), comity.load("g7"))
    with pytest.raises(InputError, match="'g7' is no institution"):
        comity.diff("g7")  # pyright: ignore[reportArgumentType]


def test_a_copy_under_another_name_does_not_differ():
    result = comity.diff(comity.load("g7"), comity.load("g7").named("copy"))
    assert result.values["differences"] == []
    assert [each.text.en for each in result.findings] == ["Nothing differs"]


NAMES = shipped_names("charter")


@pytest.mark.parametrize(("old", "new"), list(zip(NAMES, [*NAMES[1:], NAMES[0]], strict=True)))
def test_every_difference_is_told_in_both_languages_and_the_way_back_is_the_way_there(old: str, new: str):
    first, second = comity.load(old), comity.load(new)
    there = compare(*sides(first, second), namer((first, second), comity.actors()))
    back = compare(*sides(second, first), namer((first, second), comity.actors()))
    assert {(each.path, str(each.old), str(each.new)) for each in there} == {
        (each.path, str(each.new), str(each.old)) for each in back
    }
    for each in there:
        assert each.part in PARTS
        assert each.words.en
        assert each.words.zh
        assert each.before != each.after, each
    told = sentences(there, *sides(first, second))
    assert {each.part for each in there if each.part != "rules"} <= set(told)


def _whole(name: str = "version-1") -> Any:
    return plain(parse((GOOD / f"{name}.yaml").read_text(encoding="utf-8"), name).data)


def _changed(change: dict[str, Any]) -> Institution:
    made = {
        "comity": 1,
        "title": {"en": "Club"},
        "status": "proposed",
        "as_of": "2026-01-01",
        "members": ["FRA", "DEU"],
    }
    made["rules"] = {"ordinary": {"kind": "majority", "more_than": "1/2", "of": "members"}}
    return read(json.dumps({**made, **change}), "club", actors=comity.actors())


def _leaves(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    return [here] if inside is None else [path for part, value in inside for path in _leaves(value, (*here, part))]


OTHER = {
    "12 months": "13 months", "3 months": "4 months", "6 months": "7 months", "90 days": "91 days", "26 weeks": "27 weeks",
    "1/2": "9/10", "2/3": "3/4", "1/3": "1/4", "3/5": "4/5", "2/5": "3/10", "40%": "41 %", "85 %": "86 %", "0.4": "0.3",
    "1/10": "1/11", "1/20": "1/21", "5 %": "6 %", "9/15": "10/15", "8.5": "9.5",
    "rotating": "elected", "appointed": "elected", "none": "elected", "any_member": "chair", "chair": "any_member", "secretariat": "chair",
    "banzhaf": "shapley_shubik", "topsis": "weighted_sum", "min_max": "rank", "drop": "least", "negative": "zero",
    "present_and_voting": "present", "votes_cast": "present", "members_present": "all_members",
    "renegotiate": "suspend", "2028-12-31": "2029-12-31", "1.5 billion EUR": "2 billion EUR", "rumoured": "proposed",
    "oil_stock_days": "gas_stock_days", "gdp_usd": "population", "population": "gdp_usd", "net_energy_exports_pj": "gdp_usd",
    "50%": "60 %", "0.5": "0.6", "55 %": "56 %", "65 %": "66 %", "3/4": "9/10", "50 %": "51 %", "83.5": "84", "10 %": "11 %",
    "72 hours": "73 hours", "24 hours": "25 hours", "48 hours": "49 hours", "10 months": "11 months", "agreed": "nine",
    "member_concerned": "arrears", "arrears": "member_concerned", "suspended": "member_concerned", "party_to_dispute": "arrears",
    "FRA": "POL", "ITA": "POL",
    "budget": "majority", "consensus": "majority",
}  # fmt: skip
SILENT = {
    "title",
    "summary",
    "why",
    "where",
    "seen",
    "seen_on",
    "sources",
    "aliases",
    "reported",
    "comity",
    "sensitivity",
}


def _cases() -> list[Any]:
    found: list[Any] = []
    for name in ("version-1", "every-rule"):
        data = _whole(name)
        for path in _leaves(data):
            value: Any = data
            for part in path:
                value = value[part]
            other = (
                not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else OTHER.get(str(value))
            )
            other = "shares" if path[-1] == "basis" else other
            law = not SILENT & set(path) and path[0] not in {"members", "known", "as_of"} and path[-1] != "kind"
            if other is not None and law:
                found.append(pytest.param(name, path, other, id=".".join(map(str, (name, *path)))))
    return found


@pytest.mark.parametrize(("name", "path", "other"), _cases())
def test_no_part_of_the_law_is_passed_over(name: str, path: tuple[Any, ...], other: Any):
    data = _whole(name)
    old = Institution.model_validate_json(json.dumps(data), strict=True).named(name)
    parent: Any = data
    for part in path[:-1]:
        parent = parent[part]
    parent[path[-1]] = other
    new = Institution.model_validate_json(json.dumps(data), strict=True).named(name)
    days = [DAY(2026, 2, 6), DAY(1999, 1, 1), DAY(1985, 1, 1), DAY(1960, 1, 1)]
    found = [each for day in days for each in compare(*sides(old, new, day, day))]
    assert found, path
    assert all(each.words.en for each in found)
    assert any(each.before != each.after for each in found), found


def test_the_cases_cover_the_format():
    assert len(_cases()) >= 120
