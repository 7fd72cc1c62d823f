"""``comity register text | akoma-ntoso | popolo | iati | scores``: what a register says in the forms of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from comity.cli.common import Common, show
from comity.cli.register.door import Door, day, reading, submit, write_out, writing
from comity.kernel.canonical import digest
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Language, Text

if TYPE_CHECKING:
    from comity.model.event.act import Act
    from comity.operation.register import Register
    from comity.operation.texts.document import Document
    from comity.procedure import State, Step

Of = Annotated[str, Parameter(help="charter for the law in force, or a question that was adopted.")]
To = Annotated[Path | None, Parameter(help="The file to write; standard output where absent.")]
OnDay = Annotated[str | None, Parameter(help="As of this day; as the register stands where absent.")]


def text(
    place: str,
    of: Of = "charter",
    /,
    *,
    on: OnDay = None,
    to: To = None,
    since: Annotated[int | None, Parameter(help="Only what differs from the text after this entry.")] = None,
    issue: Annotated[bool, Parameter(negative=(), help="Record its digest as issued, in the language shown.")] = False,
    seat: Annotated[str, Parameter(help="Who issues it.")] = "secretariat",
    door: Door = Door(),
) -> None:
    """Generate the text of the law in force, or of an adopted decision, from its clauses.

    Parameters
    ----------
    place
        The register.
    of
        What text.
    """
    from comity.operation import issuing
    from comity.procedure import advance

    asked = day(on)
    if issue and (door.lang == "both" or asked is None):
        raise InputError("A text is issued in one language, on a day.", mend="Name --lang en or zh, and --on.")
    with writing(place, door) if issue else reading(place) as register:
        state = register.position().state
        state = advance(state, asked).state if asked and asked > state.on else state
        said = issuing.document(state, of)
        if since is not None:
            before = issuing.document(_after(register, since), of)
            write_out("".join(_changed(before, said, lang) for lang in door.languages), to)
            return
        shown = [said.text(lang) for lang in door.languages]
        if issue:
            event = {"kind": "text_issued", "on": on, "instrument": of, "lang": door.lang}
            submit(register, seat, {**event, "digest": digest(shown[0].encode())}, place, door)
            register.lay(shown[0].encode(), "text/plain")
    write_out("\n\n".join(shown) + "\n", to)


def _after(register: Register, entry: int) -> State:
    """The institution after an entry.

    Raises:
        UnknownName: where there is no such entry.
    """
    from comity.operation.replaying import replayed

    for each in replayed(register):
        if each.number == entry:
            return each.step.state
    raise UnknownName("entry", str(entry), [f"0 to {register.size - 1}"])


def _changed(before: Document, after: Document, lang: Language) -> str:
    """The passages that differ, each with its id, struck out in [-...-] and added in {+...+}."""
    from comity.operation.texts import differences

    found = [each for each in differences(before, after) if not each.id.startswith("notice__")]
    nothing = Text("No passage differs.", "各段均无变化。").of(lang) + "\n"
    return "".join(f"{each.id}\n    {each.text(lang)}\n" for each in found) or nothing


def _steps(register: Register) -> tuple[State, list[tuple[Act, Step]]]:
    """The institution as it stands, and every event of the law with its step."""
    from comity.operation.acts import ACTS
    from comity.operation.replaying import replayed

    steps = [(each.act, each.step) for each in replayed(register) if getattr(each.act, "kind", "") not in ACTS]
    return register.position().state, steps


def akoma_ntoso(place: str, of: Of = "charter", /, *, to: To = None, door: Door = Door()) -> None:
    """Export a text as Akoma Ntoso XML, with its life, in the language of --lang.

    Parameters
    ----------
    place
        The register.
    of
        What text.
    """
    from comity.operation import texts

    with reading(place) as register:
        state, steps = _steps(register)
    said = texts.instrument(state, steps) if of == "charter" else texts.decision(state, steps, of)
    lang: Literal["en", "zh"] = "zh" if door.lang == "zh" else "en"
    events = texts.life(state, steps) if of == "charter" else ()
    write_out(
        texts.akoma_ntoso(said, state.on, lang, events=events, kind="charter" if of == "charter" else "decision"), to
    )


def popolo(place: str, /, *, to: To = None) -> None:
    """Export organizations, seats, motions and votes as Popolo JSON.

    Parameters
    ----------
    place
        The register.
    """
    from comity.operation import texts

    with reading(place) as register:
        state, steps = _steps(register)
    write_out(texts.popolo(state, steps), to)


def iati(place: str, /, *, to: To = None) -> None:
    """Export money as a table of transactions coded by the International Aid Transparency Initiative (CSV).

    Parameters
    ----------
    place
        The register.
    """
    from comity.operation import texts

    with reading(place) as register:
        state, steps = _steps(register)
    write_out(texts.transactions(state, steps), to)


def scores(
    place: str,
    /,
    *,
    assessor: Annotated[str | None, Parameter(help="Whose scores are averaged.")] = None,
    draws: Annotated[int, Parameter(help="How often commitments are drawn again.")] = 2000,
    confidence: Annotated[float, Parameter(help="How often intervals hold what they are about.")] = 0.95,
    seed: Annotated[int, Parameter(help="The seed of random draws.")] = 1,
    common: Common = Common(),
) -> None:
    """Compliance by member, issue and year from the scores -1, 0 and +1 that were given, with intervals.

    Parameters
    ----------
    place
        The register.
    """
    from comity.study.scored import compliance

    with reading(place) as register:
        show(compliance(register, seed=seed, assessor=assessor, draws=draws, confidence=confidence), common)
