"""Why a text is no YAML, in a drafter's words and at the place where it went wrong."""

from __future__ import annotations

from typing import Any, NamedTuple

from comity.kernel.errors import Problem


class _Fault(NamedTuple):
    said: str
    """A part of what the parser says."""
    what: str
    mend: str
    began: bool = False
    """Whether the place is where the broken part began, not where the parser noticed."""


_FAULTS = (
    _Fault(
        "mapping values are not allowed",
        "a colon stands where none fits",
        "Put a text that holds a colon in quotes; check the indentation of this line.",
    ),
    _Fault("character '\\t'", "a tab stands where spaces belong", "Indent with spaces."),
    _Fault("found another document", "a second document begins (--- or ...)", "Keep one document in one file."),
    _Fault("expected ',' or ']'", "the bracket [ opened here is not closed", "Close it with ].", began=True),
    _Fault("expected ',' or '}'", "the brace { opened here is not closed", "Close it with }.", began=True),
    _Fault("unexpected end of stream", "the quotation mark opened here is not closed", "Close it.", began=True),
    _Fault("unknown escape character", "the backslash begins no known character", "Write \\\\, or use single quotes."),
    _Fault(
        "expected <block end>",
        "this line does not fit the lines above",
        "Indent it like its neighbours; put a text that holds quotation marks in quotes as a whole.",
    ),
    _Fault("expected the node content", "a value is missing here", "Write the value, or strike the sign."),
    _Fault("that cannot start any token", "no value begins with this sign", "Put the text in quotes."),
    _Fault("could not find expected ':'", "a name stands without its colon", "Write a colon after it.", began=True),
    _Fault("sequence entries are not allowed", "no list can begin at this dash", "Begin the list on a new line."),
)


def unreadable(error: Any) -> Problem:
    """What ruamel.yaml found, as a Problem.

    Args:
        error: a ``MarkedYAMLError``.
    """
    said = " ".join(str(part) for part in (error.context, error.problem) if part)
    unknown = _Fault("", f"not YAML: {said}", "Check indentation, colons and brackets on this line and the one above.")
    fault = next((each for each in _FAULTS if each.said in said), unknown)
    mark = error.context_mark if fault.began and error.context_mark else error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(line, column, "", fault.what, fault.mend, "syntax")
