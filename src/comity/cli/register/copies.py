"""``comity register proof | export | import | mirror | fork``: what leaves a register, and copies of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from comity.cli.common import print_json
from comity.cli.register.door import Door, folder, passphrase, reading, say, write_out
from comity.kernel.errors import InputError
from comity.kernel.result import Text

To = Annotated[Path | None, Parameter(help="The file to write; standard output where absent.")]


def proof(
    place: str,
    entry: int | None = None,
    /,
    *,
    since: Annotated[int | None, Parameter(help="Prove instead that the register continues so many entries.")] = None,
    to: To = None,
) -> None:
    """Prove that an entry is in the register, or that the register continues a shorter one; comity-verify checks it.

    Parameters
    ----------
    place
        The register.
    entry
        The number of the entry.
    """
    from comity.operation import proofs

    if (entry is None) == (since is None):
        raise InputError("Name one entry, or with --since how many entries there were.")
    with reading(place) as register:
        made = proofs.proof(register, entry) if entry is not None else proofs.consistency(register, since or 0)
    write_out(json.dumps(made, ensure_ascii=False) + "\n", to)


def export(place: str, /, *, to: Annotated[Path, Parameter(help="The file to write.")], door: Door = Door()) -> None:
    """Write the whole register into one file, which comity-verify accepts or refuses without comity.

    Parameters
    ----------
    place
        The register.
    """
    from comity.operation.exporting import export as exported

    path = exported(place, to)
    _told({"place": place, "file": str(path)}, Text(f"{place} is exported to {path}", f"{place}已导出至{path}"), door)


def import_(
    file: Path,
    place: str,
    /,
    *,
    key: Annotated[bool, Parameter(negative=(), help="The copy is for recording: its key is in --keys.")] = False,
    door: Door = Door(),
) -> None:
    """Make a register of an export, byte for byte; it is verified whole before anything is written.

    Parameters
    ----------
    file
        The export.
    place
        A new file, or postgresql://... of an empty database.
    """
    from comity.operation.copying import import_ as imported
    from comity.operation.signing import found

    held = found("register", folder(place, door), passphrase()) if key else None
    with imported(file, place, key=held) as register:
        size, name = register.size, register.id
    said = Text(
        f"{place} holds {size} entries of the register {name[:16]}...",
        f"{place}已存有登记册{name[:16]}...的{size}条记录",
    )
    _told({"register": name, "place": place, "size": size}, said, door)


def mirror(source: str, place: str, /, *, door: Door = Door()) -> None:
    """Take over what a register, or an export, has more than a mirror; a source that rewrote anything is refused.

    Parameters
    ----------
    source
        The register, or an export of it.
    place
        The mirror; made the first time.
    """
    from comity.operation.copying import mirror as mirrored

    made = mirrored(source, place)
    new = made.size - made.before
    said = Text(
        f"{place} mirrors {made.size} entries of the register {made.register[:16]}..., {new} of them new",
        f"{place}已镜像登记册{made.register[:16]}...的{made.size}条记录，其中新增{new}条",
    )
    _told({"register": made.register, "before": made.before, "size": made.size}, said, door)


def fork(
    source: str,
    place: str,
    /,
    *,
    at: Annotated[int | None, Parameter(help="How many entries count; all of them where absent.")] = None,
    door: Door = Door(),
) -> None:
    """Found an exercise that begins where a register stood: same charter, same events, keys of its own.

    Parameters
    ----------
    source
        The register.
    place
        The exercise: a new file, or postgresql://... of an empty database.
    """
    from comity.operation.copying import fork as forked
    from comity.operation.opening import made

    with reading(source) as ancestor:
        size, seats = at or ancestor.size, tuple(ancestor.founded.keys)
    keys = made(seats, folder(place, door), passphrase())
    with forked(source, place, size, keys=keys, now=door.instant) as register:
        name, begun = register.id, register.size
    said = Text(
        f"{place} is an exercise that begins at entry {size} of {source}: register {name[:16]}..., {begun} entries",
        f"{place}为演习登记册，始于{source}前{size}条记录：登记册{name[:16]}...，共{begun}条",
    )
    _told({"register": name, "place": place, "at": size, "size": begun}, said, door)


def _told(record: dict[str, object], said: Text, door: Door) -> None:
    if door.json:
        print_json(record)
    else:
        say([("", said)], door)
