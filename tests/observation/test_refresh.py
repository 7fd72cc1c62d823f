"""A refresh: polite, resuming, exact about what changed, and never touching what ships."""

import csv
from pathlib import Path

import httpx
import pytest

from comity.kernel.errors import Cancelled, DestinationError, SourceError
from comity.library.figures import figures_frame, panel
from comity.observation.refresh import refresh
from comity.sources.world_bank import SERIES, WorldBank

RECORDED = Path(__file__).parents[1] / "sources" / "recorded"
NAMES = {series.code: name for name, series in SERIES.items()}
GDP = WorldBank(indicators=("gdp_usd",), first=2020, last=2025)


def recorded(request):
    name = NAMES[request.url.path.rsplit("/", 1)[1]]
    return httpx.Response(200, content=(RECORDED / f"{name}-{request.url.params['page']}.json").read_bytes())


class Service:
    """A service that answers as recorded, after answering as told; it notes what it was asked and how long was slept."""

    def __init__(self, *told, answer=recorded):
        self.told = list(told)
        self.answer = answer
        self.asked = []
        self.slept = []

    def __call__(self, request):
        self.asked.append(request)
        if self.told:
            told = self.told.pop(0)
            if isinstance(told, Exception):
                raise told
            if told is not None:
                return told
        return self.answer(request)

    def refresh(self, into, source=GDP, **options):
        with httpx.Client(transport=httpx.MockTransport(self)) as client:
            return refresh(source, into, client, self.slept.append, agent="comity/0 (test)", **options)


def cells(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return {(row["indicator"], row["iso3"], int(row["year"])): row for row in csv.DictReader(lines)}


def test_pages_are_followed_aggregates_skipped_and_the_file_is_one_that_figures_take(tmp_path):
    service, file = Service(), tmp_path / "comity-figures.csv"
    service.refresh(file)
    assert [request.url.params["page"] for request in service.asked] == ["1", "2"]
    assert set(cells(file)) == {
        ("gdp_usd", code, year) for code, year in [("JPN", 2025), ("JPN", 2024), ("KOR", 2024), ("XKX", 2024)]
    }
    assert panel(year=2025, figures=file).value("JPN", "gdp_usd") == 4_186_000_000_000
    assert panel(year=2024, figures=file).value("JPN", "gdp_usd") == 4_026_210_821_171.41
    assert sorted(path.name for path in tmp_path.iterdir()) == ["comity-figures.csv"]


def test_it_is_polite(tmp_path):
    service = Service()
    service.refresh(tmp_path / "own.csv")
    assert {request.headers["user-agent"] for request in service.asked} == {"comity/0 (test)"}
    assert len(service.slept) == 2
    assert min(service.slept) >= 0.5


def test_it_says_exactly_what_changed(tmp_path):
    file = tmp_path / "own.csv"
    before = figures_frame().rows()
    result = Service().refresh(file)
    changes = {(row["iso3"], row["year"]): row for row in result.table("changes").rows()}
    assert changes["JPN", 2025]["change"] == "added"
    assert changes["JPN", 2024]["change"] == "changed"
    assert (changes["JPN", 2024]["old"], changes["JPN", 2024]["new"]) == (4_026_000_000_000, 4_026_210_821_171.41)
    assert changes["JPN", 2024]["old_source"] == "CIA World Factbook"
    assert ("XKX", 2024) not in changes  # the same as before
    assert (result.values["added"], result.values["changed"], result.values["vanished"]) == (2, 1, 0)
    assert result.values["editions"] == {"gdp_usd": "2026-07-01"}
    assert figures_frame().rows() == before


def test_a_second_refresh_changes_nothing_and_writes_the_same_bytes(tmp_path):
    file = tmp_path / "own.csv"
    Service().refresh(file)
    content = file.read_bytes()
    again = Service().refresh(file)
    assert file.read_bytes() == content
    assert again.table("changes").frame.is_empty()


def test_what_vanished_is_said_and_what_is_the_users_stays(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(
        "iso3,indicator,year,value,unit,source\n"
        "FRA,gdp_usd,2024,5,current US$,World Bank WDI\n"  # in the span asked for, no longer there
        "FRA,gdp_usd,2019,5,current US$,World Bank WDI\n"  # outside the span
        "FRA,population,2024,5,persons,World Bank WDI\n"  # not asked for
        "KOR,gdp_usd,2024,7,current US$,my own\n"  # the user's own beats what was fetched
        "FRA,carriers,2024,1,ships,my own\n",
        encoding="utf-8",
    )
    result = Service().refresh(file)
    gone = [row for row in result.table("changes").rows() if row["change"] == "vanished"]
    assert [(row["iso3"], row["year"], row["old"], row["new"]) for row in gone] == [("FRA", 2024, 5.0, None)]
    standing = cells(file)
    assert ("gdp_usd", "FRA", 2024) not in standing
    assert ("gdp_usd", "FRA", 2019) in standing
    assert ("population", "FRA", 2024) in standing
    assert standing["gdp_usd", "KOR", 2024]["value"] == "7"
    assert standing["carriers", "FRA", 2024]["source"] == "my own"


def test_derived_figures_come_with_their_parts(tmp_path):
    source = WorldBank(indicators=("population", "internet_users_pct"), first=2020, last=2025)
    Service().refresh(tmp_path / "own.csv", source)
    users = cells(tmp_path / "own.csv")["internet_users", "JPN", 2024]
    assert (users["value"], users["status"]) == ("107900000", "derived")


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(429), httpx.Response(500), httpx.Response(503), httpx.ReadTimeout("slow"),
        httpx.ConnectError("down"), httpx.Response(200, content=b'[{"page":1,"pa'), httpx.Response(200, content=b"<html>"),
    ],
)  # fmt: skip
def test_passing_trouble_is_waited_out(tmp_path, trouble):
    service = Service(trouble, trouble)
    assert service.refresh(tmp_path / "own.csv").values["added"] >= 1
    assert service.slept == [0.5, 1.0, 2.0, 0.5]


