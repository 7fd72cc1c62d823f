"""The dossier: offline, readable by everybody, the same each time."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.report.dossier import dossier
from comity.report.reader import Reader, readers

TITLE = Text("A club & its <rules>", "一个俱乐部及其规则")
VOID = {"meta", "link", "input", "br"}
DRAWN = {"path", "line", "rect", "stop", "circle"}


class Reading(HTMLParser):
    """What a browser and a screen reader would take from the page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.words = [], [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.setdefault(self.open[-1] if self.open else "", []).append(data.strip())

    def all(self, tag):
        return [attrs for name, attrs, _ in self.tags if name == tag]


@pytest.fixture
def page(result, long, front, actors):
    """The same three answers in any language."""

    def made(lang="en", results=None):
        return dossier(TITLE, results or [result, long, result], readers(lang, actors=actors), front)

    return made


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_nothing_in_it_runs_or_is_fetched(page, lang):
    html = page(lang)
    read = Reading(html)
    assert not read.open
    names = {tag for tag, _, _ in read.tags}
    assert not names & {"script", "iframe", "object", "embed", "img", "audio", "video", "base", "image", "use"}
    for _, attrs, _ in read.tags:
        assert not [name for name in attrs if name.startswith("on")]
        for name in ("src", "href", "xlink:href", "action", "data", "srcset", "poster"):
            assert attrs.get(name, "#").startswith(("#", "data:,"))
    assert not re.search(r"@import|url\((?!#)", html)
    assert "default-src 'none'" in html


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_it_is_small_and_the_same_each_time(page, lang):
    html = page(lang)
    assert html == page(lang)
    assert len(html.encode()) < 150_000


def test_ids_are_unique_and_every_link_arrives(page):
    read = Reading(page("both"))
    ids = [attrs["id"] for _, attrs, _ in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"][1:] for attrs in read.all("a")]
    labelled = [attrs["aria-labelledby"] for _, attrs, _ in read.tags if "aria-labelledby" in attrs]
    assert set(links) | set(labelled) <= set(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", page("both"))) <= set(ids)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_has_title_words_and_table(page, lang, chart, actors):
    html = page(lang)
    reader = Reader(lang, "cldr", actors)
    figures = re.findall(r"<figure.*?</figure>", html, flags=re.DOTALL)
    assert len(figures) == 2
    for figure in figures:
        assert reader.of(chart.title) in figure
        assert f'role="img" aria-label="{reader.of(chart.alt)}"' in figure
        assert f"<p>{reader.of(chart.alt)}</p>" in figure
        assert figure.count("<details>") == 2
        assert figure.count('<th scope="row"') == 5
        assert '<th scope="col"' in figure
        assert "10\u202f000" in figure.split("<figcaption>")[1]


def test_headings_are_in_order_and_landmarks_stand(page):
    read = Reading(page())
    levels = [int(tag[1]) for tag, _, _ in read.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(read.all("main")) == len(read.all("nav")) == 1
    assert all("aria-labelledby" in attrs for attrs in read.all("section"))


def test_scrolling_regions_can_be_reached_by_keyboard_and_have_names(page):
    regions = [attrs for attrs in Reading(page()).all("div") if "scroll" in attrs.get("class", "").split()]
    assert regions
    assert all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in regions)


def test_texts_are_escaped(page):
    html = page()
    assert "A club &amp; its &lt;rules&gt;" in html
    assert "Expenditure stands in for &lt;reach&gt; &amp; range." in html
    assert "<reach>" not in html


def test_the_answer_comes_first_with_its_interval_and_how_to_reproduce_it(page):
    html = page()
    first = html.split('id="en-contents"')[0]
    for said in (
        "Seldom.",
        "2.6\u202f%",
        "2.3\u202f%",
        "2.9\u202f%",
        "seed 7",
        "A figure of military reach.",
        "press rumour",
    ):
        assert said in first
    assert "comity study g5 --against g7" in first
    assert "2026-02-06" in first
    assert "a" * 64 in html
    assert "CC BY 4.0" in html
    assert "@misc{comity-" in html


def test_chinese_pages_speak_chinese(page):
    html = page("zh")
    assert '<html lang="zh-Hans">' in html
    body = html.split("<main>")[1]
    for english in ("Contents", "Answer first", "What to bear in mind", "United States", "of weightings", "Share of"):
        assert english not in body
    assert "波斯尼亚和黑塞哥维那" in body
    assert "290\u202f000" in body
    assert "亿美元" in body


def test_both_languages_stand_in_one_file_with_a_switch(page):
    html = page("both")
    read = Reading(html)
    assert [attrs["lang"] for attrs in read.all("article")] == ["en", "zh-Hans"]
    assert [attrs["type"] for attrs in read.all("input")] == ["radio", "radio"]
    assert "<input" not in page("en")


def test_a_caveat_is_written_once_and_then_counted(page):
    html = page()
    assert html.count("Expenditure stands in for") == 1
    assert html.count("One point of section 1 holds here too.") == 1
    assert "第1节所列注意事项中有1点在此同样适用。" in page("zh")


def test_long_tables_are_cut_and_say_where_the_rest_is(page, long):
    html = page(results=[long])
    assert html.count('<th scope="row" class="n">') == 15
    assert "The first 15 of 40 rows; all of them are in tables/analysis-long-t.csv." in html
    assert "<details open>" in html
    assert '<td class="n">\u22122.00</td>' in html


def test_a_language_that_nobody_speaks_here():
    with pytest.raises(InputError, match=r"no language 'fr'\. Choose en, zh or both"):
        readers("fr")
