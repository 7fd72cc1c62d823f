"""Dividing a sum when all must agree, by four protocols.

Sources: Rubinstein (1982), *Econometrica* 50; Sutton (1986), *Review of Economic Studies* 53 (Shaked's game); Krishna
and Serrano (1996), *Review of Economic Studies* 63; Baron and Ferejohn (1989).
"""

import pytest

from comity.solvers.bargain.unanimity import random_recognition, rejector_proposes, rotation, rubinstein

PATIENT = [0.9, 0.9, 0.9]


def test_two_in_turn():
    assert rubinstein(0.9, 0.8) == pytest.approx((0.714286, 0.285714), abs=5e-7)


def test_a_fixed_order():
    assert rotation(PATIENT)[0] == pytest.approx([0.369004, 0.332103, 0.298893], abs=5e-7)


def test_who_rejects_proposes():
    assert rejector_proposes(PATIENT)[0] == pytest.approx([0.357143, 0.321429, 0.321429], abs=5e-7)


def test_drawn_anew():
    assert random_recognition([1 / 3] * 3, PATIENT)[0] == pytest.approx([0.4, 0.3, 0.3], abs=1e-12)
