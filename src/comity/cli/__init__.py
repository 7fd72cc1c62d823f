"""The command line: one door to every room.

Exit codes: 0 done; 1 a fault of the program; 2 the input cannot be used; 3 the question cannot be answered with these
data or this program; 4 a result could not be written; 5 an outside source failed; 130 interrupted.

What goes wrong is said on standard error. With ``--json`` standard output then holds one object as well, ``{"error":
{"message", "mend", "exit_code"}}``, so that a program that reads it always finds JSON.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from comity import __version__
from comity.kernel.errors import ComityError

EPILOGUE = (
    "Exit codes: 0 done; 1 a fault of the program; 2 the input cannot be used; 3 cannot be answered with these data; "
    "4 could not be written; 5 an outside source failed; 130 interrupted. With --json an error is one JSON object on "
    "standard output as well: error, with message, mend and exit_code."
)

app = App(
    name="comity",
    version=f"comity {__version__}",
    help="Institutions as one executable file: who would belong, who decides, and what if a member stays away.",
    help_epilogue=EPILOGUE,
    help_format="plaintext",
)

COMMANDS: dict[str, tuple[str, str]] = {
    "study": ("comity.cli.study:study", "Run a study and write its dossier: one offline page, tables and charts."),
    "select": ("comity.cli.ask:select", "Who would be a member if capability decided, and how robust that is."),
    "analyse": ("comity.cli.ask:analyse", "Ask an institution one question: power, vetoes, absence and more."),
    "vote": ("comity.cli.vote:vote", "How an institution decides on given votes, who could flip it, who can block."),
    "rehearse": ("comity.cli.rehearse:rehearse", "Play an institution over many rounds, with a player in every seat."),
    "observe": ("comity.cli.observe:observe", "What a table of your own says: compliance from scores."),
    "check": ("comity.cli.charters:check", "Check a charter file; every problem with line and column."),
    "diff": ("comity.cli.diff:diff", "Say in words what differs between two charters, or two days of one."),
    "new": ("comity.cli.charters:new", "Start a charter of your own as a copy of a shipped one."),
    "schema": ("comity.cli.charters:schema", "Print the JSON Schema of charters, for editors."),
    "library": ("comity.cli.charters:library", "List the charters, studies and cases that can be asked for."),
    "law": ("comity.cli.law:law", "Replay a case, event by event, and print what the law says of it."),
    "register": ("comity.cli.register:register", "Keep a register: record, see, verify, countersign, export."),
    "serve": ("comity.cli.serve:serve", "Serve a register over HTTP, and issue the tokens of its seats."),
    "power": ("comity.cli.power:power", "Voting power of a weighted game, typed or from a CSV file."),
    "data": ("comity.cli.data:data", "Figures: list, describe, export, refresh; and the table of states."),
}
for _name, (_place, _help) in COMMANDS.items():
    app.command(_place, name=_name, help=_help)


def main(tokens: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its documented code."""
    sys.exit(run(sys.argv[1:] if tokens is None else tokens))


def run(tokens: Sequence[str]) -> int:
    """Run one command and return its exit code; messages for the user go to standard error, and as JSON where asked.

    Example:
        >>> run(["check", "no-such-file.yaml"])
        2
    """
    asked = "--json" in tokens
    try:
        app(list(tokens), exit_on_error=False, print_error=True, result_action="return_value")
    except CycloptsError as error:
        return _as_json(_plain(error), "", 2) if asked else 2
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort: no traceback for a user
        code = tell(error)
        if asked and not isinstance(error, OSError):
            known = error if isinstance(error, ComityError) else ComityError(str(error) or type(error).__name__)
            return _as_json(known.message, known.mend, code)
        return code
    return 0


def _as_json(message: str, mend: str, code: int) -> int:
    """An error as the one JSON object that ``--json`` promises; returns the exit code."""
    told = {"message": message, "mend": mend, "exit_code": code}
    print(json.dumps({"error": told}, ensure_ascii=False, indent=1))
    return code


def _plain(error: CycloptsError) -> str:
    """What cyclopts has to say, without its frame."""
    return " ".join(str(error).split())


def tell(error: BaseException) -> int:
    """Say what went wrong on standard error, and return the exit code for it.

    Raises:
        BaseException: the error itself, where it is a fault of the program and COMITY_DEBUG is set.
    """
    if isinstance(error, ComityError):
        print(error, file=sys.stderr)
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        print("Interrupted; nothing was left half-written.", file=sys.stderr)
        return 130
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EIO, errno.EDQUOT}:
        print(f"Standard output could not be written: {os.strerror(error.errno)}.", file=sys.stderr)
        return 4
    if os.environ.get("COMITY_DEBUG"):
        raise error
    print(f"A fault of comity, not of yours: {type(error).__name__}: {error}", file=sys.stderr)
    print("Please report it, with what COMITY_DEBUG=1 prints.", file=sys.stderr)
    return 1
