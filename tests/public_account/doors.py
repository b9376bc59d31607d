"""Who may come in where the public account is: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY = frozenset({"nobody", *EMAILS})
SPENDING = ("newest", "one_round", "locality", "grants", "figures", "meanings")

REGISTER = ("latest", "one_year", "grants")
ROOMS = {
    "spending": SPENDING,
    "register": REGISTER,
    "giving": ("explained", "file"),
    "open_data": ("everything", "package"),
    "vote_data": ("explained", "bids", "ballots"),
}
DESK = frozenset({"organiser"})

PUBLIC_ACCOUNT = {
    f"{room}.{it}": (EVERYBODY, frozenset[str]()) for room, addresses in ROOMS.items() for it in addresses
} | {
    "giving_desk.examined": (DESK | {"auditor"}, frozenset[str]()),
    "giving_desk.publish": (frozenset[str](), DESK),
    "giving_desk.take_down": (frozenset[str](), DESK),
}
