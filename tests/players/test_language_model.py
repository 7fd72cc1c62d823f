"""Language model: nobody answers for it, its parameters have bounds, and it keeps no key."""

import pytest
from pydantic import ValidationError

from comity.kernel.errors import InputError
from comity.players.language_model import LanguageModel


def test_without_an_endpoint_it_is_refused(ask):
    with pytest.raises(InputError, match=r"member:JPN is played by a language model, and no endpoint is named"):
        LanguageModel().choose(ask("vote"))


@pytest.mark.parametrize(
    "wrong",
    [{"calls": -1}, {"tokens": -1}, {"longest": 0}, {"seconds": 0}, {"tries": 0}, {"temperature": 3}, {"key": "x"}],
)
def test_its_parameters_have_bounds(wrong):
    with pytest.raises(ValidationError):
        LanguageModel(**wrong)


def test_it_can_be_written_and_read_again():
    player = LanguageModel(model="m", temperature="1/2", calls=5)
    assert LanguageModel.model_validate(player.model_dump(mode="json")) == player
    assert not {"key", "url"} & set(player.model_dump())
