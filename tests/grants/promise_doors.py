"""Who may come in where awards are accepted: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY, NOBODY = frozenset({"nobody", *EMAILS}), frozenset[str]()
GROUP, DESK = frozenset({"group"}), frozenset({"organiser"})

PROMISES = {
    **dict.fromkeys(("promises_group.page", "promises_group.copy"), (GROUP, NOBODY)),
    **{f"promises_group.{name}": (NOBODY, GROUP) for name in ("accept", "remind", "name_second", "name_lead")},
    **dict.fromkeys((f"promises.{name}" for name in ("link", "look", "confirm", "thanks")), (EVERYBODY, EVERYBODY)),
    **dict.fromkeys((f"promises_desk.{it}" for it in ("accepted", "copy", "accept")), (DESK | {"auditor"}, NOBODY)),
    "promises_desk.note": (NOBODY, DESK),
}

PROMISES_REFUSED_TO_READERS = {
    "promises_group.copy": 404,  # the offer waits for its answer
    "promises_desk.accept": 409,  # that group has a page of its own
}
PROMISES_REFUSED_TO_WRITERS = {
    **{f"promises_group.{it}": 404 for it in ("remind", "name_second", "name_lead")},  # nothing is accepted yet
    "promises_group.accept": 409,  # the offer was declined a moment ago
    "promises_desk.note": 409,
}
