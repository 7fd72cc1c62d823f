"""Texts made to break a reader: each ends quickly in one clear error, or is read for what it says."""

from __future__ import annotations

import time

import pytest

import comity
from comity.charter.read import read
from comity.kernel.errors import ComityError
from comity.model.institution import Institution

HEAD = "comity: 1\ntitle: {en: A}\nstatus: proposed\nas_of: 2026-01-01\nmembers: [FRA, DEU]\n"
RULES = "rules: {r: {kind: majority, more_than: 1/2, of: members}}\n"


def load(text: str) -> Institution:
    return read(text, "attack", actors=comity.actors())


def rule(line: str) -> str:
    return f"{HEAD}rules: {{r: {{{line}}}}}\n"


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
TEXTS = {
    "bomb": BOMB,
    "merge bomb": "a: &a {x: 1}\nb: {<<: *a}\n",
    "python object": "!!python/object/apply:os.system ['true']",
    "deep brackets": "[" * 100_000,
    "deep braces": "{a: " * 100_000,
    "deep dashes": "- " * 3_000 + "x",
    "deep indentation": "".join(f"{' ' * depth}a:\n" for depth in range(300)),
    "closing brackets": "]" * 100_000,
    "long digits": rule(f"kind: majority, at_least: 1/{'9' * 1_000_000}, of: members"),
    "long integer": rule(f"kind: majority, at_least: {'9' * 1_000_000}, of: members"),
    "long decimal": rule(f"kind: majority, at_least: 0.{'3' * 1_000_000}, of: members"),
    "long seats": HEAD + RULES + f"admission: {{a: {{seats: {'9' * 5000}, criteria: {{g: {{weight: 1, figure: gdp_usd}}}}}}}}\n",
    "seats beyond 64 bits": HEAD + RULES + f"admission: {{a: {{seats: {'9' * 30}, criteria: {{g: {{weight: 1, figure: gdp_usd}}}}}}}}\n",
    "long key": f"{HEAD}{RULES}{'k' * 500_000}: 1\n",
    "long member": HEAD.replace("FRA", "F" * 500_000) + RULES,
    "long kind": rule(f"kind: {'k' * 100_000}"),
    "large file": "# " + "x" * 5_000_000,
    "nul": HEAD + RULES + "summary: {en: a\0b}\n",
    "escaped nul": HEAD + RULES + 'summary: {en: "a\\0b"}\n',
    "lone surrogate": HEAD + RULES + 'summary: {en: "\\ud800"}\n',
    "lone surrogate in a name": HEAD + RULES + '"\\ud800": 1\n',
    "raw surrogate": HEAD + RULES + "summary: {en: '\ud800'}\n",
    "bell": HEAD + RULES + "summary: {en: '\a'}\n",
    "turned text": HEAD + RULES + "summary: {en: '\u202egnp.exe'}\n",
    "second byte order mark": "\ufeff\ufeff" + HEAD + RULES + "x: 1\n",
    "name of python": HEAD + "rules: {__proto__: {kind: majority, more_than: 1/2, of: members}}\n",
    "hidden fields": HEAD + RULES + "_name: other\nmodel_config: {}\n__dict__: {}\n",
    "key that is a list": HEAD + RULES + "? [a]\n: 1\n",
    "no key": HEAD + RULES + ": 1\n",
    "infinite": rule("kind: majority, at_least: .inf, of: members"),
    "not a number": rule("kind: majority, at_least: .nan, of: members"),
    "hexadecimal": rule("kind: majority, at_least: 0x1, of: members"),
    "octal": rule("kind: majority, at_least: 0o1, of: members"),
    "underscored": rule("kind: majority, at_least: 1_0, of: members"),
    "sexagesimal": rule("kind: majority, at_least: 1:30, of: members"),
    "full-width digits": rule("kind: majority, at_least: １/２, of: members"),
    "weights beyond 64 bits": rule(
        f"kind: weighted, at_least: 1/2, of: total_weight, weights: {{basis: votes, values: {{FRA: {2**63}, DEU: 1}}}}"
    ),
    "shares whose product wraps": rule(
        f"kind: weighted, at_least: 1/{2**32}, of: total_weight, weights: {{basis: votes, values: {{FRA: {2**31}, DEU: 1}}}}"
    ),
    "weights with coprime denominators": rule(
        "kind: weighted, at_least: 1/2, of: total_weight, weights: {basis: votes, values: "
        "{FRA: 1/1000000007, DEU: 1/998244353, ITA: 1/1000000009}}"
    ).replace("[FRA, DEU]", "[FRA, DEU, ITA]"),
    "year ten thousand": HEAD.replace("2026-01-01", "10000-01-01") + RULES,
    "year nought": HEAD.replace("2026-01-01", "0000-01-01") + RULES,
    "seconds for a day": HEAD.replace("2026-01-01", "'1767225600'") + RULES,
    "directive": "%YAML 1.1\n%TAG ! tag:example.org,2000:\n---\n" + HEAD + RULES + "a: !b c\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_it_ends_quickly_in_one_clear_error(name: str):
    begun = time.perf_counter()
    with pytest.raises(ComityError) as found:
        load(TEXTS[name])
    assert time.perf_counter() - begun < 5
    message = str(found.value)
    assert message.startswith("attack.yaml:")
    assert len(message) < 3000
    message.encode()


def test_a_directive_of_yaml_1_1_does_not_make_norway_false():
    assert (
        load("%YAML 1.1\n---\n" + HEAD.replace("DEU]", "NOR]").replace("{en: A}", "{en: NO}") + RULES).title.en == "NO"
    )


def test_texts_that_only_look_dangerous_are_read():
    odd = "&%*!@`|>{}[]#,:?- \\ ' \" <script>alert(1)</script> {{7*7}} ${HOME} \u00a0 𝔘𝔫𝔦 👍🏽 שלום"
    quoted = odd.replace("\\", "\\\\").replace('"', '\\"')
    assert load(HEAD.replace("{en: A}", f'{{en: "{quoted}"}}') + RULES).title.en == odd


def test_windows_line_ends_and_a_byte_order_mark_are_read():
    assert load((HEAD + RULES).replace("\n", "\r\n")).digest == load(HEAD + RULES).digest
    assert load("\ufeff" + HEAD + RULES).digest == load(HEAD + RULES).digest


def test_the_largest_weights_that_fit_are_counted_exactly():
    half = 2**59
    text = rule(
        f"kind: weighted, more_than: 1/2, of: total_weight, weights: {{basis: votes, values: {{FRA: {half}, DEU: {half - 1}}}}}"
    )
    club = load(text)
    ruling = club.rule("r").decide({"FRA": "yes", "DEU": "no"}, on=club.as_of)
    game = club.game("r", club.as_of)
    assert ruling.adopted
    assert game.adopted(__import__("numpy").array([[0, 1], [1, 0]])).tolist() == [True, False]
