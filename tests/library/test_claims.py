"""Files of claims: the shipped one is whole and sourced, and every mistake in one is named at its place."""

import datetime
from typing import get_args

import pytest

from comity.kernel.errors import DocumentError, UnknownName
from comity.library.claims import claim_files, claims, read_claims
from comity.library.figures import indicators
from comity.model.claim import ByFigure, BySearch, Found, Held

GOOD = """\
comity: 1
title: {en: Claims}
texts:
  a: {title: {en: text A}, seen: text, where: page}
claims:
  - id: third
    by: a
    text: {en: Japan is third}
    tests:
      - {kind: figure, indicator: gdp_usd, state: JPN, rank: 3}
"""


def problems(text: str) -> list[tuple[int, int, str, str]]:
    with pytest.raises(DocumentError) as raised:
        read_claims(text, "club.yaml")
    return [(each.line, each.column, each.path, each.what) for each in raised.value.problems]


@pytest.fixture(scope="module")
def shipped():
    return claims("g5")


def test_the_shipped_file_holds_the_claims_of_both_texts(shipped):
    assert {claim.by for claim in shipped.claims} == {"text_a", "text_b", "reports"}
    assert len(shipped.claims) == len({claim.id for claim in shipped.claims}) >= 20
    assert shipped.limits


def test_every_text_ships_in_both_languages(shipped):
    texts = [claim.text for claim in shipped.claims] + [text.title for text in shipped.texts.values()]
    texts += [claim.note for claim in shipped.claims if claim.note]
    texts += [test.fact for claim in shipped.claims for test in claim.tests if isinstance(test, Found)]
    assert [text.en for text in texts if not text.zh] == []


def test_every_fact_says_where_and_when_it_was_seen(shipped):
    facts = [test for claim in shipped.claims for test in claim.tests if isinstance(test, Found)]
    assert facts
    assert all(fact.seen_on for fact in facts)
    sourced = [fact for fact in facts if not isinstance(fact, BySearch)]
    assert all(fact.seen in {"text", "quoted", "recalled"} and fact.where for fact in sourced)
    assert all(fact.url == "" or fact.url.startswith("http") for fact in sourced)


def test_no_verdict_stands_in_the_file(shipped):
    written = shipped.model_dump_json()
    assert not [word for word in ("confirmed", "contradicted", "not_decidable", '"verdict"') if word in written]


def test_figures_of_the_shipped_file_ship(shipped):
    used = {test.indicator for claim in shipped.claims for test in claim.tests if isinstance(test, ByFigure)}
    assert used <= set(indicators())


def test_a_name_that_is_no_file_is_refused_with_the_near_ones():
    with pytest.raises(UnknownName, match="There is no file of claims 'g55'") as raised:
        claims("g55")
    assert "Did you mean g5?" in str(raised.value)


def test_a_project_comes_before_what_ships(tmp_path, monkeypatch):
    (tmp_path / "comity.toml").write_text("", encoding="utf-8")
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "g5.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "claims" / "club.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert claim_files() == ["club", "g5"]
    assert [claim.id for claim in claims("g5").claims] == ["third"]
    assert claims("claims/club.yaml") == claims("club")


def test_a_good_file_is_read():
    read = read_claims(GOOD, "club.yaml")
    assert read.claim("third").tests == (ByFigure(indicator="gdp_usd", state="JPN", rank=3),)


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("state: JPN", "state: JPX", "claims[0].tests[0].state", "there is no state with the code 'JPX'"),
        ("gdp_usd", "gdp_us", "claims[0].tests[0].indicator", "there is no figure 'gdp_us'"),
        ("by: a", "by: b", "claims[0].by", "the text 'b' is not declared"),
        ("kind: figure", "kind: figures", "claims[0].tests[0]", "has the unknown kind 'figures'"),
        ("rank: 3", "rank: 0", "claims[0].tests[0].rank", "'0' is too small"),
        (", rank: 3", "", "claims[0].tests[0]", "does not state what the claim says"),
        ("rank: 3", "rank: 3, value: 4", "claims[0].tests[0]", "states value and rank at once"),
        ("rank: 3", "value: many", "claims[0].tests[0].value", "'many' is not an exact number"),
        ("id: third", "id: Third", "claims[0].id", "'Third' is not a name"),
        ("    by: a\n", "", "claims[0].by", "is missing"),
        (
            "\n      - {kind: figure, indicator: gdp_usd, state: JPN, rank: 3}",
            " []",
            "claims[0]",
            "is held against nothing",
        ),
        ("rank: 3", "rank: 3, verdict: confirmed", "claims[0].tests[0].verdict", "is not known here"),
    ],
)
def test_each_mistake_is_named_where_it_stands(old, new, where, what):
    text = GOOD.replace(old, new)
    assert text != GOOD
    found = problems(text)
    assert [(path, said) for _, _, path, said in found] == [(where, what)]
    assert 6 <= found[0][0] <= 10


def test_a_charter_that_is_not_there_and_a_claim_that_stands_twice_are_named_together():
    again = GOOD[GOOD.index("  - id") :].replace(
        "{kind: figure, indicator: gdp_usd, state: JPN, rank: 3}", "{kind: begun, institution: g77, year: 1975}"
    )
    found = problems(GOOD + again)
    assert [(line, what) for line, _, _, what in found] == [
        (11, "the claim 'third' stands twice"),
        (15, "there is no charter 'g77'"),
    ]


@pytest.mark.parametrize(
    ("test", "what"),
    [
        ("{kind: stated, fact: {en: x}, value: 3}", "states no amount found"),
        ("{kind: stated, fact: {en: x}, found: 3}", "does not state what the claim says"),
        ("{kind: dated, fact: {en: x}, found: 2025-01-01}", "does not state what the claim says"),
        (
            "{kind: dated, fact: {en: x}, found: 2025-01-01, on: 2025-01-01, by: 2025-01-02}",
            "states on and by at once",
        ),
        (
            "{kind: days, fact: {en: x}, first: 2025-11-22, last: 2025-11-10, count: 13}",
            "ends on 2025-11-10, before it begins",
        ),
        ("{kind: members, institution: g7, on: 2025-13-01, count: 7}", "'2025-13-01' is not a day of the calendar"),
    ],
)
def test_facts_that_cannot_be_held_against_are_refused(test, what):
    found = problems(GOOD.replace("{kind: figure, indicator: gdp_usd, state: JPN, rank: 3}", test))
    assert [said for _, _, _, said in found] == [what]


def test_a_list_is_no_file_of_claims():
    assert problems("[1, 2]")[0][3].startswith("is no file of claims")


def test_dates_are_dates(shipped):
    assert shipped.claim("cop30_days").tests[0].first == datetime.date(2025, 11, 10)


def test_no_kind_has_the_name_of_one_of_its_fields():
    kinds = get_args(get_args(Held)[0])
    assert len(kinds) == 8
    assert [kind for kind in kinds if kind.model_fields["kind"].default in kind.model_fields] == []
