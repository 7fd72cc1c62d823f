"""Commands about charters: check, new, schema, library."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from comity.cli.common import Common, print_json
from comity.kernel.errors import DestinationError, InputError

if TYPE_CHECKING:
    from comity.model.stakes import Stakes


def check(*files: str, common: Common = Common()) -> None:
    """Check charters and files of stakes; every problem with line and column, exit code 2.

    What contradicts nothing, and yet a drafter would want to know (a rule by which nothing is decided, an amendment
    easier than what it protects), is told as a note: the charter is sound all the same.

    Parameters
    ----------
    files
        Paths of charters or of files of stakes (those whose issues have ends), or names of shipped charters.
    """
    from comity.kernel.errors import DocumentError
    from comity.library.institutions import remarked
    from comity.library.stakes import stakes_at

    if not files:
        raise InputError("No charter was named.", mend="comity check FILE ...")
    problems: list[tuple[str, DocumentError]] = []
    sound: list[dict[str, object]] = []
    for file in files:
        try:
            if (held := stakes_at(file)) is not None:
                sound.append(_told(file, held, common))
                continue
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


def new(
    name: str,
    /,
    *,
    from_: Annotated[str, Parameter(name="--from")] = "g7",
    stakes: str | None = None,
    to: Path | None = None,
) -> None:
    """Start a charter, or with --stakes a file of stakes, of your own as a copy of another, with its comments.

    Parameters
    ----------
    name
        The name of the new file.
    from_
        The charter to copy.
    stakes
        The file of stakes to copy instead of a charter, such as mission.
    to
        The file to write; the project's folder of charters or stakes, else NAME.yaml here, where absent.
    """
    from comity.library.places import find, project
    from comity.library.writing import write

    if not name.replace("-", "").replace("_", "").isalnum():
        raise InputError(f"'{name}' is no name for a file.", mend="Write letters, digits, hyphens: my-club.")
    found = find("charter", from_) if stakes is None else find("stakes", stakes)
    what, kept = (f"charter {from_}", "charters") if stakes is None else (f"stakes {stakes}", "stakes")
    folder = project()
    path = to or (folder / kept / f"{name}.yaml" if folder else Path(f"{name}.yaml"))
    if path.exists():
        raise DestinationError(f"{path} exists already.", mend="Choose another name, or move it away.")
    head = f"# {name}: a copy of the {what}. Change what you like, then run: comity check {path}\n"
    write(path, (head + found.text).encode())
    ask = f"comity study {path}" if stakes is None else f"comity analyse agreement g5 --stakes {path}"
    print(f"{path} written. Next: comity check {path}; {ask}")


def schema() -> None:
    """Print the JSON Schema of charters, for editors that complete and check YAML."""
    from comity.charter.schema import schema as of_charters

    print_json(of_charters())


def library(*, common: Common = Common()) -> None:
    """List the charters, studies, case files and files of stakes that can be asked for.

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
        print_json({"charters": rows, "studies": names("study"), "cases": names("case"), "stakes": names("stakes")})
        return
    for row in rows:
        counted = "members" if row["as_of"] else "problems"
        print(f"{row['charter']!s:10} {row['status']!s:12} {row['members']!s:>4} {counted}  {row['title']}")
    print(f"studies: {', '.join(names('study'))}")
    print(f"cases: {', '.join(names('case'))}")
    print(f"stakes: {', '.join(names('stakes'))}")


def _told(file: str, held: Stakes, common: Common) -> dict[str, object]:
    issues, rules = len(held.issues), len(held.rules)
    if not common.json:
        counted = f"{_counted(issues, 'issue')}, {_counted(rules, 'rule')}"
        print(f"{file}: sound (stakes; {counted}; digest {held.digest[:12]})")
    return {"file": file, "name": held.name, "issues": issues, "rules": rules, "digest": held.digest, "notes": []}


def _counted(number: object, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
