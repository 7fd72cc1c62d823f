"""Akoma Ntoso: valid against the schema of OASIS where it is there, and always against the part that is used.

The schema (CC BY 4.0) does not ship; docs/instruments.md says where it can be had.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

import comity
from comity.library.cases import cases, replayed
from comity.library.places import names
from comity.operation.texts import akoma_ntoso, charter, decision, instrument, life
from comity.operation.texts.akoma_ntoso import NAMESPACE

AKN = f"{{{NAMESPACE}}}"
XML = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xsd:attribute name="lang" type="xsd:language"/>
<xsd:attribute name="space"><xsd:simpleType><xsd:restriction base="xsd:NCName">
<xsd:enumeration value="default"/><xsd:enumeration value="preserve"/></xsd:restriction></xsd:simpleType></xsd:attribute>
<xsd:attribute name="base" type="xsd:anyURI"/><xsd:attribute name="id" type="xsd:ID"/></xsd:schema>"""
INSIDE = {
    "akomaNtoso": ["act"],
    "act": ["meta", "preface", "preamble", "body", "conclusions"],
    "meta": ["identification", "lifecycle", "workflow", "references", "notes"],
    "identification": ["FRBRWork", "FRBRExpression", "FRBRManifestation"],
    "FRBRWork": ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRcountry", "FRBRnumber", "FRBRname"],
    "FRBRExpression": ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRlanguage"],
    "FRBRManifestation": ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRformat"],
    "chapter": ["num", "heading", "article"],
    "article": ["num", "heading", "paragraph"],
    "paragraph": ["num", "intro", "point", "content"],
    "point": ["num", "content"],
    "content": ["p"],
    "intro": ["p"],
}
"""The order of what stands in each element that is written."""


class Beside(etree.Resolver):
    def resolve(self, system_url, public_id, context):  # noqa: ARG002
        return self.resolve_string(XML, context) if system_url.endswith("xml.xsd") else None


@pytest.fixture(scope="module")
def schema():
    path = Path(os.environ.get("COMITY_SOURCES", "")) / "akoma-ntoso" / "akomantoso30.xsd"
    if not path.is_file():
        pytest.skip("COMITY_SOURCES has no akoma-ntoso/akomantoso30.xsd (OASIS, see docs/instruments.md)")
    parser = etree.XMLParser()
    parser.resolvers.add(Beside())
    return etree.XMLSchema(etree.parse(str(path), parser))


def written(name: str, lang):
    law = comity.load(name)
    return etree.fromstring(akoma_ntoso(charter(law), law.as_of, lang))


def decided():
    for file in ("security-council", "general-assembly", "johannesburg", "treaties"):
        for case in cases(file):
            done = replayed(case)
            for name, each in done.state.questions.items():
                if each.status in {"adopted", "takes_note"} and each.sort == "proposal":
                    yield done, name


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", names("charter"))
def test_the_text_of_every_charter_is_valid(schema, name, lang):
    schema.assertValid(written(name, lang))


def test_decisions_and_amended_instruments_are_valid(schema):
    for done, name in decided():
        text = decision(done.state, done.steps, name)
        schema.assertValid(etree.fromstring(akoma_ntoso(text, done.state.on, kind="decision")))
    done = replayed(cases("clauses")[0])
    xml = akoma_ntoso(instrument(done.state, done.steps), done.state.on, events=life(done.state, done.steps))
    schema.assertValid(etree.fromstring(xml))
    assert b'type="amendment"' in xml


@pytest.mark.parametrize("name", ["g5", "gcf", "unsc", "paris"])
def test_what_is_written_stands_in_the_order_of_the_schema(name):
    for element in written(name, "en").iter():
        tag = element.tag.removeprefix(AKN)
        if tag in INSIDE:
            found = [INSIDE[tag].index(child.tag.removeprefix(AKN)) for child in element]
            assert found == sorted(found), tag


@pytest.mark.parametrize("name", ["g5", "paris", "who"])
def test_ids_are_unique_and_the_same_in_both_languages(name):
    ids = {lang: [each.get("eId") for each in written(name, lang).iter() if each.get("eId")] for lang in ("en", "zh")}
    assert ids["en"] == ids["zh"]
    assert len(set(ids["en"])) == len(ids["en"])
    passages = [each for each, _ in charter(comity.load(name)).passages() if each != "title"]
    assert set(passages) <= set(ids["en"])


def test_references_lead_to_articles_that_are_there():
    root = written("g5", "zh")
    ids = {each.get("eId") for each in root.iter()}
    refs = root.findall(f".//{AKN}ref")
    assert refs
    assert all(each.get("href")[1:] in ids for each in refs)
    assert refs[0].text.startswith("第")


def test_both_languages_are_expressions_of_one_work():
    works = {written("g5", lang).find(f".//{AKN}FRBRWork/{AKN}FRBRuri").get("value") for lang in ("en", "zh")}
    assert works == {"/akn/xx/act/charter/2026-02-06/g5"}


def test_characters_that_xml_cannot_hold_are_replaced():
    from comity.kernel.result import Text
    from comity.operation.texts.document import Article, Chapter, Document, Paragraph

    text = Document(
        "q",
        Text("A \x01 <b> & c"),
        (),
        (Chapter("c", Text(""), (Article("a", Text(""), (Paragraph("p", Text("x\x00y ⟦z⟧")),)),)),),
    )
    law = comity.load("g5")
    root = etree.fromstring(akoma_ntoso(Document(text.name, Text("<b> & c"), (), text.chapters), law.as_of))
    assert root.find(f".//{AKN}docTitle").text == "<b> & c"
    assert root.find(f".//{AKN}content/{AKN}p").text == "x\ufffdy ⟦z⟧"
