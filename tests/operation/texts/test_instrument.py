"""The text of an instrument: what each provision says, in both languages, and for the law now in force."""

from __future__ import annotations

import re

import pytest

import comity
from comity.library.cases import cases, replayed
from comity.library.places import names
from comity.operation.texts import charter, differences, instrument
from comity.procedure.amending import amended


def passage(document, name):
    return dict(document.passages())[name]


@pytest.mark.parametrize("name", names("charter"))
def test_every_charter_has_a_text_in_both_languages(name):
    text = charter(comity.load(name))
    for lang in ("en", "zh"):
        said = text.text(lang)
        assert "⟦" not in said
        assert "{" not in said
        assert "  " not in re.sub(r"^ +", "", said, flags=re.MULTILINE)
        assert ".." not in said
    assert all(
        re.search(r"[\u4e00-\u9fff]", words.zh) for _, words in text.passages() if words.en and "__item_" not in _
    )
    ids = [each for each, _ in text.passages()]
    assert len(set(ids)) == len(ids)


def test_a_clause_says_who_shall_do_what_by_when_verified_by_whom_and_what_follows():
    text = charter(comity.load("g5"))
    article = next(each for each in text.articles if each.id == "art_oil_stocks")
    provisions = [each.id.split("__para_")[1] for each in article.paragraphs]
    assert provisions == [
        *("obligation", "verification", "false_alarm", "miss", "reward", "notice", "acquiescence", "cure"),
        *("renegotiation", "renegotiation_failed"),
    ]
    assert "shall each ensure" in article.paragraphs[0].text.en
    assert (
        article.paragraphs[0].text.zh
        == "日本和印度应各自确保，至迟于2028年12月31日，其石油储备（以净进口天数计）不低于90。"
    )
    assert "within 180 days" in passage(text, "art_oil_stocks__para_acquiescence").en
    assert "90 days" in passage(text, "art_oil_stocks__para_cure").en


@pytest.mark.parametrize(
    ("then", "provision"), [("suspend", "suspension_end"), ("pay", "compensation"), ("renegotiate", "renegotiation")]
)
def test_what_follows_a_breach_is_what_the_clause_says(then, provision):
    text = charter(amended(comity.load("g5"), {"clauses.oil_stocks.breach.then": then}))
    assert f"art_oil_stocks__para_{provision}" in dict(text.passages())


def test_a_report_is_never_acquiesced_in():
    clause = {
        "kind": "report", "issue": "energy", "obligor": ["JPN"], "by": "2027-01-01", "on_what": "oil_stocks",
        "verified": {"by": "secretariat", "every": "6 months"},
        "breach": {"grace": "90 days", "then": "suspend", "within": "180 days"},
    }  # fmt: skip
    text = charter(amended(comity.load("g5"), {"clauses.stocks_report": clause}))
    assert "art_stocks_report__para_acquiescence" not in dict(text.passages())
    said = passage(text, "art_stocks_report__para_obligation")
    assert said.en == "Japan shall submit to the Secretariat a report on oil stocks not later than 1 January 2027."


def test_what_may_not_be_exceeded_is_forbidden():
    law = amended(comity.load("g5"), {"clauses.oil_stocks.at_least": None, "clauses.oil_stocks.at_most": 5})
    said = passage(charter(law), "art_oil_stocks__para_obligation")
    assert "shall not each allow" in said.en or "shall not" in said.en
    assert "不得超过5" in said.zh


def test_what_does_not_bind_says_will_and_never_breach():
    text = charter(amended(comity.load("g5"), {"clauses.oil_stocks.force": "politically_binding"}))
    article = next(each for each in text.articles if each.id == "art_oil_stocks")
    said = " ".join(each.text.en for each in article.paragraphs)
    assert "shall" not in said
    assert "breach" not in said
    assert "shall" not in charter(comity.load("g7")).text().split("Financial provisions")[0]


def test_an_id_stays_where_another_clause_is_put_before_it():
    g5 = comity.load("g5")
    first = {"aaa": g5.clauses["oil_stocks"].model_dump(mode="json", by_alias=True, exclude_none=True)}
    more = g5.model_copy(update={"clauses": {"aaa": g5.clauses["oil_stocks"], **g5.clauses}})
    assert first
    old, new = charter(g5), charter(more)
    assert new.numbers["art_oil_stocks"] == old.numbers["art_oil_stocks"] + 1
    found = differences(old, new)
    assert {each.sort for each in found} == {"added"}
    assert all(each.id.startswith("art_aaa") for each in found)


def test_renegotiated_terms_stand_beside_those_of_the_charter():
    done = replayed(cases("clauses")[0])
    text = instrument(done.state, done.steps)
    said = passage(text, "art_alpha__para_obligation_jpn")
    assert "not less than 85" in said.en
    assert "2027年12月31日" in said.zh
    assert "art_alpha__para_obligation_ind" not in dict(text.passages())
    article = next(each for each in text.articles if each.id == "art_alpha")
    assert any(each.text.en == "Japan: performed since 30 December 2027." for each in article.notes)
    assert any(each.id == "notice__amended" for each in text.notice)


def test_the_text_says_on_what_the_charter_is_silent():
    notice = {each.id: each.text.en for each in charter(comity.load("g5")).notice}
    assert notice["notice__silent"] == "The charter is silent on amendment and entry into force."


def test_paris_enters_into_force_and_is_left_as_its_articles_say():
    text = charter(comity.load("paris"))
    said = passage(text, "art_instrument_agreement__para_entry_into_force").en
    assert "30 days after the day on which at least 55 States, together accounting for at least 55 %" in said
    assert "3 years" in passage(text, "art_instrument_agreement__para_withdrawal_right").en
    assert "art_instrument_agreement__para_reservations" in dict(text.passages())


def test_a_veto_is_held_by_those_who_belong_on_the_day():
    found = [words for name, words in charter(comity.load("unsc")).passages() if name.endswith("__para_veto")]
    assert found
    assert found[0].zh == "经中国、法国、俄罗斯、英国或美国投反对票的决定，不得通过。"
