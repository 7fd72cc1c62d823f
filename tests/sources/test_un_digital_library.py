"""One row a vote: the export of the UN Digital Library, and every fault of it at its line."""

import pytest

from comity.kernel.errors import DocumentError
from comity.model.votes import ABSENT, NO, NO_MEMBER, YES
from comity.sources.un_digital_library import UnDigitalLibrary

HEAD = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,total_yes"
ROWS = [
    "9,FRA,FRANCE,Y,2024-12-04,79,A/RES/79/1,Peace,1",
    "9,USA,UNITED STATES,N,2024-12-04,79,A/RES/79/1,Peace,1",
    "8,FRA,FRANCE,X,2024-12-03,79/emergency,A/RES/79/0,Law,0",
]
KNOWN = {"FRA", "USA"}


def file(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


def test_votes_become_a_matrix_in_order_of_date():
    calls = UnDigitalLibrary().read(file(*ROWS), known=KNOWN)
    assert calls.states == ("FRA", "USA")
    assert calls.ids == ("8", "9")
    assert calls.sessions == (79, 79)
    assert calls.votes.tolist() == [[ABSENT, YES], [NO_MEMBER, NO]]
    assert not calls.grouped()


def test_issue_codes_come_from_a_second_file():
    calls = UnDigitalLibrary().read(file(*ROWS), b"resolution,issues\nA/RES/79/1,nu|di\n", known=KNOWN)
    assert calls.of("nuclear") == [1]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("9,XYZ,X,Y,2024-12-04,79,A/1,Peace,1", "'XYZ' is no state"),
        ("9,FRA,F,Q,2024-12-04,79,A/1,Peace,1", "'Q' is no vote"),
        ("9,FRA,F,Y,4 December,79,A/1,Peace,1", "'4 December' is not a date"),
        ("9,FRA,F,Y,2024-12-04,,A/1,Peace,1", "'' is no session"),
        (ROWS[0], "votes twice"),
    ],
)
def test_a_fault_is_told_with_its_line_and_a_mend(row, what):
    with pytest.raises(DocumentError) as told:
        UnDigitalLibrary().read(file(ROWS[0], row), known=KNOWN, file="new.csv")
    assert "new.csv:3:" in str(told.value)
    assert what in str(told.value)
    assert all(problem.mend for problem in told.value.problems)


def test_missing_columns_and_empty_files_are_refused():
    with pytest.raises(DocumentError, match="ms_vote"):
        UnDigitalLibrary().read(file(head="undl_id,ms_code,date,session,resolution,title"), known=KNOWN)
    with pytest.raises(DocumentError, match="holds no votes"):
        UnDigitalLibrary().read(file(), known=KNOWN)
