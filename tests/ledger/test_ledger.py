"""The ledger: what every member of a family, every module, and every charter that ships must have."""

from __future__ import annotations

import ast
import csv
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import comity
from comity.kernel.family import Family, Spec
from comity.kernel.result import Text
from comity.library.places import shipped_names
from comity.model.analysis import ANALYSES
from comity.model.burden import BURDENS
from comity.model.clause import CLAUSES
from comity.model.institution import Institution
from comity.model.player import PLAYERS
from comity.model.rule import RULES
from comity.model.source import SOURCES
from comity.model.votes import VOTES
from comity.model.weights import Weights

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "comity"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))
FAMILIES: list[Family[Any]] = [RULES, CLAUSES, BURDENS, PLAYERS, SOURCES, VOTES, ANALYSES]
MEMBERS = [
    pytest.param(kind, member, id=kind) for family in FAMILIES for kind, member in family.members().items()
]  # fmt: skip
CHARTERS = shipped_names("charter")


@pytest.mark.parametrize(("kind", "member"), MEMBERS)
def test_a_member_of_a_family_says_what_it_is_and_where_it_comes_from(kind: str, member: type[Spec]):
    told = member.__doc__ or ""
    assert told.splitlines()[0].endswith("."), f"{kind}: the first line is no sentence"
    assert "Source" in told or "Example:" in told, f"{kind}: neither an example nor a source"


@pytest.mark.parametrize(("kind", "member"), MEMBERS)
def test_a_member_of_a_family_documents_its_fields(kind: str, member: type[Spec]):
    lacking = [name for name, field in member.model_fields.items() if not field.description and name != "kind"]
    assert lacking == [], f"{kind}: fields without a docstring"


@pytest.mark.parametrize(("kind", "member"), MEMBERS)
def test_a_member_of_a_family_has_a_file_and_a_test_of_its_own(kind: str, member: type[Spec]):
    module = Path(*member.__module__.split(".")[1:])
    tests = ROOT / "tests" / module.parent / f"test_{module.name}.py"
    assert module.name == kind.rsplit(".", maxsplit=1)[-1], f"{kind} lives in {module}.py"
    assert tests.is_file(), f"{kind} has no {tests.relative_to(ROOT)}"


def test_a_kind_is_the_name_by_which_a_family_finds_its_member():
    for family in FAMILIES:
        for kind in family.members():
            assert family.get(kind) is family.members()[kind]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_and_everything_public_in_it_is_documented(module: Path):
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "the module has no docstring"
    lacking = [
        node.name
        for body in [
            tree.body,
            *(each.body for each in tree.body if isinstance(each, ast.ClassDef) and each.name[0] != "_"),
        ]
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and "overload" not in {each.id for each in node.decorator_list if isinstance(each, ast.Name)}
    ]
    assert lacking == [], "without a docstring"


def specs(value: Any) -> list[Any]:
    inside: list[Any] = []
    if isinstance(value, BaseModel):
        inside = [content for _, content in value]
    elif isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, tuple):
        inside = list(value)
    return [value, *(found for content in inside for found in specs(content))]


@pytest.mark.parametrize("name", CHARTERS)
def test_a_shipped_charter_states_status_sources_and_who_saw_each_rule(name: str):
    institution = comity.load(name)
    assert institution.sources
    assert all(source.seen for source in institution.sources)
    if institution.status in {"rumoured", "proposed"}:
        return
    assert [rule for rule, content in institution.rules.items() if content.seen is None] == []
    assert [weights for weights in specs(institution) if isinstance(weights, Weights) and weights.seen is None] == []


@pytest.mark.parametrize("name", CHARTERS)
def test_every_text_of_a_shipped_charter_is_in_english_and_chinese(name: str):
    texts = [found for found in specs(comity.load(name)) if isinstance(found, Text)]
    assert texts
    assert [text for text in texts if not text.en.strip() or not text.zh.strip()] == []
    assert [text for text in texts if not any("\u4e00" <= sign <= "\u9fff" for sign in text.zh)] == []


@pytest.mark.parametrize("name", CHARTERS)
def test_a_shipped_charter_names_rules_issues_and_organs_for_a_reader(name: str):
    institution: Institution = comity.load(name)
    named: list[Any] = [*institution.rules.values(), *institution.issues.values(), *institution.organs.values()]
    assert [each for each in named if each.title is None] == []
    assert institution.issues
    assert institution.summary is not None
    assert institution.name in institution.title.en.casefold() or any(
        alias.casefold().replace(" ", "") == institution.name for alias in institution.aliases
    )


@pytest.mark.parametrize("name", CHARTERS)
def test_every_rule_of_a_shipped_charter_is_played_by_all_its_members(name: str):
    institution = comity.load(name)
    members = institution.members_on(institution.as_of)
    for rule in institution.rules:
        for reading in institution.readings(rule):
            game = institution.game(rule, institution.as_of, reading)
            assert list(game.members) == members
            everybody = (
                institution.rule(rule)
                .readings()[reading][1]
                .decide(dict.fromkeys(members, "yes"), on=institution.as_of, quorum=institution.quorum(rule))
            )
            assert everybody.adopted, f"{name}.{rule}: not even unanimity adopts"


@pytest.mark.skipif("COMITY_SOURCES" not in os.environ, reason="COMITY_SOURCES is not set to the folder of sources")
def test_the_weights_of_the_fund_are_those_of_its_source():
    file = Path(os.environ["COMITY_SOURCES"]) / "weights" / "imf_quotas_votes_2024-01-31.csv"
    if not file.is_file():
        pytest.skip(f"COMITY_SOURCES has no {file.name}")
    with file.open(encoding="utf-8-sig") as lines:
        votes = {row["iso3"]: int(row["votes"]) for row in csv.DictReader(lines)}
    fund = comity.load("imf")
    assert {member: int(value) for member, value in fund.weights["votes"].values.items()} == votes
    assert sum(votes.values()) == 5_039_930
    assert len(votes) == len(fund.members_on(fund.as_of)) == 190


def test_shipped_charters_are_files_of_their_own():
    folder = Path(str(files("comity.library"))) / "charters"
    assert sorted(path.stem for path in folder.glob("*.yaml")) == CHARTERS
    assert {"brics", "g2", "g20", "g5", "g7", "imf", "sco", "unsc"} <= set(CHARTERS)


def test_the_public_door_names_what_is_there():
    for name in comity.PLACES:
        assert getattr(comity, name).__doc__
    with pytest.raises(AttributeError, match="no public name"):
        getattr(comity, "nothing")  # noqa: B009
