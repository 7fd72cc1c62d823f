"""Commands about charters: check, new, schema, library."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from comity.cli.common import Common, print_json
from comity.kernel.errors import DestinationError, InputError


def check(*files: str, common: Common = Common()) -> None:
    """Check charters; every problem with line and column, exit code 2.

    What contradicts nothing, and yet a drafter would want to know (a rule by which nothing is decided, an amendment
    easier than what it protects), is told as a note: the charter is sound all the same.

    Parameters
    ----------
    files
        Paths of charter files, or names of shipped charters.
    """
    from comity.kernel.errors import DocumentError
    from comity.library.institutions import remarked

    if not files:
        raise InputError("No charter was named.", mend="comity check FILE ...")
    problems: list[tuple[str, DocumentError]] = []
    sound: list[dict[str, object]] = []
    for file in files:
        try:
            institution, notes = remarked(file)
        except DocumentError as error:
            problems.append((file, error))
            continue
        day = common.date or institution.as_of
        facts: dict[str, object] = {
            "file": file,
            "name": institution.name,
            "members": len(institution.members_on(day)),
            "rules": len(institution.rules),
        }
        facts |= {"issues": len(institution.issues), "status": institution.status, "digest": institution.digest}
        sound.append({**facts, "notes": [vars(each) for each in notes]})
        if not common.json:
            counted = ", ".join(
                _counted(number, word)
                for number, word in (
                    (facts["members"], "member"),
                    (len(institution.rules), "rule"),
                    (len(institution.issues), "issue"),
                )
            )
            print(f"{file}: sound ({institution.status}; {counted} on {day}; digest {institution.digest[:12]})")
            for each in notes:
                print(f"  note: {each.sentence(file)}")
    if common.json:
        listed = [{"file": file, **vars(each)} for file, error in problems for each in error.problems]
        print_json({"sound": sound, "problems": listed})
    if problems:
        every = [problem for _, error in problems for problem in error.problems]
        if common.json:
            raise SystemExit(2)
        raise InputError("\n".join(str(error) for _, error in problems) + f"\n{len(every)} problem(s).")


def new(name: str, /, *, from_: Annotated[str, Parameter(name="--from")] = "g7", to: Path | None = None) -> None:
    """Start a charter of your own as a copy of another, with its comments.

    Parameters
    ----------
    name
        The name of the new charter.
    from_
        The charter to copy.
    to
        The file to write; the project's charters folder, else NAME.yaml here, where absent.
    """
    from comity.library.places import find, project
    from comity.library.writing import write

    if not name.replace("-", "").replace("_", "").isalnum():
        raise InputError(f"'{name}' is no name for a charter.", mend="Write letters, digits, hyphens: my-club.")
    found = find("charter", from_)
    folder = project()
    path = to or (folder / "charters" / f"{name}.yaml" if folder else Path(f"{name}.yaml"))
    if path.exists():
        raise DestinationError(f"{path} exists already.", mend="Choose another name, or move it away.")
    head = f"# {name}: a copy of the charter {from_}. Change what you like, then run: comity check {path}\n"
    write(path, (head + found.text).encode())
    print(f"{path} written. Next: comity check {path}; comity study {path}")


def schema() -> None:
    """Print the JSON Schema of charters, for editors that complete and check YAML."""
    from comity.charter.schema import schema as of_charters

    print_json(of_charters())


def library(*, common: Common = Common()) -> None:
    """List the charters, studies and case files that can be asked for.

    The project's own come before those that ship.
    """
    from comity.kernel.errors import DocumentError
    from comity.library.institutions import load
    from comity.library.places import names

    rows: list[dict[str, object]] = []
    for name in names("charter"):
        try:
            institution = load(name)
        except DocumentError as error:
            broken = {"charter": name, "title": f"(comity check {name})", "status": "has problems"}
            rows.append({**broken, "members": f"{len(error.problems)}", "as_of": None})
            continue
        day: datetime.date = common.date or institution.as_of
        title = institution.title.of("zh" if common.lang == "zh" else "en")
        rows.append(
            {
                "charter": name,
                "title": title,
                "status": institution.status,
                "members": len(institution.members_on(day)),
                "as_of": str(institution.as_of),
            }
        )
    if common.json:
        print_json({"charters": rows, "studies": names("study"), "cases": names("case")})
        return
    for row in rows:
        counted = "members" if row["as_of"] else "problems"
        print(f"{row['charter']!s:10} {row['status']!s:12} {row['members']!s:>4} {counted}  {row['title']}")
    print(f"studies: {', '.join(names('study'))}")
    print(f"cases: {', '.join(names('case'))}")


def _counted(number: object, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
