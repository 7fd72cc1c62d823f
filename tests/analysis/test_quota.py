from fractions import Fraction

import pytest

from comity.analysis.power import Power
from comity.analysis.quota import Quota
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.result import Text
from comity.report.draw import svg
from comity.report.reader import Reader


def test_at_its_own_quota_the_power_is_that_of_the_rule(ask, club):
    swept = ask(Quota(rule="budget"), club).values
    power = ask(Power(rule="budget"), club).values["power"]["club.budget.as_written"]
    own = swept["quotas"].index(swept["own_quota"])
    assert swept["own_quota"] == Fraction(2, 3)
    assert {member: column[own] for member, column in swept["power"].items()} == power["banzhaf"]
    assert swept["act"][own] == power["act"]


def test_unanimity_makes_all_equal_and_acting_hard(ask, club):
    swept = ask(Quota(rule="budget", index="shapley_shubik", start=88.5, end=100, step=0.5), club).values
    assert {column[-1] for column in swept["power"].values()} == {0.2}
    assert swept["act"][-1] == 1 / 32
    assert swept["act"] == sorted(swept["act"], reverse=True)


def test_heads_are_moved_and_the_veto_stays(ask, institution):
    body = institution("vetoed", members="[USA, CHN, JPN]", weights="{USA: 2, CHN: 1, JPN: 1}", veto="[USA]")
    swept = ask(Quota(rule="majority", start=40, end=100, step=20), body).values
    places = [swept["quotas"].index(Fraction(share)) for share in ("3/5", "1")]
    assert [swept["power"]["USA"][place] for place in places] == [0.6, 1 / 3]
    assert [swept["act"][place] for place in places] == [3 / 8, 1 / 8]


def test_the_rule_in_which_weights_differ_comes_first(ask, club):
    result = ask(Quota(), club)
    assert result.values["rule"] == "club.budget.as_written"
    assert result.findings[0].text.en.startswith("With the charter's quota of 66.67\u202f% the United States has 30.4")
    assert {row["line"] for row in result.table("lines").rows()} <= set(club.members_on(club.as_of))
    assert len(result.table("powers").rows()) == 5 * len(result.values["quotas"])


def test_consensus_is_the_highest_quota(ask, club):
    result = ask(Quota(rule="consensus"), club)
    assert result.values["own_quota"] == 1
    assert result.findings[0].text.en.startswith("No quota changes the power of ")


def test_sixty_members_of_great_weight(ask, institution, actors):
    codes = actors.un_members()[:60]
    weights = ", ".join(f"{code}: {100 + 7 * place**2}" for place, code in enumerate(codes))
    body = institution("many", members=f"[{', '.join(codes)}]", weights=f"{{{weights}}}")
    result = ask(Quota(rule="budget", start=60, end=80, step=10), body)
    assert [round(sum(column[place] for column in result.values["power"].values()), 9) for place in range(4)] == [1] * 4
    assert all(0 < act < 0.5 for act in result.values["act"])
    assert "54 members of smaller weight" in result.charts[0].caption.en


def test_what_cannot_be_swept(ask, large, club):
    with pytest.raises(NotComputable, match=r"“double” cannot be swept: .*60 members"):
        ask(Quota(rule="double", start=80, end=90, step=10), large)
    with pytest.raises(UnknownName, match="budget"):
        ask(Quota(rule="budgets"), club)


@pytest.mark.parametrize("given", [{"start": 0}, {"start": 80, "end": 60}, {"end": 101}, {"step": 0}, {"step": 0.001}])
def test_what_is_no_range(ask, club, given):
    with pytest.raises(InputError, match="are no range"):
        ask(Quota(**given), club)


@pytest.mark.parametrize("rule", ["budget", "majority"])
def test_figures_and_texts(ask, club, actors, rule):
    result = ask(Quota(rule=rule, step=5), club)
    assert [chart.name for chart in result.charts] == ["quota", "quota_acts"]
    for chart in result.charts:
        for lang in ("en", "zh"):
            assert "undefined" not in svg(chart, result.table(chart.table), Reader(lang, "cldr", actors))
    texts = (
        [finding.text for finding in result.findings] + list(result.caveats) + [each.title for each in result.charts]
    )
    assert all(isinstance(text, Text) and text.en and text.zh for text in texts)
    assert result.digest == ask(Quota(rule=rule, step=5), club).digest
