from comity.analysis.membership import Membership


def test_two_lists_in_four_shades(ask, club, institution):
    other = institution("other", members="[USA, JPN, FRA, DEU]", weights="{USA: 1, JPN: 1, FRA: 1, DEU: 1}")
    result = ask(Membership(), club, other)
    assert result.values["both"] == ["JPN", "USA"]
    standing = {row["state"]: row["standing"] for row in result.table("world").rows()}
    assert len(standing) == 193
    assert (standing["USA"], standing["RUS"], standing["FRA"], standing["BRA"]) == (
        "both",
        "only_first",
        "only_second",
        "neither",
    )
    assert result.findings[0].text.en == "Japan and the United States belong to both; 3 only to Club, 2 only to other"
    members = {row["member"]: (row["club"], row["other"]) for row in result.table("members").rows()}
    assert (members["USA"], members["FRA"]) == (("in", "in"), ("out", "in"))


def test_one_list_alone(ask, club):
    result = ask(Membership(), club)
    assert "both" not in result.values
    assert {row["standing"] for row in result.table("world").rows()} == {"only_first", "neither"}
    assert result.findings[0].text.zh == "Club有5个成员"


def test_nothing_in_common_and_a_member_outside_the_united_nations(ask, club, institution):
    other = institution("other", members="[EU, FRA]", weights="{EU: 1, FRA: 1}")
    result = ask(Membership(), club, other)
    assert "no member in common" in result.findings[0].text.en
    assert result.caveats[0].en == "Not on the tiles, in the table only: European Union."
