"""Who may come in where members choose: its part of the table in `tests/doors.py`."""

from tests.scene import EMAILS

EVERYBODY, NOBODY = frozenset({"nobody", *EMAILS}), frozenset[str]()
DESK, READERS, MEMBER = frozenset({"organiser"}), frozenset({"organiser", "auditor"}), frozenset({"member"})

CHOOSING = {
    "choosing.record": (EVERYBODY, NOBODY),
    "choosing_desk.page": (READERS, NOBODY),
    **{f"choosing_desk.{name}": (NOBODY, DESK) for name in ("open_choosing", "close_choosing", "give_reasons")},
    "choosing_member.page": (MEMBER, NOBODY),
    "choosing_member.choose": (NOBODY, MEMBER),
    "interests_member.interests_page": (MEMBER, NOBODY),
    "interests_member.state": (NOBODY, MEMBER),
    "home_member.today": (MEMBER, NOBODY),
}

# The demonstration's members choose now, and one of them is missing at the quorum.
CHOOSING_REFUSED_TO_WRITERS = {
    **{f"choosing_desk.{name}": 409 for name in ("open_choosing", "close_choosing")},
}
