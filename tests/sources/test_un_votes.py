"""The matrix of votes: states by the code of their day, and every fault of the file at its line."""

import gzip

import pytest

from comity.kernel.errors import DocumentError
from comity.model.votes import ABSENT, ABSTAIN, NO, NO_MEMBER, YES
from comity.sources.un_votes import UnVotes

KNOWN = {"FRA", "USA", "RUS", "SUN", "CZE", "CSK", "YUG", "SCG", "SRB", "DDR"}
VOTES = b"""rcid,date,session,FRA,RUS,Yugoslavia,German Democratic Republic
3,1946-01-01,1.0,Y,N,A,-
4,1991-12-24,46.0,X,Y,Y,-
5,2004-11-01,59.0,N,A,Y,-
6,1980-11-01,35.0,N,A,Y,Y
"""


def test_states_have_the_code_of_their_day():
    calls = UnVotes().read(VOTES, known=KNOWN)
    cell = {state: row.tolist() for state, row in zip(calls.states, calls.votes, strict=True)}
    assert set(cell) == {"FRA", "RUS", "SUN", "YUG", "SCG", "DDR"}
    assert cell["SUN"] == [NO, NO_MEMBER, NO_MEMBER, ABSTAIN]
    assert cell["RUS"] == [NO_MEMBER, YES, ABSTAIN, NO_MEMBER]
    assert cell["SCG"] == [NO_MEMBER, NO_MEMBER, YES, NO_MEMBER]
    assert cell["FRA"][1] == ABSENT


def test_issue_codes_make_groups_and_compression_does_not_matter():
    issues = b"rcid,issues,short\n3,co|hr,Namibia\n5,,Budget\n"
    calls = UnVotes().read(gzip.compress(VOTES), issues, known=KNOWN)
    assert calls.of("colonialism") == [0]
    assert calls.of("overall") == [0, 1, 2, 3]
    assert calls.titles == ("Namibia", "", "Budget", "")
    assert calls.grouped()


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("FRA,RUS", "FRX,RUS", 1, "FRX  is no state"),
        ("FRA,RUS", "FRA,FRA", 1, "stands twice"),
        ("rcid,date", "id,date", 1, "are not the first columns"),
        ("1.0,Y", "1.0,Q", 2, "'Q' is no vote"),
        ("46.0", "later", 3, "'later' is no session"),
        ("1991-12-24", "1991-13-24", 3, "'1991-13-24' is not a date"),
        ("5,2004", "4,2004", 4, "stands already in line 3"),
        ("N,A,Y,Y", "N,A,Y", 5, "has 6 cells, not 7"),
    ],
)
def test_a_fault_is_told_with_its_line_and_a_mend(old, new, line, what):
    with pytest.raises(DocumentError) as told:
        UnVotes().read(VOTES.decode().replace(old, new, 1).encode(), known=KNOWN, file="votes.csv")
    assert f"votes.csv:{line}:" in str(told.value)
    assert what in str(told.value)
    assert all(problem.mend for problem in told.value.problems)


def test_all_faults_are_told_at_once():
    with pytest.raises(DocumentError) as told:
        UnVotes().read(VOTES.replace(b"Y,N,A", b"Q,N,Z").replace(b"59.0", b"?"), known=KNOWN)
    assert len(told.value.problems) == 3


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x1f\x8bbroken", b""])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(DocumentError):
        UnVotes().read(content, known=KNOWN)


def test_unknown_issue_codes_and_columns_are_refused():
    for issues in (b"rcid,issues\n3,zz\n", b"rcid,topic\n3,co\n"):
        with pytest.raises(DocumentError):
            UnVotes().read(VOTES, issues, known=KNOWN)
