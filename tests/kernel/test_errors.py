from __future__ import annotations

import pytest

from comity.kernel import errors
from comity.kernel.errors import AmbiguousName, ComityError, DocumentError, Problem, UnknownName


def test_every_error_has_the_exit_code_that_the_drawing_gives_it():
    drawn = {
        words[0]: int(words[1])
        for line in (errors.__doc__ or "").splitlines()
        if len(words := line.replace("├──", "").replace("└──", "").replace("│", "").split()) >= 2 and words[1].isdigit()
    }
    kinds = {
        name: kind.exit_code
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, ComityError) and kind is not ComityError
    }
    assert kinds == drawn


def test_problems_stand_once_and_in_the_order_of_the_file():
    late, early = Problem(9, 1, "b", "is wrong", "Mend it."), Problem(2, 7, "a", "is wrong", "Mend it.")
    error = DocumentError("club.yaml", [late, early, late])
    assert str(error) == "club.yaml:2:7  a  is wrong  Mend it.\nclub.yaml:9:1  b  is wrong  Mend it."


def test_a_problem_of_the_whole_document_and_one_without_a_mend():
    assert Problem(1, 1, "", "is empty", "").sentence("f") == "f:1:1  (document)  is empty"


def test_a_very_long_part_is_cut():
    assert len(Problem(1, 1, "p" * 10_000, "w" * 10_000, "m").sentence("f")) < 1000


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (["g7", "g20"], "There is no charter 'g77'. Did you mean g7?"),
        (["imf", "sco"], "There is no charter 'g77'. Known: imf, sco."),
        ([], "There is no charter 'g77'."),
        ([f"x{n}" for n in range(30)], "and 10 more"),
    ],
)
def test_an_unknown_name_is_told_with_what_is_known(known: list[str], said: str):
    assert said in str(UnknownName("charter", "g77", known))


def test_an_ambiguous_name_asks_which():
    assert str(AmbiguousName("name", "Congo", ["COD", "COG"])) == "The name 'Congo' is ambiguous. Say which: COD, COG."
