"""Every spelling of a state in any source means one state; what is ambiguous is refused with suggestions."""

import csv
import html
import json
import os
import tarfile
from pathlib import Path

import pytest

from comity.kernel.errors import AmbiguousName, InputError
from comity.library.actors import actors

ARCHIVE = "capabilities/factbook_json_final_2026-01.tar.xz"

SPELLINGS = {
    "KOR": [
        "Korea, Rep.",
        "South Korea",
        "Republic of Korea",
        "Korea, Republic of",
        "韩国",
        "南韩",
        "大韩民国",
        "KOR",
        "kor",
    ],
    "PRK": ["Korea, Dem. People's Rep.", "DPRK", "North Korea", "朝鲜", "Democratic People's Republic of Korea"],
    "COD": [
        "DR Congo",
        "Congo, Dem. Rep.",
        "DRC",
        "Zaire",
        "刚果（金）",
        "刚果(金)",
        "Congo, The Democratic Republic of the",
    ],
    "COG": ["Congo, Rep.", "Congo Republic", "Republic of the Congo", "刚果（布）", "Congo-Brazzaville"],
    "EGY": ["Egypt, Arab Rep.", "Arab Republic of Egypt", "埃及"],
    "TUR": ["Türkiye", "Turkiye", "Turkey", "TÜRKİYE", "土耳其"],
    "CIV": ["Côte d'Ivoire", "Cote d’Ivoire", "Ivory Coast", "科特迪瓦", "象牙海岸"],
    "MMR": ["Burma", "Myanmar", "Myanmar (Burma)"],
    "GBR": ["UK", "U.K.", "United Kingdom", "Great Britain", "英国"],
    "USA": ["USA", "U.S.A.", "US", "United States", "America", "美国", "美利坚合众国", "美國"],
    "NLD": ["Holland", "The Netherlands", "Netherlands (Kingdom of the)", "荷兰"],
    "NZL": ["New Zealand", "新西兰", "纽西兰"],
    "KNA": ["St. Kitts and Nevis", "Saint Kitts & Nevis", "圣基茨和尼维斯"],
    "FSM": ["Micronesia, Fed. Sts.", "Federated States of Micronesia", "Micronesia"],
    "VEN": ["Venezuela, RB", "Venezuela (Bolivarian Republic of)"],
    "LAO": ["Lao PDR", "Laos", "老挝"],
    "VNM": ["Viet Nam", "Vietnam", "越南"],
    "PSE": ["West Bank and Gaza", "Palestine", "State of Palestine", "巴勒斯坦"],
    "YEM": ["Yemen, Rep.", "Yemen"],
    "YMD": ["South Yemen", "Yemen, Democratic"],
    "SUN": ["USSR", "Soviet Union", "苏联"],
    "EU": ["European Union", "欧盟"],
    "TWN": ["Taiwan", "Chinese Taipei", "台湾"],
    "XKX": ["Kosovo", "科索沃"],
}


@pytest.mark.parametrize(("code", "spelling"), [(code, each) for code, listed in SPELLINGS.items() for each in listed])
def test_spelling(code, spelling):
    assert actors().find(spelling).code == code


def test_every_written_spelling_means_one_actor_or_is_refused():
    table = actors()
    ambiguous = set()
    for actor in table:
        spellings = [actor.code, *actor.aliases]
        spellings += [written for name in actor.names.values() for written in (name.en, name.zh) if written]
        for spelling in spellings:
            try:
                assert table.find(spelling).code == actor.code
            except AmbiguousName:
                ambiguous.add(spelling)
    assert ambiguous == {"Congo", "刚果", "Korea", "Virgin Islands"}


@pytest.mark.parametrize(
    ("name", "codes"), [("Congo", ["COD", "COG"]), ("Korea", ["KOR", "PRK"]), ("刚果", ["COD", "COG"])]
)
def test_ambiguity_is_refused_with_the_candidates(name, codes):
    with pytest.raises(AmbiguousName) as refusal:
        actors().find(name)
    assert all(code in refusal.value.mend for code in codes)


