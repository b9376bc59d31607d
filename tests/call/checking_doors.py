"""Who may come into the room where bids are checked: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY, NOBODY = frozenset({"nobody", *EMAILS}), frozenset[str]()
DESK, READERS, GROUP = frozenset({"organiser"}), frozenset({"organiser", "auditor"}), frozenset({"group"})

_PUBLIC = ("answer_link", "question", "answer", "thanks", "look_again_link", "refusal", "ask_again")
_READ = {
    "checking_desk": ("board", "bid", "letter", "next_bid", "interest"),
    "decisions_desk": ("drafts", "second_look"),
    "checklist_desk": ("questions", "more_time"),
}
_WRITTEN = {
    "checking_desk": ("tick", "ask", "cancel_query", "declare", "end_interest"),
    "decisions_desk": ("shortlist", "refuse", "several", "send", "drop", "call_back", "look_again"),
    "checklist_desk": ("set_questions", "extend"),
}
READERS_AND_WRITERS = {
    **{f"checking.{name}": (EVERYBODY, EVERYBODY) for name in _PUBLIC},
    **{f"{door}.{name}": (READERS, NOBODY) for door, names in _READ.items() for name in names},
    **{f"{door}.{name}": (NOBODY, DESK) for door, names in _WRITTEN.items() for name in names},
    "checking_group.question": (GROUP, NOBODY),
    "checking_group.answer": (NOBODY, GROUP),
    "events_desk.draw_order": (NOBODY, DESK),
    "events_desk.move": (NOBODY, DESK),
}

# The question was asked of another group.
REFUSED_TO_READERS = {"checking_group.question": 404}
# The demonstration's first bid is on the ballot, or withdrawn by a route before; its first decision left yesterday.
REFUSED_TO_WRITERS = {
    "checking_group.answer": 404,
    **{f"decisions_desk.{name}": 409 for name in ("shortlist", "refuse", "drop", "call_back")},
    **{f"checking_desk.{name}": 409 for name in ("tick", "ask")},
    "events_desk.draw_order": 409,  # voting is open
    "events_desk.move": 400,  # no place is said
}
