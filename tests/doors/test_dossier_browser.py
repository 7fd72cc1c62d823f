"""The dossier in a real browser: no request, no console message, every figure visible, in both languages."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import polars as pl
import pytest

from comity.kernel.result import Chart, Column, Figure, Finding, Provenance, Result, Table, Text
from comity.model.actor import Actor, Actors
from comity.report.dossier import dossier
from comity.report.front import Front, Headline
from comity.report.reader import readers
from comity.study.run import find_study, run
from comity.study.write import files

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]
PROBE = """
<pre id="probe"></pre><script>
const seen = {};
for (const lang of ["en", "zh"]) {
  document.getElementById("read-" + lang).click();
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  seen[lang] = {
    switched: getComputedStyle(document.querySelector("article." + (lang === "en" ? "zh" : "en"))).display,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    pictures: [...document.querySelectorAll(`article.${lang} figure svg`)].map(svg => {
      const box = svg.getBoundingClientRect();
      const outside = [...svg.querySelectorAll("text")].filter(text => {
        const own = text.getBoundingClientRect();
        return own.left < box.left - 2 || own.right > box.right + 2 || own.bottom > box.bottom + 2;
      });
      return {width: box.width, height: box.height, outside: outside.map(text => text.textContent)};
    }),
    tables: [...document.querySelectorAll(`article.${lang} table`)].map(each => each.getBoundingClientRect().height),
  };
}
document.getElementById("probe").textContent = JSON.stringify(seen);
</script></body>"""


@pytest.fixture(scope="module", params=["made up", "g5 against g7"])
def page(request, tmp_path_factory) -> Path:
    """A dossier in both languages: one made up with long names, and the main job's."""
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium: Debian's package `chromium`")
    if "Liberation" not in subprocess.run(["fc-list"], capture_output=True, text=True, check=False).stdout:
        pytest.skip("needs letters as wide as Arial's: Debian's package `fonts-liberation`")
    file = tmp_path_factory.mktemp("page") / "dossier.html"
    file.write_bytes(made_up() if request.param == "made up" else main_job())
    return file


def main_job() -> bytes:
    name, study = find_study("g5", ("g7",))
    return files(run(name, study, options={"draws": 500}), lang="both")["dossier.html"]


def made_up() -> bytes:
    actors = Actors(
        [
            Actor("VCT", {"cldr": Text("St. Vincent & Grenadines", "圣文森特和格林纳丁斯")}),
            Actor("BIH", {"cldr": Text("Bosnia & Herzegovina", "波斯尼亚和黑塞哥维那")}),
        ]
    )
    front = Front(
        question=Text("Who?", "谁？"),
        numbers=(Headline(Figure(0.5, "share", 0.4, 0.6, 100, 1), Text("of all", "的总量")),),
        box=(Text("A rumour.", "传闻。"),),
    )
    title = Text("A club", "一个俱乐部")
    return dossier(title, [made(), made()], readers("both", actors=actors), front).encode()


def made() -> Result:
    columns = (
        Column("iso3", Text("State", "国家"), actor=True),
        Column("p", Text("Share", "占比"), percent=True),
        *(Column(f"more{n}", Text(f"A further column of figures {n}", f"另一列数据{n}")) for n in range(6)),
    )
    more = {f"more{n}": [1.5e8, 2.5e8] for n in range(6)}
    table = Table(
        "shares", Text("Shares", "占比"), columns, pl.DataFrame({"iso3": ["VCT", "BIH"], "p": [0.5, 0.25], **more})
    )
    where = {"field": "iso3_label", "type": "nominal", "title": None}
    share = {"field": "p", "type": "quantitative", "title": Text("Share of the world total", "占世界总量的比重")}
    bars = {"mark": {"type": "bar", "clip": True}, "encoding": {"y": where, "x": share, "color": share}}
    words = {"encoding": {"y": where, "x": share, "text": where}, "mark": {"type": "text", "align": "left"}}
    charts = [
        Chart(
            name,
            "shares",
            Text("Half", "一半"),
            Text("Share", "占比"),
            Text("A bar of half.", "一根占一半的条。"),
            spec,
        )
        for name, spec in {"bars": {"width": 560, **bars}, "words": {"width": 300, "layer": [bars, words]}}.items()
    ]
    found = (Finding(Text("One has half.", "其一占一半。")),)
    return Result(
        "a.b", Text("Who has most?", "谁最多？"), {}, (table,), tuple(charts), found, (), Provenance(on="2026-02-06")
    )


def browse(page: Path, place: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [CHROMIUM, *QUIET, f"--user-data-dir={place}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)


def asked(page: Path, place: Path) -> set[str]:
    """What the page itself asked for, besides its own file; the browser's own calls home have no origin."""
    log = place / "net.json"
    browse(page, place / "profile", f"--log-net-log={log}", f"--screenshot={place / 'page.png'}")
    events = json.loads(log.read_text(encoding="utf-8"))["events"]
    sent = [each["params"] for each in events if "initiator" in each.get("params", {})]
    return {
        each["url"] for each in sent if each["initiator"] != "not an origin" and not each["url"].startswith("data:")
    }


def test_it_asks_for_nothing_and_says_nothing(page, tmp_path):
    shown = browse(page, tmp_path / "profile", "--enable-logging=stderr", f"--screenshot={tmp_path / 'page.png'}")
    assert (tmp_path / "page.png").stat().st_size > 10_000
    assert not [line for line in shown.stderr.splitlines() if "CONSOLE" in line]
    assert asked(page, tmp_path) == set()


def test_the_watch_on_requests_would_see_one(tmp_path):
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium: Debian's package `chromium`")
    loud = tmp_path / "loud.html"
    loud.write_text('<!DOCTYPE html><title>x</title><img src="http://127.0.0.1:9/x.png">', encoding="utf-8")
    assert asked(loud, tmp_path) == {"http://127.0.0.1:9/x.png"}


@pytest.mark.parametrize("width", [1200, 500])
def test_every_figure_is_seen_whole_in_both_languages(page, tmp_path, width):
    probed = tmp_path / "probe.html"
    html = re.sub(r"<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8"))
    probed.write_text(html.replace("</body>", PROBE), encoding="utf-8")
    dom = browse(probed, tmp_path / "profile", f"--window-size={width},900", "--dump-dom").stdout
    told = json.loads(re.search(r'<pre id="probe">(.*?)</pre>', dom, flags=re.DOTALL)[1])
    for lang in ("en", "zh"):
        seen = told[lang]
        assert seen["switched"] == "none"
        assert seen["wide"] == 0
        assert len(seen["pictures"]) == html.count("<figure") / 2 >= 4
        assert all(each["width"] > 200 and each["height"] > 20 for each in seen["pictures"])
        assert [each["outside"] for each in seen["pictures"] if each["outside"]] == []
        assert seen["tables"]
        assert min(seen["tables"]) > 40
