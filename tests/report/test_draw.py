"""Charts become specifications and pictures for one reader."""

import json
import re

import pytest

from comity.kernel.result import Chart, Table, Text
from comity.report import draw
from comity.report.reader import Reader


def strings(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    else:
        yield value


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_is_left_and_the_rows_are_embedded(chart, seats, actors, lang):
    reader = Reader(lang, "cldr", actors)
    spec = draw.specification(chart, seats, reader)
    assert not [each for each in strings(spec) if isinstance(each, Text)]
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert [row["iso3"] for row in spec["data"]["values"]] == seats.frame["iso3"].to_list()
    assert spec["layer"][0]["encoding"]["x"]["title"] == ("Probability" if lang == "en" else "概率")
    assert spec["description"] == reader.of(chart.alt)


def test_the_chart_itself_holds_no_data_and_stays_as_it_was(chart, seats, english):
    before = repr(chart.spec)
    draw.specification(chart, seats, english)
    assert repr(chart.spec) == before
    assert "data" not in chart.spec
    assert "title" not in chart.spec


def test_actors_and_labelled_words_get_labels_beside_the_codes(seats, chinese):
    rows = draw.rows(seats, chinese)
    assert rows[0]["iso3"] == "USA"
    assert rows[0]["iso3_label"] == "美国"
    assert rows[0]["why_label"] == "入选"
    assert rows[4]["why_label"] is None
    assert set(rows[0]) == {*seats.frame.columns, "iso3_label", "why_label"}


def test_the_naming_policy_changes_the_names(seats, actors):
    assert draw.rows(seats, Reader("en", "un", actors))[0]["iso3_label"] == "United States (UN)"


def test_untitled_charts_leave_the_title_to_the_page(chart, seats, english):
    assert "title" not in draw.specification(chart, seats, english, titled=False)
    assert chart.title.en.split()[0] not in draw.svg(chart, seats, english, titled=False).split(">", 1)[1]
    assert "Two states" in draw.svg(chart, seats, english).split(">", 1)[1]


def test_a_spec_may_overrule_the_house_config(chart, seats, english):
    own = Chart(
        "c", "p_seat", chart.title, chart.subtitle, chart.alt, {**chart.spec, "config": {"axis": {"grid": False}}}
    )
    config = draw.specification(own, seats, english)["config"]
    assert config["axis"]["grid"] is False
    assert config["axis"]["labelLimit"] == 260
    assert config["range"]["category"][0] == "#0072B2"


def test_two_pictures_in_one_page_share_no_id(chart, seats, english, chinese):
    first = draw.svg(chart, seats, english, key="one")
    second = draw.svg(chart, seats, chinese, key="two")
    ids = [re.findall(r' id="([^"]+)"', each) for each in (first, second)]
    assert ids[0]
    assert len(set(ids[0] + ids[1])) == len(ids[0] + ids[1])
    for picture, own in zip((first, second), ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= set(own)


def test_a_picture_is_the_same_bytes_each_time_and_names_its_text_alternative(chart, seats, english):
    picture = draw.svg(chart, seats, english)
    assert picture == draw.svg(chart, seats, english)
    assert 'role="img"' in picture
    assert f'aria-label="{english.of(chart.alt)}"' in picture
    assert len(picture) < 12_000
    assert "aria-roledescription" not in picture


def test_numbers_in_words_of_the_picture_are_not_shortened(seats, english):
    spec = {"mark": "text", "encoding": {"text": {"value": Text("seed 0.123456 & <1.00001>")}}}
    picture = draw.svg(Chart("t", "p_seat", Text("T"), Text("S"), Text("A"), spec), seats, english)
    assert "seed 0.123456 &amp; &lt;1.00001&gt;" in picture


def test_no_outside_file_is_fetched(seats, english):
    spec = {
        "data": {"url": "https://example.org/x.csv"},
        "mark": "point",
        "encoding": {"x": {"field": "a", "type": "nominal"}},
    }
    outside = Chart("t", "p_seat", Text("T"), Text("S"), Text("A"), {"vconcat": [spec]})
    with pytest.raises(ValueError, match="chart 't' cannot be drawn: External data url not allowed"):
        draw.svg(outside, seats, english)


def test_wide_letters_are_not_clipped(seats, chart, chinese):
    """Ink that touches the edge of the picture would be ink cut off."""
    import vl_convert

    picture = draw.svg(chart, seats, chinese, titled=False)
    size = re.search(r'width="([\d.]+)" height="([\d.]+)" viewBox="[^"]*"', picture)
    width, height = float(size[1]), float(size[2])
    wider = picture.replace(
        size[0], f'width="{width + 80}" height="{height + 80}" viewBox="-40 -40 {width + 80} {height + 80}"'
    )
    assert edges(vl_convert.svg_to_png(wider, scale=1.0), 38) == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_titles_stay_inside_the_picture(seats, actors, lang):
    import vl_convert

    title = Text(
        "WITHOUT THE UNITED STATES MOST MONEY IS MISSING " * 4,
        "在“能源安全”一事上，没有任何一方愿意独自承担全部费用，" * 4,
    )
    bar = {"mark": "bar", "width": 90, "encoding": {"x": {"field": "p", "type": "quantitative"}}}
    chart = Chart("c", "p_seat", title, title, Text("A"), bar, title)
    picture = draw.svg(chart, seats, Reader(lang, "cldr", actors))
    size = re.search(r'width="([\d.]+)" height="([\d.]+)" viewBox="[^"]*"', picture)
    width, height = float(size[1]), float(size[2])
    wider = picture.replace(
        size[0], f'width="{width + 80}" height="{height}" viewBox="-40 0 {width + 80} {height}"', 1
    ).replace("<rect ", '<rect opacity="0" ', 1)
    ink = columns(vl_convert.svg_to_png(wider, scale=1.0))
    assert max(ink) < 40 + width - 5
    assert min(ink) >= 40


def columns(png: bytes) -> set[int]:
    """The columns of pixels that carry ink, in an RGBA picture."""
    import zlib

    place, packed, width = 8, b"", int.from_bytes(png[16:20], "big")
    while place < len(png):
        size = int.from_bytes(png[place : place + 4], "big")
        packed += png[place + 8 : place + 8 + size] if png[place + 4 : place + 8] == b"IDAT" else b""
        place += 12 + size
    lines = unfilter(zlib.decompress(packed), width * 4)
    return {x for line in lines for x in range(width) if line[4 * x + 3] > 0}


def edges(png: bytes, margin: int) -> int:
    """How many pixels of the outer margin carry ink, in an RGBA picture."""
    import zlib

    data, place, packed = png, 8, b""
    width = height = 0
    while place < len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        body = data[place + 8 : place + 8 + size]
        if kind == b"IHDR":
            width, height = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big")
            assert body[8:10] == b"\x08\x06"
        packed += body if kind == b"IDAT" else b""
        place += 12 + size
    lines = unfilter(zlib.decompress(packed), width * 4)
    inked = 0
    for y, line in enumerate(lines):
        for x in range(width):
            if x < margin or y < margin or x >= width - margin or y >= height - margin:
                inked += line[4 * x + 3] > 0
    return inked


def unfilter(raw: bytes, stride: int) -> list[bytearray]:
    """The scan lines of a PNG without their filters."""
    lines, above = [], bytearray(stride)
    for start in range(0, len(raw), stride + 1):
        kind, line = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left, up, corner = (line[i - 4] if i > 3 else 0), above[i], (above[i - 4] if i > 3 else 0)
            guess = left + up - corner
            near = min((left, up, corner), key=lambda each: abs(guess - each))
            line[i] = (line[i] + (0, left, up, (left + up) // 2, near)[kind]) & 255
        lines.append(line)
        above = line
    return lines


def test_long_titles_wrap_in_both_languages():
    latin = draw.lines("one two three four", 4)
    assert latin == ["one two", "three", "four"]
    wide = draw.lines("一二三四五，六七（八九）十", 6)
    assert wide == ["一二三四五，", "六七（八九）", "十"]


def test_a_line_never_ends_between_a_number_and_its_sign(english):
    told = english.of(Text("it asks for 1,745 % of it"))
    for most in range(1, 16):
        broken = draw.lines(told, most)
        assert any("1\u202f745\u202f%" in line for line in broken)
        assert " ".join(broken) == told


def test_a_table_alone_makes_no_labels(english):
    import polars as pl

    from comity.kernel.result import Column

    plain = Table("t", Text("T"), (Column("a", Text("A")),), pl.DataFrame({"a": [1.5]}))
    assert draw.rows(plain, english) == [{"a": 1.5}]