@pytest.mark.parametrize(
    ("typo", "code"),
    [("Frnace", "FRA"), ("Untied States", "USA"), ("Swizerland", "CHE"), ("Germny", "DEU"), ("UAS", "USA")],
)
def test_a_typo_gets_suggestions(typo, code):
    with pytest.raises(InputError) as refusal:
        actors().find(typo)
    assert code in refusal.value.mend


def test_nothing_near_says_what_codes_are():
    with pytest.raises(InputError, match="ISO 3166-1"):
        actors().find("xyzzy")


def test_members_and_neighbours():
    table = actors()
    assert len(table.un_members()) == 193
    assert sorted(actor.code for actor in table if actor.kind == "observer_state") == ["PSE", "VAT"]
    assert {"XKX", "TWN", "HKG", "MAC", "COK", "NIU", "ESH", "EU", "AU", "SUN", "YUG", "CSK", "DDR", "SCG"} <= {
        actor.code for actor in table
    }
    assert "TWN" not in table.un_members()


def test_codes_are_unique_and_well_formed():
    listed = list(actors())
    assert len({actor.code for actor in listed}) == len(listed)
    members = [actor for actor in listed if actor.kind == "un_member"]
    assert len({actor.iso2 for actor in members}) == len({actor.m49 for actor in members}) == 193
    assert all(len(actor.m49) == 3 and actor.m49.isdigit() for actor in members)
    assert len({actor.cow for actor in members if actor.cow}) == len([actor for actor in members if actor.cow]) == 193
    assert len({actor.gw for actor in members if actor.gw}) == len([actor for actor in members if actor.gw])


def test_every_actor_has_both_names_and_un_members_their_official_ones():
    for actor in actors():
        assert actor.name().en
        assert actor.name().zh
        if actor.kind == "un_member":
            assert actor.name("un").en
            assert actor.name("un").zh
    assert actors()["GBR"].name("un").en == "United Kingdom of Great Britain and Northern Ireland"
    assert actors()["COM"].name("un").zh == "科摩罗"


def test_documented_differences_of_the_two_code_systems():
    table = actors()
    assert (table["DEU"].cow, table["DEU"].gw) == (255, 260)
    assert (table["YEM"].cow, table["YEM"].gw) == (679, 678)
    assert (table["SRB"].cow, table["SRB"].gw) == (345, 340)


def test_continuations_lead_to_former_states():
    table = actors()
    assert (table["RUS"].continues, table["RUS"].since) == ("SUN", "1991-12-24")
    for actor in table:
        if actor.continues:
            assert table[actor.continues].kind == "former_state"


def sources():
    folder = os.environ.get("COMITY_SOURCES")
    if not folder:
        pytest.skip("COMITY_SOURCES is not set to the folder of sources")
    return Path(folder)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_imf_member_and_un_member_of_the_sources_is_found():
    folder = sources()
    for row in rows(folder / "weights" / "imf_quotas_votes_2024-01-31.csv"):
        assert actors().find(row["member"]).code == row["iso3"]
    for row in rows(folder / "reference" / "un_members.csv"):
        actor = actors().find(row["name_short"])
        assert (actor.code, actor.iso2, actor.kind) == (row["ISO3"], row["ISO2"].strip("^$").split("$")[0], "un_member")


def test_every_state_of_the_factbook_is_found():
    found = set()
    with tarfile.open(sources() / ARCHIVE) as archive:
        for member in archive:
            if not member.name.endswith(".json") or "meta" in member.name:
                continue
            page = json.load(archive.extractfile(member))
            names = page.get("Government", {}).get("Country name", {})
            for form in ("conventional short form", "conventional long form"):
                name = html.unescape(names.get(form, {}).get("text", "none")).split(";")[0].split(" (")[0]
                try:
                    found.add(actors().find(name).code)
                except InputError:
                    continue
    assert set(actors().un_members()) <= found
