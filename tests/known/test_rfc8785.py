"""Canonical JSON: the examples of RFC 8785, of which the register keeps text, whole numbers, truth values and order.

The RFC writes numbers as ECMAScript does; the register refuses what is no whole number, so that no two languages can
differ on a last digit.
"""

import json

import pytest

from comity.kernel.canonical import record


def test_text_is_escaped_as_in_section_3_2_2_2():
    given = json.loads(r'{"string": "\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/", "literals": [true, false]}')
    wanted = '{"literals":[true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert record(given) == wanted.encode()


def test_keys_are_sorted_by_utf_16_code_units_as_in_section_3_2_3():
    given = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(record(given)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]
    assert sorted(given).index("\ufb33") < sorted(given).index("\U0001f600")  # by code points it would be otherwise


def test_every_control_character_as_the_rfc_writes_it():
    short = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}
    for code in range(0x20):
        written = short.get(code, "\\u" + f"{code:04x}")
        assert record(chr(code)) == f'"{written}"'.encode()
    assert record("\x7f\u2028") == '"\x7f\u2028"'.encode()


@pytest.mark.parametrize("value", [0, -1, 2**53 - 1, 1 - 2**53, True, False, "", [], {}])
def test_what_can_be_recorded(value):
    assert json.loads(record(value)) == value


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (333333333.33333329, "A float cannot be recorded"),
        ([1, [2.0]], "A float cannot be recorded"),
        (float("nan"), "A float cannot be recorded"),
        ({"a": None}, "Nothing (null) cannot be recorded"),
        (2**53, "9007199254740992 is too large to be recorded as a number; write it as text"),
        (-(2**53), "too large"),
        ({1: "a"}, "The keys of what is recorded are text"),
        (b"a", "A bytes cannot be recorded"),
        ("\ud800", "half a character"),
        ({"\udc00": 1}, "half a character"),
    ],
)
def test_what_is_refused(value, says):
    with pytest.raises((TypeError, ValueError)) as refused:
        record(value)
    assert says in str(refused.value)