def test_retry_after_is_obeyed(tmp_path):
    service = Service(httpx.Response(429, headers={"Retry-After": "30"}))
    service.refresh(tmp_path / "own.csv")
    assert service.slept[:2] == [0.5, 30.0]


def test_too_long_a_wait_ends_the_refresh_and_keeps_the_pages(tmp_path):
    service = Service(None, httpx.Response(503, headers={"Retry-After": "3600"}))
    with pytest.raises(SourceError, match=r"3600 seconds.*Finished pages are kept"):
        service.refresh(tmp_path / "own.csv")
    again = Service()
    again.refresh(tmp_path / "own.csv")
    assert [request.url.params["page"] for request in again.asked] == ["2"]


def test_lasting_trouble_is_told_and_nothing_half_written_is_left(tmp_path):
    file = tmp_path / "own.csv"
    Service().refresh(file)
    content = file.read_bytes()
    service = Service(answer=lambda _: httpx.Response(502))
    with pytest.raises(SourceError, match=r"HTTP status 502, 5 times"):
        service.refresh(file)
    assert file.read_bytes() == content
    assert not list(tmp_path.rglob("*.part"))


def test_an_interrupted_refresh_goes_on_where_it_stopped(tmp_path):
    asked = []
    with pytest.raises(Cancelled):
        Service().refresh(tmp_path / "own.csv", cancelled=lambda: bool(asked.append(1)) or len(asked) > 1)
    assert not (tmp_path / "own.csv").exists()
    again = Service()
    again.refresh(tmp_path / "own.csv")
    assert [request.url.params["page"] for request in again.asked] == ["2"]


def test_a_damaged_kept_page_is_fetched_again(tmp_path):
    with pytest.raises(SourceError):
        Service(None, *[httpx.Response(500)] * 5).refresh(tmp_path / "own.csv")
    [kept] = tmp_path.rglob("gdp_usd-*.json")
    kept.write_bytes(kept.read_bytes()[:50])
    again = Service()
    again.refresh(tmp_path / "own.csv")
    assert [request.url.params["page"] for request in again.asked] == ["1", "2"]


def test_pages_of_two_editions_are_not_mixed(tmp_path):
    with pytest.raises(SourceError):
        Service(None, *[httpx.Response(500)] * 5).refresh(tmp_path / "own.csv")

    def newer(request):
        return httpx.Response(200, content=recorded(request).content.replace(b"2026-07-01", b"2026-10-01"))

    again = Service(answer=newer)
    result = again.refresh(tmp_path / "own.csv")
    assert result.values["editions"] == {"gdp_usd": "2026-10-01"}
    assert [request.url.params["page"] for request in again.asked] == ["2", "1", "2"]


def test_one_indicator_refused_is_a_caveat_all_refused_an_error(tmp_path):
    refused = (RECORDED / "refused.json").read_bytes()

    def answer(request):
        return httpx.Response(200, content=refused) if "RSDV" in request.url.path else recorded(request)

    source = WorldBank(indicators=("rd_pct_gdp", "gdp_usd"), first=2020, last=2025)
    result = Service(answer=answer).refresh(tmp_path / "own.csv", source)
    assert "deleted or archived" in result.caveats[0].en
    with pytest.raises(SourceError, match=r"deleted or archived"):
        Service(answer=answer).refresh(tmp_path / "own.csv", WorldBank(indicators=("rd_pct_gdp",)))
    with pytest.raises(SourceError, match=r"HTTP status 404"):
        Service(answer=lambda _: httpx.Response(404)).refresh(tmp_path / "own.csv")


def test_an_unwritable_place_is_said_plainly(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DestinationError, match=r"could not be written: there is a file where a folder should be"):
        Service().refresh(tmp_path / "file" / "own.csv")


def test_progress_ends_at_the_whole(tmp_path):
    told = []
    Service().refresh(tmp_path / "own.csv", progress=lambda *step: told.append(step[:2]))
    assert told == [(1, 2), (2, 2)]
