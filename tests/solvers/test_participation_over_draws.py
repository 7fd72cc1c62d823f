"""One club over draws: the same as all coalitions, one at a time."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.solvers.participation.minimum import enough, with_minimum
from comity.solvers.participation.over_draws import Drawn, belonging_to, holding_factor
from comity.solvers.participation.payoffs import linear_good
from comity.solvers.participation.penalty import sanctioned, smallest_sanction
from comity.solvers.participation.stable import gains

amount = st.integers(1, 40).map(float)


@st.composite
def cases(draw):
    members = draw(st.integers(1, 5))
    benefit, cost = (draw(st.lists(amount, min_size=members, max_size=members)) for _ in range(2))
    terms = {"excludable": draw(st.sampled_from([0.0, 0.25, 1.0])), "needed": draw(st.sampled_from([0.0, 0.4]))}
    return benefit, cost, terms, draw(st.booleans()), draw(st.integers(0, 3)), draw(st.integers(0, 2**members - 1))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), st.sampled_from([0.0, 0.5]))
def test_it_says_of_one_club_what_is_said_of_all(case, penalty):
    benefit, cost, terms, joint, least, club = case
    members, part = len(cost), np.array(cost) / sum(cost)
    inside = [bool(club >> member & 1) for member in range(members)]
    losses = penalty * np.array([cost])
    drawn = Drawn(
        np.array([benefit]), np.array([cost]), part, np.array([terms["excludable"]]), terms["needed"], joint, least
    )
    found = belonging_to(drawn, inside, losses)
    whole = with_minimum(linear_good(benefit, cost, parts=part, joint=joint, **terms), enough(members, least))
    punished = sanctioned(whole, losses[0]) if penalty else whole
    assert found.gain[0].tolist() == pytest.approx(gains(punished, club), abs=1e-6)
    assert bool(found.stands[0]) == bool(whole.standing[club])
    assert found.payoff[0].tolist() == pytest.approx(
        [punished.column(member)[club] for member in range(members)], abs=1e-6
    )
    if not penalty:
        factor = holding_factor(found, inside, np.array([cost]))[0]
        held = smallest_sanction(whole, club, cost).size
        assert factor == (np.inf if held is None else pytest.approx(float(held), abs=1e-6))
