"""Who may come in where boards are read: their part of the table in `tests/doors.py`."""

NOBODY = frozenset[str]()
DESK, MEMBER = frozenset({"organiser", "auditor"}), frozenset({"member"})

BOARDS = {
    **dict.fromkeys(
        (f"monitoring_desk.{name}" for name in ("board", "locality", "groups", "figures", "sheet", "award")),
        (DESK, NOBODY),
    ),
    "monitoring_desk.choose_mentor": (NOBODY, frozenset({"organiser"})),
    **dict.fromkeys(
        (f"monitoring_member.{name}" for name in ("boards", "board", "groups", "figures")), (MEMBER, NOBODY)
    ),
}
