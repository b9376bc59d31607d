"""Who may come in where visits are logged, their photos among them: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

_NOBODY = frozenset[str]()
_EVERYBODY = frozenset({"nobody", *EMAILS})
_MEMBER, _GROUP = frozenset({"member"}), frozenset({"group"})

VISITS = {
    "visits.worker": (_EVERYBODY, _EVERYBODY),
    **{f"visits_member.{name}": (_MEMBER, _NOBODY) for name in ("groups", "group", "correction")},
    **{f"visits_member.{name}": (_NOBODY, _MEMBER) for name in ("log", "correct")},
    **{f"outbox_member.{name}": (_NOBODY, _MEMBER) for name in ("take_words", "take_photo")},
    "visit_photos_member.photo": (_MEMBER, _NOBODY),
    "visit_photos_member.remove": (_NOBODY, _MEMBER),
    "visit_photos_desk.photo": (frozenset({"organiser", "auditor"}), _NOBODY),
    **{f"visits_group.{name}": (_GROUP, _NOBODY) for name in ("visits", "photo")},
}

# A day has passed since the check-in. What a phone kept says whose it is, and comes from a page of ours.
VISITS_REFUSED_TO_WRITERS = {
    "visits_member.correct": 409,
    **dict.fromkeys(("outbox_member.take_words", "outbox_member.take_photo"), 400),
}
