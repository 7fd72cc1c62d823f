"""The assets that the text names: their form, their figures and claims exist, their words in both languages."""

from comity.library.assets import assets
from comity.library.claims import claims
from comity.library.figures import indicators


def test_every_figure_and_claim_exists():
    held = assets()
    known = {claim.id for claim in claims("g5").claims}
    for each in held.assets:
        assert each.figure is None or each.figure in indicators()
        assert each.claim is None or each.claim in known
        assert each.title.en
        assert each.title.zh
        assert each.limit.zh or not each.limit.en
    assert {each.member for each in held.assets} == {"USA", "CHN", "RUS", "IND", "JPN"}


def test_a_gap_says_so():
    for each in assets().assets:
        assert each.figure is not None or "no figure" in each.limit.en.lower()


def test_names_are_not_used_twice():
    names = [(each.member, each.id) for each in assets().assets]
    assert len(set(names)) == len(names)
