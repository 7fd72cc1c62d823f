"""The dossier as PDF."""

import sys

import pytest

from comity.kernel.errors import NotComputable
from comity.kernel.result import Text
from comity.report.pdf import pdf
from comity.report.reader import readers

TITLE = Text("A club # and *its* $rules$", "一个俱乐部")


def test_equal_input_gives_equal_bytes(result, long, front, actors):
    pytest.importorskip("typst", reason='needs typst: pip install "comity[pdf]"')
    made = pdf(TITLE, [result, long], readers("en", actors=actors), front)
    assert made.startswith(b"%PDF-")
    assert made == pdf(TITLE, [result, long], readers("en", actors=actors), front)


def test_chinese_needs_a_chinese_font(result, front, actors, monkeypatch):
    typst = pytest.importorskip("typst", reason='needs typst: pip install "comity[pdf]"')

    class Bare:
        def families(self):
            return ["Libertinus Serif"]

    monkeypatch.setattr(typst, "Fonts", Bare)
    with pytest.raises(NotComputable, match="fonts-noto-cjk"):
        pdf(TITLE, [result], readers("zh", actors=actors), front)
    assert pdf(TITLE, [], readers("en", actors=actors)).startswith(b"%PDF-")


def test_without_typst_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NotComputable, match=r'pip install "comity\[pdf\]"'):
        pdf(TITLE, [], ())
