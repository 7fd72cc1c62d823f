"""Spanish Congress of June 2016: seats 137, 85, 71, 32, 9, 8, 5, 2, 1 and a majority of 176.

Source: example of the R package powerindexR 1.6 (Armijos-Toro, Alonso-Meijide, Mosquera, Saavedra-Nieves, 2024), pages
pi.johnston and pi.colomermartinez.
"""

import pytest

from comity.solvers import indices
from comity.solvers.simple import weighted

CONGRESS = weighted([137, 85, 71, 32, 9, 8, 5, 2, 1], 176)


def test_johnston():
    printed = [0.584862, 0.144572, 0.144572, 0.089450, 0.013838, 0.013838, 0.005046, 0.003058, 0.000765]
    assert list(indices.johnston(CONGRESS).values()) == pytest.approx(printed, abs=5e-7)


def test_colomer_and_martinez():
    printed = [0.449732, 0.224437, 0.190161, 0.089075]
    assert list(indices.colomer_martinez(CONGRESS).values())[:4] == pytest.approx(printed, abs=5e-7)
