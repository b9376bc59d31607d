"""Who may come in where the public account is: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY = frozenset({"nobody", *EMAILS})
SPENDING = ("newest", "one_round", "locality", "grants", "figures", "meanings", "poster")

ROOMS = {
    "spending": SPENDING,
    "outlines": ("one", "sheet"),
    "register": ("latest", "one_year", "grants"),
    "giving": ("explained", "file"),
    "open_data": ("everything", "package"),
    "api": ("document", "rows", "one"),
    "api_explained": ("explained",),
    "vote_data": ("explained", "bids", "ballots"),
    "numbers": ("page", "sheet"),
    "boards": ("listed", "one", "document"),
}
READS, WRITES = frozenset({"organiser", "auditor"}), frozenset({"organiser"})
NOBODY = frozenset[str]()
AT_THE_DESK = (
    "giving_desk.examined",
    *(f"boards_desk.{it}" for it in ("kept", "new", "one", "document", "words", "error")),
    *(f"outlines_desk.{it}" for it in ("kept", "sheet", "one")),
)
PRESSED = {
    "giving_desk": ("publish", "take_down"),
    "boards_desk": ("begin", "write", "fix", "correct", "drop"),
    "outlines_desk": ("send", "publish", "take_down", "drop"),
}

# A fixed report stays, and the draft's quarter is not over.
ACCOUNT_REFUSED_TO_WRITERS = dict.fromkeys(("boards_desk.fix", "boards_desk.drop"), 409)
PUBLIC_ACCOUNT = {
    **{f"{room}.{it}": (EVERYBODY, NOBODY) for room, addresses in ROOMS.items() for it in addresses},
    **dict.fromkeys(AT_THE_DESK, (READS, NOBODY)),
    **{f"{door}.{it}": (NOBODY, WRITES) for door, presses in PRESSED.items() for it in presses},
}
