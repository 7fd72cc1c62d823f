from comity.library.actors import actors
from comity.library.tiles import tiles


def test_every_member_of_the_united_nations_has_one_tile_of_its_own():
    placed = tiles()
    assert sorted(placed) == sorted(actors().un_members())
    assert len(set(placed.values())) == 193


def test_neighbours_lie_as_on_a_map():
    placed = tiles()
    for west, east in (("USA", "CHN"), ("PRT", "POL"), ("NGA", "KEN"), ("IND", "JPN")):
        assert placed[west][0] < placed[east][0]
    for north, south in (("NOR", "ITA"), ("CAN", "ARG"), ("EGY", "ZAF"), ("JPN", "AUS")):
        assert placed[north][1] < placed[south][1]
