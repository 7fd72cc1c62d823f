"""The reader of scores: what it reads, and every refusal with its line and column."""

import pytest

from comity.kernel.errors import DocumentError, InputError
from comity.library.actors import actors
from comity.library.scores import read_scores

HEAD = "commitment,member,value,assessor,year,version,supersedes,coder\n"


def read(rows, head=HEAD, members=None):
    return read_scores(head + rows, "s.csv", actors(), members)


def test_spellings_of_members_and_values_are_read():
    held = read("c1,日本,+1,rg,2022,,,\nc1,United States,−1,rg,2022,,,\n")
    assert [(each.member, each.value) for each in held.scores] == [("JPN", 1), ("USA", -1)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("c1,JPN,2,rg,2022,,,\n", "s.csv:2:3  value  '2' is no score  Write -1, 0 or +1, and leave out who was not scored."),
        ("c1,JPN,,rg,2022,,,\n", "s.csv:2:3  value  '' is no score"),
        ("c1,Narnia,1,rg,2022,,,\n", "s.csv:2:2  member  "),
        ("c1,BRA,1,rg,2022,,,\n", "s.csv:2:2  member  BRA is no member  Members: JPN, USA."),
        ("c1,JPN,1,,2022,,,\n", "s.csv:2:4  assessor  the assessor is empty"),
        ("c1,JPN,1,rg,soon,,,\n", "s.csv:2:5  year  'soon' is no whole number"),
        ("c1,JPN,1,rg,2022,1,,\nc1,JPN,0,rg,2022,1,,\n", "s.csv:3:6  version  version 1 of the score of JPN on c1 stands twice"),
        ("c1,JPN,1,rg,2022,2,1,\n", "s.csv:2:7  supersedes  version 1, which version 2 replaces, is missing"),
        ("c1,JPN,1,rg,2022,,,ann\n", "s.csv:2:8  coder  ann is the only coder of rg; a second is missing"),
        ("c1,JPN,1,rg\n", "s.csv:2:1  (document)  4 cells, where the first line names 8 columns"),
    ],
)  # fmt: skip
def test_a_refusal_says_where_what_and_how_to_mend(rows, told):
    with pytest.raises(DocumentError) as refused:
        read(rows, members={"JPN", "USA"})
    assert told in str(refused.value)


def test_columns_that_are_missing_or_unknown_are_told():
    with pytest.raises(DocumentError, match="columns are missing: assessor, year"):
        read("", "commitment,member,value\n")
    with pytest.raises(DocumentError, match="no column 'mood'"):
        read("", "commitment,member,value,assessor,year,mood\n")


def test_what_is_no_csv_is_refused():
    with pytest.raises(InputError, match="cannot be read as CSV"):
        read('c1,"JPN,1,rg,2022\n')
