"""``comity register``: a register that delegations can trust, from its founding to its verification."""

from __future__ import annotations

from cyclopts import App

register = App(
    name="register",
    help="A register of what an institution decides and does: signed, in order, checkable by anyone.",
)

COMMANDS: dict[str, tuple[str, str]] = {
    "new": (
        "comity.cli.register.recording:new",
        "Found a register, with keys for the register, the secretariat, the chair and every member.",
    ),
    "append": (
        "comity.cli.register.recording:append",
        "Record events, each signed by its seat, and print what the law rules.",
    ),
    "evidence": ("comity.cli.register.recording:evidence", "Lay a file before the register as evidence."),
    "correct": ("comity.cli.register.recording:correct", "Put a correction beside an entry, never in its place."),
    "status": ("comity.cli.register.reading:status", "Say where the institution stands."),
    "due": ("comity.cli.register.reading:due", "Say what lapses, takes effect or falls due by itself until a day."),
    "clause": (
        "comity.cli.register.reading:clause",
        "Say how a clause stands with each obligor, and every entry about it.",
    ),
    "member": ("comity.cli.register.reading:member", "Say how a member stands, and every entry about it."),
    "watch": ("comity.cli.register.reading:watch", "Print entries as they are recorded."),
    "verify": (
        "comity.cli.register.checking:verify",
        "Say whether a register is what it was; exit code 0 honest, 1 not, 2 unreadable.",
    ),
    "checkpoint": (
        "comity.cli.register.checking:checkpoint",
        "Give the newest checkpoint, to be kept apart from the register.",
    ),
    "countersign": (
        "comity.cli.register.checking:countersign",
        "Verify against the seat's last checkpoint, then countersign the newest.",
    ),
    "key": ("comity.cli.register.keys:key", "The keys of seats: make, register, rotate, revoke."),
    "text": ("comity.cli.register.texts:text", "Generate the text of the law in force, or of an adopted decision."),
    "akoma-ntoso": ("comity.cli.register.texts:akoma_ntoso", "Export a text as Akoma Ntoso XML."),
    "popolo": ("comity.cli.register.texts:popolo", "Export people, motions and votes as Popolo JSON."),
    "iati": ("comity.cli.register.texts:iati", "Export money as transactions coded by IATI (CSV)."),
    "scores": ("comity.cli.register.texts:scores", "Measure compliance from the scores that were given."),
}
for _name, (_place, _help) in COMMANDS.items():
    register.command(_place, name=_name, help=_help)
