"""Human: nobody answers for a person."""

import pytest

from comity.kernel.errors import InputError
from comity.players.human import Human


def test_without_a_terminal_it_is_refused(ask):
    with pytest.raises(InputError, match=r"member:JPN is played by a person, and nobody sits there"):
        Human().choose(ask("vote"))
